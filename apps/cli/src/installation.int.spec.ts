import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { CommandFailed, withInstallation } from './installation';

describe('a command whose installation has another log than the one that is named', () => {
  let db: TestDatabase;
  const environment = process.env['DATABASE_URL'];
  beforeEach(async () => {
    db = await createTestDatabase(migrations);
    process.env['DATABASE_URL'] = db.url;
    await db.pool.query(`insert into followed_log (name) values ('KurrentDB, kaijisho')`);
  });
  afterEach(async () => {
    if (environment === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = environment;
    await db.close();
  });

  it('does nothing, and tells the operator what to do, without a stack', async () => {
    const work = jest.fn();
    const outcome = await withInstallation(work).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(CommandFailed);
    expect((outcome as Error).message).toContain('EVENT_STORE_URL');
    expect(work).not.toHaveBeenCalled();
  });
});
