import { officerRoles } from '@app/officers/domain/officer-role';
import { z } from 'zod';
import {
  carryOvers,
  meanings,
  type Coverage,
  type Meaning,
  type Quorum,
  type Route,
  type RouteStep,
  type RuleStep,
  type Signatories,
  type StepReason,
  type StepTemplate,
} from './domain/route';

// The schemas of a route and its parts, for what is stored and for what travels. Shapes and no rules: those are the register's.

const itemKey = z.string().min(1).max(100);
const itemKeys = z.array(itemKey).min(1).max(200);

export const personSchema = z.object({ id: z.string().min(1).max(100), name: z.string().max(300) });

export const meaningSchema: z.ZodType<Meaning> = z.enum(meanings);

export const quorumSchema: z.ZodType<Quorum> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('any') }),
  z.object({ kind: z.literal('n'), n: z.int().min(1).max(100) }),
]);

export const signatoriesSchema: z.ZodType<Signatories> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('role'), role: z.enum(officerRoles) }),
  z.object({ kind: z.literal('people'), people: z.array(personSchema).max(100) }),
]);

export const coverageSchema: z.ZodType<Coverage> = z.union([z.literal('everything'), itemKeys]);

const ruleStep = {
  signatories: z.tuple([signatoriesSchema]).rest(signatoriesSchema),
  meaning: meaningSchema,
  quorum: quorumSchema,
  dueInBusinessDays: z.int().min(0).max(250).nullable(),
  escalation: z.object({ afterBusinessDays: z.int().min(1).max(250), to: signatoriesSchema }).nullable(),
};
const stepTemplate = { ...ruleStep, covers: coverageSchema };

export const ruleStepSchema: z.ZodType<RuleStep> = z.object(ruleStep);
export const stepTemplateSchema: z.ZodType<StepTemplate> = z.object(stepTemplate);

export const stepReasonSchema: z.ZodType<StepReason> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('template'), name: z.string() }),
  z.object({ kind: z.literal('rule'), name: z.string(), items: itemKeys }),
]);

export const routeStepSchema: z.ZodType<RouteStep> = z.object({
  ...stepTemplate,
  because: z.array(stepReasonSchema).min(1),
});

export const carryOverSchema = z.enum(carryOvers);

export const routeSchema: z.ZodType<Route> = z.object({
  templateId: z.string().min(1).max(100),
  templateName: z.string(),
  templateVersion: z.int().min(1),
  carryOver: carryOverSchema,
  oneSignsTwoSteps: z.boolean(),
  steps: z.tuple([routeStepSchema]).rest(routeStepSchema),
});
