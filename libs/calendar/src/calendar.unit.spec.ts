import fc from 'fast-check';
import {
  addDays,
  addMonths,
  businessDaysAfter,
  calendarWarning,
  compare,
  coveredYears,
  daysBetween,
  holidayName,
  inJapanese,
  isBusinessDay,
  isLocalDate,
  localDateOf,
  localHourOf,
  nextBusinessDay,
  previousBusinessDay,
} from '.';

const anyDate = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2049-12-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a local date', () => {
  it.each([
    ['2030-01-01T14:59:59.999Z', '2030-01-01'],
    ['2030-01-01T15:00:00.000Z', '2030-01-02'],
    ['2029-12-31T15:00:00.000Z', '2030-01-01'],
  ])('is what the calendar in Tokyo shows at %s', (instant, date) => {
    expect(localDateOf(instant)).toBe(date);
    expect(localDateOf(new Date(instant))).toBe(date);
  });

  it('follows the time zone that is asked for', () => {
    expect(localDateOf('2030-01-01T15:00:00Z', 'UTC')).toBe('2030-01-01');
    expect(localDateOf('2030-01-01T02:00:00Z', 'America/New_York')).toBe('2029-12-31');
  });

  it('has hours from 0 to 23', () => {
    expect(localHourOf('2030-01-01T14:59:59.999Z')).toBe(23);
    expect(localHourOf('2030-01-01T15:00:00.000Z')).toBe(0);
    expect(localHourOf(new Date('2030-01-02T00:00:00.000Z'))).toBe(9);
  });

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2026-01-24', -60, '2025-11-25'],
  ])('%s and %i days is %s', (date, days, expected) => expect(addDays(date, days)).toBe(expected));

  it.each([
    ['2026-03-31', -1, '2026-02-28'],
    ['2028-03-31', -1, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-01-24', -9, '2025-04-24'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-31', 0, '2026-12-31'],
  ])('%s and %i months is %s, clamped to the end of the month', (date, months, expected) =>
    expect(addMonths(date, months)).toBe(expected),
  );

  it('counts days between dates as addDays adds them', () =>
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const other = addDays(date, days);
        expect(daysBetween(date, other)).toBe(days);
        expect(Math.sign(compare(other, date))).toBe(Math.sign(days));
      }),
    ));

  it('exists only when the calendar has it', () => {
    expect(isLocalDate('2028-02-29')).toBe(true);
    for (const text of ['2027-02-29', '2026-13-01', '2026-1-24', '', '2026-01-24T00:00:00Z']) {
      expect(isLocalDate(text)).toBe(false);
    }
  });

  it('is refused when it is none', () => expect(() => addDays('soon', 1)).toThrow('Not a date: soon'));

  it('is written out in Japanese', () => expect(inJapanese('2026-01-24')).toBe('2026年1月24日'));
});

describe('a business day', () => {
  it.each([
    ['2026-01-01', '元日', 'a holiday'],
    ['2026-05-03', '憲法記念日', 'a holiday on a Sunday'],
    ['2026-05-04', 'みどりの日', 'a holiday'],
    ['2026-05-05', 'こどもの日', 'a holiday'],
    ['2026-05-06', 'こどもの日 振替休日', '振替休日: 05-03 was a Sunday, and 05-04 and 05-05 are holidays themselves'],
    ['2024-08-12', '山の日 振替休日', '振替休日: 08-11 was a Sunday'],
    ['2026-09-22', '休日', '国民の休日: between 敬老の日 and 秋分の日'],
    ['2019-04-30', '休日', '国民の休日: between 昭和の日 and the day of the accession'],
    ['2019-05-01', '休日（祝日扱い）', 'made a holiday once by a law of its own'],
    ['2019-05-02', '休日', '国民の休日: between the day of the accession and 憲法記念日'],
  ])('is not %s (%s), %s', (date, name) => {
    expect(holidayName(date)).toBe(name);
    expect(isBusinessDay(date)).toBe(false);
  });

  it('is not a Saturday or Sunday', () => {
    expect(isBusinessDay('2026-01-24')).toBe(false);
    expect(isBusinessDay('2026-01-25')).toBe(false);
  });

  it('is an ordinary weekday', () => expect(isBusinessDay('2026-01-26')).toBe(true));

  it('is found after and before a run of holidays', () => {
    expect(nextBusinessDay('2026-05-02')).toBe('2026-05-07');
    expect(previousBusinessDay('2026-05-06')).toBe('2026-05-01');
    expect(nextBusinessDay('2026-05-07')).toBe('2026-05-07');
  });

  it('is the nearest one', () =>
    fc.assert(
      fc.property(anyDate, (date) => {
        const next = nextBusinessDay(date);
        expect(isBusinessDay(next)).toBe(true);
        for (let day = date; day < next; day = addDays(day, 1)) expect(isBusinessDay(day)).toBe(false);
        expect(previousBusinessDay(next)).toBe(next);
      }),
    ));

  it('is counted from a day on, which need not be one', () => {
    expect(businessDaysAfter('2026-05-01', 1)).toBe('2026-05-07');
    expect(businessDaysAfter('2026-05-03', 1)).toBe('2026-05-07');
    expect(businessDaysAfter('2026-09-18', 2)).toBe('2026-09-25');
    expect(businessDaysAfter('2026-05-03', 0)).toBe('2026-05-03');
  });

  it('is counted as one counts on the fingers', () =>
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 40 }), (date, count) => {
        const days = Array.from({ length: 100 }, (_, index) => addDays(date, index + 1));
        expect(businessDaysAfter(date, count)).toBe(count === 0 ? date : days.filter(isBusinessDay)[count - 1]);
      }),
    ));

  it('of a year whose holidays are not known is any day but Saturday and Sunday', () => {
    const year = coveredYears.last + 1;
    const january = Array.from({ length: 31 }, (_, index) => addDays(`${year}-01-01`, index));
    for (const day of january) expect(isBusinessDay(day)).toBe(![0, 6].includes(new Date(day).getUTCDay()));
  });
});

describe('the calendar', () => {
  it('says which years it knows the holidays of', () => expect(coveredYears).toEqual({ first: 1970, last: 2050 }));

  it('warns when those of this year or the next are not known', () => {
    const { first, last } = coveredYears;
    expect(calendarWarning(`${last - 1}-12-31`)).toBeNull();
    expect(calendarWarning(`${last}-01-01`)).toContain(`of ${last + 1} are not known`);
    expect(calendarWarning(`${last + 1}-01-01`)).toContain(`of ${last + 1} and ${last + 2} are not known`);
    expect(calendarWarning(`${first}-01-01`)).toBeNull();
    expect(calendarWarning(`${first - 1}-01-01`)).toContain(`of ${first - 1} are not known`);
  });
});
