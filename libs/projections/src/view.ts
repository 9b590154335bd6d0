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

/**
 * A page of the views of that name, and where the next one begins; null: that was all.
 *
 * @param place an SQL expression over `key` and `body`, a text that no two views share and that sorts by its bytes; with an index on it
 * @param after the place with which the page before ended; left out: from the beginning
 */
export const readViewPage = async <V>(
  database: Queryable,
  name: string,
  place: string,
  { after = '', size }: { readonly after?: string | undefined; readonly size: number },
): Promise<{ readonly views: readonly V[]; readonly next: string | null }> => {
  const rows = await database.query<(Row<V> & { readonly place: string })[]>(
    // The name is written out: an index of these views alone is found by it.
    `select body, ${place} as place from view where name = '${name}' and ${place} > $1 order by ${place} limit $2`,
    [after, size + 1],
  );
  const shown = rows.slice(0, size);
  return { views: shown.map(({ body }) => body), next: rows.length > size ? (shown.at(-1)?.place ?? null) : null };
};

/** All views of that name, in the order of their keys. */
export const readViews = async <V>(database: Queryable, name: string): Promise<readonly V[]> => {
  const rows = await database.query<Row<V>[]>('select key, body from view where name = $1 order by key', [name]);
  return rows.map(({ body }) => body);
};
