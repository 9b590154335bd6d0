import { isDeepStrictEqual } from 'node:util';
import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/product';
import { report, rounds } from '../soak/soak';
import { startMailServer, type MailServer } from './mail-server';
import { copiesOf, needlessCopies, underWay } from './mails';
import { startWorker, type RunningProcess, type Settings } from './processes';
import { letClaimsRunOut } from './reminders';
import { schedulingCompany, type ScheduledEdition, type SchedulingCompany } from './scheduled';

/** As many as `npm run soak -- publications` asks for; each place where a worker is killed has its turn. */
const ROUNDS = rounds ?? 3;
const PATIENCE_MS = 240_000 + ROUNDS * 30_000;
/** A job that a worker was killed in, and with it its schedule, is taken up again within a minute or so. */
const RECOVERY_MS = 120_000;

describe('an edition that was scheduled, when the worker is killed while it publishes', () => {
  let database: TestDatabase;
  let server: MailServer;
  let settings: Settings;
  let company: SchedulingCompany;
  let worker: RunningProcess | undefined;
  const editions: ScheduledEdition[] = [];
  /** How often each mail was under way when the worker was killed. */
  const answersLost = new Map<string, number>();

  beforeAll(async () => {
    database = await createTestDatabase(migrations, { queue: true });
    server = await startMailServer();
    server.answerWithin(300); // so that many a kill finds a mail under way
    settings = { DATABASE_URL: database.url, SMTP_URL: server.url };
    company = await schedulingCompany(database);
  });
  afterAll(async () => {
    await worker?.end('SIGTERM');
    await company?.close();
    await server?.close();
    await database?.close();
  });

  const mailsTo = (addresses: readonly string[]): number =>
    server.mails.filter(({ to }) => to?.some(({ address = '' }) => addresses.includes(address))).length;

  /** The Message-IDs of the mails that tell somebody of the company of a publication. */
  const publicationsTold = (person: string): ReadonlySet<string | undefined> =>
    new Set(
      server.mails
        .filter(({ subject = '', to }) => subject.startsWith('【公開しました】') && to?.[0]?.address === person)
        .map(({ messageId }) => messageId),
    );

  /** What is due is swept as soon as the read model has heard of it: a sweep that came too early would leave it for a minute. */
  const sweep = async ({ disclosureId, shown }: ScheduledEdition): Promise<void> => {
    await until(
      async () => ['approved', 'none'].includes((await shown()).revision),
      () => `${disclosureId} is not shown as scheduled:\n${worker?.output()}`,
    );
    await company.letTurnCome();
  };

  /** Where a worker is killed: at any point of what begins when this is so. */
  const places: readonly { readonly while: string; readonly begun: (edition: ScheduledEdition) => Promise<boolean> }[] =
    [
      {
        while: 'the edition is printed and read back',
        begun: async (edition) => (await company.isSweeping()) || edition.isPublished(),
      },
      { while: 'the publication is taken in', begun: (edition) => edition.isPublished() },
      { while: 'the followers are mailed', begun: async ({ readers }) => mailsTo(readers) > 0 },
    ];

  it(
    'is published once, as arranged, though it was killed at random points of the printing, the publication and the mails',
    async () => {
      for (let round = 1; round <= ROUNDS; round++) {
        const place = places[(round - 1) % places.length]!;
        await letClaimsRunOut(database.dataSource);
        const edition = await company.schedule();
        editions.push(edition);
        worker = await startWorker(settings);
        await sweep(edition);
        await until(
          () => place.begun(edition),
          () => `nothing begins in round ${round}:\n${worker?.output()}`,
          RECOVERY_MS,
        );
        await new Promise((wait) => setTimeout(wait, Math.random() * 1_500));
        await worker.end('SIGKILL');
        const lost = await underWay(database.dataSource);
        for (const id of lost) answersLost.set(id, (answersLost.get(id) ?? 0) + 1);
        const publications = (await edition.publications()).length;
        report({
          ...{ soak: 'publications', round, killedWhile: place.while, publications },
          ...{ mailed: mailsTo(edition.readers), of: edition.readers.length, mailsUnderWay: lost.length },
        });
        expect(publications).toBeLessThanOrEqual(1);
      }
      await letClaimsRunOut(database.dataSource);
      worker = await startWorker(settings);
      await sweep(editions.at(-1)!);
      for (const edition of editions)
        await until(
          edition.isPublished,
          () => `${edition.disclosureId} is not published:\n${worker?.output()}`,
          RECOVERY_MS,
        );
      for (const { publications, publishAt } of editions) {
        const [publication, ...more] = await publications();
        expect(more).toEqual([]);
        expect(publication).toMatchObject({ number: 3, scheduled: { publishAt } });
        expect(publication).not.toHaveProperty('reasonForPastDate'); // it was not too late
      }
    },
    PATIENCE_MS,
  );

  it(
    'is mailed to each that follows, and to those who wrote, signed and scheduled: again only where an answer was lost, and under one Message-ID',
    async () => {
      await until(
        async () => {
          const [row] = await database.dataSource.query<[{ open: number }]>(
            `select count(*)::int as open from outgoing_mail where reported_at is null`,
          );
          const ledgers = (await Promise.all(editions.map(({ deliveries }) => deliveries()))).flat();
          return (
            row.open === 0 &&
            ledgers.every((ledger) => ledger.includes('EditionDelivered')) &&
            company.told.every((person) => publicationsTold(person).size >= editions.length)
          );
        },
        () => `not every mail went out:\n${worker?.output()}`,
        RECOVERY_MS,
      );
      for (const { readers, deliveries } of editions) {
        for (const reader of readers) {
          const copies = server.mails.filter(({ to }) => to?.[0]?.address === reader);
          expect(copies.length).toBeGreaterThan(0);
          expect(new Set(copies.map(({ messageId }) => messageId)).size).toBe(1);
        }
        expect(await deliveries()).toEqual(readers.map(() => 'ReaderFollowed EditionDelivered'));
      }
      for (const person of company.told) expect(publicationsTold(person).size).toBe(editions.length);
      expect(needlessCopies(await copiesOf(database.dataSource, server), answersLost)).toEqual([]);
    },
    PATIENCE_MS,
  );

  it('is reported by nobody as not published: neither by mail, nor among the jobs, nor on the screens', async () => {
    expect(server.mails.map(({ subject = '' }) => subject).filter((subject) => /できません/.test(subject))).toEqual([]);
    expect(await company.failedSweeps()).toEqual([]);
    for (const { disclosureId, shown } of editions)
      await until(
        async () => isDeepStrictEqual(await shown(), { revision: 'none', editions: '2 3' }),
        () => `${disclosureId} is not shown as published:\n${worker?.output()}`,
      );
  });
});
