import { createHash, randomBytes } from 'node:crypto';
import type { Migration, Queryable } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class CalendarFeeds1767225601300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table calendar_feed (
        id uuid primary key,
        secret_hash text not null unique, -- SHA-256, hex, of what only the calendar program has
        owner_id text references account on delete cascade, -- null: the calendar of the whole organisation
        created_at timestamptz not null,
        created_by text not null,
        last_read_at timestamptz,
        revoked_at timestamptz,
        revoked_by text
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table calendar_feed');
  }
}

/** Secret addresses: credentials, so rows beside the accounts and no events. */
export const calendarFeedMigrations: readonly Migration[] = [CalendarFeeds1767225601300];

/** Whose deadlines a feed shows; null: everybody's. */
export type Owner = string | null;

export type FeedAddress = {
  readonly id: string;
  readonly owner: Owner;
  readonly createdAt: Date;
  /** The name of who made it. */
  readonly createdBy: string;
  readonly lastReadAt: Date | null;
};

/** 128 random bits, which are told once and then known to the calendar program alone. */
const newSecret = (): string => randomBytes(16).toString('base64url');
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const secretForm = /^[A-Za-z0-9_-]{22}$/;

const columns = `id, owner_id as owner, created_at as "createdAt", last_read_at as "lastReadAt",
  coalesce((select name from account where account.id = created_by), created_by) as "createdBy"`;

/** @returns the secret, which is not kept */
export const createFeed = async (
  database: Queryable,
  feed: { readonly id: string; readonly owner: Owner; readonly by: string; readonly at: Date },
): Promise<string> => {
  const secret = newSecret();
  await database.query(
    'insert into calendar_feed (id, secret_hash, owner_id, created_by, created_at) values ($1, $2, $3, $4, $5)',
    [feed.id, hashOf(secret), feed.owner, feed.by, feed.at],
  );
  return secret;
};

/** Those that still answer, the newest first: of one person, or of the organisation. */
export const feedsOf = (database: Queryable, owner: Owner): Promise<readonly FeedAddress[]> =>
  database.query(
    `select ${columns} from calendar_feed where owner_id is not distinct from $1 and revoked_at is null
      order by created_at desc, id`,
    [owner],
  );

export const feedById = async (database: Queryable, id: string): Promise<FeedAddress | null> => {
  const [feed] = await database.query<FeedAddress[]>(
    `select ${columns} from calendar_feed where id = $1 and revoked_at is null`,
    [id],
  );
  return feed ?? null;
};

export const revokeFeed = async (database: Queryable, id: string, by: string, at: Date): Promise<void> => {
  await database.query(
    'update calendar_feed set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null',
    [id, at, by],
  );
};

/** A reading is noted at most this often: programs come by more often than anybody looks at when they did. */
const NOTED_EVERY = '10 minutes';

/** Whose calendar is under this secret, or undefined where there is none; notes that it was read. */
export const readBySecret = async (database: Queryable, secret: string, at: Date): Promise<Owner | undefined> => {
  const hash = hashOf(secret);
  const [feed] = await database.query<{ owner: Owner; noted: boolean }[]>(
    `select owner_id as owner, coalesce(last_read_at > $2::timestamptz - interval '${NOTED_EVERY}', false) as noted
       from calendar_feed where secret_hash = $1 and revoked_at is null`,
    [hash, at],
  );
  if (feed && !feed.noted)
    await database.query('update calendar_feed set last_read_at = $2 where secret_hash = $1', [hash, at]);
  return feed?.owner;
};
