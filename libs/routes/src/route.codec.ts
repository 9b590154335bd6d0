import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import { rulePlaces, type RouteEvent } from './domain/register';
import { carryOverSchema, personSchema, ruleStepSchema, stepTemplateSchema } from './route.schema';

const by = { by: personSchema, at: z.iso.datetime() };
const id = z.string().min(1);

/** Stored JSON to and from the events of `routes-company`. */
export const routeCodec = codecOf<RouteEvent>('routes', {
  RouteTemplateSaved: z.object({
    ...by,
    templateId: id,
    name: z.string(),
    version: z.int().min(1),
    steps: z.array(stepTemplateSchema).min(1),
    carryOver: carryOverSchema,
    oneSignsTwoSteps: z.boolean(),
  }),
  RouteTemplateRetired: z.object({ ...by, templateId: id }),
  RoutingRuleSaved: z.object({
    ...by,
    ruleId: id,
    name: z.string(),
    itemKeys: z.array(id).min(1),
    step: ruleStepSchema,
    place: z.enum(rulePlaces),
    active: z.boolean(),
  }),
  RoutingRuleRemoved: z.object({ ...by, ruleId: id }),
  RouteChosen: z.object({ ...by, disclosureId: id, templateId: id }),
});
