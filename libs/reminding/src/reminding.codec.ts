import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { RemindingEvent } from './domain/reminding';
import { ladderSchema, quietHoursSchema } from './ladder.schema';

const by = { by: z.object({ id: z.string().min(1), name: z.string() }), at: z.iso.datetime() };
const key = z.string().min(1);

/** Stored JSON to and from the events of `reminding-company`. */
export const remindingCodec = codecOf<RemindingEvent>('reminding', {
  LadderChanged: z.object({ ...by, key, name: z.string(), ladder: ladderSchema }),
  LadderRemoved: z.object({ ...by, key }),
  CertificateKindAdded: z.object({ ...by, kind: key, name: z.string(), ladder: key }),
  CertificateKindRemoved: z.object({ ...by, kind: key }),
  QuietHoursSet: z.object({ ...by, quietHours: quietHoursSchema.nullable() }),
});
