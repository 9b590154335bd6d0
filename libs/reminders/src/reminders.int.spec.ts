import { certificateDecider, certificateCodec, certificatesProjections, certificateStream } from '@app/certificates';
import { handle, SYSTEM, type EventMetadata, type LogPosition } from '@app/event-sourcing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { accountsOf, identityMigrations, identityProjections, registerUser, userCodec } from '@app/identity';
import { mailJobs, mailLog, mailMigrations, type OutgoingMail } from '@app/mail';
import { officerCodec, officerDecider, OFFICERS_STREAM } from '@app/officers';
import { projectionMigrations, type Projection } from '@app/projections';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import {
  certificateRecipients,
  recordDelivery,
  reminderMails,
  reminderMigrations,
  remindersPlan,
  remindersProjections,
  reminderSweep,
  renewalLadder,
  subjectsToLookAt,
} from '.';
import { ListDeadlinesHandler } from './deadlines';
import { ListRemindersHandler } from './ledger';

const migrations = [
  ...eventStoreMigrations,
  ...projectionMigrations,
  ...mailMigrations,
  ...identityMigrations,
  ...reminderMigrations,
];

describe('reminders on a real database', () => {
  let database: TestDatabase;
  let company: ReturnType<typeof companyOn>;

  beforeEach(async () => {
    database = await createTestDatabase(migrations);
    company = companyOn(database);
    await company.staff();
  });
  afterEach(() => database.close());

  it('mail the management officer and the drafter once about a certificate that has lapsed', async () => {
    company.setDay('2030-03-01');
    await company.registerCertificate('lapsed', '2030-01-24');
    await company.sweep();
    await company.sweep();
    company.setDay('2030-03-02');
    await company.sweep();

    const mails = await mailLog(database.dataSource, { kind: 'reminder', limit: 10 });
    expect(mails.map(({ to }) => to.address).sort()).toEqual(['dora@example.jp', 'mio@example.jp']);
    expect(new Set(mails.map(({ subject }) => subject))).toEqual(
      new Set(['【期限切れ】ISMS認証（登録証番号 ZZ-lapsed）の有効期限']),
    );
    expect(mails.map(({ id }) => id).sort()).toEqual([
      'reminder:certificate-lapsed:2030-01-24:overdue:dora',
      'reminder:certificate-lapsed:2030-01-24:overdue:mio',
    ]);
  });

  it('send the rung of 60 days to the day, once, and the next on its day', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('sixty', '2030-06-30');
    for (const day of ['2030-05-01', '2030-05-01', '2030-05-02', '2030-05-30', '2030-05-31', '2030-06-01']) {
      company.setDay(day);
      await company.sweep();
    }
    const { reminders } = await company.ledger();
    expect(reminders.map(({ rung, at, collapsed }) => [rung, at.slice(0, 10), collapsed])).toEqual([
      ['30d', '2030-05-31', []],
      ['60d', '2030-05-01', ['9か月前', '6か月前', '4か月前', '2か月前']],
    ]);
    expect(await mailLog(database.dataSource, { kind: 'reminder', limit: 10 })).toHaveLength(4);
  });

  it('stop when the certificate is renewed, also before the read models know', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('renewed', '2030-06-30');
    await company.takeIn();
    expect(await subjectsToLookAt(database.dataSource, '2030-05-01')).toEqual(['certificate-renewed']);
    await company.renewCertificate('renewed', '2033-06-30');
    await company.sweepWithoutTakingIn();
    await company.sweep();
    expect(await company.ledger()).toEqual({ reminders: [] });
    expect(await subjectsToLookAt(database.dataSource, '2032-09-29')).toEqual([]);
    expect(await subjectsToLookAt(database.dataSource, '2032-09-30')).toEqual(['certificate-renewed']);
  });

  it('wait for somebody to remind, and say so once', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.disable('mio');
    await company.disable('dora');
    await company.sweep();
    await company.sweep();
    expect(company.warnings).toEqual([
      'A reminder is due but there is nobody to remind: certificate-c1:2030-06-30:60d',
    ]);
    expect(await company.ledger()).toEqual({ reminders: [] });

    await company.enable('mio');
    await company.sweep();
    expect((await company.ledger()).reminders[0]?.deliveries.map(({ userId }) => userId)).toEqual(['mio']);
  });

  it('of one subject that cannot be looked at do not silence the others', async () => {
    company.setDay('2030-05-01');
    await database.dataSource.query(
      `insert into reminder_agenda values ('certificate-broken', '2030-05-01', '2030-01-01', '2030-04-01')`,
    );
    await company.store.append('certificate-broken', 'no-stream', [
      { id: randomUUID(), type: 'CertificateFramed', schemaVersion: 1, data: {}, metadata: company.metadata() },
    ]);
    await company.registerCertificate('sound', '2030-06-30');
    await company.takeIn((stream) => stream !== 'certificate-broken');
    await expect(company.sweepWithoutTakingIn()).rejects.toThrow('certificate-broken');
    await company.takeIn((stream) => stream !== 'certificate-broken');
    expect((await company.ledger()).reminders.map(({ rung }) => rung)).toEqual(['60d']);
  });

  it('keep what became of each mail, and what comes next', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    company.setDay('2030-05-01T00:00:09.000Z');
    await company.deliver();
    await company.deliver();
    await company.takeIn();

    const { reminders } = await company.ledger();
    expect(reminders).toHaveLength(1);
    expect(reminders[0]?.deliveries).toEqual([
      {
        userId: 'mio',
        name: '管理 美緒',
        state: 'sent',
        messageId: expect.stringMatching(/^<.+@.+>$/),
        answer: '250 2.0.0 Ok',
        at: '2030-05-01T00:00:09.000Z',
      },
      {
        userId: 'dora',
        name: '起草 土良',
        state: 'failed',
        messageId: null,
        answer: '550 no such user',
        at: '2030-05-01T00:00:09.000Z',
      },
    ]);
    // A report that is repeated changes nothing.
    const mails = await mailLog(database.dataSource, { kind: 'reminder', limit: 10 });
    const head = await company.store.head();
    for (const mail of mails) await recordDelivery(company.store)(mail);
    expect(await company.store.head()).toBe(head);
    for (const mail of mails) await recordDelivery(company.store)({ ...mail, id: 'x', kind: 'review' });
    await expect(
      recordDelivery(company.store)({ ...(mails[0] as OutgoingMail), id: 'reminder:certificate-c9:2030-01-01:7d:mio' }),
    ).rejects.toThrow('Nobody asked');

    const { deadlines } = await company.deadlines();
    expect(deadlines).toHaveLength(1);
    expect(deadlines[0]).toMatchObject({ subject: 'certificate-c1', daysLeft: 60, overdue: false });
    expect(deadlines[0]?.rungs.slice(0, 3).map(({ sendOn, label }) => [sendOn, label])).toEqual([
      ['2030-05-31', '30日前'],
      ['2030-06-16', '14日前'],
      ['2030-06-23', '7日前'],
    ]);
    // The day before, nothing had been recorded yet.
    const [first] = await remindersPlan(database.dataSource, '2030-04-30');
    expect(first).toMatchObject({ rung: '2m', sendOn: '2030-04-30', recipients: ['managementOfficer', 'drafter'] });
  });
});

