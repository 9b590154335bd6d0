import { certificateDecider, type CertificateEvent } from '@app/certificates';
import { remindingDecider } from '@app/reminding';
import type { Remembered } from './agenda';
import { evolve, initialState } from './domain/reminder';
import { planOf } from './plan';

const by = { id: 'u1', name: '起草 一郎' };
const registered = (validUntil: string): CertificateEvent => ({
  type: 'CertificateRegistered',
  data: {
    ...{ certificateId: 'c1', kind: 'isms', name: 'ISMS認証', citedBy: [], by, at: '2028-01-01T00:00:00.000Z' },
    ...{ number: 'ZZ-0001', body: '審査機関株式会社', validFrom: '2027-07-01', validUntil },
  },
});
const certificate = (validUntil = '2030-06-30', ...more: readonly CertificateEvent[]): Remembered => ({
  state: [registered(validUntil), ...more].reduce(certificateDecider.evolve, certificateDecider.initialState),
  ledger: initialState,
});
const plan = (row: Remembered, asOf: string, until: string) =>
  planOf('certificate-c1', row, remindingDecider.initialState, asOf, until);
const days = (planned: ReturnType<typeof plan>) => planned.map(({ rung }) => `${rung.sendOn} ${rung.rung}`);

describe('a plan', () => {
  it('says what will be mailed, when, and about what', () =>
    expect(plan(certificate(), '2029-09-30', '2029-10-31')).toMatchObject([
      {
        deadline: { subject: 'certificate-c1', matter: 'renewal', dueOn: '2030-06-30' },
        rung: { rungId: 'certificate-c1:2030-06-30:9m', rung: '9m', label: '9か月前', sendOn: '2029-09-30' },
        due: { sendOn: '2029-09-30', on: '2029-09-30', collapsed: [] },
        escalation: null,
      },
    ]));

  it('has each rung on its day', () =>
    expect(days(plan(certificate(), '2030-04-30', '2030-06-01'))).toEqual(['2030-04-30 2m', '2030-05-31 30d']));

  it('sends what was missed at once, in one mail', () =>
    expect(days(plan(certificate(), '2030-06-03', '2030-06-20'))).toEqual(['2030-06-03 30d', '2030-06-16 14d']));

  it('knows of what is late the day on which it should have gone out, and whether that was missed', () => {
    const late = (asOf: string) => plan(certificate(), asOf, asOf).map(({ rung, due }) => ({ rung, due }));
    expect(late('2028-01-01')).toEqual([]);
    expect(late('2030-06-03')).toMatchObject([
      { rung: { sendOn: '2030-06-03' }, due: { sendOn: '2030-05-31', on: '2030-06-03', missed: true } },
    ]);
    expect(late('2030-05-31')[0]?.due?.missed).toBeUndefined();
  });

  it('leaves out what is in the ledger', () => {
    const row = certificate();
    const [first] = plan(row, '2030-05-31', '2030-05-31');
    const ledger = evolve(row.ledger, {
      type: 'ReminderDue',
      data: {
        ...(first as NonNullable<typeof first>).rung,
        ...{ subject: 'certificate-c1', dueOn: '2030-06-30', on: '2030-05-31', collapsed: [], recipients: ['u1'] },
        ...{ about: { title: '', detail: '', path: '', citedBy: [] }, at: '2030-05-31T00:00:00.000Z' },
      },
    });
    expect(days(plan({ ...row, ledger }, '2030-06-03', '2030-06-20'))).toEqual(['2030-06-16 14d']);
    // Of an earlier day, it had not been sent yet.
    expect(days(plan({ ...row, ledger }, '2030-05-30', '2030-06-01'))).toEqual(['2030-05-30 2m', '2030-05-31 30d']);
  });

  it('goes on after the due date, daily', () =>
    expect(days(plan(certificate(), '2030-06-30', '2030-07-02'))).toEqual([
      '2030-06-30 0d',
      '2030-07-01 overdue',
      '2030-07-02 overdue+1d',
    ]));

  it('says when others hear of it, if nobody records until then that they see to it', () => {
    const escalations = (row: Remembered, asOf: string) =>
      plan(row, asOf, '2030-08-31').flatMap(({ rung, due, escalation }) =>
        escalation ? [{ ...rung, due: due && due.rungId, to: escalation.to }] : [],
      );
    const rungId = 'certificate-c1:2030-06-30:overdue';
    // 07-01 is a Monday; three business days later it is Thursday.
    const escalation = {
      rungId,
      rung: 'overdue',
      label: '期限切れ',
      sendOn: '2030-07-04',
      to: [{ role: 'administrator' }],
    };
    expect(escalations(certificate(), '2030-06-30')).toEqual([{ ...escalation, due: rungId }]);
    const row = certificate();
    const overdue = plan(row, '2030-07-01', '2030-07-01')[0]!.due!;
    const about = { title: '', detail: '', path: '', citedBy: [] };
    const said = evolve(row.ledger, { type: 'ReminderDue', data: { ...overdue, about, recipients: ['u1'] } });
    expect(escalations({ ...row, ledger: said }, '2030-07-02')).toEqual([{ ...escalation, due: null }]);
    const seen = { rungId: overdue.rungId, until: '2030-09-30', by, at: '2030-07-01T01:00:00.000Z' };
    const ledger = evolve(said, { type: 'ReminderAcknowledged', data: seen });
    expect(escalations({ ...row, ledger }, '2030-07-02')).toEqual([]);
  });

  it('may look at a day before the certificate was registered here', () =>
    expect(days(plan(certificate('2026-01-24'), '2025-11-24', '2025-12-31'))).toEqual([
      '2025-11-24 2m',
      '2025-12-25 30d',
    ]));

  it('has the matters of a certificate beside each other', () => {
    const planned: CertificateEvent = {
      type: 'SurveillancePlanned',
      data: { certificateId: 'c1', audit: 'surveillance', dueOn: '2029-06-30', by, at: '2029-01-01T00:00:00.000Z' },
    };
    expect(days(plan(certificate('2030-06-30', planned), '2029-05-31', '2029-06-30'))).toEqual([
      '2029-05-31 surveillance-30d',
      '2029-06-23 surveillance-7d',
      '2029-06-30 surveillance-0d',
    ]);
  });

  it('forgets what was withdrawn', () => {
    const withdrawn: CertificateEvent = {
      type: 'CertificateWithdrawn',
      data: { certificateId: 'c1', reason: '不要', by, at: '2029-01-01T00:00:00.000Z' },
    };
    expect(plan(certificate('2030-06-30', withdrawn), '2029-09-30', '2030-09-30')).toEqual([]);
  });
});
