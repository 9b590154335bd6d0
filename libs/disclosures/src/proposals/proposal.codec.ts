import type { Body } from '@app/content';
import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { ProposalEvent } from '../domain/proposal';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const by = { by: z.object({ id: z.string().min(1), name: z.string() }), at: z.iso.datetime() };
const ofText = { ...by, fileId: z.string().min(1), index: z.number().int().min(0) };
const place = z.object({ itemKey: z.string(), basedOn: hash, append: z.boolean().optional() }).nullable();
// Bodies were validated before they were stored.
const body = z.custom<Body>((value) => typeof value === 'object' && value !== null && 'content' in value);
const text = z.object({
  partNumber: z.string(),
  number: z.number().int().positive(),
  title: z.string(),
  body,
  bodyHash: hash,
  place,
});

/** Stored JSON to and from the events of `proposals-{disclosureId}`. */
export const proposalCodec = codecOf<ProposalEvent>('proposals', {
  FileProposed: z.object({
    ...by,
    fileId: z.string().min(1),
    source: z.object({
      fileName: z.string(),
      sha256: hash,
      byteSize: z.number().int(),
      mediaType: z.string(),
      encoding: z.string(),
    }),
    texts: z.array(text),
    unchanged: z.number().int().min(0),
    missing: z.array(z.string()),
    anomalies: z.array(
      z.object({
        code: z.string(),
        line: z.number().int(),
        message: z.string(),
        itemKey: z.string().optional(),
      }),
    ),
  }),
  ProposalPlaced: z.object({ ...ofText, place }),
  ProposalDivided: z.object({ ...ofText, taken: text, rest: text.pick({ body: true, bodyHash: true }) }),
  ProposalAccepted: z.object({ ...ofText, itemKey: z.string() }),
  ProposalRefused: z.object(ofText),
  ProposalsClosed: z.object({ ...by, fileId: z.string().min(1) }),
});
