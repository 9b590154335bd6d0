import type { Migration, Queryable } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { z } from 'zod';
import type { presenceView } from './contract';

/** Three words of a page that did not come: it is closed, or its machine sleeps. */
export const GONE_AFTER_MS = 30_000;

class Presence1767225601400 implements MigrationInterface {
  readonly name = 'Presence1767225601400';

  /** Unlogged: what it says is over in half a minute, so it is written neither to the log of the server nor to its replicas. */
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create unlogged table presence (
      disclosure_id text not null,
      user_id text not null,
      tab uuid not null,
      name text not null,
      item_key text,
      seen_at timestamptz not null,
      primary key (disclosure_id, user_id, tab)
    )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table presence');
  }
}

export const presenceMigrations: readonly Migration[] = [Presence1767225601400];

type Page = {
  readonly disclosureId: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly tab: string;
};

/**
 * Notes that a page shows this disclosure now, and answers who else looks at it. Whoever has not been heard of for a while is
 * forgotten, wherever they were.
 * @param at UTC, ISO 8601
 */
export const notePresence = async (
  database: Queryable,
  { disclosureId, by, tab, itemKey, at }: Page & { readonly itemKey: string | null; readonly at: string },
): Promise<z.infer<typeof presenceView>> => {
  await database.query(
    `insert into presence (disclosure_id, user_id, tab, name, item_key, seen_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (disclosure_id, user_id, tab)
       do update set name = excluded.name, item_key = excluded.item_key, seen_at = excluded.seen_at`,
    [disclosureId, by.id, tab, by.name, itemKey, at],
  );
  const heardSince = new Date(Date.parse(at) - GONE_AFTER_MS).toISOString();
  // Others do the same at the same time: what somebody else removes is left to them.
  await database.query(
    `delete from presence where ctid = any(array(select ctid from presence where seen_at < $1 for update skip locked))`,
    [heardSince],
  );
  const others = await database.query<{ id: string; name: string; itemKeys: string[] }[]>(
    `select user_id as id, (array_agg(name order by seen_at desc))[1] as name,
            coalesce(array_agg(distinct item_key) filter (where item_key is not null), '{}') as "itemKeys"
       from presence where disclosure_id = $1 and user_id <> $2 and seen_at >= $3
      group by user_id order by min(name), user_id`,
    [disclosureId, by.id, heardSince],
  );
  return { others };
};

/** The page was closed. Nothing happens when it was not there. */
export const endPresence = async (database: Queryable, { disclosureId, by, tab }: Page): Promise<void> => {
  await database.query('delete from presence where disclosure_id = $1 and user_id = $2 and tab = $3', [
    disclosureId,
    by.id,
    tab,
  ]);
};
