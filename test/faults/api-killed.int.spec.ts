import { hashOf } from '@app/event-sourcing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { editing, type Editing } from './editing';
import { startApi, startWorker, type RunningProcess, type Settings } from './processes';

describe('edits, when the api is killed', () => {
  let database: TestDatabase;
  let settings: Settings;
  let api: RunningProcess;
  let worker: RunningProcess;
  let work: Editing;

  beforeAll(async () => {
    database = await createTestDatabase(migrations);
    settings = { DATABASE_URL: database.url, SMTP_URL: 'smtp://127.0.0.1:9' };
    [api, worker] = await Promise.all([startApi(settings), startWorker(settings)]);
    work = await editing(database, api.address);
  });
  afterAll(async () => {
    await Promise.all([api?.end('SIGTERM'), worker?.end('SIGTERM')]);
    await database?.close();
  });

  it('are all there that were acknowledged, none of them twice, in an unbroken stream', async () => {
    const writing = work.writeUntilItFails();
    await work.untilAcknowledged(60);
    await api.end('SIGKILL');
    await writing;

    const events = await new PostgresEventStore(database.pool).read(`disclosure-${work.disclosureId}`);
    const stored = events.map(({ data }) => JSON.stringify(data)).join('\n');
    const times = (text: string) => stored.split(`"${text}"`).length - 1;
    expect(work.acknowledged.filter((text) => times(text) !== 1)).toEqual([]);
    expect(work.sent.filter((text) => times(text) > 1)).toEqual([]);

    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    const chain = events.map((event, index) => hashOf(events[index - 1]?.hash ?? null, event));
    expect(events.map(({ hash }) => hash)).toEqual(chain);
  });

  it('go on when it is started again, in the same sessions', async () => {
    api = await startApi(settings, Number(new URL(api.address).port));
    const before = work.acknowledged.length;
    const writing = work.writeUntilItFails();
    await work.untilAcknowledged(before + 20);
    await api.end('SIGTERM');
    await writing;

    api = await startApi(settings, Number(new URL(api.address).port));
    const shown = await work.shownTexts();
    expect(shown.filter((text) => !work.sent.includes(text))).toEqual([]);
    // At most the one that each writer had under way when the api ended is newer than what was acknowledged.
    const newest = (text: string) => Number(/(\d+)番目/.exec(text)?.[1]);
    for (const text of shown) {
      const own = work.acknowledged.filter((other) => other.startsWith(text.split('の')[0] ?? ''));
      expect(newest(text)).toBeGreaterThanOrEqual(Math.max(...own.map(newest)));
    }
  });
});
