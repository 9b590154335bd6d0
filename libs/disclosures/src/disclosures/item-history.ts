import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { itemHistory } from '../contract';
import { disclosureCodec } from '../disclosure.codec';
import { itemOf } from '../domain/lint';

/** Every text an item has had, newest first: who wrote it, when, and in which revision. */
export class ItemHistory extends Query<z.infer<typeof itemHistory>> {
  constructor(
    readonly disclosureId: string,
    readonly itemKey: string,
  ) {
    super();
  }
}

@QueryHandler(ItemHistory)
export class ItemHistoryHandler implements IQueryHandler<ItemHistory> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** Straight from the stream: it is asked for one item at a time, and needs no table of its own. */
  async execute({ disclosureId, itemKey }: ItemHistory): Promise<z.infer<typeof itemHistory>> {
    const texts: z.infer<typeof itemHistory>['texts'] = [];
    let editionNumber = 0;
    for (const stored of await this.store.read(`disclosure-${disclosureId}`)) {
      const event = disclosureCodec.decode(stored);
      const text = (body: { readonly content: readonly unknown[] }, bodyHash: string) =>
        texts.unshift({
          version: stored.version,
          editionNumber,
          by: event.data.by,
          at: event.data.at,
          body: { type: 'doc', content: [...body.content] },
          bodyHash,
        });
      if (event.type === 'DisclosureImported') {
        editionNumber = event.data.edition.number;
        const item = itemOf(event.data.parts, itemKey);
        if (item) text(item.body, item.bodyHash);
      }
      if (event.type === 'RevisionStarted') editionNumber = event.data.editionNumber;
      if (event.type === 'ItemRevised' && event.data.itemKey === itemKey) text(event.data.body, event.data.bodyHash);
    }
    return { texts };
  }
}
