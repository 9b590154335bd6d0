import { printedLine } from '@app/http/contract';
import { z } from 'zod';
import { rulePlaces } from './domain/register';
import { carryOverSchema, routeSchema, ruleStepSchema, stepTemplateSchema } from './route.schema';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const itemKeys = z.array(z.string().min(1).max(100)).max(200);

const template = {
  name: printedLine,
  steps: z.array(stepTemplateSchema).max(20),
  carryOver: carryOverSchema,
  oneSignsTwoSteps: z.boolean(),
};
const rule = {
  name: printedLine,
  itemKeys,
  step: ruleStepSchema,
  place: z.enum(rulePlaces),
  active: z.boolean(),
};

/** A template as it is to be. People in steps are named by their id; the name is the account's. */
export const templateBody = z.object({
  ...template,
  /** The version that was edited; 0 for a new template. */
  basedOn: z.int().min(0),
});

export const ruleBody = z.object(rule);

/** Which template the disclosure's next submission follows. */
export const chosenRouteBody = z.object({ templateId: z.string().min(1).max(100) });

const ruleView = z.object({ ruleId: z.string(), ...rule });

export const routesView = z.object({
  templates: z.array(z.object({ templateId: z.string(), version: z.int(), ...template, retired: z.boolean() })),
  rules: z.array(ruleView),
  /** Rules to begin with: each does nothing until it is saved, under its id or another. */
  readyMadeRules: z.array(ruleView),
  /** The template of every disclosure that does not have the standard one. */
  choices: z.record(z.string(), z.string()),
  standardTemplateId: z.string(),
});

/** The route that a revision of a disclosure would have, if these items were changed and it was submitted now. */
export const routePreview = routeSchema;
