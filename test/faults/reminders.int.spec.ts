import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localHourOf } from '@app/calendar';
import { migrate, migrations } from '@app/runtime';
import { createDataSource, createPool } from '@app/database';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/product';
import { report, rounds } from '../soak/soak';
import { startMailServer, type MailServer } from './mail-server';
import { copiesOf, needlessCopies, underWay } from './mails';
import { startOwnPostgres } from './own-postgres';
import { startWorker, type RunningProcess, type Settings } from './processes';
import { letClaimsRunOut, letWaitsPass, remindedCompany, startOwnRedis, type OwnRedis } from './reminders';

/** How often the worker is killed at a random point; 200 by `npm run soak -- reminders`. */
const ROUNDS = rounds ?? 4;
const PATIENCE_MS = 120_000 + ROUNDS * 20_000;

/** The same on both backends of the queue. */
const remindersOn = (backend: string, openRedis: () => Promise<OwnRedis | null>): void =>
  describe(`reminders, with the queue in ${backend}`, () => {
    let redis: OwnRedis | null;
    let database: TestDatabase;
    let server: MailServer;
    let settings: Settings;
    let company: Awaited<ReturnType<typeof remindedCompany>>;
    let workers: RunningProcess[];

    beforeAll(async () => void (redis = await openRedis()));
    afterAll(() => redis?.remove());
    beforeEach(async () => {
      database = await createTestDatabase(migrations, { queue: true });
      await redis?.flush();
      server = await startMailServer();
      settings = { DATABASE_URL: database.url, SMTP_URL: server.url, ...(redis ? { REDIS_URL: redis.url } : {}) };
      company = await remindedCompany(database);
      workers = [];
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
    /** Waits until every mail has arrived and has been written into the ledger. */
    const untilAllIsTold = (): Promise<void> =>
      untilTold(() => company.arrived(server).once.length >= company.expected().length);

    const untilTold = (allArrived: () => boolean): Promise<void> =>
      untilMails('reported_at is null', (open) => allArrived() && open === 0);

    /** Waits until as many mails of the outbox are so as there have to be. */
    const untilMails = async (so: string, enough: (count: number) => boolean): Promise<void> => {
      const end = Date.now() + PATIENCE_MS;
      for (;;) {
        const [row] = await database.dataSource.query<[{ count: number }]>(
          `select count(*)::int as count from outgoing_mail where ${so}`,
        );
        if (enough(row.count)) return;
        if (Date.now() > end)
          throw new Error(`${row.count} mails: ${so}; ${company.arrived(server).once.length} arrived`);
        await new Promise((wait) => setTimeout(wait, 100));
      }
    };
    const everythingIsThere = async (): Promise<void> => {
      expect(company.arrived(server).once).toEqual(company.expected());
      expect(company.arrived(server).oneId).toBe(true);
      expect(await company.ledgers()).toEqual(new Set(['ReminderDue ReminderSent ReminderSent']));
    };

    it(
      'arrive once each from two workers',
      async () => {
        await company.register(15);
        await Promise.all([work(), work()]);
        await company.register(15);
        await untilAllIsTold();
        await everythingIsThere();
        expect(company.arrived(server).twice).toBe(0);
      },
      PATIENCE_MS,
    );

    it(
      `are all there after the worker was killed with -9 at ${ROUNDS} random points`,
      async () => {
        server.answerWithin(500); // so that many a kill finds a mail under way
        const answersLost = new Map<string, number>();
        for (let round = 0; round < ROUNDS; round++) {
          await company.register(3);
          const worker = await startWorker(settings);
          await new Promise((wait) => setTimeout(wait, Math.random() * 4_000));
          await worker.end('SIGKILL');
          const lost = await underWay(database.dataSource);
          for (const id of lost) answersLost.set(id, (answersLost.get(id) ?? 0) + 1);
          report({ soak: 'reminders', queue: backend, round: round + 1, mailsUnderWay: lost.length });
          await letClaimsRunOut(database.dataSource);
        }
        await letClaimsRunOut(database.dataSource);
        await work();
        await untilAllIsTold();
        await everythingIsThere();
        const copies = await copiesOf(database.dataSource, server);
        expect(needlessCopies(copies, answersLost)).toEqual([]);
        const repeated = [...copies.values()].filter((count) => count > 1);
        report({
          ...{ soak: 'reminders', queue: backend, kills: ROUNDS, mails: copies.size, underWay: answersLost.size },
          ...{ repeated: repeated.length, mostCopies: Math.max(1, ...repeated) },
        });
      },
      PATIENCE_MS * 2,
    );

    it(
      'come again under the same Message-ID where the answer to one was lost, and only those',
      async () => {
        server.loseAnswers(3);
        await company.register(6);
        await work();
        await until(
          async () => {
            const [row] = await database.dataSource.query<{ failed: number }[]>(
              `select count(*)::int as failed from outgoing_mail where last_error is not null`,
            );
            return row?.failed === 3;
          },
          () => 'no three answers were lost',
        );
        await letWaitsPass(database.dataSource);
        await untilAllIsTold();
        await everythingIsThere();
        expect(company.arrived(server).twice).toBe(3);
      },
      PATIENCE_MS,
    );

    it(
      'that the mail server refuses are tried again, recorded each time, and escalate in the end; the others go out',
      async () => {
        server.refuse(company.drafter.address);
        await company.register(4);
        await work();
        for (const refusals of [1, 2, 3, 4]) {
          await untilMails(`status = 'waiting' and refusals = ${refusals}`, (count) => count === 4);
          await letWaitsPass(database.dataSource);
        }
        await untilTold(() => company.arrived(server).once.length >= 4);
        expect(company.arrived(server).once).toEqual(
          company.expected().filter((each) => each.endsWith(company.officer.address)),
        );
        const refused = 'ReminderRefused '.repeat(4);
        expect(await company.ledgers()).toEqual(
          new Set([`ReminderDue ReminderEscalated ReminderFailed ${refused}ReminderSent`]),
        );
      },
      PATIENCE_MS,
    );

    it(
      'are given up by a worker that waited long enough for a mail server which hangs, and go out when it answers again',
      async () => {
        settings = { ...settings, SMTP_URL: `${server.url}?socketTimeout=5000` };
        server.withhold();
        await company.register(4);
        await work();
        await untilMails(`last_error is not null`, (failed) => failed === company.expected().length);
        server.answer();
        await letWaitsPass(database.dataSource);
        await untilAllIsTold();
        await everythingIsThere();
        // This server had taken each: a copy for every time that it was begun, and no more.
        const attempts = await database.dataSource.query<{ id: string; attempts: number }[]>(
          `select id, attempts from outgoing_mail`,
        );
        const copies = await copiesOf(database.dataSource, server);
        expect(attempts.map(({ id }) => copies.get(id))).toEqual(attempts.map(({ attempts }) => attempts));
      },
      PATIENCE_MS,
    );

    it(
      'come once each though the clock of the worker is set back by an hour, and what is due then does not wait for it',
      async () => {
        const offset = join(mkdtempSync(join(tmpdir(), 'kaijisho-clock-')), 'offset');
        // Not into the day before, on which nothing would be due.
        const start = localHourOf(new Date()) === 0 ? 3_600_000 : 0;
        writeFileSync(offset, String(start));
        settings = {
          ...settings,
          ...{ NODE_OPTIONS: `--require ${join(__dirname, 'stepping-clock.cjs')}`, CLOCK_OFFSET_FILE: offset },
        };
        await company.register(3);
        await work();
        await untilAllIsTold();
        writeFileSync(offset, String(start - 3_600_000));
        await company.register(3);
        await untilAllIsTold();
        await everythingIsThere();
        expect(company.arrived(server).twice).toBe(0);
      },
      PATIENCE_MS * 2,
    );

    if (backend === 'Redis') {
      it(
        'do not mind a Redis that was emptied, or that crashed and came back',
        async () => {
          await work();
          await company.register(3);
          await redis?.flush();
          await company.register(3);
          await redis?.restart();
          await company.register(3);
          await untilAllIsTold();
          await everythingIsThere();
          expect(company.arrived(server).twice).toBe(0);
        },
        PATIENCE_MS,
      );

      it(
        'are not lost when the queue moves to another backend and back',
        async () => {
          const onRedis = await work();
          await company.register(3);
          await onRedis.end('SIGTERM');
          workers.pop();
          const onPostgres = await startWorker({ DATABASE_URL: settings.DATABASE_URL, SMTP_URL: settings.SMTP_URL });
          await company.register(3);
          await untilAllIsTold();
          await onPostgres.end('SIGTERM');
          await company.register(3);
          await work();
          await untilAllIsTold();
          await everythingIsThere();
          expect(company.arrived(server).twice).toBe(0);
        },
        PATIENCE_MS,
      );
    }
  });

remindersOn('PostgreSQL', async () => null);

if (spawnSync('redis-server', ['--version']).status === 0) remindersOn('Redis', startOwnRedis);
else it.skip('reminders, with the queue in Redis: left out, there is no redis-server on the PATH', () => {});

describe('reminders, when PostgreSQL crashes and comes back', () => {
  it(
    'all arrive, and those that came before do not come again',
    async () => {
      const postgres = await startOwnPostgres();
      await migrate({ databaseUrl: postgres.url, migrationDatabaseUrl: postgres.ownerUrl });
      const pool = createPool(postgres.url);
      const dataSource = await createDataSource(postgres.url, migrations).initialize();
      const server = await startMailServer();
      const company = await remindedCompany({ pool, dataSource });
      const worker = await startWorker({ DATABASE_URL: postgres.url, SMTP_URL: server.url });
      const told = async (): Promise<boolean> => {
        const [row] = await dataSource.query<{ open: number }[]>(
          `select count(*)::int as open from outgoing_mail where reported_at is null`,
        );
        return row?.open === 0 && company.arrived(server).once.length === company.expected().length;
      };
      const untilTold = async (): Promise<void> => {
        for (const end = Date.now() + PATIENCE_MS; !(await told().catch(() => false));) {
          if (Date.now() > end) throw new Error(`${company.arrived(server).once.length} arrived:\n${worker.output()}`);
          await new Promise((wait) => setTimeout(wait, 200));
        }
      };
      await company.register(4);
      await untilTold();
      server.withhold();
      await company.register(4);
      for (const end = Date.now() + PATIENCE_MS; server.unanswered().length === 0;) {
        if (Date.now() > end) throw new Error(`No mail is under way:\n${worker.output()}`);
        await new Promise((wait) => setTimeout(wait, 50));
      }
      await postgres.kill();
      server.answer(); // and nowhere to write it down
      await new Promise((wait) => setTimeout(wait, 500));
      await postgres.start();
      await until(
        () =>
          dataSource.query('select 1').then(
            () => true,
            () => false,
          ),
        () => 'PostgreSQL does not come back',
      );
      const answersLost = new Map((await underWay(dataSource)).map((id) => [id, 1]));
      await letClaimsRunOut(dataSource);
      await company.register(4);
      await untilTold();
      expect(company.arrived(server)).toMatchObject({ once: company.expected(), oneId: true });
      expect(needlessCopies(await copiesOf(dataSource, server), answersLost)).toEqual([]);
      expect(await company.ledgers()).toEqual(new Set(['ReminderDue ReminderSent ReminderSent']));

      await worker.end('SIGTERM');
      await server.close();
      await dataSource.destroy();
      await pool.end();
      await postgres.remove();
    },
    PATIENCE_MS * 2,
  );
});
