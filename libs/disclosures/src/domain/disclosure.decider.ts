import type { Body } from '@app/content';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { OfficerRole } from '@app/officers/domain/officer-role';
import {
  changedItems,
  contentHashOf,
  evolve,
  initialState,
  itemsOf,
  type Disclosure,
  type DisclosureEvent,
  type Hash,
  type HistoryRow,
  type Instant,
  type Issuer,
  type ItemKey,
  type LocalDate,
  type OfficerAsOfThen,
  type Part,
  type Person,
  type Registered,
  type Revision,
  type RevisionCause,
  type Route,
  type RouteStep,
  type Signature,
  type UserId,
} from './disclosure';
import { findingsOf, itemOf, type Finding } from './lint';

/** Who holds an office; an office that is not named is held by nobody. */
export type Holders = { readonly [role in OfficerRole]?: readonly UserId[] };

/** What can be asked. Who asks and when come with it, and so does every answer that had to be looked up. */
export type DisclosureCommand = { readonly by: Person; readonly at: Instant } & (
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
      readonly anomalies: readonly { readonly code: string; readonly line: number; readonly message: string }[];
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
    }
  | { readonly type: 'DescribeRevision'; readonly historyText: string; readonly causes: readonly RevisionCause[] }
  | { readonly type: 'WaiveFinding'; readonly findingId: string; readonly reason: string }
  | { readonly type: 'SubmitForReview'; readonly route: Route }
  | {
      readonly type: 'SignStep';
      /** The text that the signer had before them. */
      readonly contentHash: Hash;
      /** The offices that the signer holds at this moment. */
      readonly offices: readonly OfficerAsOfThen[];
      /** Who holds each office at this moment: which step waits is known only when it is decided. */
      readonly holders: Holders;
      readonly reauthentication: 'password';
      readonly timeZone: string;
      readonly comment?: string | undefined;
    }
  | { readonly type: 'ReturnForChanges'; readonly offices: readonly OfficerAsOfThen[]; readonly reason: string }
  | { readonly type: 'Recall' }
  | { readonly type: 'Reject'; readonly offices: readonly OfficerAsOfThen[]; readonly reason: string }
  | { readonly type: 'Withdraw' }
  | {
      readonly type: 'PublishEdition';
      readonly issuedOn: LocalDate;
      readonly effectiveOn: LocalDate;
      /** The date of `at` where the company is. */
      readonly today: LocalDate;
      readonly reasonForPastDate?: string | undefined;
    }
);

export type DisclosureRejection =
  | { readonly type: 'AlreadyRegistered' }
  | { readonly type: 'DisclosureNotFound' }
  | { readonly type: 'RevisionAlreadyOpen'; readonly editionNumber: number }
  | { readonly type: 'NoOpenRevision' }
  | { readonly type: 'NotDrafting'; readonly status: Revision['status'] }
  | { readonly type: 'NotInReview'; readonly status: Revision['status'] }
  | { readonly type: 'NotApproved'; readonly status: Revision['status'] }
  | { readonly type: 'CauseMissing' }
  | { readonly type: 'UnknownItem'; readonly itemKey: ItemKey }
  | { readonly type: 'EditConflict'; readonly itemKey: ItemKey; readonly body: Body; readonly bodyHash: Hash }
  | { readonly type: 'UnknownFinding'; readonly findingId: string }
  | { readonly type: 'ReasonMissing' }
  | { readonly type: 'NothingChanged' }
  | { readonly type: 'HistoryTextMissing' }
  | { readonly type: 'BlockingFindings'; readonly findings: readonly Finding[] }
  | { readonly type: 'ContentHasChanged'; readonly contentHash: Hash }
  | { readonly type: 'NotYourTurn'; readonly waitingFor: RouteStep['role'] }
  | { readonly type: 'SignerIsAuthor' }
  | { readonly type: 'SignedAnEarlierStep' }
  | { readonly type: 'NotTheSubmitter'; readonly submittedBy: Person }
  | { readonly type: 'AlreadySigned' }
  | { readonly type: 'EffectiveBeforeIssued' }
  | { readonly type: 'EffectiveDateInPast'; readonly today: LocalDate };

type Outcome = Decision<DisclosureEvent, DisclosureRejection>;
type Command<T extends DisclosureCommand['type']> = Extract<DisclosureCommand, { type: T }>;
type InReview = Registered & { readonly revision: Extract<Revision, { status: 'inReview' }> };

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
      return submitForReview(command, state);
    case 'SignStep':
      return signStep(command, state);
    case 'ReturnForChanges':
      return returnForChanges(command, state);
    case 'Recall':
      return recall(command, state);
    case 'Reject':
      return rejectRevision(command, state);
    case 'Withdraw':
      return withdraw(command, state);
    case 'PublishEdition':
      return publishEdition(command, state);
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
  if (causes.length === 0) return reject({ type: 'CauseMissing' });
  const editionNumber = (state.editions.at(-1)?.number ?? 0) + 1;
  return accept({ type: 'RevisionStarted', data: { revisionId, editionNumber, causes, by, at } });
};

