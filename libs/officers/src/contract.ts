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
