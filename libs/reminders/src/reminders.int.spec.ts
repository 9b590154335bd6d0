import {
  certificateDecider,
  certificateCodec,
  certificatesProjections,
  certificateStream,
  type CertificateCommand,
} from '@app/certificates';
import { handle, SYSTEM, type EventMetadata, type LogPosition } from '@app/event-sourcing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import type { Asked } from '@app/http';
import {
  accountsOf,
  dailyReaders,
  identityMigrations,
  identityProjections,
  registerUser,
  setMailPreference,
  userCodec,
} from '@app/identity';
import {
  DIGEST,
  mailLog,
  mailMigrations,
  recordBounce,
  sweepDigests,
  sweepMail,
  type DigestDependencies,
  type OutgoingMail,
} from '@app/mail';
import { officerCodec, officerDecider, OFFICERS_STREAM } from '@app/officers';
import { projectionMigrations, type Projection } from '@app/projections';
import {
  isQuiet,
  type Ladder,
  type QuietHours,
  readyMadeLadders,
  REMINDING_STREAM,
  remindingCodec,
  remindingDecider,
  remindingNow,
} from '@app/reminding';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import {
  deadlinesConcerning,
  ledgerCsv,
  recordDelivery,
  reminderMails,
  reminderMigrations,
  remindersPlan,
  type PlannedReminder,
  remindersProjections,
  reminderSweep,
  reminderTopic,
  subjectsToLookAt,
} from '.';
import { claimSubjects } from './agenda';
import { deadlinesQuery, ledgerQuery } from './contract';
import { ListDeadlines, ListDeadlinesHandler } from './deadlines';
import { DecideReminder, DecideReminderHandler } from './decide-reminder';
import { ListReminders, ListRemindersHandler } from './ledger';
import { ListNextMails, ListNextMailsHandler } from './next-mails';
import { ListSnoozes, ListSnoozesHandler } from './snoozes';

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
    company.setDay('2030-03-01T09:00:00.000Z');
    await company.sweep();

    const mails = await mailLog(database.dataSource, { kind: 'reminder', limit: 10 });
    expect(mails.map(({ to }) => to.address).sort()).toEqual(['dora@example.jp', 'mio@example.jp']);
    expect(new Set(mails.map(({ subject }) => subject))).toEqual(
      new Set(['【期限切れ】ISMS認証（登録番号 ZZ-lapsed）の有効期限']),
    );
    expect(mails.map(({ id }) => id).sort()).toEqual([
      'reminder:certificate-lapsed:2030-01-24:overdue+35d:dora',
      'reminder:certificate-lapsed:2030-01-24:overdue+35d:mio',
    ]);
  });

  it('send the rung of two months to the day, once, and the next on its day', async () => {
    company.setDay('2030-04-30');
    await company.registerCertificate('sixty', '2030-06-30');
    for (const day of ['2030-04-30', '2030-04-30', '2030-05-01', '2030-05-30', '2030-05-31', '2030-06-01']) {
      company.setDay(day);
      await company.sweep();
    }
    const { reminders } = await company.ledger();
    expect(reminders.map(({ rung, at, collapsed }) => [rung, at.slice(0, 10), collapsed])).toEqual([
      ['30d', '2030-05-31', []],
      ['2m', '2030-04-30', ['9か月前', '6か月前', '4か月前']],
    ]);
    expect(await mailLog(database.dataSource, { kind: 'reminder', limit: 10 })).toHaveLength(4);
  });

  it('stop when the certificate is renewed, also before the read models know', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('renewed', '2030-06-30');
    await company.takeIn();
    expect(await company.toLookAt('2030-05-01')).toEqual(['certificate-renewed']);
    await company.renewCertificate('renewed', '2033-06-30');
    await company.sweepWithoutTakingIn();
    await company.sweep();
    expect((await company.ledger()).reminders).toEqual([]);
    expect(await company.toLookAt('2032-09-29')).toEqual([]);
    expect(await company.toLookAt('2032-09-30')).toEqual(['certificate-renewed']);
  });

  it('wait for somebody to remind, and say so once', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    for (const id of ['mio', 'dora', 'adam']) await company.disable(id);
    await company.sweep();
    await company.sweep();
    expect(company.warnings).toEqual(['A reminder is due but there is nobody to remind: certificate-c1:2030-06-30:2m']);
    expect((await company.ledger()).reminders).toEqual([]);

    await company.enable('mio');
    company.setDay('2030-05-01T00:02:00.000Z');
    await company.sweep();
    expect((await company.ledger()).reminders[0]?.deliveries.map(({ userId }) => userId)).toEqual(['mio']);
  });

  it('go to the administrators where nobody holds the office any more', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    for (const id of ['mio', 'dora']) await company.disable(id);
    await company.sweep();
    expect((await company.ledger()).reminders[0]?.deliveries.map(({ userId }) => userId)).toEqual(['adam']);
  });

  it('of one subject that cannot be looked at do not silence the others', async () => {
    company.setDay('2030-05-01');
    await database.dataSource.query(
      `insert into reminder_agenda (subject, ledger, known_on, next_on)
       values ('certificate-broken', '{"reminders":[],"snoozedUntil":null}', '2030-01-01', '2030-04-01')`,
    );
    await company.store.append('certificate-broken', 'no-stream', [
      { id: randomUUID(), type: 'CertificateFramed', schemaVersion: 1, data: {}, metadata: company.metadata() },
    ]);
    await company.registerCertificate('sound', '2030-06-30');
    await company.takeIn((stream) => stream !== 'certificate-broken');
    await expect(company.sweepWithoutTakingIn()).rejects.toThrow('certificate-broken');
    await company.takeIn((stream) => stream !== 'certificate-broken');
    expect((await company.ledger()).reminders.map(({ rung }) => rung)).toEqual(['2m']);
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
        escalation: null,
        state: 'sent',
        messageId: expect.stringMatching(/^<.+@.+>$/),
        answer: '250 2.0.0 Ok',
        at: '2030-05-01T00:00:09.000Z',
        attempts: [{ outcome: 'sent', answer: '250 2.0.0 Ok', at: '2030-05-01T00:00:09.000Z' }],
      },
      {
        userId: 'dora',
        name: '起草 土良',
        escalation: null,
        state: 'failed',
        messageId: null,
        answer: '550 no such user',
        at: '2030-05-01T00:00:09.000Z',
        attempts: ['refused', 'refused', 'refused', 'refused', 'failed'].map((outcome) => ({
          ...{ outcome, answer: '550 no such user', at: '2030-05-01T00:00:09.000Z' },
        })),
      },
      expect.objectContaining({ userId: 'adam', escalation: 'undeliverable' }),
    ]);
    // A report that is repeated changes nothing.
    const mails = (await mailLog(database.dataSource, { kind: 'reminder', limit: 10 })).filter(
      ({ status }) => status !== 'waiting',
    );
    const head = await company.store.head();
    await company.record(mails);
    expect(await company.store.head()).toBe(head);
    await company.record(mails.map((mail) => ({ ...mail, id: 'x', kind: 'review' })));
    await expect(
      company.record([{ ...(mails[0] as OutgoingMail), id: 'reminder:certificate-c9:2030-01-01:7d:mio' }]),
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
    const plan: PlannedReminder[] = [];
    for await (const planned of remindersPlan(company, '2030-04-30')) plan.push(planned);
    const days = plan.map(({ sendOn }) => sendOn);
    expect(days).toEqual(days.toSorted());
    expect(new Set(plan.map(({ rungId, escalation }) => `${rungId} ${escalation}`)).size).toBe(plan.length);
    expect(plan.filter(({ escalation }) => escalation !== null)).toMatchObject([
      { rung: 'overdue', sendOn: '2030-07-04', recipients: ['administrator'] },
    ]);
    expect(plan.at(-1)?.sendOn).toBe('2031-04-30'); // of what has lapsed there is one a day
    expect(plan[0]).toMatchObject({
      ...{ rung: '2m', sendOn: '2030-04-30', recipients: ['managementOfficer', 'drafter', 'responsible'] },
      certificate: { certificateId: 'c1', kind: 'isms', name: 'ISMS認証', number: 'ZZ-c1' },
    });
  });

  it('put off go out once, on the day that was asked for', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    expect(await company.snooze('certificate-c1', '2030-06-20')).toMatchObject({ outcome: 'accepted' });
    for (const day of ['2030-05-31', '2030-06-16', '2030-06-19', '2030-06-20', '2030-06-21', '2030-06-23']) {
      company.setDay(day);
      await company.sweep();
    }
    const { reminders } = await company.ledger();
    expect(reminders.map(({ rung, at, missed }) => [rung, at.slice(0, 10), missed])).toEqual([
      ['7d', '2030-06-23', false],
      ['14d', '2030-06-20', false],
      ['2m', '2030-05-01', false],
    ]);
    expect(await company.snooze('certificate-c9', '2030-06-30')).toMatchObject({ outcome: 'rejected' });
    expect(await company.snooze('certificate-c1', '2031-06-30')).toMatchObject({
      outcome: 'rejected',
      rejection: { type: 'UntilOutOfRange', from: '2030-06-24', to: '2030-09-23' },
    });
  });

  it('put off go on at once when the pause is ended, and nothing of it is called missed', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    await company.snooze('certificate-c1', '2030-06-25', '審査機関の回答を待っています。');
    company.setDay('2030-06-17');
    await company.sweep();
    expect((await company.ledger()).reminders).toHaveLength(1);
    expect(await company.resume('certificate-c1')).toMatchObject({ outcome: 'accepted' });
    await company.sweep();
    const { reminders } = await company.ledger();
    expect(reminders.map(({ rung, at, missed }) => [rung, at.slice(0, 10), missed])).toEqual([
      ['14d', '2030-06-17', false],
      ['2m', '2030-05-01', false],
    ]);
    expect(await company.snoozes('certificate-c1')).toMatchObject([
      { until: '2030-06-17', resumed: true, reason: null, by: { id: 'dora' }, at: '2030-06-17T00:00:00.000Z' },
      {
        ...{ until: '2030-06-25', resumed: false, reason: '審査機関の回答を待っています。' },
        ...{ by: { id: 'dora' }, at: '2030-05-01T00:00:00.000Z' },
      },
    ]);
    expect(await company.snoozes('disclosure-d1')).toEqual([]);
  });

  it('that something is overdue come daily, and rest while somebody sees to it', async () => {
    company.setDay('2030-07-01');
    await company.registerCertificate('c1', '2030-06-30');
    const sweepOn = async (...days: readonly string[]) => {
      for (const day of days) {
        company.setDay(day);
        await company.sweep();
      }
    };
    await sweepOn('2030-07-01', '2030-07-02');
    await company.acknowledge('certificate-c1:2030-06-30:overdue+1d', '2030-07-10');
    await sweepOn('2030-07-03', '2030-07-09', '2030-07-10', '2030-07-11');
    const { reminders } = await company.ledger();
    expect(reminders.map(({ rung, collapsed }) => [rung, collapsed])).toEqual([
      ['overdue+10d', []],
      ['overdue+9d', []],
      ['overdue+1d', []],
      ['overdue', expect.anything()],
    ]);
    expect(reminders[2]).toMatchObject({ acknowledged: { by: { id: 'dora' }, until: '2030-07-10' } });
    expect((await company.ledger({ state: 'acknowledged' })).total).toBe(1);
  });

  it('that nobody sees to escalate once, and never after somebody does', async () => {
    company.setDay('2030-07-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.registerCertificate('c2', '2030-06-30');
    for (const day of ['2030-07-01', '2030-07-02', '2030-07-03', '2030-07-04', '2030-07-05', '2030-07-08']) {
      company.setDay(day);
      await company.sweep();
      if (day === '2030-07-02') await company.acknowledge('certificate-c2:2030-06-30:overdue+1d', '2030-07-31');
    }
    const { reminders } = await company.ledger({ person: 'adam' });
    expect(reminders.map(({ rungId, escalations }) => [rungId, escalations])).toEqual([
      ['certificate-c1:2030-06-30:overdue', [{ cause: 'unacknowledged', on: '2030-07-04', recipients: 1 }]],
    ]);
    const mails = await mailLog(database.dataSource, { kind: 'reminder', limit: 100 });
    const toAdministrator = mails.filter(({ to }) => to.address === 'adam@example.jp');
    expect(toAdministrator.map(({ subject }) => subject)).toEqual([
      '【要確認】【期限切れ】ISMS認証（登録番号 ZZ-c1）の有効期限',
    ]);
  });

  it('that a mail server refuses are tried again to whatever address their account has by then', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    await company.deliverOnce();
    await company.takeIn();
    const ofDora = async () =>
      (await company.ledger()).reminders[0]?.deliveries.find(({ userId }) => userId === 'dora');
    const attempts = [{ outcome: 'refused', answer: '550 no such user', at: '2030-05-01T00:00:00.000Z' }];
    expect(await ofDora()).toMatchObject({ state: 'waiting', answer: '550 no such user', attempts });
    await company.deliverOnce(); // not yet
    await company.takeIn();
    expect(await ofDora()).toMatchObject({ attempts });

    await database.dataSource.query(`update account set address = 'dora.new@example.jp' where id = 'dora'`);
    company.setDay('2030-05-01T00:30:00.000Z');
    await company.deliverOnce();
    await company.takeIn();
    expect(await ofDora()).toMatchObject({ state: 'sent', answer: '250 2.0.0 Ok' });
    expect((await ofDora())?.attempts).toEqual([
      ...attempts,
      { outcome: 'sent', answer: '250 2.0.0 Ok', at: '2030-05-01T00:30:00.000Z' },
    ]);
    expect((await company.ledger()).reminders[0]?.escalations).toEqual([]);
  });

  it('that come back are tried again, and escalate when they come back too often', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    await company.deliverOnce();
    const [mail] = (await mailLog(database.dataSource, { kind: 'reminder', limit: 10 })).filter(
      ({ to }) => to.address === 'mio@example.jp',
    );
    const messageId = mail?.messageId ?? '';
    const bounced = (id: string) =>
      recordBounce(
        database.dataSource,
        { id, messageId, reason: 'Returned: 552 mailbox full' },
        new Date('2030-05-01'),
      );
    const ofMio = async () => {
      await company.takeIn();
      return (await company.ledger()).reminders[0]?.deliveries.find(({ userId }) => userId === 'mio');
    };
    expect(await ofMio()).toMatchObject({ state: 'sent' });
    for (const time of [1, 2, 3, 4]) {
      expect(await bounced(`<${time}@mx>`)).toBe('again');
      expect(await bounced(`<${time}@mx>`)).toBe('known');
      await company.deliverOnce();
      const came = await ofMio();
      expect(came).toMatchObject({ state: 'waiting', messageId, answer: 'Returned: 552 mailbox full' });
      // The server had taken it each time before it came back.
      expect(came?.attempts.map(({ outcome }) => outcome)).toEqual(
        Array.from({ length: time }, () => ['sent', 'refused']).flat(),
      );
      await company.deliver(); // after it was waited for
      expect(await ofMio()).toMatchObject({ state: 'sent' });
      expect(await bounced(`<${time}@mx>`)).toBe('known');
    }
    expect(await bounced('<5@mx>')).toBe('givenUp');
    await company.deliver();
    expect(await ofMio()).toMatchObject({ state: 'failed', messageId });
    expect(await bounced('<6@mx>')).toBe('known');
    const escalations = (await company.ledger()).reminders[0]?.escalations;
    expect(escalations?.at(-1)).toMatchObject({ cause: 'undeliverable', on: '2030-05-01' });
  });

  it('that a mail server refuses escalate to the administrators, once', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    await company.deliver();
    await company.takeIn();
    await company.deliver();
    await company.takeIn();
    const [reminder] = (await company.ledger()).reminders;
    expect(reminder?.escalations).toEqual([{ cause: 'undeliverable', on: '2030-05-01', recipients: 1 }]);
    expect(reminder?.deliveries.map(({ userId, state, escalation }) => [userId, state, escalation])).toEqual([
      ['mio', 'sent', null],
      ['dora', 'failed', null],
      ['adam', 'sent', 'undeliverable'],
    ]);
  });

  it('that reach nobody escalate for each of them: an administrator who has it already hears so in another mail', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    await company.deliver();
    await company.takeIn();
    await company.deliver();
    await company.takeIn();
    const failed = async (isIt: (mail: OutgoingMail) => boolean): Promise<void> => {
      const mails = await mailLog(database.dataSource, { kind: 'reminder', limit: 10 });
      const lastError = '550 5.7.1 not accepted';
      await company.record(mails.filter(isIt).map((mail) => ({ ...mail, status: 'failed', sentAt: null, lastError })));
      await company.takeIn();
    };
    await failed(({ id }) => id.endsWith(':mio'));
    await company.deliver();
    await company.takeIn();
    const deliveries = async () =>
      (await company.ledger()).reminders[0]?.deliveries.map(({ userId, state, escalation }) => [
        ...[userId, state, escalation],
      ]);
    const firsts = [
      ['mio', 'failed', null],
      ['dora', 'failed', null],
      ['adam', 'sent', 'undeliverable'],
    ];
    expect(await deliveries()).toEqual([...firsts, ['adam', 'sent', 'undeliverable']]);
    const toAdam = await database.dataSource.query<{ id: string; text: string }[]>(
      `select id, text from outgoing_mail where recipient_address = 'adam@example.jp' order by id`,
    );
    expect(toAdam.map(({ id }) => id)).toEqual([
      'reminder:certificate-c1:2030-06-30:2m:adam',
      'reminder:certificate-c1:2030-06-30:2m:adam:undeliverable:mio',
    ]);
    expect(toAdam[1]?.text).toContain('550 5.7.1 not accepted');
    // What says so and does not arrive either is recorded of that mail, and told nobody.
    await failed(({ id }) => id.endsWith(':undeliverable:mio'));
    expect(await deliveries()).toEqual([...firsts, ['adam', 'failed', 'undeliverable']]);
    expect((await company.ledger()).reminders[0]?.escalations).toHaveLength(2);
  });

  it('missed while the service was down are one mail for each person', async () => {
    company.setDay('2030-05-02');
    for (const [id, until] of [
      ['c1', '2030-06-30'],
      ['c2', '2030-07-02'],
      ['c3', '2030-06-15'],
    ] as const)
      await company.registerCertificate(id, until);
    await company.sweep();
    await company.deliver();
    // Down from 05-02 to 06-05, when the rungs of 30 days of all three have passed.
    company.setDay('2030-06-05');
    await company.sweep();
    await company.sendDigests();
    company.setDay('2030-06-05T00:01:30.000Z');
    await company.sendDigests();
    await company.sendDigests();
    await company.deliver();
    await company.takeIn();
    const mails = await mailLog(database.dataSource, { kind: DIGEST, limit: 10 });
    expect(mails.map(({ to, subject }) => [to.address, subject]).sort()).toEqual([
      ['dora@example.jp', '【期限のお知らせ】お送りできていなかった3件'],
      ['mio@example.jp', '【期限のお知らせ】お送りできていなかった3件'],
    ]);
    // The ledger knows of each that it was sent, in that mail.
    const { reminders } = await company.ledger({ from: '2030-06-05' });
    expect(reminders).toHaveLength(3);
    for (const { missed, deliveries } of reminders) {
      expect(missed).toBe(true);
      expect(deliveries.find(({ userId }) => userId === 'mio')).toMatchObject({ state: 'sent' });
    }
  });

  it('go into the daily mail of who prefers that, but for what is due tomorrow', async () => {
    await setMailPreference(database.dataSource, 'mio', 'daily');
    company.setDay('2030-05-30T23:00:00.000Z');
    await company.registerCertificate('c1', '2030-06-30');
    await company.registerCertificate('c2', '2030-06-01');
    await company.sweep();
    const toMio = async () =>
      (await mailLog(database.dataSource, { limit: 20 }))
        .filter(({ to }) => to.address === 'mio@example.jp')
        .map(({ subject }) => subject);
    expect(await toMio()).toEqual(['【期限前日】ISMS認証（登録番号 ZZ-c2）の有効期限']);
    company.setDay('2030-05-31T00:10:00.000Z');
    await company.sendDigests();
    expect((await toMio())[0]).toBe('【期限のまとめ】2030年5月31日：1件');
  });

  it('kept for a digest of somebody who leaves before it goes out reach the administrators', async () => {
    await setMailPreference(database.dataSource, 'mio', 'daily');
    company.setDay('2030-05-30T23:00:00.000Z');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    await company.disable('mio');
    await company.takeIn();
    company.setDay('2030-05-31T00:10:00.000Z');
    await company.sendDigests();
    await company.sendDigests();
    for (let round = 0; round < 2; round++) {
      await company.deliver();
      await company.takeIn();
    }
    const [reminder] = (await company.ledger()).reminders;
    expect(reminder?.deliveries.map(({ userId, state, escalation }) => [userId, state, escalation])).toEqual(
      expect.arrayContaining([
        ['mio', 'failed', null],
        ['adam', 'sent', 'undeliverable'],
      ]),
    );
  });

  it('that a daily mail stands for, or that nobody needs any more, wait no longer in the ledger', async () => {
    await setMailPreference(database.dataSource, 'mio', 'daily');
    company.setDay('2030-07-02T23:00:00.000Z');
    await company.registerCertificate('c1', '2030-07-03');
    await company.registerCertificate('c2', '2030-07-03');
    // From the Thursday, with the first mail that it is overdue, to the Monday; digests go out on business days.
    for (const day of ['03', '04', '05', '06', '07']) {
      company.setDay(`2030-07-${day}T23:00:00.000Z`);
      await company.sweep();
      if (day === '07') await company.renewCertificate('c2', '2033-07-03');
      company.setDay(`2030-07-${day}T23:59:00.000Z`);
      await company.sendDigests();
      company.setDay(`2030-07-0${Number(day) + 1}T00:10:00.000Z`);
      await company.sendDigests();
      await company.deliver();
      await company.takeIn();
    }
    const mios = async (subject: string) =>
      (await company.ledger({ subject, from: '2030-07-04' })).reminders.map(({ rung, deliveries }) => [
        rung,
        deliveries.find(({ userId }) => userId === 'mio')?.state,
      ]);
    expect(await mios('certificate-c1')).toEqual([
      ['overdue+4d', 'sent'],
      ['overdue+3d', 'sent'],
      ['overdue+2d', 'sent'],
      ['overdue+1d', 'sent'],
      ['overdue', 'sent'],
    ]);
    expect((await mios('certificate-c2')).map(([, state]) => state)).toEqual([
      ...['unneeded', 'unneeded', 'unneeded'],
      ...['sent', 'sent'],
    ]);
    expect((await company.ledger({ state: 'unneeded' })).total).toBe(3);
  });

  it('to somebody who has left before the mail is written reach the administrators', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.takeIn();
    await company.disable('mio'); // of which the sweep does not know yet
    await company.sweepWithoutTakingIn();
    await company.takeIn();
    for (let round = 0; round < 2; round++) {
      await company.deliver();
      await company.takeIn();
    }
    const [reminder] = (await company.ledger()).reminders;
    expect(reminder?.deliveries.map(({ userId, state, answer }) => [userId, state, answer])).toEqual(
      expect.arrayContaining([
        ['mio', 'failed', 'メールを受け取れるアカウントがありませんでした'],
        ['adam', 'sent', '250 2.0.0 Ok'],
      ]),
    );
  });

  it('to somebody who has left before the mail is sent reach the administrators', async () => {
    await setMailPreference(database.dataSource, 'dora', 'daily');
    company.setDay('2030-05-30T22:00:00.000Z');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    company.setDay('2030-05-31T00:20:00.000Z');
    await company.sendDigests();
    await company.disable('mio');
    await company.disable('dora'); // whose digest waits to be sent
    await company.takeIn();
    for (let round = 0; round < 2; round++) {
      await company.deliver();
      await company.takeIn();
    }
    const [reminder] = (await company.ledger()).reminders;
    expect(reminder?.deliveries.map(({ userId, state, answer }) => [userId, state, answer]).sort()).toEqual([
      ['adam', 'sent', '250 2.0.0 Ok'],
      ['adam', 'sent', '250 2.0.0 Ok'],
      ['dora', 'failed', 'メールを受け取れるアカウントがありませんでした'],
      ['mio', 'failed', 'メールを受け取れるアカウントがありませんでした'],
    ]);
  });

  it('of several things that are due on one day are all in the daily mail, but for those that are done', async () => {
    await setMailPreference(database.dataSource, 'mio', 'daily');
    company.setDay('2030-06-15T00:00:00.000Z');
    await company.registerCertificate('c1', '2030-06-30');
    await company.planSurveillance('c1', '2030-06-30');
    await company.registerCertificate('c2', '2030-06-30');
    await company.planSurveillance('c2', '2030-06-30');
    company.setDay('2030-06-23T00:00:00.000Z');
    await company.sweep();
    await company.passSurveillance('c2', '2030-06-23');
    company.setDay('2030-06-24T00:10:00.000Z');
    await company.sendDigests();
    const [digest] = await database.dataSource.query<{ text: string }[]>(
      `select text from outgoing_mail where kind = 'digest' and recipient_address = 'mio@example.jp'`,
    );
    expect(digest?.text.match(/ZZ-c\d）の[^\s]+/g)?.sort()).toEqual([
      'ZZ-c1）の有効期限',
      'ZZ-c1）の維持審査の期限',
      'ZZ-c2）の有効期限',
    ]);
  });

  it('of the calendar do not leave at night; what was entered at night is answered', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    company.setDay('2030-05-30T15:30:00.000Z'); // half past midnight on 05-31
    await company.registerCertificate('c2', '2030-05-01');
    await company.sweep();
    expect((await company.ledger()).reminders.map(({ rung }) => rung)).toEqual(['overdue+29d', '2m']);
    company.setDay('2030-05-30T23:00:00.000Z');
    await company.sweep();
    expect((await company.ledger()).reminders.map(({ rung }) => rung)).toEqual(['30d', 'overdue+29d', '2m']);
  });

  it('of the calendar do not leave at night because something else of the same certificate was entered', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    company.setDay('2030-05-30T15:30:00.000Z'); // half past midnight on 05-31
    await company.planSurveillance('c1', '2030-06-05');
    await company.sweep();
    const rungs = async () => (await company.ledger()).reminders.map(({ rung }) => rung);
    expect(await rungs()).toEqual(['surveillance-7d', '2m']);
    company.setDay('2030-05-30T23:00:00.000Z');
    await company.sweep();
    expect(await rungs()).toEqual(['30d', 'surveillance-7d', '2m']);
  });

  it('that could not be delivered at night are told to others in the morning, with whom and why', async () => {
    company.setDay('2030-05-01T10:59:00.000Z'); // 19:59
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    company.setDay('2030-05-01T11:30:00.000Z');
    await company.deliver();
    await company.takeIn();
    const toAdministrator = await database.dataSource.query<{ due_at: Date; text: string }[]>(
      `select due_at, text from outgoing_mail where recipient_address = 'adam@example.jp'`,
    );
    expect(toAdministrator.map(({ due_at }) => due_at.toISOString())).toEqual(['2030-05-01T23:00:00.000Z']);
    expect(toAdministrator[0]?.text).toContain('起草 土良さんに届けられなかったため');
    expect(toAdministrator[0]?.text).toContain('550 no such user');
  });

  it('kept for a daily mail, or missed, wait for the end of the quiet hours, though that is noon', async () => {
    await setMailPreference(database.dataSource, 'mio', 'daily');
    company.setDay('2030-05-01T04:00:00.000Z');
    await company.setQuietHours({ from: 20, until: 12 });
    await company.registerCertificate('c1', '2030-06-30');
    await company.registerCertificate('c2', '2030-07-02');
    await company.sweep();
    await company.deliver();
    const digests = async () => (await mailLog(database.dataSource, { kind: DIGEST, limit: 10 })).length;
    // 05-31 is a Friday: nine o'clock, noon, and a little later.
    company.setDay('2030-05-31T00:10:00.000Z');
    await company.sweep();
    await company.sendDigests();
    expect(await digests()).toBe(0);
    company.setDay('2030-05-31T03:00:05.000Z');
    await company.sweep();
    await company.sendDigests();
    expect(await digests()).toBe(0);
    company.setDay('2030-05-31T03:10:00.000Z');
    await company.sendDigests();
    expect(await digests()).toBe(1);
    // c2's rung of 06-02 is found on the evening of the 3rd, and what was missed is complete when it is quiet.
    company.setDay('2030-06-03T10:59:30.000Z');
    await company.sweep();
    company.setDay('2030-06-03T11:01:00.000Z');
    await company.sendDigests();
    expect(await digests()).toBe(1);
    company.setDay('2030-06-04T03:00:00.000Z');
    await company.sendDigests();
    const missed = await mailLog(database.dataSource, { kind: 'reminder', limit: 1 });
    expect(missed[0]?.createdAt).toBe('2030-06-04T03:00:00.000Z');
  });

  it('follow a changed ladder', async () => {
    company.setDay('2030-05-02');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    expect(await company.toLookAt('2030-05-30')).toEqual([]);
    const { ladder } = readyMadeLadders['isms'] as { ladder: Ladder };
    await company.changeLadder({ ...ladder, before: [{ days: 30 }, { days: 45, to: [{ user: 'aki' }] }] });
    await company.takeIn();
    expect(await company.toLookAt('2030-05-15')).toEqual([]);
    expect(await company.toLookAt('2030-05-16')).toEqual(['certificate-c1']);
    company.setDay('2030-05-16');
    await company.sweep();
    const [reminder] = (await company.ledger()).reminders;
    expect([reminder?.rung, reminder?.deliveries.map(({ userId }) => userId)]).toEqual(['45d', ['aki']]);
    // Her calendar has it too, though no other rung goes to her; that of somebody whom none reaches has not.
    const inCalendarOf = async (userId: string) => (await deadlinesConcerning(company, '2030-05-16', userId)).length;
    expect([await inCalendarOf('aki'), await inCalendarOf('mio'), await inCalendarOf('adam')]).toEqual([1, 1, 0]);
    // What is put in after its day was not missed: nothing stood still.
    company.setDay('2030-05-20');
    await company.changeLadder({ ...ladder, before: [{ days: 30 }, { days: 43 }] });
    await company.sweep();
    expect((await company.ledger()).reminders[0]).toMatchObject({ rung: '43d', missed: false });
  });

  it('to come are shown as they will be sent', async () => {
    company.setDay('2030-05-02');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    const { mails, more } = await company.next(30);
    expect(more).toBe(false);
    expect(mails.map(({ rung, sendOn, recipients }) => [rung, sendOn, recipients.map(({ name }) => name)])).toEqual([
      ['30d', '2030-05-31', ['管理 美緒', '起草 土良']],
    ]);
    company.setDay('2030-05-31');
    await company.sweep();
    const sent = await database.dataSource.query<{ subject: string; text: string; html: string }[]>(
      `select subject, text, html from outgoing_mail where id = 'reminder:certificate-c1:2030-06-30:30d:mio'`,
    );
    expect(mails.map(({ mail }) => mail)).toEqual(sent);
  });

  it('that are late are shown to the letter as they will be sent', async () => {
    const sent = (rungId: string) =>
      database.dataSource.query<{ subject: string; text: string; html: string }[]>(
        'select subject, text, html from outgoing_mail where id = $1',
        [`reminder:${rungId}:mio`],
      );
    company.setDay('2030-01-18');
    await company.registerCertificate('late', '2030-06-30');
    await company.registerCertificate('later', '2030-06-30');
    await company.snooze('certificate-later', '2030-02-01');
    await company.takeIn();
    const [late, later, ...more] = (await company.next(20)).mails;
    expect([late, later].map((each) => [each?.rung, each?.sendOn, each?.mail.subject])).toEqual([
      ['6m', '2030-01-18', '【期限まであと163日】ISMS認証（登録番号 ZZ-late）の有効期限'],
      ['6m', '2030-02-01', '【期限まであと149日】ISMS認証（登録番号 ZZ-later）の有効期限'],
    ]);
    expect(more).toEqual([]);
    for (const day of ['2030-01-18', '2030-02-01']) {
      company.setDay(day);
      await company.sweep();
    }
    expect(await sent(late!.rungId)).toEqual([late!.mail]);
    expect(await sent(later!.rungId)).toEqual([later!.mail]);

    // Known for a day, and said nothing of: the service was down.
    await company.registerCertificate('missed', '2030-06-30');
    company.setDay('2030-02-02');
    await company.takeIn();
    const [missed] = (await company.next(0)).mails;
    expect(missed?.mail.text).toContain('予定日に送れなかったため');
    await company.sweep();
    company.setDay('2030-02-02T00:02:00.000Z');
    await company.sendDigests();
    expect(await sent(missed!.rungId)).toEqual([missed!.mail]);
  });

  it('that something is overdue stand in one entry, with how often they come again', async () => {
    company.setDay('2030-06-30');
    await company.registerCertificate('c1', '2030-06-30');
    const { mails } = await company.takeIn().then(() => company.next(30));
    expect(mails.map(({ rung, sendOn, again, escalation }) => [rung, sendOn, again, escalation])).toEqual([
      ['0d', '2030-06-30', null, null],
      ['overdue', '2030-07-01', { times: 29, everyDays: 1, businessDaysOnly: false }, null],
      ['overdue', '2030-07-04', null, 'unacknowledged'],
    ]);
  });

  it('of which others will hear are shown to the letter as they will be sent, before and after the reminder itself', async () => {
    company.setDay('2030-07-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.takeIn();
    const escalation = async () => (await company.next(10)).mails.find((each) => each.escalation !== null);
    const before = await escalation();
    expect(before).toMatchObject({ sendOn: '2030-07-04', recipients: [{ userId: 'adam', daily: false }] });
    await company.sweep();
    expect(await escalation()).toEqual(before);
    company.setDay('2030-07-04');
    await company.sweep();
    expect(await escalation()).toBeUndefined();
    const sent = await database.dataSource.query(
      `select subject, text, html from outgoing_mail where id = 'reminder:certificate-c1:2030-06-30:overdue:adam'`,
    );
    expect(sent).toEqual([before?.mail]);
  });

  it('of tomorrow name whom the sweep of tomorrow records: also of what escalates, with an officer who has left and a daily mail', async () => {
    company.setDay('2030-07-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.registerCertificate('c2', '2030-08-03');
    await company.sweep();
    await setMailPreference(database.dataSource, 'dora', 'daily');
    company.setDay('2030-07-03');
    await company.sweep();
    await company.disable('mio');
    await company.takeIn();
    const planned = (await company.next(1)).mails
      .filter(({ sendOn }) => sendOn === '2030-07-04')
      .flatMap(({ rungId, escalation, recipients }) =>
        recipients.map(({ userId, daily }) => ({ rungId, escalation, userId, daily })),
      );

    const noted = async () =>
      (await company.ledger()).reminders.flatMap(({ rungId, deliveries }) =>
        deliveries.map(({ userId, escalation }) => ({ rungId, escalation, userId, daily: userId === 'dora' })),
      );
    const before = (await noted()).map((each) => JSON.stringify(each));
    company.setDay('2030-07-04');
    await company.sweep();
    const recorded = (await noted()).filter((each) => !before.includes(JSON.stringify(each)));
    const inOrder = (all: typeof recorded) => all.map((each) => JSON.stringify(each)).sort();
    expect(inOrder(planned)).toEqual(inOrder(recorded));
    expect(recorded).toHaveLength(3); // nothing goes to the officer who has left
    expect(recorded).toEqual(
      expect.arrayContaining([
        { rungId: 'certificate-c1:2030-06-30:overdue', escalation: 'unacknowledged', userId: 'adam', daily: false },
        { rungId: 'certificate-c1:2030-06-30:overdue+3d', escalation: null, userId: 'dora', daily: true },
        { rungId: 'certificate-c2:2030-08-03:30d', escalation: null, userId: 'dora', daily: true },
      ]),
    );
  });

  it('are listed with their due dates page by page, the most urgent first, as far as twelve months bring mails', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-12-31');
    await company.registerCertificate('c2', '2030-06-30');
    await company.registerCertificate('c3', '2030-12-31');
    await company.registerCertificate('mailsBegin', '2032-01-31');
    await company.registerCertificate('later', '2032-03-31');
    await company.planSurveillance('c1', '2030-08-31');
    await company.takeIn();
    const pages: string[][] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await company.deadlines({ size: '2', ...(after === undefined ? {} : { after }) });
      pages.push(page.deadlines.map(({ subject, dueOn }) => `${subject} ${dueOn}`));
      after = page.next;
    }
    expect(pages).toEqual([
      ['certificate-c2 2030-06-30', 'certificate-c1 2030-08-31'],
      ['certificate-c1 2030-12-31', 'certificate-c3 2030-12-31'],
      ['certificate-mailsBegin 2032-01-31'],
    ]);
    const { deadlines, next } = await company.deadlines({ subject: 'certificate-c1' });
    expect([deadlines.map(({ matter }) => matter), next]).toEqual([['surveillance', 'renewal'], null]);

    await company.renewCertificate('c3', '2033-12-31');
    await company.takeIn();
    expect((await company.deadlines({ subject: 'certificate-c3' })).deadlines).toEqual([]);
  });

  it('are found in the ledger by what is asked for, page by page, and as a table', async () => {
    company.setDay('2030-05-01');
    await company.registerCertificate('c1', '2030-06-30');
    await company.registerCertificate('=c2', '2030-07-31');
    await company.sweep();
    company.setDay('2030-05-31');
    await company.sweep();
    await company.deliver();
    await company.takeIn();
    const rungs = async (query: object) => (await company.ledger(query)).reminders.map(({ rungId }) => rungId);
    expect(await rungs({ subject: 'certificate-c1' })).toHaveLength(2);
    expect(await rungs({ person: 'aki' })).toEqual([]);
    expect(await rungs({ state: 'failed', to: '2030-05-30' })).toHaveLength(2);
    expect(await company.ledger({ size: 2, page: 2 })).toMatchObject({ total: 4, reminders: [{}, {}] });
    let csv = '';
    for await (const part of ledgerCsv(database.dataSource, { subject: 'certificate-c1' })) csv += part;
    const lines = csv.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF"通知ID","対象","事由","期限","段階","兼ねる段階","停止中"/);
    expect(lines.at(-1)).toContain('"ISMS認証","有効期限","2030-06-30","2か月前","9か月前、6か月前、4か月前",""');
    expect(lines.slice(1)).toHaveLength(6);
    expect(csv).toContain('"送信済み"');
    expect(csv).toContain('"250 2.0.0 Ok"');
  });

  it('of more than one reading are all in the table, once, though more become due meanwhile', async () => {
    company.setDay('2030-06-01');
    await database.dataSource.query(
      `insert into reminder_ledger (rung_id, subject, at, found_on, states, people, body)
       select rung_id, 's', at::timestamptz, '2030-05-01', '{}', '{}', jsonb_build_object('rungId', rung_id, 'subject', 's', 'at', at,
         'about', jsonb_build_object('title', '＝1+1'), 'dueOn', '2030-06-30', 'label', '30日前', 'collapsed', '[]'::jsonb,
         'escalations', '[]'::jsonb, 'deliveries', '[{"userId":"mio","state":"sent","escalation":null}]'::jsonb)
         from (select 's:2030-06-30:' || number as rung_id, to_char(timestamp '2030-05-01' + number / 2 * interval '1 ms',
                      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
                 from generate_series(1, 1100) as number) as many`,
    );
    const ids: string[] = [];
    for await (const line of ledgerCsv(database.dataSource, {})) {
      ids.push(line.split(',')[0] ?? '');
      if (ids.length !== 100) continue;
      expect(line).toContain(`"'＝1+1"`);
      await company.registerCertificate('c1', '2030-01-24');
      await company.sweep();
    }
    expect([ids.length, new Set(ids).size]).toEqual([1101, 1101]);
  });

  it('go out once though the clock is set back by an hour, also over midnight, and nothing waits for it', async () => {
    company.setDay('2030-05-30T23:30:00.000Z');
    await company.registerCertificate('c1', '2030-06-30');
    await company.sweep();
    await company.deliver();
    company.setDay('2030-05-30T22:30:00.000Z'); // half past seven: entered today, so not held back
    await company.registerCertificate('c2', '2030-06-30');
    await company.sweep();
    await company.deliver();
    company.setDay('2030-05-31T00:30:00.000Z');
    await company.sweep();
    await company.deliver();
    company.setDay('2030-05-30T14:59:00.000Z'); // the day before
    await company.sweep();
    const { reminders } = await company.ledger();
    expect(reminders.map(({ rungId }) => rungId).sort()).toEqual([
      'certificate-c1:2030-06-30:30d',
      'certificate-c2:2030-06-30:30d',
    ]);
    const sent = await database.dataSource.query(
      `select attempts from outgoing_mail where kind = 'reminder' and status = 'sent'`,
    );
    expect(sent).toEqual(Array.from({ length: 4 }, () => ({ attempts: 1 })));
  });

  it('are shared by two workers, each subject looked at by one', async () => {
    company.setDay('2030-05-01');
    for (let n = 0; n < 40; n++) await company.registerCertificate(`c${n}`, '2030-06-30');
    await company.takeIn();
    const claim = () =>
      claimSubjects(database.dataSource, {
        ...{ today: '2030-05-01', now: new Date('2030-05-01T00:00:00.000Z') },
        ...{ newsOnly: false, after: null, limit: 30 },
      });
    const both = await Promise.all([claim(), claim()]);
    const claimed = both.flatMap((each) => each.claimed);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed).toHaveLength(30);
  });
});

