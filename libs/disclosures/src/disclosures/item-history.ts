import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { lifeOf, type Life } from '../as-of/life';
import type { itemHistory, textOfItem } from '../contract';
import type { Item } from '../domain/disclosure';
import { itemOf } from '../domain/lint';

/** So many texts are a page. */
export const PAGE = 50;

type History = z.infer<typeof itemHistory>;

/** Every text an item has had, newest first, page by page: who wrote it, when, and for which edition. */
export class ItemHistory extends Query<History> {
  constructor(
    readonly disclosureId: string,
    readonly itemKey: string,
    /** Only those from before that event. */
    readonly before: number = Number.MAX_SAFE_INTEGER,
  ) {
    super();
  }
}

@QueryHandler(ItemHistory)
export class ItemHistoryHandler implements IQueryHandler<ItemHistory> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId, itemKey, before }: ItemHistory): Promise<History> {
    const older = textsOf(await lifeOf(this.store, disclosureId), itemKey).filter(({ version }) => version < before);
    const texts = older.slice(-PAGE).reverse();
    const last = texts.at(-1);
    return { texts, next: last && older.length > PAGE ? String(last.version) : null };
  }
}

const textsOf = ({ recorded }: Life, itemKey: string): readonly History['texts'][number][] => {
  let editionNumber = 0;
  return recorded.flatMap(({ event, version }) => {
    if (event.type === 'DisclosureImported') editionNumber = event.data.edition.number;
    if (event.type === 'RevisionStarted') ({ editionNumber } = event.data);
    const { by, at } = event.data;
    const restoredFrom = (event.type === 'ItemRevised' && event.data.restoredFrom) || null;
    const fromFile = (event.type === 'ItemRevised' && event.data.fromFile?.fileName) || null;
    const text = textIn(event, itemKey);
    return text ? [{ version, editionNumber, by, at, bodyHash: text.bodyHash, restoredFrom, fromFile }] : [];
  });
};

/** The text that an event gave an item. */
const textIn = (
  event: Life['recorded'][number]['event'],
  itemKey: string,
): Pick<Item, 'body' | 'bodyHash'> | undefined => {
  if (event.type === 'DisclosureImported') return itemOf(event.data.parts, itemKey);
  return event.type === 'ItemRevised' && event.data.itemKey === itemKey ? event.data : undefined;
};

/** One of these texts, by the event that gave it to the item; null when that one gave it none. */
export class TextOfItem extends Query<z.infer<typeof textOfItem> | null> {
  constructor(
    readonly disclosureId: string,
    readonly itemKey: string,
    readonly version: number,
  ) {
    super();
  }
}

@QueryHandler(TextOfItem)
export class TextOfItemHandler implements IQueryHandler<TextOfItem> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId, itemKey, version }: TextOfItem): Promise<z.infer<typeof textOfItem> | null> {
    const { recorded } = await lifeOf(this.store, disclosureId);
    const event = recorded[version - 1]?.event;
    const text = event && textIn(event, itemKey);
    return text ? { version, bodyHash: text.bodyHash, body: { type: 'doc', content: [...text.body.content] } } : null;
  }
}
