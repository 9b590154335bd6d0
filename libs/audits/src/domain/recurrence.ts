import { addDays, addMonths, type LocalDate } from '@app/calendar';
import ICAL from 'ical.js';

/**
 * When something comes round again.
 *
 * - `schedule`: on the days of the rule, counted from the first due day, whenever it is carried out
 * - `lastPerformed`: the rule's period after it was carried out last (脆弱性診断: 12 months after the last)
 * - `lastApproval`: the same, and also after each published edition of the disclosure that is watched (文書見直し)
 */
export const anchors = ['schedule', 'lastPerformed', 'lastApproval'] as const;
export type Recurrence = {
  /** RFC 5545, as after `RRULE:`, e.g. `FREQ=MONTHLY;INTERVAL=6`. */
  readonly rule: string;
  readonly anchor: (typeof anchors)[number];
};

/** Why a rule is not taken. Each of them would have days that never come, or come when nobody expects them. */
export type BadRecurrence =
  | { readonly type: 'NotARecurrence' }
  | { readonly type: 'UnsupportedRecurrence' }
  /** There is no 31st of April, and RFC 5545 then leaves April out. */
  | { readonly type: 'RecurrenceSkipsMonths'; readonly day: number }
  | { readonly type: 'RecurrenceNotAPeriod' };

/** What a part may be. The values are narrower than RFC 5545's where a day would never come. */
const forms = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^([1-9]|[1-9]\d|1[01]\d|120)$/,
  COUNT: /^[1-9]\d{0,2}$/,
  UNTIL: /^\d{8}$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*$/,
  BYDAY: /^(-?[1-4])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-4])?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYSETPOS: /^-?1$/,
} as const;
type Parts = { readonly [name in keyof typeof forms]?: string };

/** With others, a rule can be one that has no days at all: every seventh day that is a Monday, beginning on a Tuesday. */
const partsOfFrequency: Record<string, readonly string[]> = {
  DAILY: [],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS'],
  YEARLY: ['BYMONTH', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS'],
};

const partsOf = (rule: string): Parts | null => {
  const pairs = rule.split(';').map((each) => each.split('='));
  const names = new Set(pairs.map(([name]) => name));
  if (names.size < pairs.length || !names.has('FREQ') || pairs.some((pair) => pair.length !== 2)) return null;
  return Object.fromEntries(pairs) as Parts;
};

/** What is wrong with a recurrence that begins on a day, or null. */
export const badRecurrence = ({ rule, anchor }: Recurrence, firstDueOn: LocalDate): BadRecurrence | null => {
  const parts = partsOf(rule);
  if (parts === null) return { type: 'NotARecurrence' };
  const { FREQ = '', BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, COUNT, UNTIL } = parts;
  const names = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', ...(partsOfFrequency[FREQ] ?? [])];
  const supported = Object.entries(parts).every(
    ([name, value]) => names.includes(name) && forms[name as keyof Parts].test(value),
  );
  const ordinals = BYDAY !== undefined && /\d/.test(BYDAY);
  const contradictory =
    (COUNT !== undefined && UNTIL !== undefined) ||
    (BYDAY !== undefined && BYMONTHDAY !== undefined) ||
    (BYSETPOS !== undefined && (BYDAY === undefined || ordinals)) ||
    (ordinals && FREQ === 'WEEKLY');
  if (!supported || contradictory) return { type: 'UnsupportedRecurrence' };

  if (anchor !== 'schedule') {
    const period = Object.keys(parts).every((name) => name === 'FREQ' || name === 'INTERVAL');
    return period ? null : { type: 'RecurrenceNotAPeriod' };
  }
  const ofFirst = BYDAY === undefined && (FREQ === 'MONTHLY' || BYMONTH !== undefined) ? firstDueOn.slice(8) : '1';
  const day = Math.max(...(BYMONTHDAY ?? ofFirst).split(',').map((each) => Math.abs(Number(each))));
  return day > 28 ? { type: 'RecurrenceSkipsMonths', day } : null;
};

/**
 * The first day of the rule after `after`, when it is counted from `firstDueOn`; null when it has ended.
 * @throws Error when the rule is none: ask `badRecurrence` first
 */
export const nextInSchedule = (rule: string, firstDueOn: LocalDate, after: LocalDate): LocalDate | null => {
  const days = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(firstDueOn));
  for (let day = days.next(); day; day = days.next()) {
    const date = day.toString();
    if (date > after) return date;
  }
  return null;
};

/**
 * The rule's period after a day; a month after 01-31 is the last day of February.
 * @throws Error when the rule is more than a period: ask `badRecurrence` first
 */
export const periodAfter = (rule: string, day: LocalDate): LocalDate => {
  const { freq, interval } = ICAL.Recur.fromString(rule);
  switch (freq) {
    case 'DAILY':
      return addDays(day, interval);
    case 'WEEKLY':
      return addDays(day, 7 * interval);
    case 'MONTHLY':
      return addMonths(day, interval);
    case 'YEARLY':
      return addMonths(day, 12 * interval);
    default:
      throw new Error(`Not a period: ${rule}`);
  }
};
