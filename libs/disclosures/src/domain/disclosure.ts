import { canonicalHash, type Body } from '@app/content';
import { assertNever } from '@app/event-sourcing';
import { isSameStep, type Route, type RouteStep } from '@app/routes/domain/route';
import type { Anomaly } from './anomaly';
import type { Reassignment } from './seats';
import type {
  Coverage,
  Hash,
  Instant,
  ItemKey,
  LocalDate,
  OfficerAsOfThen,
  Person,
  PostReview,
  Signature,
} from './signature';

export type { Hash, Instant, ItemKey, LocalDate, Person, PostReview, Signature };
export type UserId = string;

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

/** A finding that somebody accepted, as it stands under the content hash. */
export type SignedWaiver = { readonly findingId: string; readonly itemKey: ItemKey; readonly reason: string };

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
        readonly anomalies: readonly Anomaly[];
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
        /** The place in this stream at which the item had this text before: it was restored, not written anew. */
        readonly restoredFrom?: number | undefined;
        /** The file that proposed the text: it was taken over from there. */
        readonly fromFile?: { readonly fileName: string; readonly sha256: Hash } | undefined;
        /** Who wrote the restored text at that time, where no edition ever had it: they are its authors as well. */
        readonly writers?: readonly Person[] | undefined;
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
        /** Findings of this text that were waived. */
        readonly waivers: readonly SignedWaiver[];
        /** Signatures of the submission before that still hold, at their steps of this route. */
        readonly carriedOver: readonly Signature[];
      };
    }
  | { readonly type: 'StepSigned'; readonly data: By & { readonly revisionId: string; readonly signature: Signature } }
  | {
      /** The step's quorum is reached: the revision is circulated to the next step (回付). */
      readonly type: 'StepCompleted';
      readonly data: By & {
        readonly revisionId: string;
        readonly step: number;
        /**
         * Where no signature completes it, but somebody who was asked has left since the last one: who was asked on that
         * day, each of whom had signed. `by` is who noticed.
         */
        readonly becauseOthersLeft?: { readonly on: LocalDate; readonly signatories: readonly Person[] } | undefined;
      };
    }
  | {
      readonly type: 'RevisionApproved';
      readonly data: By & { readonly revisionId: string; readonly contentHash: Hash };
    }
  | {
      readonly type: 'ReturnedForChanges';
      readonly data: By & { readonly revisionId: string; readonly step: number; readonly reason: string };
    }
  | {
      /** Back to an earlier step, whose signatures and those after it are void; the text stays as it is. */
      readonly type: 'ReturnedToStep';
      readonly data: By & {
        readonly revisionId: string;
        readonly from: number;
        readonly to: number;
        readonly reason: string;
      };
    }
  | {
      readonly type: 'SignatoryReassigned';
      readonly data: By & {
        readonly revisionId: string;
        readonly step: number;
        readonly from: Person;
        readonly to: Person;
        readonly reason: string;
      };
    }
  | {
      readonly type: 'PostReviewed';
      readonly data: By & {
        readonly revisionId: string;
        readonly editionNumber: number;
        readonly postReview: PostReview;
      };
    }
  | {
      readonly type: 'CommentAdded';
      readonly data: By & {
        readonly revisionId: string;
        readonly commentId: string;
        readonly itemKey: ItemKey;
        /** The passage it is about; null: the item. */
        readonly quote: string | null;
        readonly text: string;
        readonly mentions: readonly UserId[];
        /** The comment that began the thread; null: this one does. */
        readonly replyTo: string | null;
      };
    }
  | {
      readonly type: 'CommentResolved';
      readonly data: By & { readonly revisionId: string; readonly commentId: string };
    }
  | {
      readonly type: 'CommentReopened';
      readonly data: By & { readonly revisionId: string; readonly commentId: string };
    }
  | { readonly type: 'Recalled'; readonly data: By & { readonly revisionId: string } }
  | { readonly type: 'Rejected'; readonly data: By & { readonly revisionId: string; readonly reason: string } }
  | {
      /** `reason`: of an administrator who withdraws it in the place of somebody else. */
      readonly type: 'Withdrawn';
      readonly data: By & { readonly revisionId: string; readonly reason?: string | undefined };
    }
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
        readonly waivers: readonly SignedWaiver[];
        readonly signatures: readonly Signature[];
        /** 後閲 before the publication: all that the edition has. Not said by what was published before this was kept. */
        readonly postReviews?: readonly PostReview[] | undefined;
        /** Where the product published it at the time that somebody had chosen: who, and what was arranged. */
        readonly scheduled?: Schedule | undefined;
      };
    }
  | {
      /** 公開の予約. */
      readonly type: 'PublicationScheduled';
      readonly data: By & {
        readonly revisionId: string;
        readonly publishAt: Instant;
        readonly effectiveOn: LocalDate;
      };
    }
  | {
      readonly type: 'PublicationCancelled';
      readonly data: By & { readonly revisionId: string; readonly reason: string };
    }
  | {
      /** 正誤: said beside an edition, whose text stays as it was signed. */
      readonly type: 'EditionAnnotated';
      readonly data: By & {
        readonly annotationId: string;
        readonly number: number;
        /** null: the edition as a whole. */
        readonly itemKey: ItemKey | null;
        readonly text: string;
        readonly reason: string;
        /** As whom: name, department and title as of then. */
        readonly officer: OfficerAsOfThen;
      };
    }
  | {
      /** 提供終了: of the service, from that day on. */
      readonly type: 'DisclosureRetired';
      readonly data: By & { readonly reason: string; readonly on: LocalDate; readonly officer: OfficerAsOfThen };
    };

