import { canonicalHash, type Body } from '@app/content';
import { assertNever } from '@app/event-sourcing';
import type { OfficerRole } from '@app/officers/domain/officer-role';

export type UserId = string;
/** ISO 8601, UTC, milliseconds. */
export type Instant = string;
/** yyyy-mm-dd, in the company's time zone. */
export type LocalDate = string;
/** SHA-256, hex. */
export type Hash = string;
export type ItemKey = string;

/** Who did it, named as then. */
export type Person = { readonly id: UserId; readonly name: string };

/** 改訂理由: why an edition is revised. */
export const revisionCauseTypes = [
  'reorganisation',
  'guidelineRevision',
  'configurationChange',
  'certificateRenewal',
  'trackRecordUpdate',
  'correction',
  'other',
] as const;
export type RevisionCause = { readonly type: (typeof revisionCauseTypes)[number]; readonly note?: string | undefined };

export type Issuer = {
  readonly name: string;
  readonly postalCode?: string | undefined;
  readonly address?: string | undefined;
  readonly tel?: string | undefined;
  readonly fax?: string | undefined;
};

export type Item = {
  readonly itemKey: ItemKey;
  readonly number: number;
  readonly title: string;
  readonly body: Body;
  readonly bodyHash: Hash;
};
export type Part = { readonly number: string; readonly title: string; readonly items: readonly Item[] };

/** One row of 改訂履歴. */
export type HistoryRow = { readonly number: number; readonly issuedOn: LocalDate; readonly historyText: string };

/** What a signature means: 審査 or 承認 (21 CFR 11.50 asks that it is said). */
export type SignatureMeaning = 'review' | 'approval';

/** How many of those who may sign a step have to (合議). */
export type Quorum = { readonly kind: 'all' } | { readonly kind: 'any' } | { readonly kind: 'n'; readonly n: number };

export type RouteStep = {
  readonly role: OfficerRole;
  readonly meaning: SignatureMeaning;
  readonly quorum: Quorum;
};
export type Route = readonly [RouteStep, ...RouteStep[]];

/** The route of a revision when nobody chose another: 個人情報保護責任者 reviews, 管理責任者 approves. */
export const defaultRoute: Route = [
  { role: 'privacyOfficer', meaning: 'review', quorum: { kind: 'all' } },
  { role: 'managementOfficer', meaning: 'approval', quorum: { kind: 'all' } },
];

/** A role and the name, department and title that its holder had when they signed. */
export type OfficerAsOfThen = {
  readonly role: OfficerRole;
  readonly name: string;
  readonly department: string;
  readonly title: string;
};

/** The record of a signature (21 CFR 11.50, 11.70, 11.200; 厚生労働省 ER/ES 指針 4(4)). */
export type Signature = {
  readonly step: number;
  readonly signer: Person;
  readonly officer: OfficerAsOfThen;
  readonly meaning: SignatureMeaning;
  readonly contentHash: Hash;
  readonly at: Instant;
  readonly timeZone: string;
  readonly reauthentication: 'password';
  readonly comment?: string | undefined;
};

// What can have happened -------------------------------------------------

type By = { readonly by: Person; readonly at: Instant };

export type DisclosureEvent =
  | {
      readonly type: 'DisclosureRegistered';
      readonly data: By & {
        readonly disclosureId: string;
        /** The last part of the public address `/d/{service}`. */
        readonly service: string;
        readonly serviceName: string;
        readonly title: string;
        readonly issuer: Issuer;
      };
    }
  | {
      readonly type: 'DisclosureImported';
      readonly data: By & {
        readonly source: {
          readonly fileName: string;
          readonly sha256: Hash;
          readonly byteSize: number;
          readonly mediaType: string;
          readonly encoding: string;
        };
        readonly parts: readonly Part[];
        readonly editions: readonly HistoryRow[];
        readonly edition: { readonly number: number; readonly issuedOn: LocalDate };
        readonly anomalies: readonly { readonly code: string; readonly line: number; readonly message: string }[];
      };
    }
  | {
      readonly type: 'RevisionStarted';
      readonly data: By & {
        readonly revisionId: string;
        readonly editionNumber: number;
        readonly causes: readonly RevisionCause[];
      };
    }
  | {
      readonly type: 'ItemRevised';
      readonly data: By & {
        readonly itemKey: ItemKey;
        readonly body: Body;
        readonly bodyHash: Hash;
        readonly basedOn: Hash;
      };
    }
  | {
      readonly type: 'RevisionDescribed';
      readonly data: By & { readonly historyText: string; readonly causes: readonly RevisionCause[] };
    }
  | {
      readonly type: 'FindingWaived';
      readonly data: By & { readonly findingId: string; readonly reason: string };
    }
  | {
      readonly type: 'SubmittedForReview';
      readonly data: By & {
        readonly revisionId: string;
        readonly route: Route;
        readonly itemHashes: { readonly [itemKey: ItemKey]: Hash };
        readonly contentHash: Hash;
      };
    }
  | { readonly type: 'StepSigned'; readonly data: By & { readonly revisionId: string; readonly signature: Signature } }
  | {
      /** The step's quorum is reached: the revision is circulated to the next step (回付). */
      readonly type: 'StepCompleted';
      readonly data: By & { readonly revisionId: string; readonly step: number };
    }
  | {
      readonly type: 'RevisionApproved';
      readonly data: By & { readonly revisionId: string; readonly contentHash: Hash };
    }
  | {
      readonly type: 'ReturnedForChanges';
      readonly data: By & { readonly revisionId: string; readonly step: number; readonly reason: string };
    }
  | { readonly type: 'Recalled'; readonly data: By & { readonly revisionId: string } }
  | { readonly type: 'Rejected'; readonly data: By & { readonly revisionId: string; readonly reason: string } }
  | { readonly type: 'Withdrawn'; readonly data: By & { readonly revisionId: string } }
  | {
      readonly type: 'EditionPublished';
      readonly data: By & {
        readonly revisionId: string;
        readonly number: number;
        readonly issuedOn: LocalDate;
        readonly effectiveOn: LocalDate;
        readonly reasonForPastDate?: string | undefined;
        readonly contentHash: Hash;
        readonly historyText: string;
        readonly causes: readonly RevisionCause[];
        readonly signatures: readonly Signature[];
      };
    };