describe('the agenda', () => {
  it('rests until tomorrow though something has been overdue for long, and nobody acknowledged it', async () => {
    const database = await createTestDatabase(migrations);
    const company = companyOn(database);
    await company.staff();
    company.setDay('2030-07-01');
    await company.registerCertificate('c1', '2030-06-30');
    for (let day = 1; day <= 20; day++) {
      company.setDay(`2030-07-${String(day).padStart(2, '0')}`);
      await company.sweep();
    }
    expect(await company.toLookAt('2030-07-20')).toEqual([]);
    expect(await company.toLookAt('2030-07-21')).toEqual(['certificate-c1']);
    await database.close();
  });

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

    const agenda = async () => [
      await database.dataSource.query('select * from reminder_agenda order by subject'),
      await database.dataSource.query('select key, subject from reminder_deadline order by key'),
    ];
    const live = await agenda();
    expect(live[0]).toHaveLength(3);
    expect(live[1]).toEqual([
      { key: '2029-06-30', subject: 'certificate-c2' },
      { key: '2030-06-30', subject: 'certificate-c1' },
      { key: '2033-07-31', subject: 'certificate-c3' },
    ]);
    await database.dataSource.query('delete from reminder_agenda where true');
    await database.dataSource.query('delete from reminder_deadline where true');
    await logShowsAll(database.dataSource);
    for (const { apply } of remindersProjections)
      await apply(await company.store.readAll(null, 1_000), database.dataSource.manager);
    expect(await agenda()).toEqual(live);
    await database.close();
  });
});

