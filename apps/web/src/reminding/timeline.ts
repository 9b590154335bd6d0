/** Dates are `yyyy-mm-dd`; places are per cent of the strip's width. */

const DAY = 86_400_000;
const time = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Where a date stands between the strip's ends; what lies outside stands at the nearer end. */
export const placeOf = (date: string, from: string, until: string): number =>
  Math.min(100, Math.max(0, ((time(date) - time(from)) / Math.max(DAY, time(until) - time(from))) * 100));

/** The first of every month within the strip. */
export const monthsBetween = (
  from: string,
  until: string,
): readonly { readonly date: string; readonly month: number; readonly year: number }[] => {
  const months = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5, 7));
  for (;;) {
    const date = `${year}-${String(month).padStart(2, '0')}-01`;
    if (date > until) return months;
    if (date >= from) months.push({ date, month, year });
    if (++month > 12) [year, month] = [year + 1, 1];
  }
};

/** Days before the due date from which it is called urgent. */
export const SOON_DAYS = 60;

/** Those to come, without the repetitions of what has not come to its day yet: nobody plans to let it come to that. */
export const rungsToShow = <R extends { readonly rung: string }>({
  daysLeft,
  rungs,
}: {
  readonly daysLeft: number;
  readonly rungs: readonly R[];
}): readonly R[] => (daysLeft < 0 ? rungs : rungs.filter(({ rung }) => !/overdue\+\d+d$/.test(rung)));
