import { isSameStep, type Meaning, type Route, type RouteStep, type Signatories } from '@app/routes/domain/route';
import { coverageHashOf, seriesOf, type Registered, type Revision } from './disclosure';
import {
  actingsOf,
  seatsOf,
  type Acting,
  type AskedStep,
  type Organisation,
  type Reassignment,
  type Seat,
} from './seats';
import { isPartyTo, principalOf, type LocalDate, type Person, type PostReview, type Signature } from './signature';

// Questions about a review: who may sign, whether a step is complete, whether a route can be worked at all.

export type InReview = Registered & { readonly revision: Extract<Revision, { status: 'inReview' }> };

export const isInReview = (state: Registered): state is InReview => state.revision.status === 'inReview';

/** What the segregation of duties asks of a submission. */
type Parties = {
  readonly route: Route;
  readonly authors: readonly Person[];
  readonly signatures: readonly Signature[];
  /** From the approval on: whoever read in one step reads in no other. */
  readonly postReviews?: readonly PostReview[];
  readonly reassignments: readonly Reassignment[];
  /** The step that waits; those before it are done. */
  readonly step?: number;
};

/** The step of that index as it is asked for, or undefined when the route has none such. */
export const askedStepOf = (
  revision: Exclude<Revision, { status: 'none' | 'drafting' }>,
  index: number,
): AskedStep | undefined => {
  const { route, reassignments } = revision;
  const step = route.steps[index];
  if (!step) return undefined;
  const askedAt =
    revision.status === 'inReview'
      ? index === revision.step
        ? revision.askedAt
        : null
      : step.meaning === 'postReview'
        ? revision.approvedAt
        : null;
  return { step, index, askedAt, reassignments };
};

/** The step that waits for signatures. */
export const waitingStep = ({ revision }: InReview): AskedStep & { readonly step: RouteStep } => {
  const asked = askedStepOf(revision, revision.step);
  if (!asked) throw new Error(`The route has no step ${revision.step}`);
  return asked;
};

/**
 * Why somebody at a seat may not sign: they, or whom they act for, wrote in the revision; or one of both is in another
 * step already. The second is up to the route.
 */
export const barrierOf = (
  { signer, seat }: Pick<Acting, 'signer' | 'seat'>,
  step: number,
  { route, authors, signatures, postReviews = [] }: Parties,
): 'author' | 'signedAnotherStep' | null => {
  const parties = [signer.id, seat.person.id];
  if (authors.some(({ id }) => parties.includes(id))) return 'author';
  const given = [...signatures, ...postReviews.map((each) => ({ ...each, signer: each.reader }))];
  return !route.oneSignsTwoSteps &&
    given.some((each) => each.step !== step && parties.some((id) => isPartyTo(each, id)))
    ? 'signedAnotherStep'
    : null;
};

/** Why somebody who has a seat in the waiting step may not sign it. */
export type Obstacle =
  | { readonly type: 'SignerIsAuthor' }
  | { readonly type: 'PrincipalIsAuthor'; readonly principal: Person }
  | { readonly type: 'SignedAnotherStep' }
  | { readonly type: 'SignedThisStep' }
  | { readonly type: 'AlreadySignedFor'; readonly principal: Person };

/** What is in the way at a seat of a step, or null; each person is in a step once, by themselves or through a deputy. */
export const obstacleTo = (
  acting: Pick<Acting, 'signer' | 'seat'>,
  step: number,
  parties: Parties,
  here: readonly Pick<Signature, 'signer' | 'onBehalfOf'>[],
): Obstacle | null => {
  const { signer, seat } = acting;
  if (here.some((each) => each.signer.id === signer.id)) return { type: 'SignedThisStep' };
  if (parties.authors.some(({ id }) => id === signer.id)) return { type: 'SignerIsAuthor' };
  const barrier = barrierOf(acting, step, parties);
  if (barrier === 'author') return { type: 'PrincipalIsAuthor', principal: seat.person };
  if (barrier === 'signedAnotherStep') return { type: 'SignedAnotherStep' };
  const twice = [signer, seat.person].find(({ id }) => here.some((each) => isPartyTo(each, id)));
  return twice ? { type: 'AlreadySignedFor', principal: twice } : null;
};

