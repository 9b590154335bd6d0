import { textOf } from '@app/content';
import { disclosureCodec, itemsOf, type DisclosureEvent, type Part } from '@app/disclosures';
import type { Migration } from '@app/database';
import type { StoredEvent } from '@app/event-sourcing';
import { foldRows, type ReadModel } from '@app/projections';
import { createHash } from 'node:crypto';
import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { normalised } from './normalised';

class SearchedTexts1767225601300 implements MigrationInterface {
  readonly name = 'SearchedTexts1767225601300';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create table searched_text (
      disclosure_id text not null,
      item_key text not null,
      hash text not null,
      place text not null,
      ordinal integer not null,
      title text not null,
      text text not null,
      sought text not null,
      in_draft boolean not null,
      editions integer[] not null,
      primary key (disclosure_id, item_key, hash)
    )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table searched_text');
  }
}

/** The rows are filled anew under another name: marks without a letter are not searched any more. */
class SearchedTextsAnew1767225608330 implements MigrationInterface {
  readonly name = 'SearchedTextsAnew1767225608330';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from searched_text;
      delete from projection_checkpoint where name in ('searched-texts.v1', 'searched-texts.v2');
      delete from projection_failure where name in ('searched-texts.v1', 'searched-texts.v2');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.up(db);
  }
}

export const searchMigrations: readonly Migration[] = [SearchedTexts1767225601300, SearchedTextsAnew1767225608330];

/** The row of a disclosure itself, with its title and the name of its service. */
export const OF_DISCLOSURE = '';

/** A text that an item has or had, once however many editions say it. What no edition said is gone when the draft no longer does. */
export type SearchedText = {
  readonly itemKey: string;
  readonly hash: string;
  /** `II-3` */
  readonly place: string;
  readonly ordinal: number;
  readonly title: string;
  readonly inDraft: boolean;
  /** Numbers of editions, ascending. */
  readonly editions: readonly number[];
  /** null: as it stands in the table. */
  readonly text: string | null;
};

/** What the table holds of one disclosure after an event. Pure. */
export const evolveTexts = (
  before: readonly SearchedText[] | null,
  event: DisclosureEvent,
): readonly SearchedText[] | null => {
  switch (event.type) {
    case 'DisclosureRegistered': {
      const { serviceName, title } = event.data;
      return [
        {
          ...{ itemKey: OF_DISCLOSURE, hash: '', place: '', ordinal: 0, title, text: serviceName },
          ...{ inDraft: true, editions: [] },
        },
      ];
    }
    case 'DisclosureImported':
      return [...(before ?? []), ...importedTexts(event.data.parts, event.data.edition.number)];
    case 'ItemRevised': {
      if (!before) return before;
      const { itemKey } = event.data;
      const text = textOf(event.data.body);
      const hash = hashOf(text);
      const then = before.find((row) => row.itemKey === itemKey && row.inDraft);
      if (!then || then.hash === hash) return before;
      const there = before.some((row) => row.itemKey === itemKey && row.hash === hash);
      const revised = before.map((row) => (row.itemKey === itemKey ? { ...row, inDraft: row.hash === hash } : row));
      return saidSomewhere(there ? revised : [...revised, { ...then, hash, text, inDraft: true, editions: [] }]);
    }
    case 'Rejected':
    case 'Withdrawn': {
      if (!before) return before;
      const newest = Math.max(...before.flatMap(({ editions }) => editions));
      return saidSomewhere(
        before.map((row) =>
          row.itemKey === OF_DISCLOSURE ? row : { ...row, inDraft: row.editions.at(-1) === newest },
        ),
      );
    }
    case 'EditionPublished': {
      const { number } = event.data;
      return (
        before &&
        before.map((row) =>
          row.inDraft && row.itemKey !== OF_DISCLOSURE ? { ...row, editions: [...row.editions, number] } : row,
        )
      );
    }
    default:
      return before;
  }
};

