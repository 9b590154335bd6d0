import {
  addDays,
  addMonths,
  daysBetween,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
  type Deadline,
  type LocalDate,
} from '@app/calendar';
import type { OfficerRole } from '@app/officers/domain/officer-role';

/** How long before the due date a reminder goes out. A month before 03-31 is the last day of February. */
export type Notice = { readonly months: number } | { readonly days: number };

/** Whom a reminder goes to. */
export type Recipient =
  | { readonly officer: OfficerRole }
  | { readonly role: 'drafter' | 'signatory' | 'auditor' | 'administrator' }
  | { readonly user: string }
  /** Whoever looks after the subject, where somebody is named. */
  | { readonly responsible: true };

/** Who hears of a reminder that nobody acknowledged for so many business days. */
export type Escalation = { readonly afterBusinessDays: number; readonly to: readonly Recipient[] };

export type Step = Notice & {
  /** Default: those of the ladder. */
  readonly to?: readonly Recipient[] | undefined;
  readonly escalate?: Escalation | undefined;
};

/**
 * What becomes of a reminder whose day is a closed one. `asIs`: it goes out on that day. `previous`, `next`: on the business
 * day before or after it, and nothing of this ladder goes out on a closed day.
 */
export const businessDayRules = ['asIs', 'previous', 'next'] as const;
export type BusinessDayRule = (typeof businessDayRules)[number];

/** When somebody is reminded of a due date, and who. */
export type Ladder = {
  readonly before: readonly Step[];
  /** Whether what is overdue is mailed again, and after how many days; null: once only. */
  readonly overdueEveryDays: number | null;
  readonly businessDays: BusinessDayRule;
  readonly to: readonly Recipient[];
  /** Of each reminder that something is overdue. */
  readonly escalateOverdue?: Escalation | undefined;
  /** Since when it is like that: what it would have sent before was not missed. Absent: from the first. Not stored with it. */
  readonly changedOn?: LocalDate | undefined;
};

/** One step of a ladder for one due date. */
export type Rung = {
  /** `{subject}:{dueDate}:{rung}`: the same rung has the same id whoever computes it, and however often. */
  readonly rungId: string;
  /**
   * `9m`, `30d`, `0d`, `overdue` (the day after the due date), `overdue+30d` (thirty days after that); with its matter before it where
   * that is not the subject's main one: `surveillance-3m`.
   */
  readonly rung: string;
  /** 「9か月前」「30日前」「前日」「当日」「期限切れ」「期限切れ（2日目）」; of a decision 「結果の確認」 */
  readonly label: string;
  readonly sendOn: LocalDate;
};

/** Which days are open. The product's are Japan's. */
export type BusinessCalendar = {
  readonly isBusinessDay: (date: LocalDate) => boolean;
  readonly previousBusinessDay: (date: LocalDate) => LocalDate;
  readonly nextBusinessDay: (date: LocalDate) => LocalDate;
};
export const japan: BusinessCalendar = { isBusinessDay, previousBusinessDay, nextBusinessDay };

/** The rungs that come on or before `day`, the first first; of two on one day the shorter notice is the later. */
export const rungsUntil = (
  deadline: Deadline,
  ladder: Ladder,
  day: LocalDate,
  calendar: BusinessCalendar = japan,
): readonly Rung[] => rungsBetween(deadline, ladder, null, day, calendar);

/** Those of them that come after `after`; null: from the beginning. */
export const rungsBetween = (
  deadline: Deadline,
  ladder: Ladder,
  after: LocalDate | null,
  until: LocalDate,
  calendar: BusinessCalendar = japan,
): readonly Rung[] => {
  const { businessDays } = ladder;
  const moved =
    (rule: BusinessDayRule) =>
    ({ sendOn, ...rung }: Rung): Rung => ({ ...rung, sendOn: moves[rule](sendOn, calendar) });
  return [
    ...ladder.before
      .map((notice) => noticeRung(deadline, notice))
      .sort(bySendOn)
      .map(moved(businessDays)),
    // Never before the due date has passed.
    ...overdueRungs(deadline, ladder, after, until).map(moved(businessDays === 'previous' ? 'next' : businessDays)),
  ]
    .filter(({ sendOn }) => (after === null || sendOn > after) && sendOn <= until)
    .sort(bySendOn);
};

/**
 * What a mail of `today` is about: the latest rung that has come, and the earlier ones that it stands for when they
 * were missed. Null before the first rung.
 */
export const rungsDue = (
  deadline: Deadline,
  ladder: Ladder,
  today: LocalDate,
  calendar: BusinessCalendar = japan,
): { readonly latest: Rung; readonly earlier: readonly Rung[] } | null => {
  const come = rungsUntil(deadline, ladder, today, calendar);
  const latest = come.at(-1);
  return latest ? { latest, earlier: come.slice(0, -1) } : null;
};

