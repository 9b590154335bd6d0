import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { versionOfEdition } from '../as-of/as-of';
import { lifeOf, stateAfter, type Life } from '../as-of/life';
import type { blameView } from '../as-of/time-machine.contract';
import { blameOf } from './blame';

export type BlameView = z.infer<typeof blameView>;

/** Which text of an item: as it is now, as an edition has it, or as it stood after an event. */
export type TextOfItem = 'now' | { readonly edition: number } | { readonly version: number };

/** Who wrote each block of an item, when, and who signed it; null when there is no such text. */
export class BlameItem extends Query<BlameView | null> {
  constructor(
    readonly disclosureId: string,
    readonly itemKey: string,
    readonly of: TextOfItem,
  ) {
    super();
  }
}

@QueryHandler(BlameItem)
export class BlameItemHandler implements IQueryHandler<BlameItem> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId, itemKey, of }: BlameItem): Promise<BlameView | null> {
    return blameViewOf(await lifeOf(this.store, disclosureId), disclosureId, itemKey, of);
  }
}

export const blameViewOf = (life: Life, disclosureId: string, itemKey: string, of: TextOfItem): BlameView | null => {
  const version = of === 'now' ? life.length : 'version' in of ? of.version : versionOfEdition(life, of.edition);
  if (version === undefined || version < 1 || version > life.length) return null;
  const state = stateAfter(life, version);
  const part =
    state.status === 'Registered'
      ? state.parts.find(({ items }) => items.some((item) => item.itemKey === itemKey))
      : undefined;
  const item = part?.items.find((each) => each.itemKey === itemKey);
  const blocks = blameOf(life, itemKey, version);
  if (!part || !item || !blocks) return null;
  const all = [...new Set(blocks.flatMap(({ signatures }) => signatures))];
  return {
    ...{ disclosureId, itemKey, partNumber: part.number, number: item.number, title: item.title, version },
    blocks: blocks.map(({ leaf: { kind, text }, origin, signatures }) => ({
      ...{ kind, text, origin },
      signatures: signatures.map((each) => all.indexOf(each)),
    })),
    signatures: all.map(({ editionNumber, signature }) => ({ ...signature, editionNumber })),
  };
};
