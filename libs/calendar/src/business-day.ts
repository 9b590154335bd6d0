import holidayJp from '@holiday-jp/holiday_jp';
import { addDays, dayOfWeek, type LocalDate } from './local-date';

const holidays: Readonly<Record<string, { readonly name: string } | undefined>> = holidayJp.holidays;
const dates = Object.keys(holidays);

/** The years whose Japanese holidays are known. The days of later years are decided by law and by the almanac of the year before. */
export const coveredYears = {
  first: Math.min(...dates.map((date) => Number(date.slice(0, 4)))),
  last: Math.max(...dates.map((date) => Number(date.slice(0, 4)))),
} as const;

/**
 * For the start of a process: a year without holidays would silently count 元日 as a business day.
 *
 * @throws Error when the year is not covered
 */
export const assertCalendarCovers = (year: number): void => {
  const { first, last } = coveredYears;
  if (!Number.isInteger(year) || year < first || year > last) {
    throw new Error(
      `The calendar knows the Japanese holidays of ${first} to ${last}, not of ${year}. Update @holiday-jp/holiday_jp.`,
    );
  }
};

/** The name of the 祝日, 振替休日 or 国民の休日, or null. */
export const holidayName = (date: LocalDate): string | null => holidays[date]?.name ?? null;

/** Monday to Friday, and no holiday. 年末年始 (12-29 … 01-03) is a custom, not a holiday, and counts as business days but for 元日. */
export const isBusinessDay = (date: LocalDate): boolean => {
  assertCalendarCovers(Number(date.slice(0, 4)));
  const day = dayOfWeek(date);
  return day !== 0 && day !== 6 && holidayName(date) === null;
};

/** The day itself when it is a business day, else the first one after it. */
export const nextBusinessDay = (date: LocalDate): LocalDate =>
  isBusinessDay(date) ? date : nextBusinessDay(addDays(date, 1));

/** The day itself when it is a business day, else the last one before it. */
export const previousBusinessDay = (date: LocalDate): LocalDate =>
  isBusinessDay(date) ? date : previousBusinessDay(addDays(date, -1));