/** The first rung after `day`, or null when there will be none. */
export const nextRung = (
  deadline: Deadline,
  ladder: Ladder,
  day: LocalDate,
  calendar: BusinessCalendar = japan,
): Rung | null => {
  const later = [deadline.dueOn, deadline.knownOn, day].reduce((a, b) => (a > b ? a : b));
  const horizon = addDays(later, 1 + (ladder.overdueEveryDays ?? 0) + LONGEST_CLOSURE);
  return rungsBetween(deadline, ladder, day, horizon, calendar)[0] ?? null;
};

/** Whether the rung is one of the deadline's: of several due on one day its matter and part say which. */
export const isRungOf = (deadline: Deadline, rungId: string): boolean => {
  const beginning = `${deadline.subject}:${deadline.dueOn}:${prefixOf(deadline)}`;
  return rungId.startsWith(beginning) && !rungId.slice(beginning.length).includes('-');
};

/** Whether the reminder says that the due date has passed. */
export const isOverdueRung = (rung: string): boolean => /(?:^|-)overdue(?:\+\d+d)?$/.test(rung);

/** A rung's name in words, whatever became of its ladder since. */
export const labelOf = (rung: string): string => {
  const [, count = '', unit] = /(?:^|-)(\d+)([md])$/.exec(rung) ?? [];
  if (unit === 'm') return `${count}か月前`;
  if (unit === 'd') return { '0': '当日', '1': '前日' }[count] ?? `${count}日前`;
  const called = rung.startsWith('decision-') ? '結果の確認' : '期限切れ';
  const [, days] = /\+(\d+)d$/.exec(rung) ?? [];
  return days === undefined ? called : `${called}（${Number(days) + 1}日目）`;
};

/** To whom a rung of a ladder goes, and to whom it escalates. A rung that is no longer in the ladder goes to the ladder's. */
export const stepOf = (
  ladder: Ladder,
  rung: string,
): { readonly to: readonly Recipient[]; readonly escalate: Escalation | undefined } => {
  if (isOverdueRung(rung)) return { to: ladder.to, escalate: ladder.escalateOverdue };
  const notice = rung.slice(rung.lastIndexOf('-') + 1);
  const step = ladder.before.find((each) => noticeName(each) === notice);
  return { to: step?.to ?? ladder.to, escalate: step?.escalate };
};

const moves: Record<BusinessDayRule, (date: LocalDate, calendar: BusinessCalendar) => LocalDate> = {
  asIs: (date) => date,
  previous: (date, calendar) => calendar.previousBusinessDay(date),
  next: (date, calendar) => calendar.nextBusinessDay(date),
};

/** No closure of Saturdays, Sundays and holidays is longer. */
const LONGEST_CLOSURE = 14;

const bySendOn = (a: Rung, b: Rung): number => (a.sendOn < b.sendOn ? -1 : a.sendOn > b.sendOn ? 1 : 0);

const noticeName = (notice: Notice): string => ('months' in notice ? `${notice.months}m` : `${notice.days}d`);

/** What stands before a rung's name: nothing for that for which the subject is in its register. */
const prefixOf = ({ matter, part }: Pick<Deadline, 'matter' | 'part'>): string =>
  matter === 'renewal' || matter === 'audit' ? '' : part ? `${matter}-${part.id}-` : `${matter}-`;

const rungOf = (deadline: Deadline, name: string, sendOn: LocalDate): Rung => {
  const rung = `${prefixOf(deadline)}${name}`;
  return { rungId: `${deadline.subject}:${deadline.dueOn}:${rung}`, rung, label: labelOf(rung), sendOn };
};

const noticeRung = (deadline: Deadline, notice: Notice): Rung => {
  const { dueOn } = deadline;
  const sendOn = 'months' in notice ? addMonths(dueOn, -notice.months) : addDays(dueOn, -notice.days);
  return rungOf(deadline, noticeName(notice), sendOn);
};

/**
 * From when it can first be said: what is registered long after it lapsed is not mailed again tomorrow, and what was met by mistake is
 * said as soon as it is open again. Each is named by its day, so that none is taken for one that was said before.
 */
const overdueRungs = (
  deadline: Deadline,
  { overdueEveryDays }: Ladder,
  after: LocalDate | null,
  until: LocalDate,
): readonly Rung[] => {
  const { dueOn, knownOn } = deadline;
  const dayAfter = addDays(dueOn, 1);
  const first = knownOn > dueOn ? knownOn : dayAfter;
  const overdue = (turn: number): Rung => {
    const on = addDays(first, turn * (overdueEveryDays ?? 0));
    const days = daysBetween(dayAfter, on);
    return rungOf(deadline, days === 0 ? 'overdue' : `overdue+${days}d`, on);
  };
  const reach = addDays(until, LONGEST_CLOSURE);
  if (first > reach) return [];
  if (overdueEveryDays === null) return [overdue(0)];
  const last = Math.floor(daysBetween(first, reach) / overdueEveryDays);
  // Those of years ago are not made only to be left out.
  const from =
    after === null ? 0 : Math.max(0, Math.floor((daysBetween(first, after) - LONGEST_CLOSURE) / overdueEveryDays));
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => overdue(from + index));
};
