import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { accountsWithRole, identityMigrations, identityProjections, registerUser } from './index';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase([...identityMigrations, ...eventStoreMigrations]);
});
afterAll(() => database.close());

describe('users registered at the same time on PostgreSQL', () => {
  it('neither wait for one another nor get lost, although each holds a transaction while its event is appended', async () => {
    const { dataSource, pool } = database;
    const store = new PostgresEventStore(pool);
    // More at once than either pool has connections.
    const logins = Array.from({ length: 24 }, (_, n) => `user${String(n).padStart(2, '0')}`);
    const registered = await Promise.all(
      logins.map((loginName) =>
        registerUser(
          { store, dataSource, now: () => new Date('2030-01-02T09:00:00.000Z') },
          { loginName, name: loginName, address: `${loginName}@example.jp`, password: 'p', roles: ['drafter'] },
        ),
      ),
    );
    expect(registered.map(({ outcome }) => outcome)).toEqual(logins.map(() => 'accepted'));

    await logShowsAll(dataSource);
    const events = await store.readAll(null, 1000);
    for (const { apply } of identityProjections) await apply(events, dataSource.manager);
    expect((await accountsWithRole(dataSource, 'drafter')).map(({ loginName }) => loginName)).toEqual(logins);
  });
});
