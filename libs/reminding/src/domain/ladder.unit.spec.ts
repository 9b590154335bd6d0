import { addDays, type Deadline } from '@app/calendar';
import fc from 'fast-check';
import { nextRung, rungsBetween, rungsDue, rungsUntil, stepOf, type BusinessDayRule, type Ladder } from './ladder';
import { readyMadeLadders } from './ready-made';

const isms = readyMadeLadders['isms']?.ladder as Ladder;
const deadline: Deadline = {
  subject: 'certificate-c1',
  matter: 'renewal',
  ladder: 'isms',
  dueOn: '2030-06-30',
  knownOn: '2029-01-01',
};
const days = (of: Deadline, ladder: Ladder, until: string) =>
  rungsUntil(of, ladder, until).map(({ rung, sendOn }) => `${sendOn} ${rung}`);

describe('a ladder', () => {
  it('has its rungs on these days', () =>
    expect(rungsUntil(deadline, isms, '2030-07-02').map(({ rung, label, sendOn }) => [rung, label, sendOn])).toEqual([
      ['9m', '9か月前', '2029-09-30'],
      ['6m', '6か月前', '2029-12-30'],
      ['4m', '4か月前', '2030-02-28'],
      ['2m', '2か月前', '2030-04-30'],
      ['30d', '30日前', '2030-05-31'],
      ['14d', '14日前', '2030-06-16'],
      ['7d', '7日前', '2030-06-23'],
      ['1d', '前日', '2030-06-29'],
      ['0d', '当日', '2030-06-30'],
      ['overdue', '期限切れ', '2030-07-01'],
      ['overdue+1d', '期限切れ（2日目）', '2030-07-02'],
    ]));

  it.each([
    ['isms', ['9m', '6m', '4m', '2m', '30d', '14d', '7d', '1d', '0d', 'overdue', 'overdue+1d']],
    ['surveillance', ['3m', '30d', '7d', '0d', 'overdue']],
    ['internalAudit', ['3m', '30d', '7d', '0d', 'overdue']],
    ['renewalDecision', ['overdue']],
    ['ismap', ['6m', '4m', '2m', '30d', '14d', '7d', 'overdue', 'overdue+1d']],
  ])('of %s is, until two days after, %s', (key, rungs) =>
    expect(rungsUntil(deadline, readyMadeLadders[key]?.ladder as Ladder, '2030-07-02').map(({ rung }) => rung)).toEqual(
      rungs,
    ),
  );

  it('asks for a decision that is not recorded monthly, on business days', () => {
    const decision = readyMadeLadders['renewalDecision']?.ladder as Ladder;
    const asked = { ...deadline, matter: 'decision' } as const;
    expect(rungsUntil(asked, decision, '2030-09-02').map(({ sendOn, label }) => [sendOn, label])).toEqual([
      ['2030-07-01', '結果の確認'],
      ['2030-07-31', '結果の確認（31日目）'],
      ['2030-08-30', '結果の確認（61日目）'],
    ]);
  });

  it('says overdue once when it is told so', () => {
    const once: Ladder = { ...isms, overdueEveryDays: null };
    expect(rungsUntil(deadline, once, '2031-06-30').filter(({ rung }) => rung.startsWith('overdue'))).toHaveLength(1);
    expect(nextRung(deadline, once, '2030-07-01')).toBeNull();
  });

  it('counts from the day on which something lapsed became known', () => {
    const late = { ...deadline, knownOn: '2030-10-20' };
    expect(rungsDue(late, isms, '2030-10-20')?.latest).toMatchObject({
      ...{ rung: 'overdue+111d', label: '期限切れ（112日目）', sendOn: '2030-10-20' },
    });
    expect(nextRung(late, isms, '2030-10-20')).toMatchObject({ rung: 'overdue+112d', sendOn: '2030-10-21' });
  });

  it('has nothing due before its first rung', () => expect(rungsDue(deadline, isms, '2029-09-29')).toBeNull());

  it('names what is not the subject’s main matter', () => {
    const part = { id: 'f1', text: '鍵の管理' };
    const at = (of: Partial<Deadline>) => rungsDue({ ...deadline, ...of }, isms, '2029-09-30')?.latest.rungId;
    expect(at({})).toBe('certificate-c1:2030-06-30:9m');
    expect(at({ matter: 'surveillance' })).toBe('certificate-c1:2030-06-30:surveillance-9m');
    expect(at({ subject: 'audit-a1', matter: 'audit' })).toBe('audit-a1:2030-06-30:9m');
    expect(at({ matter: 'followUp', part })).toBe('certificate-c1:2030-06-30:followUp-f1-9m');
  });

  it('sends each rung to its own people, or to those of the ladder', () => {
    const ladder: Ladder = { ...isms, before: [{ days: 7, to: [{ user: 'u1' }] }, { days: 1 }] };
    expect(stepOf(ladder, 'surveillance-7d').to).toEqual([{ user: 'u1' }]);
    expect(stepOf(ladder, '1d').to).toEqual(isms.to);
    expect(stepOf(ladder, '60d')).toEqual({ to: isms.to, escalate: undefined });
    expect(stepOf(ladder, 'overdue+3d').escalate).toEqual(isms.escalateOverdue);
  });
});

