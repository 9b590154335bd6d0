import { localDateOf } from '@app/calendar';
import { accept, assertNever, reject, type Decision } from '@app/event-sourcing';
import type { Route, Signatories } from '@app/routes/domain/route';
import {
  changedItems,
  contentHashOf,
  coverageHashOf,
  evolve,
  itemsOf,
  reassignmentsIn,
  seriesOf,
  type DisclosureEvent,
  type Registered,
  type Revision,
  type SignedWaiver,
  type UserId,
} from './disclosure';
import { blockingFindings, findingsIn, waiverOf, type Finding } from './lint';
import {
  askedStepOf,
  barrierOf,
  carriedOverTo,
  isInReview,
  obstacleTo,
  signedHere,
  stepIsComplete,
  stepsInTheWay,
  waitingStep,
  wantedInStep,
  type Obstacle,
  type StepInTheWay,
} from './review';
import { actingsOf, seatsOf, type Acting, type AskedStep, type Organisation } from './seats';
import {
  isPartyTo,
  principalOf,
  statementOf,
  type Hash,
  type Instant,
  type Person,
  type PostReview,
  type Signature,
} from './signature';

/** What can be asked from the submission to the decision. The organisation is that of the moment, looked up for it. */
export type ReviewCommand = { readonly by: Person; readonly at: Instant } & (
  | { readonly type: 'SubmitForReview'; readonly route: Route; readonly organisation: Organisation }
  | {
      readonly type: 'SignStep';
      /** The text that the signer had before them. */
      readonly contentHash: Hash;
      /** The step whose sentence the signer had before them; left out: the only one that asks them. */
      readonly step?: number | undefined;
      /** Whose deputy signs; null: in their own right. */
      readonly onBehalfOf: UserId | null;
      readonly organisation: Organisation;
      readonly reauthentication: 'password';
      readonly timeZone: string;
      readonly comment?: string | undefined;
    }
  | {
      readonly type: 'ReturnForChanges';
      readonly organisation: Organisation;
      readonly reason: string;
      /** The text that they had before them; left out: that which is in review. */
      readonly contentHash?: Hash | undefined;
      /** Back to this earlier step; null: to the drafter. */
      readonly toStep: number | null;
    }
  | {
      readonly type: 'Reject';
      readonly organisation: Organisation;
      readonly reason: string;
      /** The text that they had before them; left out: that which is in review. */
      readonly contentHash?: Hash | undefined;
    }
  | {
      /** Records that nobody is missing in the step any more, because somebody has left since the last signature. */
      readonly type: 'CompleteStep';
      readonly step: number;
      readonly organisation: Organisation;
    }
  | { readonly type: 'Recall' }
  | {
      readonly type: 'Withdraw';
      readonly isDrafter: boolean;
      readonly isAdministrator: boolean;
      /** Whether the account of who submitted it is disabled or gone. */
      readonly submitterHasLeft: boolean;
      readonly reason: string | null;
    }
  | {
      readonly type: 'ReassignSignatory';
      readonly step: number;
      readonly from: Person;
      readonly to: Person;
      readonly reason: string;
      readonly organisation: Organisation;
    }
  | {
      readonly type: 'PostReview';
      readonly editionNumber: number;
      readonly step: number;
      /** Whose deputy reads; null: in their own right. */
      readonly onBehalfOf: UserId | null;
      readonly organisation: Organisation;
      readonly comment?: string | undefined;
    }
);

