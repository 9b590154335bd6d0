import { userRoles } from '@app/http/access';
import { officerRoles } from '@app/officers/domain/officer-role';
import { z } from 'zod';
import { businessDayRules } from './domain/ladder';

/** Shapes of ladders, the same in stored events and in the API. */

export const recipientSchema = z.union([
  z.strictObject({ officer: z.enum(officerRoles) }),
  z.strictObject({ role: z.enum(userRoles) }),
  z.strictObject({ user: z.string().min(1).max(100) }),
  z.strictObject({ responsible: z.literal(true) }),
]);
const to = z.array(recipientSchema).max(20);

export const escalationSchema = z.strictObject({ afterBusinessDays: z.int().min(1).max(60), to });

const step = { to: to.optional(), escalate: escalationSchema.optional() };
export const stepSchema = z.union([
  z.strictObject({ months: z.int().min(1).max(36), ...step }),
  z.strictObject({ days: z.int().min(0).max(1000), ...step }),
]);

export const ladderSchema = z.strictObject({
  before: z.array(stepSchema).max(40),
  /** null: what is overdue is mailed once. */
  overdueEveryDays: z.int().min(1).max(365).nullable(),
  businessDays: z.enum(businessDayRules),
  to,
  escalateOverdue: escalationSchema.optional(),
});

/** Hours of the day where the company is, 0 to 23. */
export const quietHoursSchema = z.strictObject({ from: z.int().min(0).max(23), until: z.int().min(0).max(23) });