// What is true now -------------------------------------------------------

type Work = {
  readonly id: string;
  readonly editionNumber: number;
  readonly causes: readonly RevisionCause[];
  readonly historyText: string;
  /** Everyone who wrote something in this revision: they may not sign it. */
  readonly authors: readonly Person[];
};
type Submission = {
  readonly route: Route;
  readonly contentHash: Hash;
  readonly submittedBy: Person;
  readonly submittedAt: Instant;
  readonly signatures: readonly Signature[];
};

/** The work from one edition to the next. */
export type Revision =
  | { readonly status: 'none' }
  | (Work & { readonly status: 'drafting'; readonly returned?: { readonly reason: string; readonly by: Person } })
  /** `step` counts from 0. */
  | (Work & Submission & { readonly status: 'inReview'; readonly step: number })
  | (Work & Submission & { readonly status: 'approved' });

export type Edition = HistoryRow & {
  readonly effectiveOn: LocalDate;
  /** `imported`: taken over from the document that was there before; nobody signed it here. */
  readonly origin: 'imported' | 'published';
  readonly contentHash: Hash;
  readonly causes: readonly RevisionCause[];
  readonly signatures: readonly Signature[];
  readonly parts: readonly Part[];
};

export type Waiver = { readonly findingId: string; readonly reason: string; readonly by: Person };

export type Disclosure =
  | { readonly status: 'NotRegistered' }
  | {
      readonly status: 'Registered';
      readonly id: string;
      readonly service: string;
      readonly serviceName: string;
      readonly title: string;
      readonly issuer: Issuer;
      /** The text as drafted: that of the edition published last and what the open revision has changed. */
      readonly parts: readonly Part[];
      /** Rows of editions older than the imported one, of which only the history is known. */
      readonly olderEditions: readonly HistoryRow[];
      /** Oldest first; the last is what the next revision starts from, and in force from its effective date. */
      readonly editions: readonly Edition[];
      /** Findings that somebody accepted, with the reason. They hold as long as the place they complain of stays as it is. */
      readonly waivers: readonly Waiver[];
      readonly revision: Revision;
    };

export type Registered = Extract<Disclosure, { status: 'Registered' }>;

export const initialState: Disclosure = { status: 'NotRegistered' };