describe('a closed day', () => {
  // 2024-09-14 is a Saturday, 09-16 敬老の日; 2024-12-28 … 2025-01-05 hold two weekends and 元日.
  const on = (rule: BusinessDayRule, dueOn: string, notice: number) =>
    rungsUntil(
      { ...deadline, dueOn },
      { ...isms, before: [{ days: notice }], overdueEveryDays: null, businessDays: rule },
      dueOn,
    )[0]?.sendOn;

  it.each([
    ['asIs', '2024-09-14', '2024-09-14'],
    ['previous', '2024-09-14', '2024-09-13'],
    ['next', '2024-09-14', '2024-09-17'],
    ['next', '2025-01-01', '2025-01-02'],
    ['previous', '2025-05-06', '2025-05-02'],
    ['next', '2019-04-27', '2019-05-07'],
  ] as const)('by the rule “%s” makes of %s: %s', (rule, sendOn, moved) =>
    expect(on(rule, addDays(sendOn, 30), 30)).toBe(moved),
  );

  it('does not make anything overdue before its time', () => {
    // The due date is a Friday.
    const of = { ...deadline, dueOn: '2024-09-13', knownOn: '2024-01-01' };
    expect(days(of, { ...isms, before: [{ days: 0 }], businessDays: 'previous' }, '2024-09-18')).toEqual([
      '2024-09-13 0d',
      '2024-09-17 overdue',
      '2024-09-17 overdue+1d',
      '2024-09-17 overdue+2d',
      '2024-09-17 overdue+3d',
      '2024-09-18 overdue+4d',
    ]);
  });
});

describe('the rungs between two days', () => {
  const day = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => addDays('2030-01-01', n));
  const anyLadder: fc.Arbitrary<Ladder> = fc.record({
    before: fc.constant(isms.before),
    overdueEveryDays: fc.constantFrom(null, 1, 7, 30),
    businessDays: fc.constantFrom('asIs', 'previous', 'next'),
    to: fc.constant(isms.to),
  });

  it('are those of all that lie between them, however far away', () =>
    fc.assert(
      fc.property(
        anyLadder,
        day(-400, 400),
        day(-400, 500),
        day(-500, 800),
        day(-500, 800),
        (ladder, dueOn, knownOn, a, b) => {
          const of = { ...deadline, dueOn, knownOn };
          const [after, until] = a < b ? [a, b] : [b, a];
          const all = rungsUntil(of, ladder, until).filter(({ sendOn }) => sendOn > after);
          expect(rungsBetween(of, ladder, after, until)).toEqual(all);
          expect(nextRung(of, ladder, after)).toEqual(rungsBetween(of, ladder, after, addDays(until, 900))[0] ?? null);
        },
      ),
    ));
});