/** What was arranged for a publication, by whom and when. */
export type Schedule = {
  readonly publishAt: Instant;
  readonly effectiveOn: LocalDate;
  readonly by: Person;
  readonly at: Instant;
};

// What is true now -------------------------------------------------------

/** 指摘・相談: said of an item or of a passage in it. Saying it makes nobody an author. */
export type Comment = {
  readonly id: string;
  readonly itemKey: ItemKey;
  readonly quote: string | null;
  readonly text: string;
  readonly by: Person;
  readonly at: Instant;
  readonly mentions: readonly UserId[];
  readonly replyTo: string | null;
  readonly resolved: { readonly by: Person; readonly at: Instant } | null;
};

type Work = {
  readonly id: string;
  readonly editionNumber: number;
  readonly causes: readonly RevisionCause[];
  readonly historyText: string;
  /**
   * Everyone who wrote something in this revision, or waived a finding: they may not sign it. Who started it is among them:
   * the causes that they gave are shown to the signatories and printed.
   */
  readonly authors: readonly Person[];
  readonly comments: readonly Comment[];
  /** Signatures of the submission before, each with what was asked: the next submission may carry them over. */
  readonly earlier: readonly { readonly asked: RouteStep; readonly signature: Signature }[];
  /** 担当者の変更 of the submission before, each with the step it was for: it holds for the whole revision. */
  readonly replaced: readonly { readonly asked: RouteStep; readonly reassignment: Reassignment }[];
  /** By signer: what each signed last in this revision, whatever became of it. */
  readonly lastSigned: { readonly [signer: UserId]: Pick<Signature, 'step' | 'at' | 'contentHash'> };
  /** By whom: the text that each sent back last in this revision (差戻し). */
  readonly lastReturned?: { readonly [person: UserId]: Pick<Signature, 'step' | 'at' | 'contentHash'> };
  /** 差戻し: the newest of this revision, from which step, also when it has been submitted again since. */
  readonly lastReturn?: Return & { readonly step: number };
};
type Submission = {
  readonly route: Route;
  readonly contentHash: Hash;
  readonly waivers: readonly SignedWaiver[];
  readonly submittedBy: Person;
  readonly submittedAt: Instant;
  /** Those that hold, in the order in which they were given. */
  readonly signatures: readonly Signature[];
  /** Those of this submission that a return to an earlier step made void. */
  readonly voided: readonly Signature[];
  readonly reassignments: readonly Reassignment[];
};
type Return = { readonly reason: string; readonly by: Person; readonly at: Instant };