/** The signatures of the waiting step, whatever they hold for. */
export const signedHere = ({ revision }: InReview): readonly Signature[] =>
  revision.signatures.filter(({ step }) => step === revision.step);

/** In what capacities somebody may sign the waiting step now. */
export const mayActAs = (
  state: InReview,
  id: string,
  organisation: Organisation,
  today: LocalDate,
): readonly Acting[] =>
  actingsOf(id, seatsOf(waitingStep(state), organisation, today), organisation).filter(
    (acting) => obstacleTo(acting, state.revision.step, state.revision, signedHere(state)) === null,
  );

/** The signatures of the waiting step that hold for the text in review. */
const signaturesHere = (state: InReview, step: RouteStep): readonly Signature[] => {
  const { revision, parts } = state;
  const hash = coverageHashOf(step.covers, revision.contentHash, parts, revision.waivers);
  return signedHere(state).filter(({ coverageHash }) => coverageHash === hash);
};

/** Whether a signature is that of somebody who has a seat now, or had one because the step escalated. */
const isStillHeld = (signature: Signature, seats: readonly Seat[]): boolean =>
  signature.capacity === 'escalated' || seats.some(({ person }) => person.id === principalOf(signature).id);

/** Those of whom a step that asks for all wants a signature: not of those who may not sign, nor of whom it escalated to. */
export const wantedInStep = (state: InReview, organisation: Organisation, today: LocalDate): readonly Seat[] => {
  const asked = waitingStep(state);
  return seatsOf(asked, organisation, today).filter(
    (seat) =>
      seat.capacity !== 'escalated' && barrierOf({ signer: seat.person, seat }, asked.index, state.revision) === null,
  );
};

/**
 * Whether the waiting step has the signatures that it asks for. `all` means all who may sign: not those who wrote in the
 * revision, nor those who are in another step, or already in this one for somebody else; whom it escalated to can sign for
 * one that is missing. Those who have left are missed no more, but their signatures alone are not enough.
 */
export const stepIsComplete = (state: InReview, organisation: Organisation, today: LocalDate): boolean => {
  const asked = waitingStep(state);
  const signatures = signaturesHere(state, asked.step);
  const { quorum } = asked.step;
  if (quorum.kind !== 'all') return signatures.length >= (quorum.kind === 'n' ? quorum.n : 1);
  const missing = wantedInStep(state, organisation, today).filter(
    ({ person }) => !signatures.some((signature) => isPartyTo(signature, person.id)),
  );
  const inPlace = signatures.filter(({ capacity }) => capacity === 'escalated').length;
  const seats = seatsOf(asked, organisation, today);
  return signatures.some((signature) => isStillHeld(signature, seats)) && missing.length <= inPlace;
};

/** A step for which there are too few who may sign, and what is in the way of each. */
export type StepInTheWay = {
  readonly step: number;
  readonly meaning: Meaning;
  readonly signatories: readonly Signatories[];
  readonly candidates: readonly { readonly person: Person; readonly why: 'author' | 'signsAnotherStep' | null }[];
};

/**
 * The steps that cannot be worked, given who holds which office today: each person can be in one step (unless the route
 * says otherwise) and has to be in the first of theirs that asks for all. A matching of people to the signatures that are
 * still wanted; deputies are left out, because they can sign nothing that the one they act for could not.
 */
