import { z } from 'zod';
import { pictureTypes } from './picture';

/** A figure as it was taken in. Put the hash into the item's body; read it from `/api/figures/{sha256}`. */
export const figureAnswer = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.enum(pictureTypes),
  byteSize: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  /** What an SVG had besides drawing and does not have any more: names of elements and attributes. Its hash is that of what is kept. */
  removed: z.array(z.string()),
});
export type FigureAnswer = z.infer<typeof figureAnswer>;

/** 証憑: a file that shows that something is so, under the hash of its bytes. */
export const evidenceView = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  mediaType: z.string(),
  byteSize: z.number().int(),
});
export const removeEvidenceBody = z.object({ reason: z.string().trim().min(1).max(2000) });