/** The work from one edition to the next. */
export type Revision =
  | { readonly status: 'none' }
  | (Work & { readonly status: 'drafting'; readonly returned?: Return })
  | (Work &
      Submission & {
        readonly status: 'inReview';
        /** The step that waits, counted from 0. */
        readonly step: number;
        /** Since when it does. */
        readonly askedAt: Instant;
        readonly returned?: Return & { readonly toStep: number };
      })
  | (Work &
      Submission & {
        readonly status: 'approved';
        readonly approvedAt: Instant;
        readonly postReviews: readonly PostReview[];
        /** Gone with the approval: whatever changes the text voids it. */
        readonly schedule?: Schedule;
      });

/** 正誤 of an edition. */
export type Erratum = {
  readonly id: string;
  readonly itemKey: ItemKey | null;
  readonly text: string;
  readonly reason: string;
  readonly officer: OfficerAsOfThen;
  readonly by: Person;
  readonly at: Instant;
};

/** 提供終了: no revision is started any more; until that day the edition in force stays so. */
export type Retirement = {
  readonly reason: string;
  readonly on: LocalDate;
  readonly by: Person;
  readonly at: Instant;
};

export type Rejection = Return & { readonly editionNumber: number };

export type Edition = HistoryRow & {
  readonly effectiveOn: LocalDate;
  /** `imported`: taken over from the document that was there before; nobody signed it here. */
  readonly origin: 'imported' | 'published';
  readonly contentHash: Hash;
  readonly causes: readonly RevisionCause[];
  readonly waivers: readonly SignedWaiver[];
  readonly signatures: readonly Signature[];
  readonly postReviews: readonly (PostReview & { readonly afterPublication: boolean })[];
  /** What 後閲 after the publication asks; null for an imported edition. */
  readonly review:
    | (Pick<Submission, 'route' | 'reassignments'> &
        Pick<Work, 'authors'> & { readonly revisionId: string; readonly approvedAt: Instant })
    | null;
  readonly parts: readonly Part[];
  /** Oldest first. */
  readonly errata?: readonly Erratum[];
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
      /** 却下 of the revision before, until another one is submitted or withdrawn. */
      readonly lastRejection?: Rejection;
      readonly retired?: Retirement;
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
        waivers: [],
        signatures: [],
        postReviews: [],
        review: null,
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
      const empty = { historyText: '', comments: [], earlier: [], replaced: [], lastSigned: {} };
      const work: Work = { id: revisionId, editionNumber, causes, authors: [event.data.by], ...empty };
      return { ...state, revision: { ...work, status: 'drafting' } };
    }
    case 'ItemRevised': {
      const { itemKey, body, bodyHash, by, writers = [] } = event.data;
      const written = [by, ...writers].reduce(writtenBy, revision);
      return { ...state, parts: withBody(state.parts, itemKey, body, bodyHash), revision: written };
    }
    case 'RevisionDescribed': {
      const { historyText, causes, by } = event.data;
      const described = writtenBy(revision, by);
      return { ...state, revision: described.status === 'none' ? described : { ...described, historyText, causes } };
    }
    case 'FindingWaived': {
      const { findingId, reason, by } = event.data;
      return {
        ...state,
        waivers: [...state.waivers, { findingId, reason, by }],
        revision: writtenBy(revision, by), // a waiver is part of what is signed
      };
    }
    case 'SubmittedForReview': {
      if (revision.status === 'none') return state;
      const { route, contentHash, waivers, carriedOver, by, at } = event.data;
      const submission: Submission = {
        ...{ route, contentHash, waivers, submittedBy: by, submittedAt: at },
        ...{ signatures: carriedOver, voided: [], reassignments: reassignmentsIn(revision, route) },
      };
      const work = { ...workOf(revision), earlier: [], replaced: [] };
      const { lastRejection: _, ...rest } = state;
      return { ...rest, revision: { ...work, ...submission, status: 'inReview', step: 0, askedAt: at } };
    }
    case 'StepSigned': {
      if (revision.status !== 'inReview') return state;
      const { signature } = event.data;
      const { step, at, contentHash } = signature;
      const signatures = [...revision.signatures, signature];
      const lastSigned = { ...revision.lastSigned, [signature.signer.id]: { step, at, contentHash } };
      return { ...state, revision: { ...revision, signatures, lastSigned } };
    }
    case 'StepCompleted': {
      if (revision.status !== 'inReview') return state;
      const { step, at } = event.data;
      return { ...state, revision: { ...withoutReturn(revision), step: step + 1, askedAt: at } };
    }
    case 'RevisionApproved': {
      if (revision.status !== 'inReview') return state;
      const approval = { status: 'approved', approvedAt: event.data.at, postReviews: [] } as const;
      return { ...state, revision: { ...workOf(revision), ...submissionOf(revision), ...approval } };
    }
    case 'ReturnedForChanges': {
      if (revision.status === 'none') return state;
      const { step, reason, by, at } = event.data;
      const returned = { reason, by, at };
      // The step that sends it back did not consent, whoever signed there; what other steps signed may carry over.
      const work = { ...backInDraft(returnedBy(revision, event.data), step), lastReturn: { ...returned, step } };
      return { ...state, revision: { ...work, status: 'drafting', returned } };
    }
    case 'ReturnedToStep': {
      if (revision.status !== 'inReview') return state;
      const { from, to, reason, by, at } = event.data;
      const holds = ({ step }: Signature) => step < to;
      return {
        ...state,
        revision: {
          ...returnedBy(revision, { step: from, by, at }),
          step: to,
          askedAt: at,
          signatures: revision.signatures.filter(holds),
          voided: [...revision.voided, ...revision.signatures.filter((signature) => !holds(signature))],
          returned: { reason, by, at, toStep: to },
          lastReturn: { reason, by, at, step: from },
        },
      };
    }
    case 'SignatoryReassigned': {
      if (revision.status !== 'inReview') return state;
      const { step, from, to, reason, by, at } = event.data;
      const reassignments = [...revision.reassignments, { step, from, to, reason, by, at }];
      return { ...state, revision: { ...revision, reassignments } };
    }
    case 'PostReviewed':
      return postReviewed(state, event.data);
    case 'CommentAdded': {
      const { commentId: id, itemKey, quote, text, mentions, replyTo, by, at } = event.data;
      const comment: Comment = { id, itemKey, quote, text, mentions, replyTo, by, at, resolved: null };
      return withComments(state, (comments) => [...comments, comment]);
    }
    case 'CommentResolved':
    case 'CommentReopened': {
      const { commentId, by, at } = event.data;
      const resolved = event.type === 'CommentResolved' ? { by, at } : null;
      return withComments(state, (comments) =>
        comments.map((comment) => (comment.id === commentId ? { ...comment, resolved } : comment)),
      );
    }
    case 'Recalled':
      return revision.status === 'none'
        ? state
        : {
            ...state,
            revision: {
              ...backInDraft(revision, null),
              status: 'drafting',
            },
          };
    case 'Rejected': {
      const { reason, by, at } = event.data;
      const ended = withoutRevision(state);
      return revision.status === 'none'
        ? ended
        : { ...ended, lastRejection: { editionNumber: revision.editionNumber, reason, by, at } };
    }
    case 'Withdrawn':
      return withoutRevision(state);
    case 'EditionPublished': {
      const { number, issuedOn, effectiveOn, contentHash, historyText, causes, waivers, signatures } = event.data;
      const row = { number, issuedOn, effectiveOn, historyText };
      const approved = revision.status === 'approved' ? revision : null;
      const edition: Edition = {
        ...row,
        ...{ origin: 'published', contentHash, causes, waivers, signatures },
        postReviews: (approved?.postReviews ?? []).map((each) => ({ ...each, afterPublication: false })),
        review: approved && {
          ...{ revisionId: approved.id, route: approved.route, reassignments: approved.reassignments },
          ...{ authors: approved.authors, approvedAt: approved.approvedAt },
        },
        parts: state.parts,
      };
      return { ...state, editions: [...state.editions, edition], revision: { status: 'none' } };
    }
    case 'PublicationScheduled': {
      if (revision.status !== 'approved') return state;
      const { publishAt, effectiveOn, by, at } = event.data;
      return { ...state, revision: { ...revision, schedule: { publishAt, effectiveOn, by, at } } };
    }
    case 'PublicationCancelled': {
      if (revision.status !== 'approved') return state;
      const { schedule: _, ...approved } = revision;
      return { ...state, revision: approved };
    }
    case 'EditionAnnotated': {
      const { annotationId: id, number, itemKey, text, reason, officer, by, at } = event.data;
      const erratum: Erratum = { id, itemKey, text, reason, officer, by, at };
      return {
        ...state,
        editions: state.editions.map((edition) =>
          edition.number === number ? { ...edition, errata: [...(edition.errata ?? []), erratum] } : edition,
        ),
      };
    }
    case 'DisclosureRetired': {
      const { reason, on, by, at } = event.data;
      return { ...state, retired: { reason, on, by, at } };
    }
    default:
      return assertNever(event);
  }
};