const reviseItem = (
  { by, at, itemKey, body, bodyHash, basedOn }: Command<'ReviseItem'>,
  state: Registered,
): Outcome => {
  if (state.revision.status !== 'drafting') return notDrafting(state);
  const item = itemOf(state.parts, itemKey);
  if (!item) return reject({ type: 'UnknownItem', itemKey });
  if (item.bodyHash === bodyHash) return accept();
  if (item.bodyHash !== basedOn) {
    return reject({ type: 'EditConflict', itemKey, body: item.body, bodyHash: item.bodyHash });
  }
  return accept({ type: 'ItemRevised', data: { itemKey, body, bodyHash, basedOn, by, at } });
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
  if (!findingsOf(state.parts).some((finding) => finding.id === findingId)) {
    return reject({ type: 'UnknownFinding', findingId });
  }
  return accept({ type: 'FindingWaived', data: { findingId, reason, by, at } });
};

const submitForReview = ({ by, at, route }: Command<'SubmitForReview'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status !== 'drafting') return notDrafting(state);
  if (changedItems(state).length === 0) return reject({ type: 'NothingChanged' });
  if (revision.historyText.trim() === '') return reject({ type: 'HistoryTextMissing' });
  const findings = blockingFindings(state);
  if (findings.length > 0) return reject({ type: 'BlockingFindings', findings });

  const itemHashes = Object.fromEntries(itemsOf(state.parts).map((item) => [item.itemKey, item.bodyHash]));
  const contentHash = contentHashOf(state, revision.editionNumber, revision.historyText, revision.causes);
  const revisionId = revision.id;
  return accept({ type: 'SubmittedForReview', data: { revisionId, route, itemHashes, contentHash, by, at } });
};

const signStep = (command: Command<'SignStep'>, state: Registered): Outcome => {
  if (!isInReview(state)) return notInReview(state);
  const { revision } = state;
  const { by, at, contentHash, offices, holders, reauthentication, timeZone, comment } = command;

  // Whoever signed already and asks again has what they wanted; but the step may be complete without them asking twice,
  // because the only other holder has left the office since.
  const own = revision.signatures.find((signature) => signature.signer.id === by.id);
  if (own?.step === revision.step) return accept(...completionOf(revision, holders, { by, at }));
  if (contentHash !== revision.contentHash) {
    return reject({ type: 'ContentHasChanged', contentHash: revision.contentHash });
  }
  if (revision.authors.some((author) => author.id === by.id)) return reject({ type: 'SignerIsAuthor' });
  const step = waitingStep(revision);
  const officer = offices.find((office) => office.role === step.role);
  if (!officer) return reject({ type: 'NotYourTurn', waitingFor: step.role });
  if (own) return reject({ type: 'SignedAnEarlierStep' });

  const signature: Signature = {
    step: revision.step,
    signer: by,
    officer,
    meaning: step.meaning,
    contentHash,
    at,
    timeZone,
    reauthentication,
    ...(comment === undefined ? {} : { comment }),
  };
  const revisionId = revision.id;
  const signed: DisclosureEvent = { type: 'StepSigned', data: { revisionId, signature, by, at } };
  // Is the quorum reached *with* this signature? Ask the state after it, never the one before.
  const after = evolve(state, signed);
  if (after.status !== 'Registered' || !isInReview(after)) return accept(signed);
  return accept(signed, ...completionOf(after.revision, holders, { by, at }));
};

/** What follows from the signatures that are there: nothing yet, the next step, or the approval. */
const completionOf = (
  revision: InReview['revision'],
  holders: Holders,
  { by, at }: { readonly by: Person; readonly at: Instant },
): readonly DisclosureEvent[] => {
  if (!stepIsComplete(revision, holders[waitingStep(revision).role] ?? [])) return [];
  const { id: revisionId, step, contentHash } = revision;
  const completed: DisclosureEvent = { type: 'StepCompleted', data: { revisionId, step, by, at } };
  return step + 1 < revision.route.length
    ? [completed]
    : [completed, { type: 'RevisionApproved', data: { revisionId, contentHash, by, at } }];
};

/**
 * Only signatures over the hash in review count. Those who wrote the revision may not sign it,
 * so `all` means all others who hold the office.
 */
