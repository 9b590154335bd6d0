import { canonicalHash, type Body, type Figure } from '@app/content';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { Anomaly } from './anomaly';
import { decideComment, type CommentCommand, type CommentRejection } from './comment.decider';
import {
  evolve,
  initialState,
  type Disclosure,
  type DisclosureEvent,
  type Hash,
  type HistoryRow,
  type Instant,
  type Issuer,
  type ItemKey,
  type LocalDate,
  type Part,
  type Person,
  type Registered,
  type RevisionCause,
} from './disclosure';
import { figuresWithoutCaption, findingsIn, itemOf } from './lint';
import { decidePublication, type PublicationCommand, type PublicationRejection } from './publication.decider';
import { decideReview, type ReviewCommand, type ReviewRejection } from './review.decider';

/** What can be asked. Who asks and when come with it, and so does every answer that had to be looked up. */
export type DisclosureCommand = DraftCommand | ReviewCommand | CommentCommand | PublicationCommand;

type DraftCommand = { readonly by: Person; readonly at: Instant } & (
  | {
      readonly type: 'ImportDisclosure';
      readonly disclosureId: string;
      readonly service: string;
      readonly serviceName: string;
      readonly title: string;
      readonly issuer: Issuer;
      readonly parts: readonly Part[];
      readonly editions: readonly HistoryRow[];
      readonly edition: { readonly number: number; readonly issuedOn: LocalDate };
      readonly anomalies: readonly Anomaly[];
      readonly source: Extract<DisclosureEvent, { type: 'DisclosureImported' }>['data']['source'];
    }
  | { readonly type: 'StartRevision'; readonly revisionId: string; readonly causes: readonly RevisionCause[] }
  | {
      readonly type: 'ReviseItem';
      readonly itemKey: ItemKey;
      readonly body: Body;
      readonly bodyHash: Hash;
      /** The hash of the text that the author had before them. */
      readonly basedOn: Hash;
      /** After which event the item had this text before, if it had. */
      readonly restoredFrom?: number | undefined;
      readonly fromFile?: { readonly fileName: string; readonly sha256: Hash } | undefined;
      /** Who wrote that text then. */
      readonly writers?: readonly Person[] | undefined;
    }
  | { readonly type: 'DescribeRevision'; readonly historyText: string; readonly causes: readonly RevisionCause[] }
  | { readonly type: 'WaiveFinding'; readonly findingId: string; readonly reason: string }
);

export type DisclosureRejection =
  | ReviewRejection
  | CommentRejection
  | PublicationRejection
  | { readonly type: 'AlreadyRegistered' }
  | { readonly type: 'DisclosureNotFound' }
  | { readonly type: 'RevisionAlreadyOpen'; readonly editionNumber: number }
  | { readonly type: 'CauseMissing' }
  | { readonly type: 'EditConflict'; readonly itemKey: ItemKey; readonly body: Body; readonly bodyHash: Hash }
  | { readonly type: 'CaptionMissing'; readonly itemKey: ItemKey; readonly alt: string }
  | { readonly type: 'UnknownFinding'; readonly findingId: string };

type Outcome = Decision<DisclosureEvent, DisclosureRejection>;
type Command<T extends DisclosureCommand['type']> = Extract<DisclosureCommand, { type: T }>;

export const decide = (command: DisclosureCommand, state: Disclosure): Outcome => {
  if (command.type === 'ImportDisclosure') return importDisclosure(command, state);
  if (state.status !== 'Registered') return reject({ type: 'DisclosureNotFound' });

  switch (command.type) {
    case 'StartRevision':
      return startRevision(command, state);
    case 'ReviseItem':
      return reviseItem(command, state);
    case 'DescribeRevision':
      return describeRevision(command, state);
    case 'WaiveFinding':
      return waiveFinding(command, state);
    case 'SubmitForReview':
    case 'SignStep':
    case 'ReturnForChanges':
    case 'Reject':
    case 'CompleteStep':
    case 'Recall':
    case 'Withdraw':
    case 'ReassignSignatory':
    case 'PostReview':
      return decideReview(command, state);
    case 'AddComment':
    case 'ResolveComment':
    case 'ReopenComment':
      return decideComment(command, state);
    case 'PublishEdition':
    case 'SchedulePublication':
    case 'CancelPublication':
    case 'PublishAsScheduled':
    case 'AnnotateEdition':
    case 'RetireDisclosure':
      return decidePublication(command, state);
    default:
      return assertNever(command);
  }
};

