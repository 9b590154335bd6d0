import { addDays, addMonths, type LocalDate } from '@app/calendar';

/** How long before the due date a reminder goes out. A month before 03-31 is the last day of February. */
export type Notice = { readonly months: number } | { readonly days: number };

export type Ladder = {
  readonly before: readonly Notice[];
  /** Whether what is overdue is mailed again, and after how many days; null: once only. */
  readonly overdueEveryDays: number | null;
};

/** For certificates that are renewed by an assessment, such as ISMS (ISO/IEC 27001). */
export const renewalLadder: Ladder = {
  before: [...[9, 6, 4, 2].map((months) => ({ months })), ...[60, 30, 14, 7, 1, 0].map((days) => ({ days }))],
  overdueEveryDays: 30,
};

/** Something with a due date, named by its stream, and the day from which this due date was known here. */
export type Deadline = { readonly subject: string; readonly dueOn: LocalDate; readonly knownOn: LocalDate };

/** One step of a ladder for one due date. */
export type Rung = {
  /** `{subject}:{dueDate}:{rung}`: the same rung has the same id whoever computes it, and however often. */
  readonly rungId: string;
  /** `9m`, `60d`, `0d`, `overdue`, `overdue+30d` … */
  readonly rung: string;
  /** 「9か月前」「60日前」「前日」「当日」「期限切れ」「期限切れ（2回目）」 */
  readonly label: string;
  readonly sendOn: LocalDate;
};

/** The rungs that come on or before `day`, the first first; of two on one day the shorter notice is the later. */
export const rungsUntil = (deadline: Deadline, ladder: Ladder, day: LocalDate): readonly Rung[] => {
  const before = ladder.before
    .map((notice) => noticeRung(deadline, notice))
    .filter(({ sendOn }) => sendOn <= day)
    .sort((a, b) => (a.sendOn < b.sendOn ? -1 : a.sendOn > b.sendOn ? 1 : 0));
  return [...before, ...overdueRungs(deadline, ladder, day)];
};

/**
 * What a mail of `today` is about: the latest rung that has come, and the earlier ones that it stands for when they
 * were missed. Null before the first rung.
 */
export const rungsDue = (
  deadline: Deadline,
  ladder: Ladder,
  today: LocalDate,
): { readonly latest: Rung; readonly earlier: readonly Rung[] } | null => {
  const come = rungsUntil(deadline, ladder, today);
  const latest = come.at(-1);
  return latest ? { latest, earlier: come.slice(0, -1) } : null;
};

/** The first rung after `day`, or null when there will be none. */
export const nextRung = (deadline: Deadline, ladder: Ladder, day: LocalDate): Rung | null => {
  const later = [deadline.dueOn, deadline.knownOn, day].reduce((a, b) => (a > b ? a : b));
  const horizon = addDays(later, 1 + (ladder.overdueEveryDays ?? 0));
  return rungsUntil(deadline, ladder, horizon).find(({ sendOn }) => sendOn > day) ?? null;
};

const noticeRung = ({ subject, dueOn }: Deadline, notice: Notice): Rung =>
  'months' in notice
    ? {
        rungId: `${subject}:${dueOn}:${notice.months}m`,
        rung: `${notice.months}m`,
        label: `${notice.months}か月前`,
        sendOn: addMonths(dueOn, -notice.months),
      }
    : {
        rungId: `${subject}:${dueOn}:${notice.days}d`,
        rung: `${notice.days}d`,
        label: notice.days === 0 ? '当日' : notice.days === 1 ? '前日' : `${notice.days}日前`,
        sendOn: addDays(dueOn, -notice.days),
      };

/** Counted from when it could first be said: what is registered long after it lapsed is not mailed again tomorrow. */
const overdueRungs = (
  { subject, dueOn, knownOn }: Deadline,
  { overdueEveryDays }: Ladder,
  day: LocalDate,
): readonly Rung[] => {
  const first = knownOn > dueOn ? knownOn : addDays(dueOn, 1);
  const rungs: Rung[] = [];
  for (let days = 0, sendOn = first; sendOn <= day; days += overdueEveryDays ?? 0, sendOn = addDays(first, days)) {
    const rung = days === 0 ? 'overdue' : `overdue+${days}d`;
    const label = days === 0 ? '期限切れ' : `期限切れ（${rungs.length + 1}回目）`;
    rungs.push({ rungId: `${subject}:${dueOn}:${rung}`, rung, label, sendOn });
    if (overdueEveryDays === null) break;
  }
  return rungs;
};
