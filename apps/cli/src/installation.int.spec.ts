import { migrate, migrations } from '@app/runtime';
import { prepareCommands } from '../../../test/setup/command';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { CommandFailed, explained, withInstallation } from './installation';

describe('a command whose installation has another log than the one that is named', () => {
  let db: TestDatabase;
  const commands = prepareCommands();
  beforeEach(async () => {
    db = await createTestDatabase(migrations);
    commands.workOn(db.url);
    await db.pool.query(`insert into followed_log (name) values ('KurrentDB, kaijisho')`);
  });
  afterEach(() => db.close());

  it('does nothing, and tells the operator what to do, without a stack', async () => {
    const work = jest.fn();
    const outcome = await withInstallation(work).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(CommandFailed);
    expect((outcome as Error).message).toContain('EVENT_STORE_URL');
    expect(work).not.toHaveBeenCalled();
  });
});

describe('a database that does not let a command in', () => {
  let db: TestDatabase;
  beforeAll(async () => (db = await createTestDatabase([])));
  afterAll(() => db.close());
  const changed = (url: string, change: Partial<URL>) => Object.assign(new URL(url), change).href;

  it.each([
    ['its password is another', () => changed(db.ownerUrl, { password: 'wrong' }), 'MIGRATION_DATABASE_URL'],
    ['there is none of that name', () => changed(db.ownerUrl, { pathname: '/nowhere' }), 'nowhere'],
    ['nothing listens there', () => changed(db.ownerUrl, { port: '1' }), 'ECONNREFUSED'],
    ['the role may make no tables', () => db.url, 'MIGRATION_DATABASE_URL'],
  ])('tells the operator what to do, without a stack: %s', async (_, databaseUrl, words) => {
    const outcome = explained(
      await migrate({ databaseUrl: databaseUrl(), migrationDatabaseUrl: undefined, redisUrl: undefined }).catch(
        (error: unknown) => error,
      ),
    );
    expect(outcome).toBeInstanceOf(CommandFailed);
    expect((outcome as Error).message).toContain(words);
  });

  it('is none of the faults that nobody foresaw', () => {
    const fault = new TypeError('x is not a function');
    expect(explained(fault)).toBe(fault);
  });
});