const importedTexts = (parts: readonly Part[], edition: number): readonly SearchedText[] => {
  const placeOf = new Map(parts.flatMap(({ number, items }) => items.map((item) => [item.itemKey, number])));
  return itemsOf(parts).map(({ itemKey, number, title, body }, at) => {
    const text = textOf(body);
    return {
      ...{ itemKey, hash: hashOf(text), place: `${placeOf.get(itemKey)}-${number}`, ordinal: at + 1, title, text },
      ...{ inDraft: true, editions: [edition] },
    };
  });
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const saidSomewhere = (rows: readonly SearchedText[]): readonly SearchedText[] =>
  rows.filter(({ inDraft, editions }) => inDraft || editions.length > 0);

/** What is searched: the heading, and from the second line on the text. */
const soughtOf = ({ place, title, text }: Pick<SearchedText, 'place' | 'title' | 'text'>): string =>
  [`${place} ${title}`, text ?? ''].map((piece) => normalised(piece).text).join('\n');

const disclosureEventOf = (stored: StoredEvent): DisclosureEvent | undefined =>
  stored.stream.startsWith('disclosure-') ? disclosureCodec.decode(stored) : undefined;

export const searchedTexts: ReadModel = {
  name: 'searched-texts.v2',
  rows: [{ table: 'searched_text' }],
  apply: async (events, tx) => {
    const stored = new Map<string, readonly SearchedText[]>();
    const { kept } = await foldRows<DisclosureEvent, readonly SearchedText[]>(
      {
        decode: disclosureEventOf,
        keyOf: ({ stream }) => stream.slice('disclosure-'.length),
        evolve: evolveTexts,
      },
      events,
      async (ids) => {
        for (const { id, ...row } of await rowsOf(tx, ids)) stored.set(id, [...(stored.get(id) ?? []), row]);
        return [...stored].map(([key, body]) => ({ key, body }));
      },
    );
    for (const { key, body } of kept) await write(tx, key, stored.get(key) ?? [], body);
  },
};

const rowsOf = (
  tx: EntityManager,
  ids: readonly string[],
): Promise<readonly (SearchedText & { readonly id: string })[]> =>
  tx.query(
    `select disclosure_id as id, item_key as "itemKey", hash, place, ordinal, title, in_draft as "inDraft", editions, null as text
       from searched_text where disclosure_id = any($1) order by disclosure_id, ordinal, hash`,
    [ids],
  );

/** Only what is not as it was: an edit writes two rows of a disclosure, not all of them. */
const write = async (
  tx: EntityManager,
  id: string,
  before: readonly SearchedText[],
  after: readonly SearchedText[],
): Promise<void> => {
  const keyOf = ({ itemKey, hash }: SearchedText): string => `${itemKey} ${hash}`;
  const then = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Set(after.map(keyOf));
  const gone = before.filter((row) => !now.has(keyOf(row)));
  const changed = after.filter((row) => {
    const was = then.get(keyOf(row));
    return was && (was.inDraft !== row.inDraft || was.editions.length !== row.editions.length);
  });
  const added = after.filter((row) => !then.has(keyOf(row)));
  const keys = (rows: readonly SearchedText[]) => [rows.map(({ itemKey }) => itemKey), rows.map(({ hash }) => hash)];
  const standing = (rows: readonly SearchedText[]) => [
    rows.map(({ inDraft }) => inDraft),
    rows.map(({ editions }) => `{${editions.join(',')}}`),
  ];
  if (gone.length > 0)
    await tx.query(
      `delete from searched_text t using unnest($2::text[], $3::text[]) as gone (item_key, hash)
        where t.disclosure_id = $1 and t.item_key = gone.item_key and t.hash = gone.hash`,
      [id, ...keys(gone)],
    );
  if (changed.length > 0)
    await tx.query(
      `update searched_text t set in_draft = changed.in_draft, editions = changed.editions::integer[]
         from unnest($2::text[], $3::text[], $4::boolean[], $5::text[]) as changed (item_key, hash, in_draft, editions)
        where t.disclosure_id = $1 and t.item_key = changed.item_key and t.hash = changed.hash`,
      [id, ...keys(changed), ...standing(changed)],
    );
  if (added.length > 0)
    await tx.query(
      `insert into searched_text (disclosure_id, item_key, hash, in_draft, editions, place, ordinal, title, text, sought)
       select $1, item_key, hash, in_draft, editions::integer[], place, ordinal, title, text, sought
         from unnest($2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[], $7::integer[], $8::text[], $9::text[], $10::text[])
           as added (item_key, hash, in_draft, editions, place, ordinal, title, text, sought)`,
      [
        id,
        ...keys(added),
        ...standing(added),
        added.map(({ place }) => place),
        added.map(({ ordinal }) => ordinal),
        added.map(({ title }) => title),
        added.map(({ text }) => text),
        added.map(soughtOf),
      ],
    );
};