export type ReviewRejection =
  | { readonly type: 'NoOpenRevision' }
  | { readonly type: 'NotDrafting'; readonly status: Revision['status'] }
  | { readonly type: 'NotInReview'; readonly status: Revision['status'] }
  | { readonly type: 'ReasonMissing' }
  | { readonly type: 'NothingChanged' }
  | { readonly type: 'HistoryTextMissing' }
  | { readonly type: 'BlockingFindings'; readonly findings: readonly Finding[] }
  | { readonly type: 'RouteAsksNobody' }
  | { readonly type: 'NobodyMaySign'; readonly steps: readonly StepInTheWay[] }
  | { readonly type: 'ContentHasChanged'; readonly contentHash: Hash }
  | { readonly type: 'AnotherStepWaits'; readonly step: number }
  | { readonly type: 'StepMissing'; readonly steps: readonly number[] }
  | { readonly type: 'NotYourTurn'; readonly waitingFor: readonly Signatories[] }
  | Obstacle
  | { readonly type: 'StepNotComplete'; readonly step: number }
  | { readonly type: 'NotTheSubmitter'; readonly submittedBy: Person }
  | { readonly type: 'AlreadySigned' }
  | { readonly type: 'NoSuchStep'; readonly step: number }
  | { readonly type: 'NotASignatory'; readonly person: Person }
  | {
      readonly type: 'ReplacementMayNotSign';
      readonly person: Person;
      readonly why: 'oneself' | 'author' | 'signedAnotherStep' | 'signatory';
    }
  | { readonly type: 'NoSuchApproval'; readonly editionNumber: number };

type Outcome = Decision<DisclosureEvent, ReviewRejection>;
type Command<T extends ReviewCommand['type']> = Extract<ReviewCommand, { type: T }>;
type By = { readonly by: Person; readonly at: Instant };

export const decideReview = (command: ReviewCommand, state: Registered): Outcome => {
  switch (command.type) {
    case 'SubmitForReview':
      return submit(command, state);
    case 'SignStep':
      return sign(command, state);
    case 'ReturnForChanges':
      return returnForChanges(command, state);
    case 'Reject':
      return rejectRevision(command, state);
    case 'CompleteStep':
      return completeStep(command, state);
    case 'Recall':
      return recall(command, state);
    case 'Withdraw':
      return withdraw(command, state);
    case 'ReassignSignatory':
      return reassign(command, state);
    case 'PostReview':
      return postReview(command, state);
    default:
      return assertNever(command);
  }
};

const submit = ({ by, at, route: asked, organisation }: Command<'SubmitForReview'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status === 'none') return reject({ type: 'NoOpenRevision' });
  if (revision.status !== 'drafting') return reject({ type: 'NotDrafting', status: revision.status });
  if (changedItems(state).length === 0) return reject({ type: 'NothingChanged' });
  if (revision.historyText.trim() === '') return reject({ type: 'HistoryTextMissing' });
  const findings = blockingFindings(state);
  if (findings.length > 0) return reject({ type: 'BlockingFindings', findings });
  const series = seriesOf(asked);
  const [first, ...more] = [...series, ...asked.steps.filter((step) => !series.includes(step))];
  if (series.length === 0 || !first) return reject({ type: 'RouteAsksNobody' });

  const route: Route = { ...asked, steps: [first, ...more] };
  const { id: revisionId, editionNumber, historyText, causes, authors } = revision;
  const waivers = waiversIn(state);
  const contentHash = contentHashOf(state, editionNumber, historyText, causes, waivers);
  const carriedOver = carriedOverTo(state, route, contentHash, waivers);
  const steps = stepsInTheWay(
    { route, authors, signatures: carriedOver, reassignments: reassignmentsIn(revision, route) },
    organisation,
    localDateOf(at),
  );
  if (steps.length > 0) return reject({ type: 'NobodyMaySign', steps });

  const itemHashes = Object.fromEntries(itemsOf(state.parts).map((item) => [item.itemKey, item.bodyHash]));
  const submitted: DisclosureEvent = {
    type: 'SubmittedForReview',
    data: { revisionId, route, itemHashes, contentHash, waivers, carriedOver, by, at },
  };
  return accept(submitted, ...completionOf(after(state, submitted), organisation, { by, at }));
};

/** The waivers of findings that this text has, as they stand under its content hash. */
export const waiversIn = (state: Registered): readonly SignedWaiver[] =>
  findingsIn(state).flatMap((found) => {
    const waiver = waiverOf(found, state.waivers);
    return waiver ? [{ findingId: waiver.findingId, itemKey: found.itemKey, reason: waiver.reason }] : [];
  });

