import { addDays, holidayName, localDateOf } from '@app/calendar';
import type { RouteStep } from '@app/routes/domain/route';
import fc from 'fast-check';
import { nudgeDue } from './nudge';

const stepDueIn = (dueInBusinessDays: number | null): RouteStep => ({
  signatories: [{ kind: 'role', role: 'managementOfficer' }],
  meaning: 'approval',
  quorum: { kind: 'all' },
  covers: 'everything',
  dueInBusinessDays,
  escalation: null,
  because: [{ kind: 'template', name: '標準' }],
});
/** Tokyo's noon of a day. */
const noonOf = (day: string) => `${day}T03:00:00.000Z`;
/** What the days from one on bring, as `day rung`. */
const diary = (dueIn: number | null, askedOn: string, days: number): readonly string[] => {
  const nudges = Array.from({ length: days }, (_, n) => addDays(askedOn, n)).map((today) =>
    nudgeDue(stepDueIn(dueIn), noonOf(askedOn), today),
  );
  return nudges.flatMap((nudge, n) =>
    nudge === null || nudges.slice(0, n).some((other) => other?.rung === nudge.rung)
      ? []
      : [`${addDays(askedOn, n)} ${nudge.rung}`],
  );
};

describe('the nudges of a step', () => {
  it('come at half time, when it is due, then each business day', () =>
    expect(diary(4, '2026-06-01', 10)).toEqual([
      '2026-06-03 half',
      '2026-06-05 due',
      '2026-06-08 overdue-2026-06-08',
      '2026-06-09 overdue-2026-06-09',
      '2026-06-10 overdue-2026-06-10',
    ]));

  it('leave out Golden Week, of which 2026-05-06 is the 振替休日', () =>
    expect(diary(2, '2026-04-30', 11)).toEqual(['2026-05-01 half', '2026-05-07 due', '2026-05-08 overdue-2026-05-08']));

  it('leave out the 国民の休日 of 2026-09-22', () =>
    expect(diary(1, '2026-09-18', 8)).toEqual(['2026-09-24 due', '2026-09-25 overdue-2026-09-25']));

  it('of a step that is due at once begin with its due day, a business day', () => {
    expect(diary(0, '2026-06-01', 2)).toEqual(['2026-06-01 due', '2026-06-02 overdue-2026-06-02']);
    expect(diary(0, '2026-06-06', 4)).toEqual(['2026-06-08 due', '2026-06-09 overdue-2026-06-09']);
  });

  it('do not come for a step without a due day', () => expect(diary(null, '2026-06-01', 60)).toEqual([]));

  it('count from the day that it was in Tokyo', () =>
    expect(nudgeDue(stepDueIn(0), '2026-06-01T15:30:00.000Z', '2026-06-01')).toBeNull());

  it('are those that one finds by counting days off in a calendar', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }).map((n) => addDays('2025-12-01', n)),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 80 }),
        (askedOn, dueIn, later) => {
          const today = addDays(askedOn, later);
          const works = (day: string) => holidayName(day) === null && ![0, 6].includes(new Date(day).getUTCDay());
          // How many business days have gone by since it was asked for.
          const gone = Array.from({ length: later }, (_, n) => addDays(askedOn, n + 1)).filter(works).length;
          const late = dueIn === 0 ? gone - (works(askedOn) ? 0 : 1) : gone - dueIn;
          const half = Math.floor(dueIn / 2);
          const expected = !works(today)
            ? undefined
            : late > 0
              ? `overdue-${today}`
              : late === 0
                ? 'due'
                : half > 0 && gone >= half
                  ? 'half'
                  : undefined;
          expect(nudgeDue(stepDueIn(dueIn), noonOf(askedOn), today)?.rung).toBe(expected);
          expect(localDateOf(noonOf(askedOn))).toBe(askedOn);
        },
      ),
      { numRuns: 500 },
    ));
});
