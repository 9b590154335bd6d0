import { someEvent } from '@app/event-sourcing/testing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { migrations } from '@app/runtime';
import { headText, newSealKeyPem, sealedHead, sealKeyFromPem, sealLog } from '@app/sealing';
import { prepareCommands } from '../../../test/setup/command';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { verifyLog } from './verify-log';

let db: TestDatabase;
const commands = prepareCommands();

beforeEach(async () => {
  db = await createTestDatabase(migrations);
  commands.workOn(db.url);
  const store = new PostgresEventStore(db.pool);
  const key = sealKeyFromPem(newSealKeyPem());
  await store.append('count-a', 'no-stream', [someEvent(1), someEvent(2), someEvent(3)]);
  const sealing = { store, dataSource: db.dataSource, clock: () => new Date('2030-01-02T09:00:00.000Z'), key };
  // A transaction of another spec on the same server may hold the log's horizon back for a moment.
  while (((await sealedHead(db.dataSource))?.events ?? 0) < 3) await sealLog(sealing, 2);
  await store.append('count-a', 3, [someEvent(4)]);
});
afterEach(() => db.close());

describe('log verify', () => {
  it('says that the log holds, and prints the head to be kept', async () => {
    const head = headText((await sealedHead(db.dataSource))!);
    await verifyLog({ pinned: head });
    expect(commands.printed).toContain('イベント4件（うち未封印1件）、ストリーム1本、封印2個');
    expect(commands.printed).toContain(`最新の封印 ${head}`);
    expect(commands.printed).toContain('未封印のイベントは、ストリームごとの連鎖だけを確かめました。');
  });

  it('begins with a seal, and answers JSON', async () => {
    await verifyLog({ from: '2', json: true });
    expect(JSON.parse(commands.printed)).toMatchObject({ events: 2, seals: 1, finding: null, head: { batch: 2 } });
  });

  it('fails with the first thing that does not hold', async () => {
    await db.asOwner('alter table events disable trigger user');
    await db.asOwner(`update events set data = '{}' where version = 2`);
    await expect(verifyLog({})).rejects.toThrow('count-a/2が、記録された後に書き換えられています（封印1）');
    expect(commands.printed).toBe('');
    await expect(verifyLog({ json: true })).rejects.toThrow('count-a/2');
    expect(JSON.parse(commands.printed)).toMatchObject({ finding: { type: 'EventChanged', seal: 1 } });
  });

  it('says what is wrong with what it was asked', async () => {
    await expect(verifyLog({ from: 'x' })).rejects.toThrow('「x」は封印の番号ではありません');
    await expect(verifyLog({ from: '9' })).rejects.toThrow('封印8がないため');
    await expect(verifyLog({ from: '9' })).rejects.toThrow('There is no seal 8');
    await expect(verifyLog({ pinned: '12' })).rejects.toThrow('控えの形が正しくありません');
  });
});
