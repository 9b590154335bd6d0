/** A day as it is called in the company's time zone: `yyyy-mm-dd`. Later days compare greater as strings. */
export type LocalDate = string;

/** Where the product lives unless its configuration says otherwise. */
export const TOKYO = 'Asia/Tokyo';

const DAY = 86_400_000;

/** Whether the text names a day that exists: `2027-02-29` does not. */
export const isLocalDate = (text: string): text is LocalDate =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOf(new Date(`${text}T00:00:00Z`)) === text;

/** The day it is in `timeZone` at an instant (a `Date`, or ISO 8601). */
export const localDateOf = (instant: Date | string, timeZone: string = TOKYO): LocalDate => {
  const parts = formatOf(timeZone).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
};

/** The hour of the day, from 0, that a clock in `timeZone` shows at an instant. */
export const localHourOf = (instant: Date | string, timeZone: string = TOKYO): number =>
  Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(new Date(instant)));

export const addDays = (date: LocalDate, days: number): LocalDate => dateOf(new Date(startOf(date) + days * DAY));

/** The same day of another month, or that month's last day when it has no such day: 2026-03-31 − 1 month is 2026-02-28. */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const start = new Date(startOf(date));
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0)).getUTCDate();
  return dateOf(new Date(first + (Math.min(start.getUTCDate(), lastDay) - 1) * DAY));
};

/** How many days later `to` is than `from`; negative when it is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => (startOf(to) - startOf(from)) / DAY;

/** For `sort`: negative when `a` is the earlier. */
export const compare = (a: LocalDate, b: LocalDate): number => (a < b ? -1 : a > b ? 1 : 0);

/** 0 is Sunday. */
export const dayOfWeek = (date: LocalDate): number => new Date(startOf(date)).getUTCDay();

/** 「2026年1月24日」 */
export const inJapanese = (date: LocalDate): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/** 「2030年2月1日 9時05分」 in Japan, whose clock is a whole number of hours ahead of UTC. */
export const timeInJapanese = (instant: Date | string): string =>
  `${inJapanese(localDateOf(instant))} ${localHourOf(instant)}時${new Date(instant).toISOString().slice(14, 16)}分`;

const startOf = (date: LocalDate): number => {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(start)) throw new RangeError(`Not a date: ${date}`);
  return start;
};

const dateOf = (instant: Date): LocalDate =>
  Number.isNaN(instant.getTime()) ? '' : instant.toISOString().slice(0, 10);

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  // Making a format takes a hundred times as long as using it.
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  formats.set(timeZone, format);
  return format;
};
