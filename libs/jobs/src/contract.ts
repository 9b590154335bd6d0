import { z } from 'zod';

/** The shapes of this feature's HTTP answers. OpenAPI and the web client's types are made from these. */

const counts = z.object({
  waiting: z.number().int(),
  active: z.number().int(),
  /** Waiting for their next attempt, or for their turn in a schedule. */
  delayed: z.number().int(),
  failed: z.number().int(),
});

export const failedJobView = z.object({
  key: z.string(),
  name: z.string(),
  id: z.string().nullable(),
  attempts: z.number().int(),
  failedAt: z.string().nullable(),
  reason: z.string(),
  stack: z.string(),
});

/** The queue at this moment. */
export const jobBoardView = z.object({
  backend: z.enum(['postgres', 'redis']),
  at: z.string(),
  totals: counts,
  /** A name that is null stands for what was counted without being looked at, in a very long queue. */
  names: z.array(counts.extend({ name: z.string().nullable() })),
  schedules: z.array(
    z.object({
      name: z.string(),
      job: z.string(),
      everyMs: z.number(),
      nextAt: z.string().nullable(),
      /** Its turn is over and nobody took it: no worker runs, or all are stuck. */
      missed: z.boolean(),
    }),
  ),
  /** The last fifty, the newest first. */
  failed: z.array(failedJobView),
  /** Those for which no time stamp vouches yet; null where nobody is asked for time stamps. */
  sealsWithoutTimeStamp: z.number().int().nullable(),
});

export const retriedAnswer = z.object({ key: z.string() });