const stepIsComplete = (revision: InReview['revision'], holders: readonly UserId[]): boolean => {
  const signers = revision.signatures
    .filter((signature) => signature.step === revision.step && signature.contentHash === revision.contentHash)
    .map((signature) => signature.signer.id);
  const { quorum } = waitingStep(revision);
  switch (quorum.kind) {
    case 'any':
      return signers.length >= 1;
    case 'n':
      return signers.length >= quorum.n;
    case 'all':
      return (
        signers.length >= 1 &&
        holders
          .filter((holder) => !revision.authors.some((author) => author.id === holder))
          .every((holder) => signers.includes(holder))
      );
    default:
      return assertNever(quorum);
  }
};

const returnForChanges = (
  { by, at, offices, reason }: Command<'ReturnForChanges'>,
  { revision }: Registered,
): Outcome => {
  if (revision.status !== 'inReview' && revision.status !== 'approved') {
    return reject({ type: 'NotInReview', status: revision.status });
  }
  const step = revision.status === 'inReview' ? revision.step : revision.route.length - 1;
  const role = (revision.route[step] ?? revision.route[0]).role;
  if (!offices.some((office) => office.role === role)) return reject({ type: 'NotYourTurn', waitingFor: role });
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  return accept({ type: 'ReturnedForChanges', data: { revisionId: revision.id, step, reason, by, at } });
};

const recall = ({ by, at }: Command<'Recall'>, state: Registered): Outcome => {
  if (!isInReview(state)) return notInReview(state);
  const { revision } = state;
  if (revision.submittedBy.id !== by.id) {
    return reject({ type: 'NotTheSubmitter', submittedBy: revision.submittedBy });
  }
  if (revision.signatures.some((signature) => signature.step === revision.step))
    return reject({ type: 'AlreadySigned' });
  return accept({ type: 'Recalled', data: { revisionId: revision.id, by, at } });
};

const rejectRevision = ({ by, at, offices, reason }: Command<'Reject'>, state: Registered): Outcome => {
  if (!isInReview(state)) return notInReview(state);
  const { role } = waitingStep(state.revision);
  if (!offices.some((office) => office.role === role)) return reject({ type: 'NotYourTurn', waitingFor: role });
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  return accept({ type: 'Rejected', data: { revisionId: state.revision.id, reason, by, at } });
};

const withdraw = ({ by, at }: Command<'Withdraw'>, state: Registered): Outcome =>
  state.revision.status === 'drafting'
    ? accept({ type: 'Withdrawn', data: { revisionId: state.revision.id, by, at } })
    : notDrafting(state);

const publishEdition = (command: Command<'PublishEdition'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status !== 'approved') return reject({ type: 'NotApproved', status: revision.status });
  const { by, at, issuedOn, effectiveOn, today, reasonForPastDate } = command;
  if (effectiveOn < issuedOn) return reject({ type: 'EffectiveBeforeIssued' });
  if (effectiveOn < today && (reasonForPastDate ?? '').trim() === '') {
    return reject({ type: 'EffectiveDateInPast', today });
  }
  const findings = blockingFindings(state);
  if (findings.length > 0) return reject({ type: 'BlockingFindings', findings });

  const { id: revisionId, editionNumber: number, contentHash, historyText, causes, signatures } = revision;
  return accept({
    type: 'EditionPublished',
    data: {
      revisionId,
      number,
      issuedOn,
      effectiveOn,
      ...(reasonForPastDate === undefined ? {} : { reasonForPastDate }),
      contentHash,
      historyText,
      causes,
      signatures,
      by,
      at,
    },
  });
};

/** Findings that stop a submission and a publication: blocking, and waived by nobody. */
const blockingFindings = ({ parts, waivers }: Pick<Registered, 'parts' | 'waivers'>): readonly Finding[] =>
  findingsOf(parts).filter(
    ({ id, severity }) => severity === 'blocking' && !waivers.some((waiver) => waiver.findingId === id),
  );

/** The step that waits for signatures. */
export const waitingStep = ({ route, step }: { readonly route: Route; readonly step: number }): RouteStep =>
  route[step] ?? route[0];

const isInReview = (state: Registered): state is InReview => state.revision.status === 'inReview';

const notDrafting = ({ revision }: Registered): Outcome =>
  revision.status === 'none'
    ? reject({ type: 'NoOpenRevision' })
    : reject({ type: 'NotDrafting', status: revision.status });

const notInReview = ({ revision }: Registered): Outcome => reject({ type: 'NotInReview', status: revision.status });

export const disclosureDecider: Decider<DisclosureCommand, Disclosure, DisclosureEvent, DisclosureRejection> = {
  initialState,
  evolve,
  decide,
};
