import { compareBodies, emptyBody, pairItems, type ItemPair, type PlacedItem } from '@app/content';
import { inJapanese, localDateOf } from '@app/calendar';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { recordedText, type Text } from '../as-of/as-of';
import { lifeOf, stateAfter, type Life } from '../as-of/life';
import type { comparisonView } from '../contract';
import { rowOf, type DisclosureRow, type EditionRow } from '../disclosures/disclosure-projection';
import type { DisclosureEvent, Part } from '../domain/disclosure';

export type ComparisonView = z.infer<typeof comparisonView>;

/**
 * One side of a comparison: an edition by number, the one published last, the text being drafted or reviewed, or the text
 * that the asking person signed last in the open revision (when they signed none, that which they sent back last, and the
 * one published last when there is none of both), or the text as it was recorded at a place in the disclosure's stream
 * (`v123`).
 */
type OwnSide = number | 'inForce' | 'draft' | 'lastSigned' | `v${number}`;

/** One side of a comparison; of another disclosure, by its id or public name, where it says so (`minato@6`). */
export type Side = OwnSide | { readonly disclosure: string; readonly side: OwnSide };

/** A side as it is written in an address; null when it names none. */
export const readSide = (written: string): Side | null => {
  const at = written.lastIndexOf('@');
  if (at === -1) return readOwnSide(written);
  const side = readOwnSide(written.slice(at + 1));
  return at === 0 || side === null ? null : { disclosure: written.slice(0, at), side };
};

const readOwnSide = (written: string): OwnSide | null => {
  if (written === 'inForce' || written === 'draft' || written === 'lastSigned') return written;
  if (/^\d{1,6}$/.test(written)) return Number(written);
  return /^v\d{1,9}$/.test(written) ? (written as OwnSide) : null;
};

/** What changed between two texts, item by item; null when one of them does not exist. */
export class CompareDisclosure extends Query<ComparisonView | null> {
  constructor(
    readonly disclosureId: string,
    readonly from: Side,
    readonly to: Side,
    readonly by: { readonly id: string },
  ) {
    super();
  }
}

/** The two texts of a comparison as they are, and what the document is called. */
export type TextsToCompare = {
  readonly service: string;
  readonly serviceName: string;
  readonly title: string;
  readonly older: Text;
  readonly newer: Text;
  /** Items of one disclosure are known by their keys; those of two only by what they say. */
  readonly pairedBy: 'key' | 'likeness';
};

/** Both texts, for a table of them; null when one of them does not exist. */
export class ReadTextsToCompare extends Query<TextsToCompare | null> {
  constructor(
    readonly disclosureId: string,
    readonly from: Side,
    readonly to: Side,
    readonly by: { readonly id: string },
  ) {
    super();
  }
}

@QueryHandler(ReadTextsToCompare)
export class ReadTextsToCompareHandler implements IQueryHandler<ReadTextsToCompare> {
  constructor(
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ disclosureId, from, to, by }: ReadTextsToCompare): Promise<TextsToCompare | null> {
    const row = await rowOf(this.db, disclosureId);
    if (!row) return null;
    const [old, now] = await Promise.all([this.placeOf(row, from), this.placeOf(row, to)]);
    if (!old || !now) return null;
    const [older, newer] = await Promise.all([
      this.textOf(old.row, old.side, by.id),
      this.textOf(now.row, now.side, by.id),
    ]);
    if (!older || !newer) return null;
    const { service, serviceName, title } = row.state;
    const about = { service, serviceName, title };
    if (old.row.state.id === now.row.state.id) return { ...about, older, newer, pairedBy: 'key' };
    const named = (text: Text, { row: { state } }: typeof old) => ({
      ...text,
      label: `${state.serviceName}　${text.label}`,
    });
    return { ...about, older: named(older, old), newer: named(newer, now), pairedBy: 'likeness' };
  }

  private async placeOf(
    row: DisclosureRow,
    side: Side,
  ): Promise<{ readonly row: DisclosureRow; readonly side: OwnSide } | null> {
    if (typeof side !== 'object') return { row, side };
    const [named]: { body: DisclosureRow }[] = await this.db.query(
      'select body from disclosure_view where id = $1 or service = $1 order by (id = $1) desc limit 1',
      [side.disclosure],
    );
    return named ? { row: named.body, side: side.side } : null;
  }

  private async textOf(row: DisclosureRow, side: OwnSide, by: string): Promise<Text | null> {
    const { state } = row;
    if (typeof side === 'string' && side.startsWith('v')) return this.recordedText(state.id, Number(side.slice(1)));
    if (side === 'lastSigned')
      return textRead(await lifeOf(this.store, state.id), by)?.text ?? this.textOf(row, 'inForce', by);
    if (side === 'draft') {
      const { revision, parts } = state;
      if (revision.status === 'none') return null;
      const contentHash = revision.status === 'drafting' ? null : revision.contentHash;
      const { historyText, causes } = revision;
      return { label: `第${revision.editionNumber}版（案）`, contentHash, historyText, causes, parts };
    }
    const number = side === 'inForce' ? state.editions.at(-1)?.number : side;
    const [edition]: { body: EditionRow }[] = await this.db.query(
      'select body from edition_view where disclosure_id = $1 and number = $2',
      [state.id, number],
    );
    return edition ? { ...edition.body, label: `第${edition.body.number}版` } : null;
  }

  private async recordedText(disclosureId: string, version: number): Promise<Text | null> {
    const life = await lifeOf(this.store, disclosureId);
    return version >= 1 && version <= life.length ? recordedText(life, version) : null;
  }
}