/** The revision ends and what it wrote stays in the stream; text and waivers go back to the edition published last. */
const withoutRevision = ({ lastRejection: _, ...state }: Registered): Registered => ({
  ...state,
  parts: state.editions.at(-1)?.parts ?? state.parts,
  waivers: state.waivers.filter(({ findingId }) =>
    state.editions.at(-1)?.waivers.some((signed) => signed.findingId === findingId),
  ),
  revision: { status: 'none' },
});

// Questions about the state ----------------------------------------------

export const itemsOf = (parts: readonly Part[]): readonly Item[] => parts.flatMap((part) => part.items);

/**
 * The hash that a signature covers: the whole text, its order and titles, the number of the edition to be,
 * the row that it will have in 改訂履歴, and the findings that were waived in it. Without waivers it has no such key:
 * that is what it was before they were part of it.
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
  waivers: readonly SignedWaiver[] = [],
): Hash =>
  canonicalHash({
    service,
    serviceName,
    title,
    issuer,
    editionNumber,
    historyText,
    causes,
    parts: parts.map((part) => ({ number: part.number, title: part.title, items: part.items.map(hashedItem) })),
    ...(waivers.length === 0 ? {} : { waivers }),
  });

/**
 * The hash of what a signature vouches for. Of everything it is the content hash itself; of some items it is theirs:
 * such a signature holds as long as they stay as they are, whatever becomes of the others.
 */
