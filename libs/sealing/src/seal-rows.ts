import type { Queryable } from '@app/database';
import type { LogPosition } from '@app/event-sourcing';
import { bytesOf, type Head, type Seal } from './seal';
import type { SealKey } from './seal-key';

const HASH_BYTES = 32;

type StatementRow = Pick<Seal, 'batch' | 'first' | 'last' | 'size'> & { readonly sealed_at: Date } & {
  readonly [column in 'root' | 'previous' | 'chain' | 'signature' | 'key_id']: Buffer;
};
type Row = StatementRow & { readonly leaves: Buffer };

const statement = `batch, first_position as first, last_position as last, size, root, previous, chain, signature, key_id, sealed_at`;

const toStatement = ({
  batch,
  first,
  last,
  size,
  root,
  previous,
  chain,
  signature,
  key_id,
  sealed_at,
}: StatementRow): Omit<Seal, 'leaves'> => ({
  batch,
  first,
  last,
  size,
  root: root.toString('hex'),
  previous: previous.toString('hex'),
  keyId: key_id.toString('hex'),
  sealedAt: sealed_at.toISOString(),
  chain: chain.toString('hex'),
  signature: signature.toString('hex'),
});

const toSeal = ({ leaves, ...row }: Row): Seal => ({
  ...toStatement(row),
  leaves: Array.from({ length: Math.ceil(leaves.length / HASH_BYTES) }, (_, index) =>
    leaves.toString('hex', index * HASH_BYTES, (index + 1) * HASH_BYTES),
  ),
});

/** The next seals from number `batch` on, at most `limit`. */
export const sealsFrom = async (db: Queryable, batch: number, limit: number): Promise<readonly Seal[]> =>
  (
    await db.query<Row[]>(`select ${statement}, leaves from seals where batch >= $1 order by batch limit $2`, [
      batch,
      limit,
    ])
  ).map(toSeal);

/** The seals that reach over those positions, oldest first. */
export const sealsHolding = async (db: Queryable, positions: readonly LogPosition[]): Promise<readonly Seal[]> =>
  (
    await db.query<Row[]>(
      `select ${statement}, leaves from seals
        where batch in (
                select nearest.batch from unnest($1::text[]) as wanted (position)
                 cross join lateral (select batch from seals where first_position <= wanted.position collate "C"
                                      order by first_position desc limit 1) as nearest)
        order by batch`,
      [positions],
    )
  ).map(toSeal);

/** The seals of those numbers, and all from the last of them to number `until`, oldest first, without what they vouch for. */
export const sealsWithoutLeaves = async (
  db: Queryable,
  batches: readonly number[],
  until: number,
): Promise<readonly Omit<Seal, 'leaves'>[]> =>
  (
    await db.query<StatementRow[]>(
      `select ${statement} from seals
        where batch = any($1) or batch between $2 and $3 order by batch`,
      [batches, Math.max(0, ...batches), until],
    )
  ).map(toStatement);

/** The newest seal without what it vouches for: what the next one follows on. */
export const lastSeal = async (db: Queryable): Promise<Pick<Seal, 'batch' | 'chain' | 'last' | 'sealedAt'> | null> => {
  const [row] = await db.query<{ batch: number; chain: string; last: LogPosition; sealed_at: Date }[]>(
    `select batch, encode(chain, 'hex') as chain, last_position as last, sealed_at
       from seals order by batch desc limit 1`,
  );
  return row ? { batch: row.batch, chain: row.chain, last: row.last, sealedAt: row.sealed_at.toISOString() } : null;
};

/** What is vouched for, in short: to be shown, and kept where nobody here can change it. */
export type SealedHead = Head &
  Pick<Seal, 'last' | 'sealedAt' | 'keyId'> & {
    /** How many events all seals together vouch for. */
    readonly events: number;
  };

/** The newest seal; null while nothing is sealed. */
export const sealedHead = async (db: Queryable): Promise<SealedHead | null> => {
  const [row] = await db.query<{ batch: number; chain: string; last: LogPosition; key_id: string; sealed_at: Date }[]>(
    `select batch, encode(chain, 'hex') as chain, last_position as last, encode(key_id, 'hex') as key_id, sealed_at
       from seals order by batch desc limit 1`,
  );
  if (!row) return null;
  const { batch, chain, last, key_id: keyId, sealed_at } = row;
  return { batch, chain, last, keyId, sealedAt: sealed_at.toISOString(), events: await eventsUntil(db, batch) };
};

const counted = new WeakMap<Queryable, { readonly batch: number; readonly events: number }>();

/** Seals never change, so each is added up once. */
const eventsUntil = async (db: Queryable, batch: number): Promise<number> => {
  const before = counted.get(db);
  const known = before && before.batch <= batch ? before : { batch: 0, events: 0 };
  const [row] = await db.query<{ events: number }[]>(
    'select coalesce(sum(size), 0)::float8 as events from seals where batch > $1 and batch <= $2',
    [known.batch, batch],
  );
  const events = known.events + (row?.events ?? 0);
  counted.set(db, { batch, events });
  return events;
};

/** Writes the seal, and the key when it is new: it is valid from the first seal that bears it. */
export const insertSeal = async (tx: Queryable, seal: Seal, key: SealKey): Promise<void> => {
  await tx.query('insert into seal_key (id, public_key, valid_from) values ($1, $2, $3) on conflict (id) do nothing', [
    bytesOf(key.id),
    key.publicKey,
    seal.sealedAt,
  ]);
  await tx.query(
    `insert into seals (batch, first_position, last_position, size, root, previous, chain, signature, key_id, sealed_at, leaves)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      seal.batch,
      seal.first,
      seal.last,
      seal.size,
      ...[seal.root, seal.previous, seal.chain, seal.signature, seal.keyId].map(bytesOf),
      seal.sealedAt,
      bytesOf(seal.leaves.join('')),
    ],
  );
};

/** A public key on record. */
export type RecordedKey = { readonly publicKey: Buffer; readonly validFrom: string };

/** By key id. */
export const recordedKeys = async (db: Queryable): Promise<ReadonlyMap<string, RecordedKey>> => {
  const rows = await db.query<{ id: Buffer; public_key: Buffer; valid_from: Date }[]>(
    'select id, public_key, valid_from from seal_key',
  );
  return new Map(
    rows.map((row) => [row.id.toString('hex'), { publicKey: row.public_key, validFrom: row.valid_from.toISOString() }]),
  );
};

/** Whether a seal after number `batch` vouches for an event with this hash. */
export const isSealedAfter = async (db: Queryable, batch: number, hash: string): Promise<boolean> => {
  const [row] = await db.query<{ sealed: boolean }[]>(
    'select exists (select from seals where batch > $1 and position($2::bytea in leaves) > 0) as sealed',
    [batch, bytesOf(hash)],
  );
  return row?.sealed ?? false;
};