export const evolve = (state: Disclosure, event: DisclosureEvent): Disclosure => {
  if (event.type === 'DisclosureRegistered') {
    const { disclosureId, service, serviceName, title, issuer } = event.data;
    return {
      status: 'Registered',
      id: disclosureId,
      service,
      serviceName,
      title,
      issuer,
      parts: [],
      olderEditions: [],
      editions: [],
      waivers: [],
      revision: { status: 'none' },
    };
  }
  if (state.status !== 'Registered') return state;
  const { revision } = state;

  switch (event.type) {
    case 'DisclosureImported': {
      const { parts, editions, edition } = event.data;
      const own = editions.find((row) => row.number === edition.number);
      const row: HistoryRow = { ...edition, historyText: own?.historyText ?? '' };
      const imported: Edition = {
        ...row,
        effectiveOn: edition.issuedOn,
        origin: 'imported',
        contentHash: contentHashOf({ ...state, parts }, row.number, row.historyText, []),
        causes: [],
        signatures: [],
        parts,
      };
      return {
        ...state,
        parts,
        olderEditions: editions.filter((other) => other.number < edition.number),
        editions: [imported],
      };
    }
    case 'RevisionStarted': {
      const { revisionId, editionNumber, causes } = event.data;
      const work: Work = { id: revisionId, editionNumber, causes, historyText: '', authors: [] };
      return { ...state, revision: { ...work, status: 'drafting' } };
    }
    case 'ItemRevised': {
      const { itemKey, body, bodyHash, by } = event.data;
      return { ...state, parts: withBody(state.parts, itemKey, body, bodyHash), revision: writtenBy(revision, by) };
    }
    case 'RevisionDescribed': {
      const { historyText, causes, by } = event.data;
      const described = writtenBy(revision, by);
      return { ...state, revision: described.status === 'none' ? described : { ...described, historyText, causes } };
    }
    case 'FindingWaived': {
      const { findingId, reason, by } = event.data;
      return { ...state, waivers: [...state.waivers, { findingId, reason, by }] };
    }
    case 'SubmittedForReview': {
      if (revision.status === 'none') return state;
      const { route, contentHash, by, at } = event.data;
      const submission: Submission = { route, contentHash, submittedBy: by, submittedAt: at, signatures: [] };
      return { ...state, revision: { ...workOf(revision), ...submission, status: 'inReview', step: 0 } };
    }
    case 'StepSigned': {
      if (revision.status !== 'inReview') return state;
      const signatures = [...revision.signatures, event.data.signature];
      return { ...state, revision: { ...revision, signatures } };
    }
    case 'StepCompleted': {
      if (revision.status !== 'inReview') return state;
      return { ...state, revision: { ...revision, step: event.data.step + 1 } };
    }
    case 'RevisionApproved': {
      if (revision.status !== 'inReview') return state;
      const { route, contentHash, submittedBy, submittedAt, signatures } = revision;
      const submission = { route, contentHash, submittedBy, submittedAt, signatures };
      return { ...state, revision: { ...workOf(revision), ...submission, status: 'approved' } };
    }
    case 'ReturnedForChanges': {
      if (revision.status === 'none') return state;
      const { reason, by } = event.data;
      return { ...state, revision: { ...workOf(revision), status: 'drafting', returned: { reason, by } } };
    }
    case 'Recalled':
      return revision.status === 'none' ? state : { ...state, revision: { ...workOf(revision), status: 'drafting' } };
    case 'Rejected':
    case 'Withdrawn':
      // The revision ends and what it wrote stays in the stream; the text goes back to the edition published last.
      return { ...state, parts: state.editions.at(-1)?.parts ?? state.parts, revision: { status: 'none' } };
    case 'EditionPublished': {
      const { number, issuedOn, effectiveOn, contentHash, historyText, causes, signatures } = event.data;
      const row = { number, issuedOn, effectiveOn, historyText };
      const edition: Edition = { ...row, origin: 'published', contentHash, causes, signatures, parts: state.parts };
      return { ...state, editions: [...state.editions, edition], revision: { status: 'none' } };
    }
    default:
      return assertNever(event);
  }
};

// Questions about the state ----------------------------------------------

export const itemsOf = (parts: readonly Part[]): readonly Item[] => parts.flatMap((part) => part.items);

/**
 * The hash that a signature covers: the whole text, its order and titles, the number of the edition to be,
 * and the row that it will have in 改訂履歴.
 */
export const contentHashOf = (
  {
    service,
    serviceName,
    title,
    issuer,
    parts,
  }: Pick<Registered, 'service' | 'serviceName' | 'title' | 'issuer' | 'parts'>,
  editionNumber: number,
  historyText: string,
  causes: readonly RevisionCause[],
): Hash =>
  canonicalHash({
    service,
    serviceName,
    title,
    issuer,
    editionNumber,
    historyText,
    causes,
    parts: parts.map((part) => ({
      number: part.number,
      title: part.title,
      items: part.items.map((item) => ({
        itemKey: item.itemKey,
        number: item.number,
        title: item.title,
        bodyHash: item.bodyHash,
      })),
    })),
  });

/** The items whose text differs from the edition published last, in reading order. */
export const changedItems = ({ parts, editions }: Pick<Registered, 'parts' | 'editions'>): readonly Item[] => {
  const inForce = new Map(itemsOf(editions.at(-1)?.parts ?? []).map((item) => [item.itemKey, item.bodyHash]));
  return itemsOf(parts).filter((item) => inForce.get(item.itemKey) !== item.bodyHash);
};

const withBody = (parts: readonly Part[], itemKey: ItemKey, body: Body, bodyHash: Hash): readonly Part[] =>
  parts.map((part) => ({
    ...part,
    items: part.items.map((item) => (item.itemKey === itemKey ? { ...item, body, bodyHash } : item)),
  }));

const workOf = ({ id, editionNumber, causes, historyText, authors }: Work): Work => ({
  id,
  editionNumber,
  causes,
  historyText,
  authors,
});

const writtenBy = (revision: Revision, person: Person): Revision =>
  revision.status === 'none' || revision.authors.some((author) => author.id === person.id)
    ? revision
    : { ...revision, authors: [...revision.authors, person] };
