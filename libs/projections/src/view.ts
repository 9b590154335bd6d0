import type { Queryable } from '@app/database';
import type { StoredEvent } from '@app/event-sourcing';
import type { EntityManager } from 'typeorm';
import type { Projection, View } from './projection';

type Row<V> = { readonly key: string; readonly body: V };

/** Keeps a view in the table `view`, a row per key. */
export const viewProjection = <E, V>({ name, decode, keyOf, evolve }: View<E, V>): Projection => {
  const applyAll = async (events: readonly StoredEvent[], tx: EntityManager): Promise<void> => {
    const ours = events.flatMap((stored) => {
      const event = decode(stored);
      return event === undefined ? [] : [{ stored, event, key: keyOf(stored) }];
    });
    if (ours.length === 0) return;

    const before = await tx.query<Row<V>[]>('select key, body from view where name = $1 and key = any($2)', [
      name,
      [...new Set(ours.map(({ key }) => key))],
    ]);
    const views = new Map<string, V | null>(before.map(({ key, body }) => [key, body]));
    for (const { stored, event, key } of ours) views.set(key, evolve(views.get(key) ?? null, event, stored));

    const gone = [...views].filter(([, view]) => view === null);
    const kept = [...views].filter(([, view]) => view !== null);
    if (gone.length > 0) {
      await tx.query('delete from view where name = $1 and key = any($2)', [name, gone.map(([key]) => key)]);
    }
    if (kept.length > 0) {
      await tx.query(
        `insert into view (name, key, body) select $1, key, body::jsonb from unnest($2::text[], $3::text[]) as kept (key, body)
         on conflict (name, key) do update set body = excluded.body`,
        [name, kept.map(([key]) => key), kept.map(([, view]) => JSON.stringify(view))],
      );
    }
  };
  return {
    name,
    applyAll,
    apply: (event, tx) => applyAll([event], tx),
    clear: async (tx) => void (await tx.query('delete from view where name = $1', [name])),
    digest: async (tx) => {
      const [row] = await tx.query<{ digest: string }[]>(
        `select md5(coalesce(string_agg(md5(key) || md5(body::text), '' order by key), '')) as digest from view where name = $1`,
        [name],
      );
      return row?.digest ?? '';
    },
  };
};

/** The view of one key, or null. */
export const readView = async <V>(database: Queryable, name: string, key: string): Promise<V | null> => {
  const [row] = await database.query<Row<V>[]>('select key, body from view where name = $1 and key = $2', [name, key]);
  return row?.body ?? null;
};

/** All views of that name, in the order of their keys. */
export const readViews = async <V>(database: Queryable, name: string): Promise<readonly V[]> => {
  const rows = await database.query<Row<V>[]>('select key, body from view where name = $1 order by key', [name]);
  return rows.map(({ body }) => body);
};
