import holidayJp from '@holiday-jp/holiday_jp';
import { addDays, dayOfWeek, type LocalDate } from './local-date';

// Source: the npm package @holiday-jp/holiday_jp (MIT), made from github.com/holiday-jp/holiday_jp, which is checked against
// 内閣府's list 「国民の祝日」 and against Google's calendar. 振替休日 and 国民の休日 (祝日法 3条2項・3項) are days of their own in it.
const holidays: Readonly<Record<string, { readonly name: string } | undefined>> = holidayJp.holidays;
const years = Object.keys(holidays).map((date) => Number(date.slice(0, 4)));

/**
 * The years whose Japanese holidays are known. Only this year's and the next one's are settled, by 内閣府 each February; those
 * of later years are the law's and the almanac's forecast (春分の日, 秋分の日), and change with the law.
 */
export const coveredYears = { first: Math.min(...years), last: Math.max(...years) } as const;

/**
 * For the start of a process: what to warn of when the holidays of this year or the next are not known, or null. In such
 * a year Saturdays and Sundays are still no business days, but holidays are.
 */
export const calendarWarning = (today: LocalDate): string | null => {
  const { first, last } = coveredYears;
  const year = Number(today.slice(0, 4));
  const missing = [year, year + 1].filter((each) => each < first || each > last);
  return missing.length === 0
    ? null
    : `The Japanese holidays of ${missing.join(' and ')} are not known (only of ${first} to ${last}): due days may fall on one. Update @holiday-jp/holiday_jp.`;
};

/** The name of the 祝日, 振替休日 or 国民の休日, or null. */
export const holidayName = (date: LocalDate): string | null => holidays[date]?.name ?? null;

/** Monday to Friday, and no holiday. 年末年始 (12-29 … 01-03) is a custom, not a holiday, and counts as business days but for 元日. */
export const isBusinessDay = (date: LocalDate): boolean => {
  const day = dayOfWeek(date);
  return day !== 0 && day !== 6 && holidayName(date) === null;
};

/** The day itself when it is a business day, else the first one after it. */
export const nextBusinessDay = (date: LocalDate): LocalDate =>
  isBusinessDay(date) ? date : nextBusinessDay(addDays(date, 1));

/** The day itself when it is a business day, else the last one before it. */
export const previousBusinessDay = (date: LocalDate): LocalDate =>
  isBusinessDay(date) ? date : previousBusinessDay(addDays(date, -1));

/** The day that many business days after a day, which need not be one itself; 0 is the day itself. */
export const businessDaysAfter = (date: LocalDate, count: number): LocalDate =>
  count === 0 ? date : businessDaysAfter(nextBusinessDay(addDays(date, 1)), count - 1);
