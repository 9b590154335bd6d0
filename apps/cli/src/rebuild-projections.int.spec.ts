import { PostgresEventStore } from '@app/event-store-postgres';
import { migrations, readModels } from '@app/runtime';
import { prepareCommands } from '../../../test/setup/command';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { peopleOf } from '../../../test/setup/product';
import { rebuildProjections } from './rebuild-projections';

let db: TestDatabase;
const commands = prepareCommands();

beforeEach(async () => {
  db = await createTestDatabase(migrations);
  commands.workOn(db.url);
  const people = peopleOf({
    ...{ store: new PostgresEventStore(db.pool), dataSource: db.dataSource },
    clock: () => new Date('2030-01-02T09:00:00.000Z'),
  });
  await people.register('dora', '起草 花子', ['drafter']);
  await people.register('mio', '管理 三郎', ['signatory']);
  await logShowsAll(db.dataSource);
});
afterEach(() => db.close());

describe('projections rebuild', () => {
  it('makes every read model anew; with --check says that nothing would change by it', async () => {
    await rebuildProjections([], {});
    for (const { name } of readModels) expect(commands.printed).toContain(`作り直しました：${name}\n`);
    expect(commands.printed).toMatch(/読み取ったイベント：[1-9]\d*件/);
    commands.printed = '';
    await rebuildProjections([], { check: true });
    expect(commands.printed.trim().split('\n')).toEqual(readModels.map(({ name }) => `一致  ${name}`));
  });

  it('with --check names what differs from the log, and leaves it as it is; without, mends it', async () => {
    await rebuildProjections([], {});
    const mine = 'user-access.v1';
    await db.dataSource.query(`update user_access set state = '{}'`);
    commands.printed = '';
    await expect(rebuildProjections([], { check: true })).rejects.toThrow('Make them anew');
    expect(commands.printed.split('\n').filter((line) => line.startsWith('相違あり'))).toEqual([`相違あり  ${mine}`]);
    await rebuildProjections([mine], { json: true });
    commands.printed = '';
    await rebuildProjections([mine], { check: true, json: true });
    expect(JSON.parse(commands.printed)).toEqual({ checked: [mine], different: [] });
  });

  it('says which read models there are, when it is asked for another', async () => {
    await expect(rebuildProjections(['nope'], {})).rejects.toThrow(
      /nopeという読み取りモデルはありません.*user-access\.v1/,
    );
  });
});
