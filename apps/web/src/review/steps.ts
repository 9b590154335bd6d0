import type { CandidateView, OpenRevision, RouteStepView, SignatureView } from '../api/types';

/** A step with its place in the route and the signatures that hold for it. */
export type PlacedStep = RouteStepView & {
  readonly index: number;
  readonly signatures: OpenRevision['signatures'];
};

export const placedSteps = (revision: Pick<OpenRevision, 'route' | 'signatures'>): readonly PlacedStep[] =>
  revision.route.map((step, index) => ({
    ...step,
    index,
    signatures: revision.signatures.filter((signature) => signature.step === index),
  }));

/** Those who can still sign a step for themselves: deputies are told apart from whom they act for. */
export const outstandingOf = ({ candidates }: Pick<RouteStepView, 'candidates'>): readonly CandidateView[] =>
  candidates.filter(({ why, signed, onBehalfOf }) => why === null && !signed && onBehalfOf === null);

/** So many of those who can still sign a step are enough. */
export const missingIn = (step: Pick<RouteStepView, 'candidates' | 'quorum'>): number => {
  const { candidates, quorum } = step;
  if (quorum.kind === 'all') return outstandingOf(step).length;
  const signed = candidates.filter((candidate) => candidate.signed && candidate.onBehalfOf === null).length;
  return Math.max((quorum.kind === 'any' ? 1 : quorum.n) - signed, 0);
};

/** The office in which this person is asked to sign a step for themselves; null if it is not for an office. */
export const officeIn = (
  { candidates }: Pick<RouteStepView, 'candidates'>,
  userId: string | undefined,
): CandidateView['role'] =>
  candidates.find((candidate) => candidate.userId === userId && candidate.onBehalfOf === null)?.role ?? null;

/** Who may sign in the place of this person. */
export const deputiesOf = (
  { candidates }: Pick<RouteStepView, 'candidates'>,
  principalId: string,
): readonly CandidateView[] =>
  candidates.filter(({ why, signed, onBehalfOf }) => why === null && !signed && onBehalfOf?.id === principalId);

/** Who signed in another step than this one, or for whom somebody did. */
export const inOtherSteps = (
  { signatures }: { readonly signatures: readonly Pick<SignatureView, 'step' | 'signer' | 'onBehalfOf'>[] },
  index: number,
): readonly string[] =>
  signatures
    .filter(({ step }) => step !== index)
    .flatMap(({ signer, onBehalfOf }) => [signer.id, ...(onBehalfOf === null ? [] : [onBehalfOf.person.id])]);

/** The earlier steps that a 差戻し may go to: those of the series before the one that waits. */
export const stepsBefore = (revision: Pick<OpenRevision, 'route' | 'step' | 'signatures'>): readonly PlacedStep[] =>
  placedSteps(revision).filter(({ index, meaning }) => index < revision.step && meaning !== 'postReview');

/** Whether this person can take it back: nobody has signed the waiting step, in this submission or the one before. */
export const mayRecall = (
  { status, submittedBy, step, signatures }: Pick<OpenRevision, 'status' | 'submittedBy' | 'step' | 'signatures'>,
  userId: string | undefined,
): boolean =>
  status === 'inReview' && submittedBy?.id === userId && !signatures.some((signature) => signature.step === step);

/** Steps of 後閲 that this person has not done yet. */
export const postReviewsFor = (revision: OpenRevision, userId: string | undefined): readonly PlacedStep[] =>
  placedSteps(revision).filter(
    ({ meaning, standing, candidates }) =>
      meaning === 'postReview' && standing === 'open' && capacitiesIn(candidates, userId).length > 0,
  );

/** For whom somebody can act in a step: null stands for themselves. */
export const principalsIn = (
  { candidates }: Pick<RouteStepView, 'candidates'>,
  userId: string | undefined,
): readonly CandidateView['onBehalfOf'][] => capacitiesIn(candidates, userId).map(({ onBehalfOf }) => onBehalfOf);

const capacitiesIn = (candidates: RouteStepView['candidates'], userId: string | undefined): readonly CandidateView[] =>
  candidates.filter((candidate) => candidate.userId === userId && candidate.why === null && !candidate.signed);
