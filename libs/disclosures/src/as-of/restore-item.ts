import { EVENT_STORE, handle, type EventStore, type Handled } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { disclosureCodec } from '../disclosure.codec';
import type { Item, Person } from '../domain/disclosure';
import { disclosureDecider, type DisclosureRejection } from '../domain/disclosure.decider';
import { itemOf } from '../domain/lint';
import type { AsOfRejection } from './as-of';
import { lifeOf, stateAfter, type Life } from './life';

export type RestorationRejection = DisclosureRejection | Extract<AsOfRejection, { type: 'MomentUnknown' }>;

/** Gives an item the text again that it had after an earlier event: an edit like any other, which says where it is from. */
export class RestoreItem extends Command<Handled<RestorationRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly itemKey: string,
    readonly version: number,
    /** The hash of the text that is replaced. */
    readonly basedOn: string,
    readonly caller: Pick<Caller, 'by' | 'at' | 'metadata'>,
  ) {
    super();
  }
}

@CommandHandler(RestoreItem)
export class RestoreItemHandler implements ICommandHandler<RestoreItem> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({
    disclosureId,
    itemKey,
    version,
    basedOn,
    caller,
  }: RestoreItem): Promise<Handled<RestorationRejection>> {
    const life = await lifeOf(this.store, disclosureId);
    if (life.length === 0) return rejected({ type: 'DisclosureNotFound' });
    if (version > life.length) return rejected({ type: 'MomentUnknown', last: life.length });
    const then = stateAfter(life, version);
    const item = then.status === 'Registered' ? itemOf(then.parts, itemKey) : undefined;
    if (!item) return rejected({ type: 'UnknownItem', itemKey });
    const { by, at, metadata } = caller;
    const { body, bodyHash } = item;
    return handle(
      { store: this.store, decider: disclosureDecider, codec: disclosureCodec, newId },
      {
        stream: `disclosure-${disclosureId}`,
        command: {
          ...{ type: 'ReviseItem', itemKey, body, bodyHash, basedOn, restoredFrom: version },
          ...{ writers: writersOf(life, version, item), by, at },
        },
        metadata,
      },
    );
  }
}

/** Everybody who wrote in the item until it had that text, in the revision in which it got it; none of a text that was imported. */
const writersOf = (
  { recorded }: Life,
  version: number,
  { itemKey, bodyHash }: Pick<Item, 'itemKey' | 'bodyHash'>,
): readonly Person[] => {
  const events = recorded.slice(0, version).map(({ event }) => event);
  const written = events.findLastIndex(
    ({ type, data }) => type === 'ItemRevised' && data.itemKey === itemKey && data.bodyHash === bodyHash,
  );
  const revision = events.slice(0, written + 1);
  const writers = revision
    .slice(revision.findLastIndex(({ type }) => type === 'RevisionStarted') + 1)
    .flatMap(({ type, data }) =>
      type === 'ItemRevised' && data.itemKey === itemKey ? [data.by, ...(data.writers ?? [])] : [],
    );
  return writers.filter(({ id }, index) => writers.findIndex((other) => other.id === id) === index);
};

const rejected = (rejection: RestorationRejection): Handled<RestorationRejection> => ({
  outcome: 'rejected',
  rejection,
});
