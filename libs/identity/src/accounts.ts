import type { Queryable } from '@app/database';
import type { UserRole } from '@app/http';
import { foldRows, type ReadModel } from '@app/projections';
import { evolve, initialState, type User, type UserEvent } from './domain/user';
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
const userAccessProjection: ReadModel = {
  name: 'user-access.v1',
  rows: [{ table: 'user_access' }],
  apply: async (events, tx) => {
    const { kept } = await foldRows<UserEvent, User>(
      {
        decode: (stored) => (stored.stream.startsWith('user-') ? userCodec.decode(stored) : undefined),
        keyOf: ({ stream }) => stream.slice('user-'.length),
        evolve: (state, event) => evolve(state ?? initialState, event),
      },
      events,
      (ids) => tx.query('select user_id as key, state as body from user_access where user_id = any($1)', [ids]),
    );
    if (kept.length === 0) return;
    await tx.query(
      `insert into user_access (user_id, state) select * from unnest($1::text[], $2::jsonb[])
       on conflict (user_id) do update set state = excluded.state`,
      [kept.map(({ key }) => key), kept.map(({ body }) => JSON.stringify(body))],
    );
  },
};

export const identityProjections: readonly ReadModel[] = [userAccessProjection];

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
