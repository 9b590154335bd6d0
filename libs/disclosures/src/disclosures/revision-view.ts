import type { z } from 'zod';
import type { revisionView, routeStepView, routingView } from '../contract';
import { dueOn, escalatesOn } from '../domain/due';
import { seriesOf, type Registered, type Revision } from '../domain/disclosure';
import {
  askedStepOf,
  barrierOf,
  isInReview,
  mayActAs,
  obstacleTo,
  signedHere,
  stepIsComplete,
  waitingStep,
  type InReview,
} from '../domain/review';
import { actingsOf, everyActingOf, seatsOf, type AskedStep, type Organisation } from '../domain/seats';
import { isPartyTo, statementOf } from '../domain/signature';

export type RevisionView = z.infer<typeof revisionView>;
export type RouteStepView = z.infer<typeof routeStepView>;

/** Who asks, on what day, and who holds which office on it. */
export type AskedBy = {
  readonly by: { readonly id: string };
  readonly today: string;
  readonly organisation: Organisation;
};

/** The open revision as one person sees it: with the names of those whose turn it is today, and whether they may sign. */
export const revisionViewOf = (state: Registered, asked: AskedBy): RevisionView => {
  const { revision } = state;
  if (revision.status === 'none') return { status: 'none' };
  const { status, id, editionNumber, causes, historyText, authors, comments } = revision;
  const { lastSigned, lastReturned, lastReturn = null } = revision;
  const submission = revision.status === 'drafting' ? null : revision;
  const capacities = isInReview(state) ? capacitiesOf(state, asked) : [];
  return {
    status,
    id,
    editionNumber,
    causes: [...causes],
    historyText,
    authors: [...authors],
    returned: returnedOf(revision),
    lastReturn,
    routing: submission && routingOf(submission.route),
    route: submission ? submission.route.steps.map((_, index) => stepView(submission, index, asked)) : [],
    step:
      submission === null ? 0 : submission.status === 'inReview' ? submission.step : seriesOf(submission.route).length,
    contentHash: submission?.contentHash ?? null,
    submittedBy: submission?.submittedBy ?? null,
    submittedAt: submission?.submittedAt ?? null,
    signatures: (submission?.signatures ?? []).map((signature) => ({
      ...signature,
      carriedOver: signature.at < (submission?.submittedAt ?? ''),
    })),
    voided: [...(submission?.voided ?? [])],
    reassignments: [...(submission?.reassignments ?? [])],
    postReviews:
      submission?.status === 'approved'
        ? submission.postReviews.map((each) => ({ ...each, afterPublication: false }))
        : [],
    capacities,
    youMaySign: capacities.length > 0,
    ...(isInReview(state) && capacities.length === 0 ? reasonAgainstSigning(state, asked) : noReason),
    mayBeCompleted: isInReview(state) && stepIsComplete(state, asked.organisation, asked.today),
    youMaySendBack: submission !== null && hasTheTurn(submission, asked),
    lastSigned: lastSigned[asked.by.id] ?? null,
    lastReturned: lastReturned?.[asked.by.id] ?? null,
    comments: comments.map((comment) => ({ ...comment, mentions: [...comment.mentions] })),
    schedule: submission?.status === 'approved' ? (submission.schedule ?? null) : null,
  };
};

const returnedOf = (revision: Exclude<Revision, { status: 'none' }>) => {
  if (revision.status === 'drafting') return revision.returned ? { ...revision.returned, toStep: null } : null;
  return revision.status === 'inReview' ? (revision.returned ?? null) : null;
};

type Submitted = Exclude<Revision, { status: 'none' | 'drafting' }>;

export const routingOf = ({
  templateId,
  templateName,
  templateVersion,
  carryOver,
  oneSignsTwoSteps,
}: Submitted['route']): z.infer<typeof routingView> => ({
  templateId,
  templateName,
  templateVersion,
  carryOver,
  oneSignsTwoSteps,
});

const stepView = (revision: Submitted, index: number, asked: AskedBy): RouteStepView => {
  const step = askedStepOf(revision, index);
  if (!step) throw new Error(`The route has no step ${index}`);
  const standing =
    step.step.meaning === 'postReview'
      ? revision.status === 'approved'
        ? 'open'
        : 'ahead'
      : revision.status === 'approved' || index < revision.step
        ? 'done'
        : index === revision.step
          ? 'open'
          : 'ahead';
  const view = stepViewOf(step, standing, revision, asked);
  const isRead = step.step.meaning === 'postReview' && standing === 'open' && everybodyHas(view.candidates);
  return isRead ? { ...view, standing: 'done' } : view;
};

