import { z } from 'zod';
import { cause, person, signatureView } from '../review.contract';
import { disclosureView, editionView, historyRow } from '../contract';
import { clocks, momentKinds } from './clocks';

const date = z.iso.date();

export const momentView = z.object({
  kind: z.enum(momentKinds),
  /** Leads back to this moment for ever; of edits that were grouped, the last one. */
  version: z.number().int(),
  position: z.string(),
  at: z.string(),
  by: person.nullable(),
  editionNumber: z.number().int().nullable(),
  itemKeys: z.array(z.string()),
  /** How many events it stands for. */
  count: z.number().int(),
  /** One Japanese sentence. */
  sentence: z.string(),
});

/** The marks of the slider, oldest first. */
export const momentsView = z.object({
  serviceName: z.string(),
  title: z.string(),
  /** Of the newest event. */
  version: z.number().int(),
  moments: z.array(momentView),
});

/** A disclosure as it stood. */
export const asOfView = z.object({
  disclosureId: z.string(),
  clock: z.enum(clocks),
  /** The instant that was asked for; of a moment, when it was recorded. */
  at: z.string(),
  /** The last event by then; 0 before the disclosure was recorded here. */
  version: z.number().int(),
  position: z.string().nullable(),
  service: z.string(),
  serviceName: z.string(),
  title: z.string(),
  issuer: disclosureView.shape.issuer,
  /** Where the work stood then. */
  revision: z.object({
    status: z.enum(['none', 'drafting', 'inReview', 'approved']),
    editionNumber: z.number().int().nullable(),
  }),
  text: z.object({
    kind: z.enum(['draft', 'edition']),
    label: z.string(),
    editionNumber: z.number().int().nullable(),
    /** `from` or `to` of a comparison. */
    side: z.string(),
    /** The event after which the draft was this text: for blame and restoration. */
    version: z.number().int(),
    issuedOn: date.nullable(),
    effectiveOn: date.nullable(),
    contentHash: z.string().nullable(),
    historyText: z.string(),
    causes: z.array(cause),
    signatures: z.array(signatureView),
    /** Published only after that instant, with an effective date in the past. */
    publishedLater: z.boolean(),
    parts: editionView.shape.parts,
  }),
  /** What the public page listed then, oldest first. */
  listed: z.array(
    z.object({
      number: z.number().int(),
      issuedOn: date,
      effectiveOn: date,
      standing: z.enum(['superseded', 'inForce', 'scheduled']),
    }),
  ),
  /** 改訂履歴 as it was then, oldest first. */
  revisionHistory: z.array(historyRow),
});

export const blameView = z.object({
  disclosureId: z.string(),
  itemKey: z.string(),
  partNumber: z.string(),
  number: z.number().int(),
  title: z.string(),
  /** After which event of the disclosure. */
  version: z.number().int(),
  /** In reading order; their texts, joined by newlines, are the item's text. */
  blocks: z.array(
    z.object({
      kind: z.enum(['text', 'figure', 'table']),
      text: z.string(),
      /** The event that gave the block the words it has. */
      origin: z.object({
        kind: z.enum(['imported', 'revised', 'restored']),
        version: z.number().int(),
        position: z.string(),
        at: z.string(),
        by: person,
        /** The edition it was written for. */
        editionNumber: z.number().int(),
        /** Of a restored text: after which event the item had it before. */
        restoredFrom: z.number().int().nullable(),
      }),
      /** Indices into `signatures`, oldest first. */
      signatures: z.array(z.number().int()),
    }),
  ),
  signatures: z.array(signatureView.extend({ editionNumber: z.number().int() })),
});

export const restoreItemBody = z.object({
  /** After which event the item had the text that it shall have again. */
  version: z.number().int().positive(),
  /** The hash of the text that is replaced. */
  basedOn: z.string(),
});

/** The next row of 改訂履歴 as it is proposed. */
export const draftedRowView = z.object({
  /** The reason, and a line per item, as it could be published. */
  historyText: z.string(),
  /** The lines alone, in the order of the text. */
  lines: z.array(z.object({ itemKey: z.string(), line: z.string() })),
});
