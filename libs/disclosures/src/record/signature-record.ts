import type { StoredEvent } from '@app/event-sourcing';
import type { Route } from '@app/routes/domain/route';
import { sentenceOf } from '../activity/activity';
import { disclosureCodec } from '../disclosure.codec';
import { evolve, initialState, type Disclosure, type DisclosureEvent } from '../domain/disclosure';
import type { Hash, Instant, Person, PostReview, Signature } from '../domain/signature';
import { stateOf } from '../review-decisions';

/** Where a fact lies in the log: its place in the stream, and the hash that chains it to what was before. */
type Place = { readonly version: number; readonly eventId: string; readonly hash: Hash };

/**
 * All that was signed on the way to an edition, whatever became of it: the record that 21 CFR 11.50 and 11.70 ask for,
 * with the place of every fact in the log, so that it can be checked against it.
 */
export type SignatureRecord = {
  readonly format: 'kaijisho.record.v1';
  readonly disclosureId: string;
  readonly service: string;
  readonly serviceName: string;
  readonly title: string;
  readonly editionNumber: number;
  /** Of the text that was published, or submitted last; null while it is drafted. */
  readonly contentHash: Hash | null;
  /** null: not published. */
  readonly published: { readonly by: Person; readonly at: Instant; readonly place: Place } | null;
  /** Of a revision that ended without an edition; `reason` is null where none was asked for. */
  readonly ended: {
    readonly how: 'rejected' | 'withdrawn';
    readonly by: Person;
    readonly at: Instant;
    readonly reason: string | null;
  } | null;
  /** Who wrote in the revision, also in one that was rejected or withdrawn: none of them signed. */
  readonly authors: readonly Person[];
  /** As it was when the text was submitted last. */
  readonly route: Route | null;
  readonly signatures: readonly (Signature & {
    readonly disclosureId: string;
    readonly editionNumber: number;
    /** `void`: not one of those that hold for the text, since it was sent back, changed, rejected or withdrawn. */
    readonly standing: 'holds' | 'void';
    /** What made it void; null while it holds. `recalled`: 引戻し. */
    readonly voidBy: 'returned' | 'recalled' | 'rejected' | 'withdrawn' | 'changed' | null;
    readonly place: Place;
  })[];
  readonly postReviews: readonly (PostReview & { readonly place: Place })[];
  /** What happened between the start of the revision and its end, a Japanese sentence each. */
  readonly course: readonly {
    readonly at: Instant;
    readonly by: Person;
    readonly sentence: string;
    readonly place: Place;
  }[];
};

/** The record of the revision that led, or will lead, to that edition; null when there is none such. */
export const signatureRecordOf = (history: readonly StoredEvent[], editionNumber: number): SignatureRecord | null => {
  const all = history.map((stored) => ({ event: disclosureCodec.decode(stored), place: placeOf(stored) }));
  // A revision that ended without an edition leaves its number to the next one.
  const start = all.findLast(
    ({ event }) => event.type === 'RevisionStarted' && event.data.editionNumber === editionNumber,
  );
  if (start?.event.type !== 'RevisionStarted') return null;
  const { revisionId } = start.event.data;
  const state = stateOf(history);
  if (state.status !== 'Registered') return null;
  const { id: disclosureId, service, serviceName, title } = state;

  const end = all.find(({ event, place }) => place.version > start.place.version && isAnotherStart(event));
  const own = all.filter(({ event, place }) =>
    event.type === 'PostReviewed'
      ? event.data.revisionId === revisionId
      : place.version >= start.place.version && (!end || place.version < end.place.version),
  );
  const published = own.find(({ event }) => event.type === 'EditionPublished');
  // The state forgets a revision that has ended: what it was is told from right before.
  const last = own.find(({ event }) => event.type === 'EditionPublished' || isEndWithoutEdition(event));
  const then = last ? stateOf(history.filter(({ version }) => version < last.place.version)) : state;
  const revision = then.status === 'Registered' ? then.revision : { status: 'none' as const };
  const submitted = revision.status === 'inReview' || revision.status === 'approved' ? revision : null;
  const holding = (last && isEndWithoutEdition(last.event) ? null : submitted)?.signatures ?? [];
  const states = statesAlong(all.map(({ event }) => event)).slice(all.findIndex((each) => each === start));
  const course = all.slice(all.findIndex((each) => each === start)).map(({ event }) => event);
  const about = { disclosureId, editionNumber };
  return {
    format: 'kaijisho.record.v1',
    disclosureId,
    service,
    serviceName,
    title,
    editionNumber,
    contentHash: submitted?.contentHash ?? null,
    published: published ? { by: published.event.data.by, at: published.event.data.at, place: published.place } : null,
    ended: endOf(last?.event),
    authors: revision.status === 'none' ? [] : revision.authors,
    route: submitted?.route ?? null,
    signatures: own.flatMap(({ event, place }) => {
      if (event.type !== 'StepSigned') return [];
      const { signature } = event.data;
      const holds = holding.some(isSame(signature));
      const voidBy = holds ? null : causeOf(signature, course, states);
      return [{ ...signature, ...about, standing: holds ? 'holds' : 'void', voidBy, place }];
    }),
    postReviews: own.flatMap(({ event, place }) =>
      event.type === 'PostReviewed' ? [{ ...event.data.postReview, place }] : [],
    ),
    course: own.map(({ event, place }) => ({
      at: event.data.at,
      by: event.data.by,
      sentence: sentenceOf(event),
      place,
    })),
  };
};