/** Whether who could sign or read has, each for themselves or by a deputy. */
const everybodyHas = (candidates: RouteStepView['candidates']): boolean =>
  candidates.some(({ signed }) => signed) && candidates.every(({ signed, why }) => signed || why !== null);

/** A step with all who could sign it as things stand on that day. */
export const stepViewOf = (
  asked: AskedStep,
  standing: RouteStepView['standing'],
  parties: Parameters<typeof barrierOf>[2],
  { organisation, today }: Pick<AskedBy, 'organisation' | 'today'>,
): RouteStepView => {
  const { step, index, askedAt } = asked;
  const { signatories, meaning, quorum, covers, dueInBusinessDays, escalation, because } = step;
  const given = [
    ...parties.signatures,
    ...(parties.postReviews ?? []).map((each) => ({ ...each, signer: each.reader })),
  ].filter((each) => each.step === index);
  return {
    signatories: signatories.map((each) => (each.kind === 'role' ? each : { ...each, people: [...each.people] })),
    meaning,
    quorum,
    covers: covers === 'everything' ? covers : [...covers],
    dueInBusinessDays,
    escalation: escalation && {
      ...escalation,
      to: escalation.to.kind === 'role' ? escalation.to : { ...escalation.to, people: [...escalation.to.people] },
    },
    because: because.map((each) => (each.kind === 'rule' ? { ...each, items: [...each.items] } : each)),
    standing,
    candidates: everyActingOf(seatsOf(asked, organisation, today), organisation).map((acting) => ({
      userId: acting.signer.id,
      ...acting.officer,
      capacity: acting.seat.capacity,
      onBehalfOf: acting.onBehalfOf?.person ?? null,
      why: barrierOf(acting, index, parties),
      signed: given.some((each) => isPartyTo(each, acting.signer.id) || isPartyTo(each, acting.seat.person.id)),
    })),
    due: askedAt === null ? null : dueOn(step, askedAt),
    escalatesOn: askedAt === null ? null : escalatesOn(step, askedAt),
  };
};

const capacitiesOf = (state: InReview, { by, organisation, today }: AskedBy) => {
  const { meaning, covers } = waitingStep(state).step;
  const { editionNumber } = state.revision;
  return mayActAs(state, by.id, organisation, today).map(({ seat, onBehalfOf }) => ({
    onBehalfOf: onBehalfOf?.person ?? null,
    capacity: seat.capacity,
    statement: statementOf({ meaning, covers, editionNumber, onBehalfOf }),
  }));
};

type AgainstSigning = Pick<Extract<RevisionView, { id: string }>, 'whyNot' | 'whyNotFor'>;

const noReason: AgainstSigning = { whyNot: null, whyNotFor: null };

/** Why somebody may sign in no capacity: of several reasons, that of the first. */
const reasonAgainstSigning = (state: InReview, { by, organisation, today }: AskedBy): AgainstSigning => {
  const { revision } = state;
  const here = signedHere(state);
  if (here.some(({ signer }) => signer.id === by.id)) return { whyNot: 'AlreadySigned', whyNotFor: null };
  const [acting] = actingsOf(by.id, seatsOf(waitingStep(state), organisation, today), organisation);
  const obstacle = acting && obstacleTo(acting, revision.step, revision, here);
  if (!obstacle) return { whyNot: 'NotYourTurn', whyNotFor: null };
  return {
    whyNot: obstacle.type === 'SignedThisStep' ? 'AlreadySigned' : obstacle.type,
    whyNotFor: 'principal' in obstacle ? obstacle.principal : null,
  };
};

/** Whether it is their turn, or was the last: who may send it back. */
const hasTheTurn = (revision: Submitted, { by, organisation, today }: AskedBy): boolean => {
  const step = revision.status === 'inReview' ? revision.step : seriesOf(revision.route).length - 1;
  const asked = askedStepOf(revision, step);
  return asked !== undefined && actingsOf(by.id, seatsOf(asked, organisation, today), organisation).length > 0;
};

/** The names of those who could sign the waiting step and have not. */
export const waitingForOf = (view: RevisionView): string[] => {
  if (view.status !== 'inReview') return [];
  const candidates = view.route[view.step]?.candidates ?? [];
  return [
    ...new Set(
      candidates
        .filter(({ why, signed, onBehalfOf }) => why === null && !signed && onBehalfOf === null)
        .map(({ name }) => name),
    ),
  ];
};
