import { randomUUID } from 'node:crypto';
import { createDataSource, createPool } from '@app/database';
import { someEvent } from '@app/event-sourcing/testing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { startJobs } from '@app/jobs';
import { checkReadModels, rebuildReadModels } from '@app/projections';
import { newSealKeyPem, sealKeyFromPem, sealLog, verifyLog } from '@app/sealing';
import { Client, type Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { migrate, migrations } from './migrations';
import { readModels } from './projections';

const query = async (connectionString: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const as = (url: string, username: string): string =>
  Object.assign(new URL(url), { username, password: username }).href;

const latch = () => {
  let open: (value: string) => void = () => {};
  const opened = new Promise<string>((resolve) => (open = resolve));
  return { open, opened };
};

describe('an installation with two roles', () => {
  let db: TestDatabase;
  let names: { readonly owner: string; readonly application: string };
  let databaseUrl: string;
  let migrationDatabaseUrl: string;
  let pool: Pool;

  // As on somebody's own PostgreSQL: an owner who is no superuser, and may make roles and this database's tables.
  beforeAll(async () => {
    db = await createTestDatabase([]);
    const suffix = randomUUID().slice(0, 8);
    names = { owner: `owner_${suffix}`, application: `app_${suffix}` };
    databaseUrl = as(db.url, names.application);
    migrationDatabaseUrl = as(db.url, names.owner);
    await query(
      db.ownerUrl,
      `drop table migration; create role ${names.owner} login createrole password '${names.owner}';
       alter database ${new URL(db.url).pathname.slice(1)} owner to ${names.owner}`,
    );
    await migrate({ databaseUrl, migrationDatabaseUrl });
    pool = createPool(databaseUrl);
    const store = new PostgresEventStore(pool);
    await store.append('count-1', 'no-stream', [someEvent(1), someEvent(2)]);
    const dataSource = await createDataSource(databaseUrl, migrations).initialize();
    const key = sealKeyFromPem(newSealKeyPem());
    await logShowsAll(dataSource);
    await sealLog({ store, dataSource, clock: () => new Date('2030-01-02T09:00:00.000Z'), key });
    expect(await verifyLog({ store, dataSource })).toMatchObject({ finding: null, events: 2, seals: 1 });
    await rebuildReadModels({ store, dataSource }, readModels);
    expect(await checkReadModels({ store, dataSource }, readModels)).toEqual([]);
    await dataSource.destroy();
  });
  afterAll(async () => {
    await pool.end();
    for (const role of [names.application, names.owner])
      await query(db.ownerUrl, `reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`);
    await db.close();
  });

  const columns = { events: 'type', seals: 'size', seal_key: 'valid_from', time_stamp: 'token' } as const;
  const log = ['events', 'seals', 'seal_key', 'time_stamp'] as const;
  const forbidden = log.flatMap((table) => [
    `update ${table} set ${columns[table]} = default`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
    `alter table ${table} disable trigger user`,
    `alter table ${table} add column more text`,
    `create trigger other before insert on ${table} execute function suppress_redundant_updates_trigger()`,
    `drop table ${table} cascade`,
  ]);

  it.each([
    ...forbidden,
    "set session_replication_role = 'replica'",
    'create table public.events_of_my_own (id int)',
    'create schema of_my_own',
    'create or replace function public.refuse_to_change_events() returns trigger language plpgsql as $$ begin return new; end $$',
    "insert into migration (timestamp, name) values (1, 'never')",
  ])('refuses its application: %s', async (statement) => {
    const refused = await query(databaseUrl, statement).then(
      () => 'done',
      ({ message }: Error) => message,
    );
    expect(refused).toMatch(/permission denied|must be owner/);
  });

  it.each(log.flatMap((table) => [`delete from ${table}`, `truncate ${table} cascade`]))(
    'refuses even the owner of the tables: %s',
    async (statement) => {
      await expect(query(migrationDatabaseUrl, statement)).rejects.toThrow(/never changed and never removed/);
    },
  );

  it('has jobs under the role of its application', async () => {
    const ran = latch();
    const jobs = await startJobs({
      databaseUrl,
      jobs: [{ name: 'greet', attempts: 1, backoffMs: 1, run: async (id) => ran.open(id) }],
      schedules: [],
      log: console,
    });
    await jobs.enqueue('greet', 'somebody');
    expect(await ran.opened).toBe('somebody');
    await jobs.close();
  });

  it('is brought up to date again without losing or giving a right', async () => {
    const rights = () =>
      query(
        migrationDatabaseUrl,
        `select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
      );
    const before = await rights();
    await query(migrationDatabaseUrl, `grant delete, truncate on events to ${names.application}`);
    expect(await migrate({ databaseUrl, migrationDatabaseUrl })).toEqual([]);
    expect(await rights()).toEqual(before);
  });

  it('does not take a role from which nothing can be kept for its application', async () => {
    await expect(migrate({ databaseUrl: db.ownerUrl, migrationDatabaseUrl })).rejects.toThrow(
      /nothing can be kept from it/,
    );
    const same = { databaseUrl: migrationDatabaseUrl, migrationDatabaseUrl };
    await expect(migrate(same)).rejects.toThrow(/nothing can be kept from it/);
  });
});

describe('an installation with one role', () => {
  it('is brought up to date, and its application owns what it makes', async () => {
    const db = await createTestDatabase([]);
    await query(db.ownerUrl, 'drop table migration');
    expect(await migrate({ databaseUrl: db.ownerUrl })).not.toEqual([]);
    expect(await query(db.ownerUrl, 'select from events')).toEqual([]);
    await db.close();
  });
});
