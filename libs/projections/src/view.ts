import type { Queryable } from '@app/database';
import type { StoredEvent } from '@app/event-sourcing';
import type { ReadModel, View } from './projection';

type Row<V> = { readonly key: string; readonly body: V };

/**
 * Folds events into the rows that they are about: one question for all those rows, and what has become of them, for one
 * statement that writes them.
 */
export const foldRows = async <E, V>(
  { decode, keyOf, evolve }: Omit<View<E, V>, 'name'>,
  events: readonly StoredEvent[],
  rowsOf: (keys: readonly string[]) => Promise<readonly Row<V>[]>,
): Promise<{ readonly kept: readonly Row<V>[]; readonly gone: readonly string[] }> => {
  const ours = events.flatMap((stored) => {
    const event = decode(stored);
    return event === undefined ? [] : [{ stored, event, key: keyOf(stored) }];
  });
  if (ours.length === 0) return { kept: [], gone: [] };
  const before = await rowsOf([...new Set(ours.map(({ key }) => key))]);
  const views = new Map<string, V | null>(before.map(({ key, body }) => [key, body]));
  for (const { stored, event, key } of ours) views.set(key, evolve(views.get(key) ?? null, event, stored));
  return {
    kept: [...views].flatMap(([key, body]) => (body === null ? [] : [{ key, body }])),
    gone: [...views].flatMap(([key, body]) => (body === null ? [key] : [])),
  };
};

/** Keeps a view in the table `view`, a row per key. */
export const viewProjection = <E, V>(view: View<E, V>): ReadModel => ({
  name: view.name,
  rows: [{ table: 'view', where: `name = '${view.name}'` }],
  apply: async (events, tx) => {
    const { kept, gone } = await foldRows(view, events, (keys) =>
      tx.query<Row<V>[]>('select key, body from view where name = $1 and key = any($2)', [view.name, keys]),
    );
    if (gone.length > 0) await tx.query('delete from view where name = $1 and key = any($2)', [view.name, gone]);
    if (kept.length > 0) {
      await tx.query(
        `insert into view (name, key, body) select $1, key, body::jsonb from unnest($2::text[], $3::text[]) as kept (key, body)
         on conflict (name, key) do update set body = excluded.body`,
        [view.name, kept.map(({ key }) => key), kept.map(({ body }) => JSON.stringify(body))],
      );
    }
  },
});

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