export const coverageHashOf = (
  covers: Coverage,
  contentHash: Hash,
  parts: readonly Part[],
  waivers: readonly SignedWaiver[],
): Hash => {
  if (covers === 'everything') return contentHash;
  const covered = ({ itemKey }: { readonly itemKey: ItemKey }) => covers.includes(itemKey);
  return canonicalHash({
    items: itemsOf(parts).filter(covered).map(hashedItem),
    waivers: waivers.filter(covered),
  });
};

const hashedItem = ({ itemKey, number, title, bodyHash }: Item) => ({ itemKey, number, title, bodyHash });

/** The steps that have to be signed one after the other before the revision is approved: all but those of 後閲. */
export const seriesOf = ({ steps }: Route): readonly RouteStep[] =>
  steps.filter(({ meaning }) => meaning !== 'postReview');

/** Who is still in whose place when the text is submitted again, over that route: not whoever has written in it since. */
export const reassignmentsIn = (
  { replaced, authors }: Pick<Work, 'replaced' | 'authors'>,
  route: Route,
): readonly Reassignment[] =>
  replaced.flatMap(({ asked, reassignment }) => {
    const step = route.steps.findIndex((each) => isSameStep(each, asked));
    return step === -1 || authors.some(({ id }) => id === reassignment.to.id) ? [] : [{ ...reassignment, step }];
  });