const importDisclosure = (command: Command<'ImportDisclosure'>, state: Disclosure): Outcome => {
  if (state.status !== 'NotRegistered') return reject({ type: 'AlreadyRegistered' });
  const { by, at, disclosureId, service, serviceName, title, issuer } = command;
  const { parts, editions, edition, anomalies, source } = command;
  return accept<DisclosureEvent>(
    { type: 'DisclosureRegistered', data: { disclosureId, service, serviceName, title, issuer, by, at } },
    { type: 'DisclosureImported', data: { source, parts, editions, edition, anomalies, by, at } },
  );
};

const startRevision = ({ by, at, revisionId, causes }: Command<'StartRevision'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status !== 'none') {
    return revision.id === revisionId
      ? accept()
      : reject({ type: 'RevisionAlreadyOpen', editionNumber: revision.editionNumber });
  }
  if (state.retired) return reject({ type: 'DisclosureIsRetired', on: state.retired.on });
  if (causes.length === 0) return reject({ type: 'CauseMissing' });
  const editionNumber = (state.editions.at(-1)?.number ?? 0) + 1;
  return accept({ type: 'RevisionStarted', data: { revisionId, editionNumber, causes, by, at } });
};

const reviseItem = (
  { by, at, itemKey, body, bodyHash, basedOn, restoredFrom, fromFile, writers = [] }: Command<'ReviseItem'>,
  state: Registered,
): Outcome => {
  const { revision, editions } = state;
  if (revision.status !== 'drafting') return notDrafting(state);
  const item = itemOf(state.parts, itemKey);
  if (!item) return reject({ type: 'UnknownItem', itemKey });
  if (item.bodyHash === bodyHash) return accept();
  if (item.bodyHash !== basedOn) {
    return reject({ type: 'EditConflict', itemKey, body: item.body, bodyHash: item.bodyHash });
  }
  // What comes from a file or from an earlier moment is taken as it is, and complained of by a finding.
  const uncaptioned = restoredFrom === undefined && fromFile === undefined && newWithoutCaption(item.body, body);
  if (uncaptioned) return reject({ type: 'CaptionMissing', itemKey, alt: uncaptioned.alt });
  // What an edition had was signed by others then. What none had is as unread as if its writers wrote it now.
  const wasPublished = editions.some(({ parts }) => itemOf(parts, itemKey)?.bodyHash === bodyHash);
  const isNew = ({ id }: Person) => id !== by.id && !revision.authors.some((author) => author.id === id);
  const others = wasPublished ? [] : writers.filter(isNew);
  const cause = {
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
    ...(fromFile === undefined ? {} : { fromFile }),
    ...(others.length === 0 ? {} : { writers: others }),
  };
  return accept({ type: 'ItemRevised', data: { itemKey, body, bodyHash, basedOn, ...cause, by, at } });
};

/** A figure without a caption that did not stand there so before. */
const newWithoutCaption = (before: Body, after: Body): Figure | undefined => {
  const stood = new Set(figuresWithoutCaption(before).map(canonicalHash));
  return figuresWithoutCaption(after).find((figure) => !stood.has(canonicalHash(figure)));
};

const describeRevision = ({ by, at, historyText, causes }: Command<'DescribeRevision'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status !== 'drafting') return notDrafting(state);
  if (causes.length === 0) return reject({ type: 'CauseMissing' });
  const same = revision.historyText === historyText && JSON.stringify(revision.causes) === JSON.stringify(causes);
  return same ? accept() : accept({ type: 'RevisionDescribed', data: { historyText, causes, by, at } });
};

const waiveFinding = ({ by, at, findingId, reason }: Command<'WaiveFinding'>, state: Registered): Outcome => {
  if (state.revision.status !== 'drafting') return notDrafting(state);
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  if (state.waivers.some((waiver) => waiver.findingId === findingId)) return accept();
  if (!findingsIn(state).some((finding) => finding.id === findingId)) {
    return reject({ type: 'UnknownFinding', findingId });
  }
  return accept({ type: 'FindingWaived', data: { findingId, reason, by, at } });
};

const notDrafting = ({ revision }: Registered): Outcome =>
  revision.status === 'none'
    ? reject({ type: 'NoOpenRevision' })
    : reject({ type: 'NotDrafting', status: revision.status });

export const disclosureDecider: Decider<DisclosureCommand, Disclosure, DisclosureEvent, DisclosureRejection> = {
  initialState,
  evolve,
  decide,
};
