import type { CertificateRow } from '@app/certificates';
import { reminderPlan } from './contract';
import { renewalLadder } from './domain/ladder';
import { plan } from './plan';

const certificate = (changes: Partial<CertificateRow> = {}, validUntil = '2030-06-30'): CertificateRow => ({
  id: 'c1',
  kind: 'isms',
  name: 'ISMS認証',
  citedBy: [],
  withdrawn: null,
  terms: [
    {
      number: 'ZZ-0001',
      body: '審査機関株式会社',
      validFrom: '2027-07-01',
      validUntil,
      recordedAt: '2028-01-01T00:00:00.000Z',
      recordedBy: { id: 'u1', name: '起草 一郎' },
    },
  ],
  ...changes,
});
const days = (reminders: ReturnType<typeof plan>) => reminders.map(({ sendOn, rung }) => `${sendOn} ${rung}`);

describe('a plan', () => {
  it('says what will be mailed, when, about what and to whom', () => {
    const planned = plan([certificate()], renewalLadder, '2029-09-30', '2029-10-31');
    expect(planned).toEqual([
      {
        rungId: 'certificate-c1:2030-06-30:9m',
        subject: 'certificate-c1',
        certificate: { certificateId: 'c1', kind: 'isms', name: 'ISMS認証', number: 'ZZ-0001' },
        dueOn: '2030-06-30',
        sendOn: '2029-09-30',
        rung: '9m',
        label: '9か月前',
        recipients: ['managementOfficer', 'drafter'],
      },
    ]);
    expect(reminderPlan.parse(planned)).toEqual(planned);
  });

  it('has the rung of 60 days on the day on which 60 days are left', () =>
    expect(days(plan([certificate()], renewalLadder, '2030-05-01', '2030-06-01'))).toEqual([
      '2030-05-01 60d',
      '2030-05-31 30d',
    ]));

  it('sends what was missed at once, in one mail', () =>
    expect(days(plan([certificate()], renewalLadder, '2030-06-03', '2030-06-20'))).toEqual([
      '2030-06-03 30d',
      '2030-06-16 14d',
    ]));

  it('leaves out what is in the ledger', () => {
    const wasDue = (rungId: string) => rungId === 'certificate-c1:2030-06-30:30d';
    expect(days(plan([certificate()], renewalLadder, '2030-06-03', '2030-06-20', wasDue))).toEqual(['2030-06-16 14d']);
  });

  it('goes on after the due date', () =>
    expect(days(plan([certificate()], renewalLadder, '2030-06-30', '2030-08-31'))).toEqual([
      '2030-06-30 0d',
      '2030-07-01 overdue',
      '2030-07-31 overdue+30d',
      '2030-08-30 overdue+60d',
    ]));

  it('may look at a day before the certificate was registered here', () =>
    expect(days(plan([certificate({}, '2026-01-24')], renewalLadder, '2025-11-25', '2025-12-31'))).toEqual([
      '2025-11-25 60d',
      '2025-12-25 30d',
    ]));

  it('sends one mail where two rungs come on one day', () =>
    // Two months before 04-29 is 02-28, 60 days before it as well.
    expect(days(plan([certificate({}, '2030-04-29')], renewalLadder, '2030-02-01', '2030-03-01'))).toEqual([
      '2030-02-01 4m',
      '2030-02-28 60d',
    ]));

  it('forgets what was withdrawn', () => {
    const withdrawn = { reason: '不要', at: '2029-01-01T00:00:00.000Z', by: { id: 'u1', name: '起草 一郎' } };
    expect(plan([certificate({ withdrawn })], renewalLadder, '2029-09-30', '2030-09-30')).toEqual([]);
  });

  it('is in the order of sending', () => {
    const both = [certificate({ id: 'c2' }, '2030-07-15'), certificate()];
    const planned = plan(both, renewalLadder, '2029-09-01', '2030-12-31').map(({ sendOn }) => sendOn);
    expect(planned).toEqual([...planned].sort());
    expect(planned.length).toBeGreaterThan(20);
  });
});
