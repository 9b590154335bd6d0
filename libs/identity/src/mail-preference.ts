import type { Queryable } from '@app/database';
import type { MailPreference } from './contract';

/** What a user chose; `each` where they chose nothing. */
export const mailPreferenceOf = async (database: Queryable, userId: string): Promise<MailPreference> => {
  const [row] = await database.query<{ preference: MailPreference }[]>(
    'select review_mails as preference from account where id = $1',
    [userId],
  );
  return row?.preference ?? 'each';
};

export const setMailPreference = async (
  database: Queryable,
  userId: string,
  preference: MailPreference,
): Promise<void> => {
  await database.query('update account set review_mails = $2 where id = $1', [userId, preference]);
};

/** Those of the ids who chose one mail a day. */
export const dailyReaders = async (database: Queryable, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await database.query<{ id: string }[]>(
    `select id from account where id = any($1) and review_mails = 'daily'`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
};
