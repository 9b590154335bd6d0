import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/product';
import { startMailServer, type MailServer } from './mail-server';
import { arrivals, copiesOf, underWay, untilAllAreSent, writeMails } from './mails';
import { startWorker, type RunningProcess, type Settings } from './processes';

const MAILS = 40;
/** So many are answered before the mail server hangs: not the first of a group, and not the last. */
const ANSWERED = 12;
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
    'all arrive although the worker is killed; those whose answer was lost come twice, under the same Message-ID, and only those',
    async () => {
      server.withhold(ANSWERED);
      const subjects = await writeMails(database.dataSource, MAILS);
      const worker = await work();
      // Each mail that was answered is marked, though others of those that were claimed with it are not.
      await until(
        async () => (await sent(database)) === ANSWERED && server.unanswered().length > 0,
        () => 'the worker does not come to a standstill',
      );
      await worker.end('SIGKILL');
      const lost = server.unanswered();
      expect((await underWay(database.dataSource)).length).toBeGreaterThan(0);
      server.answer();

      await letLeasesRunOut(database);
      await work();
      await untilAllAreSent(database.dataSource, PATIENCE_MS);

      const arrived = arrivals(server);
      expect([...arrived.keys()].sort()).toEqual([...subjects].sort());
      expect([...arrived.values()].every(({ messageIds }) => messageIds.size === 1)).toBe(true);
      const twice = [...arrived.values()].filter(({ copies }) => copies > 1);
      expect(twice.flatMap(({ messageIds }) => [...messageIds]).sort()).toEqual([...lost].sort());
      expect([...(await copiesOf(database.dataSource, server)).values()].every((copies) => copies <= 2)).toBe(true);
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

const sent = async ({ dataSource }: TestDatabase): Promise<number> => {
  const [row] = await dataSource.query<[{ sent: number }]>(
    `select count(*)::int as sent from outgoing_mail where status = 'sent'`,
  );
  return row.sent;
};

const waitingAfterFailure = async ({ dataSource }: TestDatabase): Promise<number> => {
  const [row] = await dataSource.query<[{ tried: number }]>(
    `select count(*)::int as tried from outgoing_mail where status = 'waiting' and last_error is not null`,
  );
  return row.tried;
};
