import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { AnomalyEvent } from '../domain/anomaly';

const settling = z.object({
  fileId: z.string().min(1).nullable(),
  index: z.number().int().min(0),
  by: z.object({ id: z.string().min(1), name: z.string() }),
  at: z.iso.datetime(),
});

/** Stored JSON to and from the events of `anomalies-{disclosureId}`. */
export const anomalyCodec = codecOf<AnomalyEvent>('anomalies', { AnomalySettled: settling, AnomalyReopened: settling });
