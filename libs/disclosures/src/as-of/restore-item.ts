import { EVENT_STORE, type EventStore, type Handled } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DisclosureRejection } from '../domain/disclosure.decider';
import { itemOf } from '../domain/lint';
import type { AsOfRejection } from './as-of';
import { lifeOf, stateAfter } from './life';
import { revise } from './revise-item';

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
    const { body, bodyHash } = item;
    return revise(this.store, disclosureId, { itemKey, body, bodyHash, basedOn, restoredFrom: version }, caller);
  }
}

const rejected = (rejection: RestorationRejection): Handled<RestorationRejection> => ({
  outcome: 'rejected',
  rejection,
});