const activeAccountsOf: DigestDependencies['accountsOf'] = async (tx, ids) =>
  (await accountsOf(tx, ids)).filter(({ disabled }) => !disabled);

/** A company with a 管理責任者, a drafter and an auditor, whose day is set by the test. */
const companyOn = ({ pool, dataSource }: TestDatabase) => {
  const store = new PostgresEventStore(pool);
  let now = new Date('2030-01-04T00:00:00.000Z');
  const clock = () => now;
  const by = { id: 'dora', name: '起草 土良' };
  const publicUrl = 'https://kaijisho.example.jp';
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
    reminderMails({ store, accountsOf: activeAccountsOf, dailyReaders, publicUrl }),
  ];
  let position: LogPosition | null = null;
  const warnings: string[] = [];
  const tellUser = async (id: string, type: 'UserDisabled' | 'UserEnabled'): Promise<void> => {
    const { length: version } = await store.read(`user-${id}`);
    const event = userCodec.encode({ type, data: stamp() });
    await store.append(`user-${id}`, version, [{ ...event, id: randomUUID(), metadata: metadata() }]);
  };
  const takeIn = async (isWanted: (stream: string) => boolean = () => true): Promise<void> => {
    await logShowsAll(dataSource);
    for (const event of await store.readAll(position, 1_000)) {
      position = event.position;
      if (!isWanted(event.stream)) continue;
      for (const { apply } of projections) await dataSource.transaction((tx) => apply([event], tx));
    }
  };
  const { run } = reminderSweep({ store, dataSource, clock, log: { warn: (message) => warnings.push(message) } });
  const sweepWithoutTakingIn = () => run('reminders', async () => {});
  const record = recordDelivery({ store, dataSource, clock });
  /** A mail server that does not know the drafter's address. */
  const sendMail = async ({ to }: { to?: unknown }) => {
    if (!JSON.stringify(to).includes('dora@')) return { response: '250 2.0.0 Ok' };
    throw Object.assign(new Error('550 no such user'), { code: 'EENVELOPE', responseCode: 550 });
  };
  const deliverOnce = () =>
    sweepMail({
      addressesOf: (ids) => activeAccountsOf(dataSource.manager, ids),
      ...{ dataSource, clock, publicUrl, from: 'Kaijisho <kaijisho@example.jp>' },
      openTransport: () => ({ sendMail, close: () => {} }) as never,
      listeners: { reminder: record, [DIGEST]: record },
    });
  /** Until every mail was taken or given up: what is refused waits for hours in between, which pass at once. */
  const deliver = async () => {
    for (;;) {
      await deliverOnce();
      const [, waiting]: [unknown, number] = await dataSource.query(
        `update outgoing_mail set due_at = created_at where status = 'waiting'`,
      );
      if (waiting === 0) return;
    }
  };
  const sendDigests = () =>
    sweepDigests({
      ...{ dataSource, clock, publicUrl, topics: [reminderTopic(store)] },
      quietHours: async () => {
        const reminding = await remindingNow(store);
        return (hour) => isQuiet(reminding, hour);
      },
      accountsOf: activeAccountsOf,
    });
  const decide = async (subject: string, command: DecideReminder['command']) =>
    new DecideReminderHandler(store).execute(new DecideReminder(subject, command, metadata()));
  const remindingCommand = (command: object) =>
    handle(
      { store, decider: remindingDecider, codec: remindingCodec, newId: randomUUID },
      { stream: REMINDING_STREAM, command: { ...command, ...stamp() } as never, metadata: metadata() },
    );
  const certificateCommand = (certificateId: string, command: Asked<CertificateCommand, 'certificateId'>) =>
    handle(
      { store, decider: certificateDecider, codec: certificateCodec, newId: randomUUID },
      {
        stream: certificateStream(certificateId),
        command: { ...command, certificateId, ...stamp() },
        metadata: metadata(),
      },
    );
  const term = (validUntil: string) => ({ validFrom: '2027-01-01', validUntil });

  return {
    store,
    dataSource,
    metadata,
    takeIn,
    sweepWithoutTakingIn,
    deliver,
    deliverOnce,
    sendDigests,
    record,
    warnings,
    snooze: (subject: string, until: string, reason?: string) =>
      decide(subject, { type: 'Snooze', subject, until, reason, by, at: now.toISOString() }),
    resume: (subject: string) => decide(subject, { type: 'Resume', subject, by, at: now.toISOString() }),
    snoozes: async (subject: string) => (await new ListSnoozesHandler(store).execute(new ListSnoozes(subject))).snoozes,
    acknowledge: (rungId: string, until: string) =>
      decide(rungId.split(':')[0] ?? '', { type: 'Acknowledge', rungId, until, by, at: now.toISOString() }),
    setQuietHours: (quietHours: QuietHours) => remindingCommand({ type: 'SetQuietHours', quietHours }),
    changeLadder: (ladder: Ladder) => remindingCommand({ type: 'ChangeLadder', key: 'isms', name: 'ISMS', ladder }),
    toLookAt: async (day: string) => (await subjectsToLookAt(dataSource, day)).map(({ subject }) => subject),
    next: (days: number) =>
      new ListNextMailsHandler(dataSource, store, clock).execute(new ListNextMails(days, publicUrl)),
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
        { id: 'adam', name: '管理 亜', roles: ['administrator'] },
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
      certificateCommand(certificateId, {
        type: 'RegisterCertificate',
        kind: 'isms',
        kinds: ['isms'],
        name: 'ISMS認証',
        citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }],
        term: { number: `ZZ-${certificateId}`, body: '審査機関株式会社', ...term(validUntil) },
      }),
    renewCertificate: (certificateId: string, validUntil: string) =>
      certificateCommand(certificateId, { type: 'RenewCertificate', term: term(validUntil) }),
    planSurveillance: (certificateId: string, dueOn: string) =>
      certificateCommand(certificateId, { type: 'PlanSurveillance', audit: 'surveillance', dueOn }),
    passSurveillance: (certificateId: string, on: string) =>
      certificateCommand(certificateId, { type: 'PassSurveillance', audit: 'surveillance', on }),
    ledger: (query: object = {}) =>
      new ListRemindersHandler(dataSource).execute(new ListReminders(ledgerQuery.parse(query))),
    deadlines: (query: object = {}) =>
      new ListDeadlinesHandler(dataSource, store, clock).execute(new ListDeadlines(deadlinesQuery.parse(query))),
  };
};
