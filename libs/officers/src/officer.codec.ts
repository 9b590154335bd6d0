import { officerRoles } from './domain/officer-role';
import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { OfficerEvent } from './domain/register';

const person = z.object({ id: z.string().min(1), name: z.string() });
const by = { by: person, at: z.iso.datetime() };
const role = z.enum(officerRoles);
const date = z.iso.date();

/** Stored JSON to and from the events of `organization-company`. */
export const officerCodec = codecOf<OfficerEvent>('organization', {
  OfficerAppointed: z.object({
    ...by,
    role,
    userId: z.string().min(1),
    name: z.string(),
    department: z.string(),
    title: z.string(),
    from: date,
  }),
  OfficeEnded: z.object({ ...by, role, userId: z.string().min(1), from: date, on: date }),
  DeputationGranted: z.object({
    ...by,
    deputationId: z.string().min(1),
    principal: person,
    deputy: person,
    roles: z.union([z.literal('all'), z.array(role).min(1)]),
    disclosureIds: z.union([z.literal('all'), z.array(z.string().min(1)).min(1)]),
    from: date,
    until: date,
    reason: z.string(),
  }),
  DeputationEnded: z.object({ ...by, deputationId: z.string().min(1), on: date }),
});