export const stepsInTheWay = (
  parties: Parties,
  organisation: Organisation,
  today: LocalDate,
): readonly StepInTheWay[] => {
  const { route, signatures } = parties;
  const steps = seriesOf(route).map((step, index) => {
    const seats = seatsOf({ step, index, askedAt: null, reassignments: parties.reassignments }, organisation, today);
    const given = signatures.filter((signature) => signature.step === index);
    const able = seats.filter(
      (seat) =>
        barrierOf({ signer: seat.person, seat }, index, parties) === null &&
        !given.some((signature) => isPartyTo(signature, seat.person.id)),
    );
    const counting = step.quorum.kind === 'all' ? given.filter((signature) => isStillHeld(signature, seats)) : given;
    const wanted = (step.quorum.kind === 'n' ? step.quorum.n : 1) - counting.length;
    return { step, index, seats, able, wanted };
  });
  const neededBy = (id: string): number =>
    steps.findIndex(
      ({ step, index, able }) =>
        index >= (parties.step ?? 0) && step.quorum.kind === 'all' && able.some(({ person }) => person.id === id),
    );
  const canFill = (index: number, { person }: Seat): boolean => {
    const first = neededBy(person.id);
    return route.oneSignsTwoSteps || first === -1 || index <= first;
  };

  const wanted = steps.flatMap(({ index, able, wanted: count }) =>
    Array.from({ length: Math.max(0, count) }, () => ({
      index,
      by: able
        .filter((seat) => canFill(index, seat))
        .map(({ person }) => (route.oneSignsTwoSteps ? `${index} ${person.id}` : person.id)),
    })),
  );
  const unfilled = new Set(unmatched(wanted.map(({ by }) => by)).map((slot) => wanted[slot]?.index));
  return steps
    .filter(({ index }) => unfilled.has(index))
    .map(({ step, index, seats, able }) => ({
      step: index,
      meaning: step.meaning,
      signatories: step.signatories,
      candidates: seats.map((seat) => {
        const isAuthor = parties.authors.some(({ id }) => id === seat.person.id);
        const elsewhere =
          !able.includes(seat) || wanted.some((slot) => slot.index !== index && slot.by.includes(seat.person.id));
        return { person: seat.person, why: isAuthor ? 'author' : elsewhere ? 'signsAnotherStep' : null };
      }),
    }));
};

/** The slots that stay empty when as many as possible are filled, each by another of those who can (Kuhn's algorithm). */
const unmatched = (slots: readonly (readonly string[])[]): readonly number[] => {
  const slotOf = new Map<string, number>();
  const fill = (slot: number, tried: Set<string>): boolean =>
    (slots[slot] ?? []).some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const holder = slotOf.get(person);
      if (holder !== undefined && !fill(holder, tried)) return false;
      slotOf.set(person, slot);
      return true;
    });
  return slots.flatMap((_, slot) => (fill(slot, new Set()) ? [] : [slot]));
};

/**
 * The signatures of the submission before that hold for this one: the route says so, the same step asks for them, what they
 * vouch for has not changed, and nobody who gave them has written in the revision since.
 */
export const carriedOverTo = (
  { parts, revision }: Registered,
  route: Route,
  contentHash: string,
  waivers: Parameters<typeof coverageHashOf>[3],
): readonly Signature[] => {
  if (revision.status === 'none' || route.carryOver === 'none') return [];
  const steps = seriesOf(route);
  return revision.earlier.reduce<readonly Signature[]>((carried, { asked, signature }) => {
    const index = [signature.step, ...steps.keys()].find((each) => {
      const step = steps[each];
      return step !== undefined && asksTheSame(step, asked);
    });
    const step = index === undefined ? undefined : steps[index];
    if (index === undefined || !step) return carried;
    const holds = coverageHashOf(step.covers, contentHash, parts, waivers) === signature.coverageHash;
    const parties = [signature.signer.id, principalOf(signature).id];
    const barred =
      revision.authors.some(({ id }) => parties.includes(id)) ||
      carried.some(
        (other) => (!route.oneSignsTwoSteps || other.step === index) && parties.some((id) => isPartyTo(other, id)),
      );
    return holds && !barred ? [...carried, { ...signature, step: index }] : carried;
  }, []);
};

const asksTheSame = (one: RouteStep, other: RouteStep): boolean =>
  isSameStep(one, other) && whatOf(one) === whatOf(other);

const whatOf = ({ covers }: RouteStep): string => (covers === 'everything' ? 'everything' : [...covers].sort().join());
