import { isLocalDate, localDateOf, type LocalDate } from '@app/calendar';
import type { Instant } from '../domain/disclosure';

export type WhenProblem = { readonly type: 'TimeAmbiguous' | 'TimeUnreadable'; readonly written: string };

/**
 * A time as people and programs write it: a day is meant as it ended in the company's time zone (today: now); an hour needs
 * an offset from UTC, because nobody could say later which hour was meant.
 */
export const readInstant = (written: string, now: Instant): Instant | WhenProblem => {
  const text = written.trim();
  if (isLocalDate(text)) return text === localDateOf(now) ? now : endOf(text);
  // A plus sign that nobody encoded arrives as a space.
  const [, local, seconds = '', offset] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+\- ]\d{2}:\d{2})?$/i.exec(text) ?? [];
  if (local === undefined || !isLocalDate(local.slice(0, 10))) return { type: 'TimeUnreadable', written };
  const instant = new Date(`${local}${seconds || ':00'}${(offset ?? 'Z').replace(' ', '+').toUpperCase()}`);
  if (Number.isNaN(instant.getTime())) return { type: 'TimeUnreadable', written };
  return offset === undefined ? { type: 'TimeAmbiguous', written } : instant.toISOString();
};

const endOf = (day: LocalDate): Instant => new Date(`${day}T23:59:59.999+09:00`).toISOString();