const endOf = (event: DisclosureEvent | undefined): SignatureRecord['ended'] => {
  if (event?.type !== 'Rejected' && event?.type !== 'Withdrawn') return null;
  const { by, at, reason = null } = event.data;
  return { how: event.type === 'Rejected' ? 'rejected' : 'withdrawn', by, at, reason };
};

/** What was true after each of these events. */
const statesAlong = (events: readonly DisclosureEvent[]): readonly Disclosure[] => {
  const states: Disclosure[] = [];
  for (const event of events) states.push(evolve(states.at(-1) ?? initialState, event));
  return states;
};

/** What made a signature void: the event after the last moment at which it held, or a change of the text after that. */
const causeOf = (
  signature: Signature,
  events: readonly DisclosureEvent[],
  states: readonly Disclosure[],
): NonNullable<SignatureRecord['signatures'][number]['voidBy']> => {
  const at = 1 + states.findLastIndex((state) => heldIn(state).some(isSame(signature)));
  switch (events[at]?.type) {
    case 'Rejected':
      return 'rejected';
    case 'Withdrawn':
      return 'withdrawn';
    case 'ReturnedToStep':
      return 'returned';
    case 'ReturnedForChanges':
    case 'Recalled': {
      const [before, after] = [states[at - 1], states[at]];
      const couldCarryOver =
        before?.status === 'Registered' &&
        before.revision.status === 'inReview' &&
        before.revision.route.carryOver !== 'none' &&
        after?.status === 'Registered' &&
        after.revision.status !== 'none' &&
        after.revision.earlier.some((kept) => isSame(signature)(kept.signature));
      const changed = events.slice(at + 1).some(({ type }) => type === 'ItemRevised' || type === 'RevisionDescribed');
      if (couldCarryOver && changed) return 'changed';
      return events[at]?.type === 'Recalled' ? 'recalled' : 'returned';
    }
    default:
      return 'changed';
  }
};

const heldIn = (state: Disclosure): readonly Signature[] =>
  state.status === 'Registered' && 'signatures' in state.revision ? state.revision.signatures : [];

const isEndWithoutEdition = ({ type }: DisclosureEvent): boolean => type === 'Rejected' || type === 'Withdrawn';

const isAnotherStart = ({ type }: DisclosureEvent): boolean => type === 'RevisionStarted';

const placeOf = ({ version, id, hash }: StoredEvent): Place => ({ version, eventId: id, hash });

/** What carries over stands at a step of its own in the new route; all else of it is as it was. */
const isSame =
  (one: Signature) =>
  (other: Signature): boolean =>
    one.signer.id === other.signer.id && one.at === other.at && one.coverageHash === other.coverageHash;
