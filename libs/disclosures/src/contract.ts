import { commandAnswer } from '@app/http/contract';
import { z } from 'zod';
import {
  cause,
  findingView,
  officerAsOfThen,
  person,
  postReviewView,
  revisionView,
  signatureView,
} from './review.contract';

export * from './review.contract';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const date = z.iso.date();
const body = z
  .object({ type: z.literal('doc'), content: z.array(z.unknown()) })
  .describe('ProseMirror JSON, see docs/api.md');
export const itemView = z.object({
  itemKey: z.string(),
  number: z.number().int(),
  title: z.string(),
  body,
  bodyHash: z.string(),
  /** Differs from the edition published last. */
  changed: z.boolean(),
  lastEdit: z.object({ by: person, at: z.string() }).nullable(),
});

export const historyRow = z.object({ number: z.number().int(), issuedOn: date, historyText: z.string() });

/** 正誤: said beside the edition; its text stays as it was signed. */
export const erratumView = z.object({
  id: z.string(),
  /** null: the edition as a whole. */
  itemKey: z.string().nullable(),
  text: z.string(),
  reason: z.string(),
  officer: officerAsOfThen,
  by: person,
  at: z.string(),
});

export const editionSummary = historyRow.extend({
  effectiveOn: date,
  origin: z.enum(['imported', 'published']),
  contentHash: z.string(),
  causes: z.array(cause),
  inForce: z.boolean(),
  /** Oldest first. */
  errata: z.array(erratumView),
});

export const disclosureSummary = z.object({
  id: z.string(),
  service: z.string(),
  serviceName: z.string(),
  title: z.string(),
  /** null: none is in force, or none yet. */
  editionInForce: z.object({ number: z.number().int(), issuedOn: date }).nullable(),
  /** 施行予定: what comes into force next of what is public; of several on one day the last. */
  editionComing: z.object({ number: z.number().int(), effectiveOn: date }).nullable(),
  revision: z.object({
    status: z.enum(['none', 'drafting', 'inReview', 'approved']),
    editionNumber: z.number().int().nullable(),
    waitingFor: z.array(z.string()),
    /** Of 公開の予約; null where there is none. */
    publishAt: z.string().nullable(),
  }),
  changedAt: z.string(),
});
export const disclosureList = z.object({ disclosures: z.array(disclosureSummary) });

/** What an importer was unsure of. */
export const anomalyView = z.object({
  code: z.string(),
  line: z.number().int(),
  message: z.string(),
  /** The item that it is about; null where the file does not tell. */
  itemKey: z.string().nullable(),
  /** Who has dealt with it. */
  settled: z.object({ by: person, at: z.string() }).nullable(),
});
export const settleAnomalyBody = z.object({ settled: z.boolean() });

export const disclosureView = z.object({
  id: z.string(),
  service: z.string(),
  serviceName: z.string(),
  title: z.string(),
  issuer: z.object({
    name: z.string(),
    postalCode: z.string().optional(),
    address: z.string().optional(),
    tel: z.string().optional(),
    fax: z.string().optional(),
  }),
  parts: z.array(z.object({ number: z.string(), title: z.string(), items: z.array(itemView) })),
  editions: z.array(editionSummary),
  /** 改訂履歴: every edition, those before the import included, oldest first. */
  revisionHistory: z.array(historyRow),
  revision: revisionView,
  /** 却下 of the revision before, towards that edition; null from the next submission or withdrawal on. */
  lastRejection: z
    .object({ editionNumber: z.number().int(), reason: z.string(), by: person, at: z.string() })
    .nullable(),
  /** 提供終了: from that day on the public page says so, and no revision is started any more. */
  retired: z.object({ on: date, reason: z.string(), by: person, at: z.string() }).nullable(),
  /** Whether the account of who submitted the open revision is disabled or gone: an administrator may withdraw it. */
  submitterHasLeft: z.boolean(),
  /** Where the stream is: `?v=` of links in mails, `since` of `moved`. */
  version: z.number().int(),
  findings: z.array(findingView),
  anomalies: z.array(anomalyView),
});

export const editionView = editionSummary.extend({
  disclosureId: z.string(),
  service: z.string(),
  serviceName: z.string(),
  title: z.string(),
  issuer: disclosureView.shape.issuer,
  parts: z.array(
    z.object({
      number: z.string(),
      title: z.string(),
      items: z.array(itemView.pick({ itemKey: true, number: true, title: true, body: true, bodyHash: true })),
    }),
  ),
  revisionHistory: z.array(historyRow),
  signatures: z.array(signatureView),
  /** 後閲 of this edition. */
  postReviews: z.array(postReviewView),
  /** Findings that were waived, with the reasons: they are under the content hash. */
  waivers: z.array(z.object({ findingId: z.string(), itemKey: z.string(), reason: z.string() })),
});

