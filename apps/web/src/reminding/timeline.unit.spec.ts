import { monthsBetween, placeOf, rungsToShow } from './timeline';

describe('the strip of deadlines', () => {
  it('puts a date where it falls between the ends', () => {
    expect(placeOf('2026-01-01', '2026-01-01', '2026-12-31')).toBe(0);
    expect(placeOf('2026-12-31', '2026-01-01', '2026-12-31')).toBe(100);
    expect(placeOf('2026-07-02', '2026-01-01', '2026-12-31')).toBe(50);
  });

  it('keeps what is overdue at its beginning', () => {
    expect(placeOf('2025-06-01', '2026-01-01', '2026-12-31')).toBe(0);
  });

  it('marks the first of every month, across the turn of the year', () => {
    expect(monthsBetween('2025-11-22', '2026-02-01')).toEqual([
      { date: '2025-12-01', month: 12, year: 2025 },
      { date: '2026-01-01', month: 1, year: 2026 },
      { date: '2026-02-01', month: 2, year: 2026 },
    ]);
  });
});

describe('the mails that are shown', () => {
  const rungs = ['7d', '0d', 'overdue', 'overdue+7d', 'surveillance-overdue+14d'].map((rung) => ({ rung }));

  it('do not repeat that something is overdue before it is', () =>
    expect(rungsToShow({ daysLeft: 0, rungs }).map(({ rung }) => rung)).toEqual(['7d', '0d', 'overdue']));

  it('repeat it once it is', () => expect(rungsToShow({ daysLeft: -1, rungs })).toEqual(rungs));
});