const sign = (command: Command<'SignStep'>, state: Registered): Outcome => {
  if (!isInReview(state)) return notInReview(state);
  const { revision } = state;
  const { by, at, contentHash, onBehalfOf, organisation, reauthentication, timeZone, comment } = command;
  const { step, index, ...asked } = waitingStep(state);

  // Whoever signed already and asks again has what they wanted.
  const meant = command.step ?? index;
  const own = revision.signatures.find((each) => each.step === meant && each.signer.id === by.id);
  if (own && principalOf(own).id === (onBehalfOf ?? by.id)) return accept();
  if (contentHash !== revision.contentHash)
    return reject({ type: 'ContentHasChanged', contentHash: revision.contentHash });
  // Who may sign both steps would sign another sentence than they read.
  if (meant !== index) return reject({ type: 'AnotherStepWaits', step: index });
  if (own) return reject({ type: 'SignedThisStep' });
  if (revision.authors.some(({ id }) => id === by.id)) return reject({ type: 'SignerIsAuthor' });

  const acting = actingFor({ step, index, ...asked }, command);
  if (!acting) return reject({ type: 'NotYourTurn', waitingFor: step.signatories });
  const obstacle = obstacleTo(acting, index, revision, signedHere(state));
  if (obstacle) return reject(obstacle);
  const theirs = seriesOf(revision.route).flatMap((_, each) => {
    const other = askedStepOf(revision, each);
    return other && actingFor(other, command) ? [each] : [];
  });
  if (command.step === undefined && theirs.length > 1) return reject({ type: 'StepMissing', steps: theirs });

  const { meaning, covers } = step;
  const signature: Signature = {
    step: index,
    signer: by,
    officer: acting.officer,
    capacity: acting.seat.capacity,
    onBehalfOf: acting.onBehalfOf,
    meaning,
    statement: statementOf({ meaning, covers, editionNumber: revision.editionNumber, onBehalfOf: acting.onBehalfOf }),
    contentHash,
    coverageHash: coverageHashOf(covers, contentHash, state.parts, revision.waivers),
    at,
    timeZone,
    reauthentication,
    ...(comment === undefined ? {} : { comment }),
  };
  const signed: DisclosureEvent = { type: 'StepSigned', data: { revisionId: revision.id, signature, by, at } };
  // Is the quorum reached *with* this signature? Ask the state after it, never the one before.
  return accept(signed, ...completionOf(after(state, signed), organisation, { by, at }));
};

/** In the capacity that they ask for, somebody at a step; undefined where they have none such. */
const actingFor = (
  asked: AskedStep,
  { by, at, onBehalfOf, organisation }: Pick<Command<'SignStep'>, 'by' | 'at' | 'onBehalfOf' | 'organisation'>,
): Acting | undefined =>
  actingsOf(by.id, seatsOf(asked, organisation, localDateOf(at)), organisation).find(
    (each) => (each.onBehalfOf?.person.id ?? null) === onBehalfOf,
  );

const completeStep = ({ by, at, step, organisation }: Command<'CompleteStep'>, state: Registered): Outcome => {
  const { revision } = state;
  // Somebody else was as quick to notice.
  if (revision.status === 'approved' || (isInReview(state) && step < state.revision.step)) return accept();
  if (!isInReview(state)) return notInReview(state);
  const on = localDateOf(at);
  if (step !== state.revision.step || !stepIsComplete(state, organisation, on))
    return reject({ type: 'StepNotComplete', step });
  const signatories = wantedInStep(state, organisation, on).map(({ person }) => person);
  const [completed, ...more] = completionOf(state, organisation, { by, at });
  return completed?.type === 'StepCompleted'
    ? accept({ ...completed, data: { ...completed.data, becauseOthersLeft: { on, signatories } } }, ...more)
    : accept();
};

/** What follows from the signatures that are there: nothing yet, the next steps as far as they are signed, or the approval. */
const completionOf = (state: Registered, organisation: Organisation, { by, at }: By): readonly DisclosureEvent[] => {
  if (!isInReview(state) || !stepIsComplete(state, organisation, localDateOf(at))) return [];
  const { id: revisionId, step, contentHash, route } = state.revision;
  const completed: DisclosureEvent = { type: 'StepCompleted', data: { revisionId, step, by, at } };
  return step + 1 < seriesOf(route).length
    ? [completed, ...completionOf(after(state, completed), organisation, { by, at })]
    : [completed, { type: 'RevisionApproved', data: { revisionId, contentHash, by, at } }];
};

