import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/product';
import { startMailServer, type MailServer } from './mail-server';
import { arrivals, untilAllAreSent, writeMails } from './mails';
import { startWorker, type RunningProcess, type Settings } from './processes';

const MAILS = 40;
/** A worker that was killed is missed by the queue after half a minute. */
const PATIENCE_MS = 180_000;

describe('mails, when processes die', () => {
  let database: TestDatabase;
  let server: MailServer;
  let workers: RunningProcess[];
  let settings: Settings;

  beforeEach(async () => {
    database = await createTestDatabase(migrations, { queue: true });
    server = await startMailServer();
    workers = [];
    settings = { DATABASE_URL: database.url, SMTP_URL: server.url };
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
    await server.close();
    await database.close();
  });

  const work = async (): Promise<RunningProcess> => {
    const worker = await startWorker(settings);
    workers.push(worker);
    return worker;
  };

  it('arrive once each from two workers', async () => {
    await Promise.all([work(), work()]);
    const subjects = await writeMails(database.dataSource, MAILS);
    await untilAllAreSent(database.dataSource);
    expect([...arrivals(server).keys()].sort()).toEqual([...subjects].sort());
    expect(server.mails).toHaveLength(MAILS);
  });

  it(
    'all arrive although the worker is killed; only what was under way may come twice, under the same Message-ID',
    async () => {
      const worker = await work();
      const subjects = await writeMails(database.dataSource, MAILS);
      await until(
        () => server.mails.length > 0,
        () => 'no mail arrives',
      );
      server.withhold();
      const before = server.mails.length;
      await until(
        () => server.mails.length > before,
        () => 'no mail arrives whose answer could be withheld',
      );
      await worker.end('SIGKILL');
      server.answer();
      const [row] = await database.dataSource.query<[{ claimed: number }]>(
        `select count(*)::int as claimed from outgoing_mail where status = 'sending'`,
      );
      expect(row.claimed).toBeGreaterThan(0);

      await letLeasesRunOut(database);
      await work();
      await untilAllAreSent(database.dataSource, PATIENCE_MS);

      const arrived = arrivals(server);
      expect([...arrived.keys()].sort()).toEqual([...subjects].sort());
      expect([...arrived.values()].every(({ messageIds }) => messageIds.size === 1)).toBe(true);
      const twice = [...arrived.values()].filter(({ copies }) => copies > 1);
      expect(twice.every(({ copies }) => copies === 2)).toBe(true);
      expect(twice.length).toBeGreaterThan(0); // the "250" of at least one was lost
      expect(twice.length).toBeLessThanOrEqual(row.claimed);
    },
    PATIENCE_MS,
  );

  it('wait while the mail server is away, and arrive once each when it is back', async () => {
    await server.close();
    await work();
    const subjects = await writeMails(database.dataSource, MAILS);
    await until(
      async () => (await waitingAfterFailure(database)) === MAILS,
      () => 'not every mail was tried',
    );

    server = await startMailServer(Number(new URL(server.url).port));
    await letWaitsRunOut(database);
    await untilAllAreSent(database.dataSource);
    expect([...arrivals(server).keys()].sort()).toEqual([...subjects].sort());
    expect(server.mails).toHaveLength(MAILS);
  });
});

/** What a worker has claimed is its own for five minutes; here they pass at once. */
const letLeasesRunOut = ({ dataSource }: TestDatabase): Promise<unknown> =>
  dataSource.query(
    `update outgoing_mail set claimed_at = claimed_at - interval '6 minutes' where claimed_at is not null`,
  );

/** A delivery that failed is tried again half a minute later; here that passes at once. */
const letWaitsRunOut = ({ dataSource }: TestDatabase): Promise<unknown> =>
  dataSource.query(`update outgoing_mail set due_at = created_at where reported_at is null`);

const waitingAfterFailure = async ({ dataSource }: TestDatabase): Promise<number> => {
  const [row] = await dataSource.query<[{ tried: number }]>(
    `select count(*)::int as tried from outgoing_mail where status = 'waiting' and last_error is not null`,
  );
  return row.tried;
};
