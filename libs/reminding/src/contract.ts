import { printedLine } from '@app/http/contract';
import { z } from 'zod';
import { ladderSchema, quietHoursSchema } from './ladder.schema';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

/** Names a ladder or a kind of certificate, e.g. `isms`: ASCII letters, digits and hyphens. */
export const keyParam = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/);

export const certificateKindView = z.object({
  kind: z.string(),
  name: z.string(),
  ladder: z.string(),
  /** No longer offered; certificates of the kind stay. */
  removed: z.boolean(),
  /** There from the beginning: cannot be removed. */
  readyMade: z.boolean(),
});
export const ladderView = z.object({
  key: z.string(),
  name: z.string(),
  ladder: ladderSchema,
  /** What it was before anybody changed it; null for one of the company's own. */
  readyMade: ladderSchema.nullable(),
});
export const remindingView = z.object({
  ladders: z.array(ladderView),
  kinds: z.array(certificateKindView),
  /** null: reminders leave at any hour. */
  quietHours: quietHoursSchema.nullable(),
});

export const ladderBody = z.object({ name: printedLine, ladder: ladderSchema });
export const certificateKindBody = z.object({ name: printedLine, ladder: keyParam });
export const quietHoursBody = z.object({ quietHours: quietHoursSchema.nullable() });