const after = (state: Registered, event: DisclosureEvent): Registered => {
  const next = evolve(state, event);
  return next.status === 'Registered' ? next : state;
};

const returnForChanges = (
  { by, at, organisation, reason, contentHash, toStep }: Command<'ReturnForChanges'>,
  state: Registered,
): Outcome => {
  const { revision } = state;
  if (revision.status !== 'inReview' && (revision.status !== 'approved' || toStep !== null)) return notInReview(state);
  const moved = notTheTextSeen(contentHash, revision);
  if (moved) return moved;
  const step = revision.status === 'inReview' ? revision.step : seriesOf(revision.route).length - 1;
  const outOfTurn = notTheTurnOf(by, askedStepOf(revision, step), organisation, at);
  if (outOfTurn) return outOfTurn;
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  const revisionId = revision.id;
  if (toStep === null) return accept({ type: 'ReturnedForChanges', data: { revisionId, step, reason, by, at } });
  if (toStep >= step || toStep < 0) return reject({ type: 'NoSuchStep', step: toStep });
  return accept({ type: 'ReturnedToStep', data: { revisionId, from: step, to: toStep, reason, by, at } });
};

const rejectRevision = (
  { by, at, organisation, reason, contentHash }: Command<'Reject'>,
  state: Registered,
): Outcome => {
  if (!isInReview(state)) return notInReview(state);
  const moved = notTheTextSeen(contentHash, state.revision);
  if (moved) return moved;
  const outOfTurn = notTheTurnOf(by, waitingStep(state), organisation, at);
  if (outOfTurn) return outOfTurn;
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  return accept({ type: 'Rejected', data: { revisionId: state.revision.id, reason, by, at } });
};

/** Whoever sends back speaks of a text that they have read, and not of what came in its place meanwhile. */
const notTheTextSeen = (seen: Hash | undefined, { contentHash }: { readonly contentHash: Hash }): Outcome | null =>
  seen === undefined || seen === contentHash ? null : reject({ type: 'ContentHasChanged', contentHash });

/** To send back is no signature: whoever has the turn may, an author or not, for themselves or as a deputy. */
const notTheTurnOf = (
  by: Person,
  asked: AskedStep | undefined,
  organisation: Organisation,
  at: Instant,
): Outcome | null =>
  asked && actingsOf(by.id, seatsOf(asked, organisation, localDateOf(at)), organisation).length > 0
    ? null
    : reject({ type: 'NotYourTurn', waitingFor: asked?.step.signatories ?? [] });

const recall = ({ by, at }: Command<'Recall'>, state: Registered): Outcome => {
  if (!isInReview(state)) return notInReview(state);
  const { revision } = state;
  if (revision.submittedBy.id !== by.id) return reject({ type: 'NotTheSubmitter', submittedBy: revision.submittedBy });
  if (revision.signatures.some((signature) => signature.step === revision.step))
    return reject({ type: 'AlreadySigned' });
  return accept({ type: 'Recalled', data: { revisionId: revision.id, by, at } });
};

/**
 * Any drafter ends a draft, and whoever submitted a text ends its review. When that one has left, an administrator does, and
 * says why: it ends what others may have signed, so it is for who answers for the accounts, not for a colleague.
 */
const withdraw = (command: Command<'Withdraw'>, { revision }: Registered): Outcome => {
  const { by, at, isDrafter, isAdministrator, submitterHasLeft } = command;
  if (revision.status === 'none') return reject({ type: 'NoOpenRevision' });
  const drafting = revision.status === 'drafting';
  const isTheirs = drafting ? isDrafter : revision.submittedBy.id === by.id;
  if (!isTheirs && !drafting && !(isAdministrator && submitterHasLeft))
    return reject({ type: 'NotTheSubmitter', submittedBy: revision.submittedBy });
  const reason = command.reason?.trim() ?? '';
  if (!isTheirs && reason === '') return reject({ type: 'ReasonMissing' });
  return accept({
    type: 'Withdrawn',
    data: { revisionId: revision.id, ...(reason === '' ? {} : { reason }), by, at },
  });
};