/** The items whose text differs from the edition published last, in reading order. */
export const changedItems = ({
  parts,
  editions,
}: {
  readonly parts: readonly Part[];
  readonly editions: readonly { readonly parts: readonly Part[] }[];
}): readonly Item[] => {
  const inForce = new Map(itemsOf(editions.at(-1)?.parts ?? []).map((item) => [item.itemKey, item.bodyHash]));
  return itemsOf(parts).filter((item) => inForce.get(item.itemKey) !== item.bodyHash);
};

const withBody = (parts: readonly Part[], itemKey: ItemKey, body: Body, bodyHash: Hash): readonly Part[] =>
  parts.map((part) => ({
    ...part,
    items: part.items.map((item) => (item.itemKey === itemKey ? { ...item, body, bodyHash } : item)),
  }));

const workOf = (work: Work): Work => {
  const { id, editionNumber, causes, historyText, authors, comments, earlier, replaced, lastSigned } = work;
  const { lastReturned, lastReturn } = work;
  return {
    ...{ id, editionNumber, causes, historyText, authors, comments, earlier, replaced, lastSigned },
    ...(lastReturned && { lastReturned }),
    ...(lastReturn && { lastReturn }),
  };
};

/** Whoever sends a text back has read it: asked again, they read what has changed since. */
const returnedBy = <R extends Exclude<Revision, { status: 'none' }>>(
  revision: R,
  { step, by, at }: { readonly step: number; readonly by: Person; readonly at: Instant },
): R => {
  if (!('contentHash' in revision)) return revision;
  const read = { step, at, contentHash: revision.contentHash };
  return { ...revision, lastReturned: { ...revision.lastReturned, [by.id]: read } };
};

const submissionOf = (submission: Submission): Submission => {
  const { route, contentHash, waivers, submittedBy, submittedAt, signatures, voided, reassignments } = submission;
  return { route, contentHash, waivers, submittedBy, submittedAt, signatures, voided, reassignments };
};

const withoutReturn = (revision: Extract<Revision, { status: 'inReview' }>) => {
  const { status, step, askedAt } = revision;
  return { ...workOf(revision), ...submissionOf(revision), status, step, askedAt };
};

/**
 * The work goes on; what was signed is kept for the next submission, but for the signatures of the step that did not
 * consent, if one did not; and so is who was replaced.
 */
const backInDraft = (revision: Exclude<Revision, { status: 'none' }>, dissenting: number | null): Work => {
  if (revision.status === 'drafting') return workOf(revision);
  const { steps } = revision.route;
  const earlier = revision.signatures
    .filter((signature) => signature.step !== dissenting)
    .flatMap((signature) => {
      const asked = steps[signature.step];
      return asked ? [{ asked, signature }] : [];
    });
  const replaced = revision.reassignments.flatMap((reassignment) => {
    const asked = steps[reassignment.step];
    return asked ? [{ asked, reassignment }] : [];
  });
  return { ...workOf(revision), earlier, replaced };
};

const writtenBy = (revision: Revision, person: Person): Revision =>
  revision.status === 'none' || revision.authors.some((author) => author.id === person.id)
    ? revision
    : { ...revision, authors: [...revision.authors, person] };

const withComments = (state: Registered, change: (comments: readonly Comment[]) => readonly Comment[]): Registered =>
  state.revision.status === 'none'
    ? state
    : { ...state, revision: { ...state.revision, comments: change(state.revision.comments) } };

/** 後閲 belongs to the approved revision until that is published, and to the edition from then on. */
const postReviewed = (
  state: Registered,
  { revisionId, postReview }: Extract<DisclosureEvent, { type: 'PostReviewed' }>['data'],
): Registered => {
  const { revision } = state;
  if (revision.status === 'approved' && revision.id === revisionId)
    return { ...state, revision: { ...revision, postReviews: [...revision.postReviews, postReview] } };
  const read = { ...postReview, afterPublication: true };
  return {
    ...state,
    editions: state.editions.map((edition) =>
      edition.review?.revisionId === revisionId ? { ...edition, postReviews: [...edition.postReviews, read] } : edition,
    ),
  };
};
