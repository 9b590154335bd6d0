import { z } from 'zod';

/** What an edition says of itself: `kaijisho.edition.v1`, as it is attached to its PDF. Nothing else may stand in it, since nothing would vouch for it. */
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hex');
const number = z.number().int().positive();
const date = z.iso.date();
const anObject = z.record(z.string(), z.unknown());

export const editionSchema = z.strictObject({
  format: z.literal('kaijisho.edition.v1'),
  disclosureId: z.string().min(1),
  service: z.string(),
  serviceName: z.string(),
  title: z.string(),
  issuer: z.strictObject({
    name: z.string(),
    postalCode: z.string().optional(),
    address: z.string().optional(),
    tel: z.string().optional(),
    fax: z.string().optional(),
  }),
  number,
  issuedOn: date,
  effectiveOn: date,
  origin: z.enum(['imported', 'published']),
  contentHash: hash,
  historyText: z.string(),
  causes: z.array(anObject),
  parts: z.array(
    z.strictObject({
      number: z.string(),
      title: z.string(),
      items: z.array(
        z.strictObject({ itemKey: z.string(), number, title: z.string(), body: z.unknown(), bodyHash: hash }),
      ),
    }),
  ),
  revisionHistory: z.array(z.strictObject({ number, issuedOn: date, historyText: z.string() })),
  waivers: z.array(anObject),
  signatures: z.array(anObject),
  postReviews: z.array(anObject),
});

/** An edition as its JSON says it. Signatures and the like are compared with the log before anything is made of them. */
export type PrintedEdition = z.infer<typeof editionSchema>;