const reassign = (command: Command<'ReassignSignatory'>, state: Registered): Outcome => {
  if (!isInReview(state)) return notInReview(state);
  const { revision } = state;
  const { by, at, step, from, to, reason, organisation } = command;
  const today = localDateOf(at);
  const asked = askedStepOf(revision, step);
  if (!asked || step < revision.step) return reject({ type: 'NoSuchStep', step });
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  // Whoever decides who signs is not the one who does.
  if (to.id === by.id) return reject({ type: 'ReplacementMayNotSign', person: to, why: 'oneself' });
  const already = revision.reassignments.findLast((each) => each.step === step && each.from.id === from.id);
  const seats = seatsOf(asked, organisation, today);
  if (!seats.some(({ person, capacity }) => person.id === from.id && capacity !== 'escalated'))
    return already?.to.id === to.id ? accept() : reject({ type: 'NotASignatory', person: from });
  if (revision.signatures.some((signature) => signature.step === step && principalOf(signature).id === from.id))
    return reject({ type: 'AlreadySignedFor', principal: from });
  const here = revision.signatures.filter((signature) => signature.step === step);
  if (seats.some(({ person }) => person.id === to.id) || here.some((signature) => isPartyTo(signature, to.id)))
    return reject({ type: 'ReplacementMayNotSign', person: to, why: 'signatory' });
  const seat = { person: to, officer: { role: null, name: to.name, department: '', title: '' } } as const;
  const why = barrierOf({ signer: to, seat: { ...seat, capacity: 'reassigned', offices: [] } }, step, revision);
  if (why !== null) return reject({ type: 'ReplacementMayNotSign', person: to, why });

  // Whoever is put in here is missing elsewhere: that must not leave another step without anybody.
  const reassigned: DisclosureEvent = {
    type: 'SignatoryReassigned',
    data: { revisionId: revision.id, step, from, to, reason, by, at },
  };
  const before = stepsInTheWay(revision, organisation, today).map((each) => each.step);
  const next = after(state, reassigned);
  const steps = isInReview(next)
    ? stepsInTheWay(next.revision, organisation, today).filter((each) => !before.includes(each.step))
    : [];
  return steps.length > 0 ? reject({ type: 'NobodyMaySign', steps }) : accept(reassigned);
};

const postReview = (command: Command<'PostReview'>, state: Registered): Outcome => {
  const { by, at, editionNumber, step: index, comment } = command;
  const approval = approvalOf(state, editionNumber);
  if (!approval) return reject({ type: 'NoSuchApproval', editionNumber });
  const { revisionId, route, contentHash, postReviews, approvedAt: askedAt, reassignments } = approval;
  const step = route.steps[index];
  if (step?.meaning !== 'postReview') return reject({ type: 'NoSuchStep', step: index });
  const here = postReviews
    .filter((each) => each.step === index)
    .map(({ reader, onBehalfOf }) => ({ signer: reader, onBehalfOf }));
  const own = here.find(({ signer }) => signer.id === by.id);
  if (own && principalOf(own).id === (command.onBehalfOf ?? by.id)) return accept();
  const acting = actingFor({ step, index, askedAt, reassignments }, command);
  if (!acting) return reject({ type: 'NotYourTurn', waitingFor: step.signatories });
  const obstacle = obstacleTo(acting, index, approval, here);
  if (obstacle) return reject(obstacle);
  const { officer, onBehalfOf, seat } = acting;
  const read: PostReview = {
    step: index,
    reader: by,
    officer,
    capacity: seat.capacity,
    onBehalfOf,
    statement: statementOf({ meaning: step.meaning, covers: step.covers, editionNumber, onBehalfOf }),
    contentHash,
    at,
    ...(comment === undefined ? {} : { comment }),
  };
  return accept({ type: 'PostReviewed', data: { revisionId, editionNumber, postReview: read, by, at } });
};

/** The approval that led, or will lead, to that edition. */
const approvalOf = ({ revision, editions }: Registered, editionNumber: number) => {
  if (revision.status === 'approved' && revision.editionNumber === editionNumber)
    return { ...revision, revisionId: revision.id };
  const edition = editions.find(({ number }) => number === editionNumber);
  return edition?.review ? { ...edition, ...edition.review } : undefined;
};

const notInReview = ({ revision }: Registered): Outcome => reject({ type: 'NotInReview', status: revision.status });
