import { EVENT_STORE, handle, type EventStore, type Handled } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { disclosureCodec } from '../disclosure.codec';
import type { Hash, ItemKey, Person } from '../domain/disclosure';
import { disclosureDecider, type DisclosureCommand, type DisclosureRejection } from '../domain/disclosure.decider';
import { itemOf } from '../domain/lint';
import { lifeOf, type Life } from './life';

export type Edit = Omit<Extract<DisclosureCommand, { type: 'ReviseItem' }>, 'type' | 'writers' | 'by' | 'at'>;
type By = Pick<Caller, 'by' | 'at' | 'metadata'>;

/** Gives an item another text. */
export class ReviseItem extends Command<Handled<DisclosureRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly edit: Edit,
    readonly caller: By,
  ) {
    super();
  }
}

@CommandHandler(ReviseItem)
export class ReviseItemHandler implements ICommandHandler<ReviseItem> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ disclosureId, edit, caller }: ReviseItem): Promise<Handled<DisclosureRejection>> {
    return revise(this.store, disclosureId, edit, caller);
  }
}

/**
 * Decides an edit, whichever way its text came: written, taken from a file, or from an earlier moment. A text that the item
 * had before is restored by any of them, and who wrote it then is told to the decider.
 */
export const revise = async (
  store: EventStore,
  disclosureId: string,
  edit: Edit,
  { by, at, metadata }: By,
): Promise<Handled<DisclosureRejection>> => {
  const before = textBefore(await lifeOf(store, disclosureId), edit.itemKey, edit.bodyHash);
  return handle(
    { store, decider: disclosureDecider, codec: disclosureCodec, newId },
    {
      stream: `disclosure-${disclosureId}`,
      command: { type: 'ReviseItem', ...before, ...edit, by, at },
      metadata,
    },
  );
};

/**
 * After which event the item had that text last, and who wrote it: everybody who wrote in the item until it had it, in each
 * revision in which it got it; none of a text that was imported. Nothing of a text that is new.
 */
const textBefore = (
  { recorded }: Life,
  itemKey: ItemKey,
  bodyHash: Hash,
): { readonly restoredFrom?: number; readonly writers?: readonly Person[] } => {
  let restoredFrom: number | undefined;
  /** Of the item in a revision; and of that text in all of them. */
  const [writing, writers] = [new Map<string, Person>(), new Map<string, Person>()];
  for (const { event, version } of recorded) {
    if (event.type === 'DisclosureImported' && itemOf(event.data.parts, itemKey)?.bodyHash === bodyHash)
      restoredFrom = version;
    if (event.type === 'RevisionStarted') writing.clear();
    if (event.type !== 'ItemRevised' || event.data.itemKey !== itemKey) continue;
    for (const writer of [event.data.by, ...(event.data.writers ?? [])]) writing.set(writer.id, writer);
    if (event.data.bodyHash !== bodyHash) continue;
    restoredFrom = version;
    writing.forEach((writer, id) => writers.set(id, writer));
  }
  return restoredFrom === undefined ? {} : { restoredFrom, writers: [...writers.values()] };
};