describe('the agenda', () => {
  it('is the same when it is filled anew', async () => {
    const database = await createTestDatabase(migrations);
    const company = companyOn(database);
    await company.staff();
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.registerCertificate('c2', '2029-06-30');
    await company.registerCertificate('c3', '2030-07-31');
    await company.sweep();
    company.setDay('2030-05-31');
    await company.sweep();
    await company.renewCertificate('c3', '2033-07-31');
    await company.takeIn();

    const agenda = () => database.dataSource.query('select * from reminder_agenda order by subject');
    const live = await agenda();
    expect(live).toHaveLength(3);
    await database.dataSource.query('delete from reminder_agenda');
    for (const { apply } of remindersProjections)
      await apply(await company.store.readAll(null, 1_000), database.dataSource.manager);
    expect(await agenda()).toEqual(live);
    await database.close();
  });
});

/** A company with a 管理責任者, a drafter and an auditor, whose day is set by the test. */
const companyOn = ({ pool, dataSource }: TestDatabase) => {
  const store = new PostgresEventStore(pool);
  let now = new Date('2030-01-04T00:00:00.000Z');
  const clock = () => now;
  const by = { id: 'dora', name: '起草 土良' };
  const metadata = (): EventMetadata => ({
    actor: SYSTEM,
    recordedAt: now.toISOString(),
    correlationId: 'spec',
    causationId: 'spec',
  });
  const stamp = () => ({ by, at: now.toISOString() });

  const projections: readonly Projection[] = [
    ...identityProjections,
    ...certificatesProjections,
    ...remindersProjections,
    reminderMails({ accountsOf, publicUrl: 'https://kaijisho.example.jp' }),
  ];
  let position: LogPosition | null = null;
  const warnings: string[] = [];
  const tellUser = async (id: string, type: 'UserDisabled' | 'UserEnabled'): Promise<void> => {
    const { length: version } = await store.read(`user-${id}`);
    const event = userCodec.encode({ type, data: stamp() });
    await store.append(`user-${id}`, version, [{ ...event, id: randomUUID(), metadata: metadata() }]);
  };
  const takeIn = async (isWanted: (stream: string) => boolean = () => true): Promise<void> => {
    for (const event of await store.readAll(position, 1_000)) {
      position = event.position;
      if (!isWanted(event.stream)) continue;
      for (const { apply } of projections) await dataSource.transaction((tx) => apply([event], tx));
    }
  };
  const { run } = reminderSweep({
    store,
    dataSource,
    clock,
    ladder: renewalLadder,
    recipients: certificateRecipients(store, dataSource),
    log: { warn: (message) => warnings.push(message) },
  });
  const sweepWithoutTakingIn = () => run('reminders', async () => {});
  /** A mail server that knows everybody but the drafter. */
  const { jobs } = mailJobs({
    dataSource,
    clock,
    from: 'Kaijisho <kaijisho@example.jp>',
    publicUrl: 'https://kaijisho.example.jp',
    transport: {
      sendMail: async ({ to }: { to?: unknown }) => {
        if (!JSON.stringify(to).includes('dora@')) return { response: '250 2.0.0 Ok' } as never;
        throw Object.assign(new Error('550 no such user'), { code: 'EENVELOPE', responseCode: 550 });
      },
    } as never,
    onDelivered: [recordDelivery(store, clock)],
    onFailed: [recordDelivery(store, clock)],
  });
  const job = (name: string) => jobs.find((each) => each.name === name)?.run;
  const deliver = async () => job('mail.sweep')?.('sweep', async (name, id) => job(name)?.(id, async () => {}));
  const term = (validUntil: string) => ({ validFrom: '2027-01-01', validUntil });

  return {
    store,
    metadata,
    takeIn,
    sweepWithoutTakingIn,
    deliver,
    warnings,
    disable: (id: string) => tellUser(id, 'UserDisabled'),
    enable: (id: string) => tellUser(id, 'UserEnabled'),
    /** A day, or an instant. */
    setDay: (day: string) => (now = new Date(day)),
    sweep: async () => {
      await takeIn();
      await sweepWithoutTakingIn();
      await takeIn();
    },
    staff: async () => {
      const people = [
        { id: 'mio', name: '管理 美緒', roles: ['signatory'] },
        { id: 'dora', name: '起草 土良', roles: ['drafter'] },
        { id: 'aki', name: '監査 明', roles: ['auditor'] },
      ] as const;
      for (const { id, name, roles } of people) {
        const account = { id, name, roles, loginName: id, address: `${id}@example.jp`, password: 'a long password' };
        await registerUser({ store, dataSource, now: clock }, account);
      }
      await handle(
        { store, decider: officerDecider, codec: officerCodec, newId: randomUUID },
        {
          stream: OFFICERS_STREAM,
          command: {
            type: 'AppointOfficer',
            role: 'managementOfficer',
            from: '2029-04-01',
            alongside: false,
            ...stamp(),
            userId: 'mio',
            name: '管理 美緒',
            department: '本社',
            title: '部長',
          },
          metadata: metadata(),
        },
      );
    },
    registerCertificate: (certificateId: string, validUntil: string) =>
      handle(
        { store, decider: certificateDecider, codec: certificateCodec, newId: randomUUID },
        {
          stream: certificateStream(certificateId),
          command: {
            type: 'RegisterCertificate',
            certificateId,
            kind: 'isms',
            name: 'ISMS認証',
            ...stamp(),
            citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }],
            term: { number: `ZZ-${certificateId}`, body: '審査機関株式会社', ...term(validUntil) },
          },
          metadata: metadata(),
        },
      ),
    renewCertificate: (certificateId: string, validUntil: string) =>
      handle(
        { store, decider: certificateDecider, codec: certificateCodec, newId: randomUUID },
        {
          stream: certificateStream(certificateId),
          command: { type: 'RenewCertificate', certificateId, term: term(validUntil), ...stamp() },
          metadata: metadata(),
        },
      ),
    ledger: () => new ListRemindersHandler(dataSource).execute(),
    deadlines: () => new ListDeadlinesHandler(dataSource, clock).execute(),
  };
};
