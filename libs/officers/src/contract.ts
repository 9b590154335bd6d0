import { officerRoles } from './domain/officer-role';
import { printedLine } from '@app/http/contract';
import { z } from 'zod';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const date = z.iso.date();

/** One person in one role from a day to a day. */
export const officeView = z.object({
  role: z.enum(officerRoles),
  userId: z.string(),
  name: z.string(),
  department: z.string(),
  title: z.string(),
  from: date,
  /** The last day in office; null while no end is known. */
  until: date.nullable(),
  /** As of today in the company's time zone. */
  standing: z.enum(['past', 'current', 'future']),
});

/** Every role is listed, also one that nobody holds; the offices of a role, the newest first. */
export const officersView = z.object({
  today: date,
  roles: z.array(z.object({ role: z.enum(officerRoles), offices: z.array(officeView) })),
});

/**
 * Appoints a person from a day on. Whoever holds the role on that day leaves it the day before, unless `alongside`.
 * The name is the account's; department and title are those that signatures will show.
 */
export const appointBody = z.object({
  role: z.enum(officerRoles),
  userId: z.string().min(1).max(100),
  department: printedLine,
  title: printedLine,
  from: date,
  alongside: z.boolean().optional(),
});

/** Ends an office; `on` is the last day in it. The day before its first day means that it is never taken up. */
export const endOfficeBody = z.object({
  role: z.enum(officerRoles),
  userId: z.string().min(1).max(100),
  on: date,
});

const person = z.object({ id: z.string(), name: z.string() });
const roleScope = z.union([z.literal('all'), z.array(z.enum(officerRoles)).max(officerRoles.length)]);
const disclosureScope = z.union([z.literal('all'), z.array(z.string().min(1).max(100)).max(1_000)]);

/** 代理: the deputy signs for the offices of the principal, from a day to a day. */
export const deputationView = z.object({
  deputationId: z.string(),
  principal: person,
  deputy: person,
  roles: roleScope,
  disclosureIds: disclosureScope,
  from: date,
  /** The last day. */
  until: date,
  reason: z.string(),
  /** As of today in the company's time zone. */
  standing: z.enum(['past', 'current', 'future']),
  /** Whether the caller may end it. */
  youMayEnd: z.boolean(),
});

/** Those that are in force or will be first, then the newest first. */
export const deputationsView = z.object({ today: date, deputations: z.array(deputationView) });

/** Granted by an administrator, or by the principal. The reason is printed wherever the deputation is explained. */
export const grantDeputationBody = z.object({
  principalId: z.string().min(1).max(100),
  deputyId: z.string().min(1).max(100),
  roles: roleScope,
  disclosureIds: disclosureScope,
  from: date,
  until: date,
  reason: printedLine,
});

/** Ends a deputation; `on` is its last day. The day before today: it is over at once. */
export const endDeputationBody = z.object({ on: date });