/** The texts that an item has had, without their words. */
export const itemHistory = z.object({
  /** Newest first. */
  texts: z.array(
    z.object({
      /** Place in the disclosure's stream. */
      version: z.number().int(),
      /** The edition it was written for. */
      editionNumber: z.number().int(),
      by: person,
      at: z.string(),
      bodyHash: z.string(),
      /** Of a restored text: after which event the item had it before. */
      restoredFrom: z.number().int().nullable(),
      /** Name of the file that proposed the text; null also for the import of the whole disclosure. */
      fromFile: z.string().nullable(),
    }),
  ),
  /** `after` of the next page; null: that was all. */
  next: z.string().nullable(),
});

export const textOfItem = z.object({ version: z.number().int(), bodyHash: z.string(), body });

/** A run of text in a difference. */
const run = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() });
export const comparisonView = z.object({
  from: z.object({ label: z.string(), contentHash: z.string().nullable() }),
  to: z.object({ label: z.string(), contentHash: z.string().nullable() }),
  historyText: z.string(),
  causes: z.array(cause),
  items: z.array(
    z.object({
      itemKey: z.string(),
      partNumber: z.string(),
      number: z.number().int(),
      title: z.string(),
      kind: z.enum(['changed', 'added', 'removed']),
      /** What it was called; null when it is new. */
      before: z.object({ partNumber: z.string(), number: z.number().int(), title: z.string() }).nullable(),
      oldHtml: z.string(),
      newHtml: z.string(),
      /**
       * Blocks in reading order; `oldHtml` and `newHtml` of a block are safe HTML with <ins> and <del> around changed words. A
       * block that moved is there twice, where it was and where it is. `remarks` say in sentences what words cannot show.
       */
      blocks: z.array(
        z.object({
          kind: z.enum(['same', 'changed', 'added', 'removed', 'movedAway', 'movedHere']),
          oldHtml: z.string(),
          newHtml: z.string(),
          runs: z.array(run),
          remarks: z.array(z.string()),
        }),
      ),
    }),
  ),
  /** Items that only have another number or stand in another part now. */
  renumbered: z.array(z.object({ itemKey: z.string(), title: z.string(), from: z.string(), to: z.string() })),
});

export const taskView = z.object({
  kind: z.enum(['sign', 'returned', 'draft', 'publish']),
  disclosureId: z.string(),
  serviceName: z.string(),
  editionNumber: z.number().int(),
  since: z.string(),
  /** Who sent it, or why it came back. */
  note: z.string(),
});
export const taskList = z.object({ tasks: z.array(taskView) });

export const activityView = z.object({
  entries: z.array(
    z.object({
      position: z.string(),
      disclosureId: z.string(),
      serviceName: z.string(),
      type: z.string(),
      actor: person,
      at: z.string(),
      /** One Japanese sentence. */
      sentence: z.string(),
    }),
  ),
});

export { commandAnswer };

export const importPreview = z.object({
  title: z.string(),
  serviceName: z.string(),
  issuer: disclosureView.shape.issuer,
  edition: z.object({ number: z.number().int(), issuedOn: date }),
  editions: z.array(historyRow),
  parts: z.array(
    z.object({
      number: z.string(),
      title: z.string(),
      items: z.array(
        z.object({ itemKey: z.string(), number: z.number().int(), title: z.string(), body, text: z.string() }),
      ),
    }),
  ),
  anomalies: z.array(anomalyView.omit({ settled: true })),
  source: z.object({ fileName: z.string(), sha256: z.string(), byteSize: z.number().int(), encoding: z.string() }),
});
export const importAnswer = commandAnswer.extend({ disclosureId: z.string() });

export const startRevisionBody = z.object({ causes: z.array(cause).min(1) });
export const reviseItemBody = z.object({ body: z.unknown(), basedOn: z.string() });
/** 409 `EditConflict`: what the other one wrote, so that nothing is lost. */
export const editConflict = z.object({ itemKey: z.string(), body, bodyHash: z.string() });
export const describeRevisionBody = z.object({ historyText: z.string().max(4000), causes: z.array(cause).min(1) });
export const waiveFindingBody = z.object({ findingId: z.string(), reason: z.string().trim().min(1).max(1000) });
export const publishBody = z.object({
  issuedOn: date,
  effectiveOn: date,
  reasonForPastDate: z.string().trim().min(1).max(1000).optional(),
});
export const scheduleBody = z.object({
  /** With an offset, or in UTC. */
  publishAt: z.iso.datetime({ offset: true }),
  effectiveOn: date,
});
export const cancelScheduleBody = z.object({ reason: z.string().trim().min(1).max(2000) });
export const annotateBody = z.object({
  /** null: the edition as a whole. */
  itemKey: z.string().nullable().default(null),
  text: z.string().trim().min(1).max(4000),
  reason: z.string().trim().min(1).max(2000),
});
export const retireBody = z.object({ reason: z.string().trim().min(1).max(2000), on: date });
