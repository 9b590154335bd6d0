import type { Queryable } from '@app/database';
import type { UserRole } from '@app/http';
import type { Projection } from '@app/projections';
import { evolve, initialState, type User } from './domain/user';
import { userCodec } from './user.codec';

/** A user as others need them: to name, to mail, to list. Erasing the account row erases all of it. */
export type Account = {
  readonly id: string;
  readonly loginName: string;
  readonly name: string;
  readonly address: string;
  readonly roles: readonly UserRole[];
  readonly disabled: boolean;
};

/** Roles and state of users for questions. Who may do what is never asked of this table but of the user's stream. */
const userAccessProjection: Projection = {
  name: 'user-access.v1',
  apply: async (stored, tx) => {
    if (!stored.stream.startsWith('user-')) return;
    const userId = stored.stream.slice('user-'.length);
    const [row] = await tx.query<{ state: User }[]>('select state from user_access where user_id = $1', [userId]);
    const state = evolve(row?.state ?? initialState, userCodec.decode(stored));
    await tx.query(
      `insert into user_access (user_id, state) values ($1, $2)
       on conflict (user_id) do update set state = excluded.state`,
      [userId, JSON.stringify(state)],
    );
  },
  clear: (tx) => tx.query('delete from user_access'),
  digest: async (tx) => {
    const [row] = await tx.query<{ digest: string }[]>(
      `select md5(coalesce(string_agg(user_id || state::text, '|' order by user_id collate "C"), '')) as digest
         from user_access`,
    );
    return row?.digest ?? '';
  },
};

export const identityProjections: readonly Projection[] = [userAccessProjection];

const accountsWhere = (database: Queryable, condition: string, parameters: readonly unknown[]): Promise<Account[]> =>
  database.query<Account[]>(
    `select id, login_name as "loginName", name, address,
            coalesce(state->'roles', '[]') as roles, coalesce(state->>'status' = 'Disabled', false) as disabled
       from account left join user_access on user_id = id
      where ${condition}
      order by login_name`,
    [...parameters],
  );

/** Those of `ids` that still have an account. */
export const accountsOf = (database: Queryable, ids: readonly string[]): Promise<Account[]> =>
  accountsWhere(database, 'id = any($1)', [ids]);

/** Everybody who holds the role and is not disabled: whom to mail. */
export const accountsWithRole = (database: Queryable, role: UserRole): Promise<Account[]> =>
  accountsWhere(database, `state->'roles' ? $1 and state->>'status' = 'Active'`, [role]);

export const allAccounts = (database: Queryable): Promise<Account[]> => accountsWhere(database, 'true', []);
