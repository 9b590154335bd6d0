import { officerRoles } from './domain/officer-role';
import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { OfficerEvent } from './domain/register';

const by = { by: z.object({ id: z.string().min(1), name: z.string() }), at: z.iso.datetime() };
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
});