@QueryHandler(CompareDisclosure)
export class CompareDisclosureHandler implements IQueryHandler<CompareDisclosure> {
  constructor(private readonly texts: ReadTextsToCompareHandler) {}

  async execute({ disclosureId, from, to, by }: CompareDisclosure): Promise<ComparisonView | null> {
    const texts = await this.texts.execute(new ReadTextsToCompare(disclosureId, from, to, by));
    return texts && comparisonOf(texts.older, texts.newer, texts.pairedBy);
  }
}

/** A text that somebody has read for certain, and what they did with it. */
export type TextRead = { readonly how: 'signed' | 'returned'; readonly text: Text };

/**
 * The text that somebody signed last in the open revision, whatever became of the signature; else that which they sent back
 * last; null when they did neither.
 */
export const textRead = (life: Life, by: string): TextRead | null => {
  const now = stateAfter(life, life.length);
  if (now.status !== 'Registered' || now.revision.status === 'none') return null;
  const begun = life.recorded.findLastIndex(({ event }) => event.type === 'RevisionStarted');
  const reading = life.recorded.slice(begun).filter(({ event }) => howRead(event, by) !== null);
  const last = reading.findLast(({ event }) => howRead(event, by) === 'signed') ?? reading.at(-1);
  const then = last && stateAfter(life, last.version);
  if (then?.status !== 'Registered' || then.revision.status === 'none') return null;
  const { editionNumber, historyText, causes, lastSigned, lastReturned } = then.revision;
  const how = last?.event.type === 'StepSigned' ? 'signed' : 'returned';
  const read = how === 'signed' ? lastSigned[by] : lastReturned?.[by];
  if (!read) return null;
  const label = `第${editionNumber}版（案、${inJapanese(localDateOf(read.at))}に${how === 'signed' ? '署名' : '差戻し'}）`;
  return { how, text: { label, contentHash: read.contentHash, historyText, causes, parts: then.parts } };
};

const howRead = (event: DisclosureEvent, by: string): TextRead['how'] | null => {
  if (event.type === 'StepSigned') return event.data.signature.signer.id === by ? 'signed' : null;
  const isReturn = event.type === 'ReturnedForChanges' || event.type === 'ReturnedToStep';
  return isReturn && event.data.by.id === by ? 'returned' : null;
};

/** Items in the order of the newer text, removed ones where they were. Pure. */
export const comparisonOf = (
  older: Text,
  newer: Text,
  pairedBy: TextsToCompare['pairedBy'] = 'key',
): ComparisonView => {
  const pairs = pairItems(placedItems(older.parts), placedItems(newer.parts), pairedBy);
  return {
    from: { label: older.label, contentHash: older.contentHash },
    to: { label: newer.label, contentHash: newer.contentHash },
    historyText: newer.historyText,
    causes: [...newer.causes],
    items: pairs
      .filter(({ before, after }) => before?.bodyHash !== after?.bodyHash || before?.title !== after?.title)
      .map(difference),
    renumbered: pairs.flatMap(({ before, after }) =>
      before === null || after === null || citationOf(before) === citationOf(after)
        ? []
        : [{ itemKey: after.itemKey, title: after.title, from: citationOf(before), to: citationOf(after) }],
    ),
  };
};

type DisclosureItem = PlacedItem & { readonly bodyHash: string };

export const placedItems = (parts: readonly Part[]): readonly DisclosureItem[] =>
  parts.flatMap((part) => part.items.map((item) => ({ ...item, partNumber: part.number })));

const citationOf = ({ partNumber, number }: Pick<PlacedItem, 'partNumber' | 'number'>): string =>
  `${partNumber}-${number}`;

const difference = ({ before, after }: ItemPair<DisclosureItem>): ComparisonView['items'][number] => {
  const { itemKey, partNumber, number, title } = (after ?? before)!;
  const blocks = compareBodies(before?.body ?? emptyBody, after?.body ?? emptyBody).map((block) => ({
    ...block,
    runs: [...block.runs],
    remarks: [...block.remarks],
  }));
  return {
    itemKey,
    partNumber,
    number,
    title,
    kind: before === null ? 'added' : after === null ? 'removed' : 'changed',
    before: before && { partNumber: before.partNumber, number: before.number, title: before.title },
    // What moved stands on the old side where it was.
    oldHtml: blocks.map((block) => (block.kind === 'movedHere' ? '' : block.oldHtml)).join(''),
    newHtml: blocks.map((block) => block.newHtml).join(''),
    blocks,
  };
};
