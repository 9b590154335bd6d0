import type { DataSource } from 'typeorm';

/** How many attempts one key has in one window, in milliseconds. */
export type AttemptLimit = { readonly attempts: number; readonly window: number };

const QUARTER = 15 * 60_000;
/** Per name that was typed, and per user who confirms with a password. */
export const accountLimit: AttemptLimit = { attempts: 10, window: QUARTER };
/** Per network: a whole company may sit behind one address. */
export const networkLimit: AttemptLimit = { attempts: 100, window: QUARTER };

/** Seconds until the next attempt is heard, or null: go on. */
type Wait = number | null;

/**
 * Attempts to give a password, counted in PostgreSQL: they survive restarts and count for all api processes together.
 * An attempt is counted before the password is looked at, so that many at once cannot pass under the limit.
 */
export const countAttempt = async (
  database: DataSource,
  key: string,
  limit: AttemptLimit,
  now: Date,
): Promise<Wait> => {
  const [row] = await database.query<[{ attempts: number; since: Date }]>(
    `insert into sign_in_attempt as seen (key, attempts, since) values ($1, 1, $2)
     on conflict (key) do update set
       attempts = case when seen.since <= $3 then 1 else seen.attempts + 1 end,
       since = case when seen.since <= $3 then $2 else seen.since end
     returning attempts, since`,
    [key, now, new Date(now.getTime() - limit.window)],
  );
  if (row.attempts <= limit.attempts) return null;
  return Math.max(1, Math.ceil((row.since.getTime() + limit.window - now.getTime()) / 1000));
};

/** The right password was given: earlier slips are forgotten. */
export const forgetAttempts = (database: DataSource, key: string): Promise<unknown> =>
  database.query('delete from sign_in_attempt where key = $1', [key]);

/** Erases what is counted in no window any more. */
export const forgetPastAttempts = (database: DataSource, now: Date): Promise<unknown> =>
  database.query('delete from sign_in_attempt where since <= $1', [new Date(now.getTime() - QUARTER)]);

/** A successful sign-in does not count against its network. */
export const giveBackAttempt = (database: DataSource, key: string): Promise<unknown> =>
  database.query('update sign_in_attempt set attempts = greatest(attempts - 1, 0) where key = $1', [key]);

/** One IPv4 address, or the /64 of an IPv6 one: a single customer owns at least that many. */
export const networkOf = (ip: string): string => {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (v4 !== undefined) return v4;
  const [head = '', tail] = ip.toLowerCase().split('::');
  const groupsOf = (text: string) => text.split(':').filter((group) => group !== '');
  const ends = groupsOf(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groupsOf(head).length - ends.length);
  const groups = [...groupsOf(head), ...Array<string>(zeros).fill('0'), ...ends];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};
