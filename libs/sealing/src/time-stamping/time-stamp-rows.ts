import type { Queryable } from '@app/database';
import type { Seal } from '../seal';

/** A token of RFC 3161 over `sealText` of the seal: DER. */
export type StoredTimeStamp = { readonly batch: number; readonly token: Buffer };

/** The first stamp over one of those seals, and so over all seals before it. */
export const firstTimeStamp = async (
  db: Queryable,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<StoredTimeStamp | null> => {
  const [row] = await db.query<StoredTimeStamp[]>(
    'select batch, token from time_stamp where batch between $1 and $2 order by batch limit 1',
    [from, until],
  );
  return row ?? null;
};

/** How many seals no stamp vouches for: those after the newest that is stamped, since a stamp is over a chain. */
export const sealsWithoutTimeStamp = async (db: Queryable): Promise<number> => {
  const [row] = await db.query<{ seals: number }[]>(
    `select coalesce((select max(batch) from seals), 0) - coalesce((select max(batch) from time_stamp), 0) as seals`,
  );
  return row?.seals ?? 0;
};

/** The newest seal, when it has no stamp of its own. */
export const sealToStamp = async (db: Queryable): Promise<Omit<Seal, 'chain' | 'signature' | 'leaves'> | null> => {
  const [row] = await db.query<
    (Pick<Seal, 'batch' | 'first' | 'last' | 'size' | 'root' | 'previous' | 'keyId'> & { readonly sealedAt: Date })[]
  >(
    `select batch, first_position as first, last_position as last, size, encode(root, 'hex') as root,
            encode(previous, 'hex') as previous, encode(key_id, 'hex') as "keyId", sealed_at as "sealedAt"
       from (select * from seals order by batch desc limit 1) as newest
      where not exists (select from time_stamp where time_stamp.batch = newest.batch)`,
  );
  return row ? { ...row, sealedAt: row.sealedAt.toISOString() } : null;
};

export const insertTimeStamp = async (db: Queryable, batch: number, token: Uint8Array): Promise<void> => {
  await db.query('insert into time_stamp (batch, token) values ($1, $2)', [batch, Buffer.from(token)]);
};
