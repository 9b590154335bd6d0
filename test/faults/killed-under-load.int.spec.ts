import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource, createPool } from '@app/database';
import { hashOf, type EventStore } from '@app/event-sourcing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { checkReadModels, projectionFailures, waitForPosition } from '@app/projections';
import { migrate, migrations, readModels } from '@app/runtime';
import { verifyLog } from '@app/sealing';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/product';
import { report, rounds } from '../soak/soak';
import { appending, type Appending } from './appending';
import { editing, type Editing } from './editing';
import { startOwnPostgres, type OwnPostgres } from './own-postgres';
import { startApi, startWorker, type RunningProcess, type Settings } from './processes';

/** Fifty by `npm run soak -- kills`. */
const ROUNDS = rounds ?? 3;
const PATIENCE_MS = 60_000 + ROUNDS * 30_000;

/** Some moment while work goes on: after one more acknowledgement, at any point of what comes then. */
const someMoment = async (work: Editing): Promise<void> => {
  await work.untilAcknowledged(work.acknowledged.length + 1);
  await pause(Math.random() * 1_500);
};

/** What is not as it was acknowledged, in words. */
const wrongIn = async (store: EventStore, work: Editing): Promise<readonly string[]> => {
  const events = await store.read(`disclosure-${work.disclosureId}`);
  const copies = new Map<string, number>();
  for (const { data } of events)
    for (const [, text = ''] of JSON.stringify(data).matchAll(/"text":"([^"]*番目の文です。)"/g))
      copies.set(text, (copies.get(text) ?? 0) + 1);
  return [
    ...work.acknowledged.filter((text) => !copies.has(text)).map((text) => `lost: ${text}`),
    ...work.sent.filter((text) => (copies.get(text) ?? 0) > 1).map((text) => `twice: ${text}`),
    ...events
      .filter(
        (event, index) => event.version !== index + 1 || event.hash !== hashOf(events[index - 1]?.hash ?? null, event),
      )
      .map(({ version }) => `the chain does not hold at ${version}`),
  ];
};

/** The worker takes in what there is; then every read model equals one that is made anew, and every chain holds. */
const differences = async (store: EventStore, dataSource: DataSource): Promise<readonly string[]> => {
  const head = await store.head();
  const names = readModels.map(({ name }) => name);
  await until(
    async () => head === null || (await waitForPosition(dataSource, names, head, 1_000)),
    () => 'the read models do not catch up',
  );
  const { finding } = await verifyLog({ store, dataSource });
  return [
    ...(await checkReadModels({ store, dataSource }, readModels)).map((name) => `${name} differs from a rebuild`),
    ...(await projectionFailures(dataSource)).map(({ name, error }) => `${name}: ${error}`),
    ...(finding ? [finding.en] : []),
  ];
};

describe('edits, when the api is killed again and again', () => {
  let database: TestDatabase;
  let settings: Settings;
  let api: RunningProcess;
  let worker: RunningProcess;
  let work: Editing;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase(migrations, { queue: true });
    settings = { DATABASE_URL: database.url, SMTP_URL: 'smtp://127.0.0.1:9' };
    [api, worker] = await Promise.all([startApi(settings), startWorker(settings)]);
    store = new PostgresEventStore(database.pool);
    work = await editing(database, api.address);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api?.end('SIGTERM'), worker?.end('SIGTERM')]);
    await database?.close();
  });

  const again = async () => (api = await startApi(settings, Number(new URL(api.address).port)));

  it(
    'are all there that were acknowledged, none of them twice, in an unbroken stream; sessions go on',
    async () => {
      for (let round = 1; round <= ROUNDS; round++) {
        const before = work.acknowledged.length;
        const writing = work.writeUntilItFails();
        await someMoment(work);
        await api.end('SIGKILL');
        await writing;
        const wrong = await wrongIn(store, work);
        const [acknowledged, unanswered] = [work.acknowledged.length, work.sent.length - work.acknowledged.length];
        report({ soak: 'kills', killed: 'api', round, acknowledged, unanswered, wrong: wrong.length });
        expect(acknowledged).toBeGreaterThan(before);
        expect(wrong).toEqual([]);
        await again();
      }
    },
    PATIENCE_MS,
  );

  it('are shown as they were written last, and every read model equals one made anew', async () => {
    const shown = await work.shownTexts();
    expect(shown.filter((text) => !work.sent.includes(text))).toEqual([]);
    // At most the one that each writer had under way when the api ended is newer than what was acknowledged.
    const newest = (text: string) => Number(/(\d+)番目/.exec(text)?.[1]);
    for (const text of shown) {
      const own = work.acknowledged.filter((other) => other.startsWith(text.split('の')[0] ?? ''));
      expect(newest(text)).toBeGreaterThanOrEqual(Math.max(...own.map(newest)));
    }
    expect(await differences(store, database.dataSource)).toEqual([]);
  });
});

describe('appends and edits, when PostgreSQL is killed again and again', () => {
  let postgres: OwnPostgres;
  let pool: Pool;
  let dataSource: DataSource;
  let api: RunningProcess;
  let worker: RunningProcess;
  let store: EventStore;
  let edits: Editing;
  let appends: Appending;

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    pool = createPool(postgres.url);
    pool.removeAllListeners('error').on('error', () => {}); // their loss is what this is about
    await migrate({ databaseUrl: postgres.url, migrationDatabaseUrl: postgres.ownerUrl });
    dataSource = await createDataSource(postgres.url, migrations).initialize();
    const settings = { DATABASE_URL: postgres.url, SMTP_URL: 'smtp://127.0.0.1:9' };
    [api, worker] = await Promise.all([startApi(settings), startWorker(settings)]);
    store = new PostgresEventStore(pool);
    edits = await editing({ dataSource, pool }, api.address);
    appends = appending(store);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api?.end('SIGTERM'), worker?.end('SIGTERM')]);
    await dataSource?.destroy();
    await pool?.end();
    await postgres?.remove();
  }, 60_000);

  it(
    'are all there that were acknowledged, none of them twice, in unbroken streams; what had no answer can be sent again',
    async () => {
      for (let round = 1; round <= ROUNDS; round++) {
        const before = { appends: appends.count(), edits: edits.acknowledged.length };
        const writing = Promise.all([appends.writeUntilItFails(), edits.writeUntilItFails()]);
        await someMoment(edits);
        await postgres.kill();
        await writing;
        await postgres.start();
        await until(
          () =>
            fetch(`${api.address}/api/health`).then(
              ({ status }) => status === 200,
              () => false, // it has ended: what it said last is in its output
            ),
          () => `the api did not recover:\n${api.output()}`,
        );
        const wrong = [...(await appends.wrong()), ...(await wrongIn(store, edits))];
        const acknowledged = { appends: appends.count(), edits: edits.acknowledged.length };
        report({ soak: 'kills', killed: 'PostgreSQL', round, ...acknowledged, wrong: wrong.length });
        expect(acknowledged.appends).toBeGreaterThan(before.appends);
        expect(acknowledged.edits).toBeGreaterThan(before.edits);
        expect(wrong).toEqual([]);
      }
    },
    PATIENCE_MS,
  );

  it('are taken in by the same worker, and every read model equals one made anew', async () => {
    expect(await differences(store, dataSource)).toEqual([]);
  });
});
