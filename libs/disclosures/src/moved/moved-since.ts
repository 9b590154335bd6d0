import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { sentenceOf } from '../activity/activity';
import { lifeOf, stateAfter } from '../as-of/life';
import type { movedView } from '../contract';
import { itemsOf, type Disclosure, type DisclosureEvent, type Part } from '../domain/disclosure';

/** What happened in a disclosure after that version of its stream: what a link in a mail did not know. null: none such. */
export class MovedSince extends Query<z.infer<typeof movedView> | null> {
  constructor(
    readonly disclosureId: string,
    readonly since: number,
  ) {
    super();
  }
}

/** What only says more about the text, or was known to follow, moves nothing. */
const leavesItWhereItIs: readonly string[] = ['CommentAdded', 'CommentResolved', 'CommentReopened', 'PostReviewed'];

@QueryHandler(MovedSince)
export class MovedSinceHandler implements IQueryHandler<MovedSince> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId, since }: MovedSince): Promise<z.infer<typeof movedView> | null> {
    const life = await lifeOf(this.store, disclosureId);
    const last = life.recorded.at(-1);
    if (!last || since > last.version) return null;
    const events = life.recorded
      .slice(since)
      .map(({ event }) => event)
      .filter(({ type }) => !leavesItWhereItIs.includes(type));
    const [before, now] = [stateAfter(life, since), stateAfter(life, life.length)];
    return {
      moved: events.length > 0,
      version: last.version,
      sentences: [...toldOf(events)],
      changedItems: differing(partsOf(before), partsOf(now)),
      outcome: outcomeOf(before, events, now),
    };
  }
}

/** A sentence per event, each once. What follows from the last signature of a step is nobody's deed. */
export const toldOf = (events: readonly DisclosureEvent[]): readonly string[] => [
  ...new Set(
    events.map((event) =>
      event.type === 'StepCompleted' || event.type === 'RevisionApproved'
        ? sentenceOf(event)
        : `${event.data.by.name}さんが${sentenceOf(event)}`,
    ),
  ),
];

/** What became of the revision that was open before these events; null while it is worked on, and where none was. */
export const outcomeOf = (
  before: Disclosure,
  events: readonly DisclosureEvent[],
  now: Disclosure,
): z.infer<typeof movedView>['outcome'] => {
  if (before.status !== 'Registered' || before.revision.status === 'none') return null;
  const { id, editionNumber } = before.revision;
  const end = events.find(isEnd);
  if (end) {
    const { by, at } = end.data;
    return {
      kind: endings[end.type],
      editionNumber,
      by,
      at,
      reason: 'reason' in end.data ? (end.data.reason ?? null) : null,
    };
  }
  return now.status === 'Registered' && now.revision.status === 'approved' && now.revision.id === id
    ? { kind: 'approved', editionNumber, by: null, at: now.revision.approvedAt, reason: null }
    : null;
};

const endings = { EditionPublished: 'published', Rejected: 'rejected', Withdrawn: 'withdrawn' } as const;

/** One revision is open at a time: the first event that ends one ends that which was open. */
const isEnd = (event: DisclosureEvent): event is Extract<DisclosureEvent, { type: keyof typeof endings }> =>
  event.type in endings;

const partsOf = (state: Disclosure): readonly Part[] => (state.status === 'Registered' ? state.parts : []);

const differing = (before: readonly Part[], after: readonly Part[]) => {
  const hashes = new Map(itemsOf(before).map(({ itemKey, bodyHash }) => [itemKey, bodyHash]));
  return after.flatMap(({ number: partNumber, items }) =>
    items
      .filter(({ itemKey, bodyHash }) => hashes.get(itemKey) !== bodyHash)
      .map(({ itemKey, number, title }) => ({ itemKey, partNumber, number, title })),
  );
};
