import { createDataSource, createPool } from '@app/database';
import { PostgresEventStore } from '@app/event-store-postgres';
import { projectionFailures } from '@app/projections';
import { migrate, migrations } from '@app/runtime';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { until } from '../setup/product';
import { editing, type Editing } from './editing';
import { startMailServer, type MailServer } from './mail-server';
import { arrivals, untilAllAreSent, writeMails } from './mails';
import { startOwnPostgres, type OwnPostgres } from './own-postgres';
import { startApi, startWorker, type RunningProcess } from './processes';

describe('api and worker, when PostgreSQL crashes and comes back', () => {
  let postgres: OwnPostgres;
  let pool: Pool;
  let dataSource: DataSource;
  let mailServer: MailServer;
  let api: RunningProcess;
  let worker: RunningProcess;
  let work: Editing;

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    pool = createPool(postgres.url);
    await migrate({ databaseUrl: postgres.url, migrationDatabaseUrl: postgres.ownerUrl });
    dataSource = await createDataSource(postgres.url, migrations).initialize();
    mailServer = await startMailServer();
    const settings = { DATABASE_URL: postgres.url, SMTP_URL: mailServer.url };
    [api, worker] = await Promise.all([startApi(settings), startWorker(settings)]);
    work = await editing({ dataSource, pool }, api.address);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api?.end('SIGTERM'), worker?.end('SIGTERM')]);
    await mailServer?.close();
    await dataSource?.destroy();
    await pool?.end();
    await postgres?.remove();
  }, 60_000);

  const health = async (): Promise<number> => (await fetch(`${api.address}/api/health`)).status;

  it('answer with a problem instead of hanging while it is away', async () => {
    const writing = work.writeUntilItFails();
    await work.untilAcknowledged(40);
    await postgres.crash();
    await writing;
    const answer = await fetch(`${api.address}/api/health`);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('find their way back by themselves, with all that was acknowledged', async () => {
    await postgres.start();
    await until(
      async () => (await health()) === 200,
      () => `the api did not recover:\n${api.output()}`,
    );
    const events = await new PostgresEventStore(pool).read(`disclosure-${work.disclosureId}`);
    const stored = events.map(({ data }) => JSON.stringify(data)).join('\n');
    const times = (text: string) => stored.split(`"${text}"`).length - 1;
    expect(work.acknowledged.filter((text) => times(text) !== 1)).toEqual([]);
    expect(work.sent.filter((text) => times(text) > 1)).toEqual([]);
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
  });

  it('go on: edits are taken, and read back through the projections of the same worker', async () => {
    const before = work.acknowledged.length;
    const writing = work.writeUntilItFails();
    await work.untilAcknowledged(before + 10);
    await api.end('SIGTERM');
    await writing;
    await until(
      async () => (await projectionFailures(dataSource)).length === 0,
      () => `a projection has not gone on:\n${worker.output()}`,
    );
  });

  it('deliver the mails that are written afterwards, once each', async () => {
    const subjects = await writeMails(dataSource, 10);
    await untilAllAreSent(dataSource, 120_000);
    expect([...arrivals(mailServer).keys()].sort()).toEqual([...subjects].sort());
    expect(mailServer.mails).toHaveLength(10);
  }, 150_000);
});
