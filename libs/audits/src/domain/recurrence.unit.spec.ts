import fc from 'fast-check';
import { badRecurrence, nextInSchedule, periodAfter, type Recurrence } from './recurrence';

const daysOf = (rule: string, from: string, count: number): readonly (string | null)[] => {
  const days: (string | null)[] = [];
  for (let day: string | null = from; days.length < count && day !== null; days.push(day))
    day = nextInSchedule(rule, from, day);
  return days;
};
const wrongWith = (rule: string, from = '2030-04-10', anchor: Recurrence['anchor'] = 'schedule') =>
  badRecurrence({ rule, anchor }, from)?.type ?? null;

describe('a recurrence', () => {
  it.each([
    ['FREQ=YEARLY', '2030-04-10', ['2031-04-10', '2032-04-10', '2033-04-10']],
    ['FREQ=MONTHLY;INTERVAL=6', '2030-04-10', ['2030-10-10', '2031-04-10', '2031-10-10']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2030-01-31', ['2030-02-28', '2030-03-31', '2030-04-30']],
    ['FREQ=YEARLY;BYMONTH=4,10;BYDAY=1MO', '2030-04-01', ['2030-10-07', '2031-04-07', '2031-10-06']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2030-03-29', ['2030-04-30', '2030-05-31', '2030-06-28']],
    ['FREQ=DAILY;INTERVAL=90', '2030-01-01', ['2030-04-01', '2030-06-30', '2030-09-28']],
    ['FREQ=YEARLY;COUNT=2', '2030-04-10', ['2031-04-10', null]],
    ['FREQ=YEARLY;UNTIL=20310101', '2030-04-10', [null]],
  ] as const)('%s from %s comes on those days', (rule, from, days) => {
    expect(wrongWith(rule, from)).toBeNull();
    expect(daysOf(rule, from, days.length)).toEqual(days);
  });

  it.each([
    ['FREQ=YEARLY', '2030-05-20', '2031-05-20'],
    ['FREQ=MONTHLY;INTERVAL=12', '2028-02-29', '2029-02-28'],
    ['FREQ=MONTHLY', '2030-01-31', '2030-02-28'],
    ['FREQ=WEEKLY;INTERVAL=2', '2030-01-31', '2030-02-14'],
    ['FREQ=DAILY;INTERVAL=30', '2030-01-31', '2030-03-02'],
  ])('%s after %s is %s', (rule, day, next) => {
    expect(wrongWith(rule, day, 'lastPerformed')).toBeNull();
    expect(periodAfter(rule, day)).toBe(next);
  });

  it.each([
    ['毎年', 'NotARecurrence'],
    ['', 'NotARecurrence'],
    ['INTERVAL=2', 'NotARecurrence'],
    ['FREQ=YEARLY;FREQ=DAILY', 'NotARecurrence'],
    ['FREQ=HOURLY', 'UnsupportedRecurrence'],
    ['FREQ=YEARLY;BYWEEKNO=53', 'UnsupportedRecurrence'],
    ['FREQ=YEARLY;INTERVAL=0', 'UnsupportedRecurrence'],
    ['FREQ=YEARLY;COUNT=2;UNTIL=20310101', 'UnsupportedRecurrence'],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=MO', 'UnsupportedRecurrence'],
    ['FREQ=MONTHLY;BYDAY=2MO;BYMONTHDAY=20', 'UnsupportedRecurrence'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTH=3', 'UnsupportedRecurrence'],
    ['FREQ=YEARLY;constructor=1', 'UnsupportedRecurrence'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'RecurrenceSkipsMonths'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', 'RecurrenceSkipsMonths'],
  ])('is not %s: %s', (rule, wrong) => expect(wrongWith(rule)).toBe(wrong));

  it('does not leave out months that have no such day', () => {
    expect(badRecurrence({ rule: 'FREQ=MONTHLY', anchor: 'schedule' }, '2030-01-31')).toEqual({
      type: 'RecurrenceSkipsMonths',
      day: 31,
    });
    expect(wrongWith('FREQ=MONTHLY', '2030-01-28')).toBeNull();
    // Once a year there is always a day: the 1st of March where February has no 29th.
    expect(wrongWith('FREQ=YEARLY', '2028-02-29')).toBeNull();
    expect(nextInSchedule('FREQ=YEARLY', '2028-02-29', '2028-02-29')).toBe('2029-03-01');
  });

  it('that is counted from the last time is a period and nothing else', () => {
    expect(wrongWith('FREQ=YEARLY;BYMONTH=4', '2030-04-10', 'lastPerformed')).toBe('RecurrenceNotAPeriod');
    expect(wrongWith('FREQ=YEARLY;COUNT=3', '2030-04-10', 'lastApproval')).toBe('RecurrenceNotAPeriod');
  });

  const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
  const rule = fc
    .record({
      FREQ: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
      INTERVAL: seldom(fc.integer({ min: 1, max: 24 })),
      BYMONTH: seldom(fc.constantFrom('2', '12', '4,10')),
      BYMONTHDAY: seldom(fc.constantFrom('1', '28', '-1', '5,20')),
      BYDAY: seldom(fc.constantFrom('MO', '4FR', '-1SU', 'MO,TU,WE,TH,FR')),
      BYSETPOS: seldom(fc.constantFrom('1', '-1')),
      COUNT: seldom(fc.integer({ min: 1, max: 20 })),
    })
    .map((parts) =>
      Object.entries(parts)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => `${name}=${value}`)
        .join(';'),
    );
  const firstDay = fc.constantFrom('2028-02-29', '2030-01-01', '2030-01-31', '2030-04-10', '2031-12-31');

  it('that is taken always has a next day, later than the one before, unless it is counted', () => {
    let taken = 0;
    fc.assert(
      fc.property(rule, firstDay, (each, from) => {
        if (wrongWith(each, from) !== null) return;
        taken += 1;
        const days = daysOf(each, from, 6);
        if (!each.includes('COUNT')) expect(days).not.toContain(null);
        const real = [from, ...days.filter((day) => day !== null)];
        expect(real).toEqual([...new Set(real)].sort());
      }),
      { numRuns: 800 },
    );
    expect(taken).toBeGreaterThan(150);
  });
});
