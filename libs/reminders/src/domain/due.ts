import { addDays, businessDaysAfter, type Deadline, type LocalDate } from '@app/calendar';
import {
  japan,
  rungsBetween,
  stepOf,
  type BusinessCalendar,
  type Ladder,
  type Rung,
} from '@app/reminding/domain/ladder';
import { deadlineKey, isSaid, quietUntil, remindedOf, type Ledger, type Reminded } from './reminder';

/** What there is to say of a due date on a day. */
export type Due = {
  readonly latest: Rung;
  readonly earlier: readonly Rung[];
  /** It could have gone out on an earlier day: the service was down. */
  readonly missed: boolean;
};

/**
 * What a mail of `today` is about, given what has been said before: the latest rung that has come, and the earlier ones for which
 * it stands. Null: nothing, or not today, because the subject is snoozed or the ladder keeps to business days.
 */
export const dueOn = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
  today: LocalDate,
  calendar: BusinessCalendar = japan,
): Due | null => {
  if (ledger.snoozedUntil !== null && today < ledger.snoozedUntil) return null;
  if (ladder.businessDays !== 'asIs' && !calendar.isBusinessDay(today)) return null;
  const come = unsaid(deadline, ladder, ledger, today, calendar);
  const latest = come.at(-1);
  if (latest === undefined) return null;
  const missed = openOn([latest.sendOn, deadline.knownOn, ladder.changedOn ?? null], ladder, ledger, calendar) < today;
  return { latest, earlier: come.slice(0, -1), missed };
};

/** The reminder that nobody has acknowledged for so long that others hear of it today; null: none, or the subject is snoozed. */
export const escalationOn = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
  today: LocalDate,
  calendar: BusinessCalendar = japan,
): Reminded | null => {
  const open = nextEscalation(deadline, ladder, ledger, calendar);
  return open !== null && open.on <= today ? open.reminded : null;
};

/** The first day on which there is something to say of a due date; null: never, as things are. */
export const nextReminderOn = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
  calendar: BusinessCalendar = japan,
): LocalDate | null => {
  const reminded = remindedOf(ledger, deadlineKey(deadline));
  const known = [deadline.dueOn, deadline.knownOn, quietUntil(reminded), reminded.at(-1)?.on ?? null];
  const horizon = addDays(latestOf(known), (ladder.overdueEveryDays ?? 0) + 30);
  const [first] = unsaid(deadline, ladder, ledger, horizon, calendar);
  if (first === undefined) return null;
  return openOn([first.sendOn, deadline.knownOn], ladder, ledger, calendar);
};

/** The first day on which there is something to say of a due date, or to escalate; null: never, as things are. */
export const nextLook = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
  calendar: BusinessCalendar = japan,
): LocalDate | null =>
  [nextReminderOn(deadline, ladder, ledger, calendar), nextEscalation(deadline, ladder, ledger, calendar)?.on ?? null]
    .filter((day) => day !== null)
    .sort()[0] ?? null;

const unsaid = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
  until: LocalDate,
  calendar: BusinessCalendar,
): readonly Rung[] => {
  const reminded = remindedOf(ledger, deadlineKey(deadline));
  const last = reminded.reduce<LocalDate | null>((after, { on }) => (after === null || on > after ? on : after), null);
  return rungsBetween(deadline, ladder, last, until, calendar).filter((rung) => !isSaid(rung, reminded));
};

/**
 * The reminder of which others hear next, and when. Of several that nobody acknowledged one escalates, once; who acknowledges one has
 * seen all that went before it. While the subject is snoozed others hear of it no more than those who are reminded.
 */
export const nextEscalation = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
  calendar: BusinessCalendar = japan,
): { readonly reminded: Reminded; readonly on: LocalDate } | null => {
  const all = remindedOf(ledger, deadlineKey(deadline));
  const unseen = all.slice(all.findLastIndex(({ acknowledged }) => acknowledged !== null) + 1);
  if (unseen.some(({ escalations }) => escalations.includes('unacknowledged'))) return null;
  const open = unseen.flatMap((reminded) => {
    const { escalate } = stepOf(ladder, reminded.rung);
    return escalate ? [{ reminded, on: businessDaysAfter(reminded.on, escalate.afterBusinessDays) }] : [];
  });
  const first = open.reduce<(typeof open)[number] | null>(
    (earliest, each) => (earliest && earliest.on <= each.on ? earliest : each),
    null,
  );
  return first && { reminded: first.reminded, on: openOn([first.on], ladder, ledger, calendar) };
};

/** The first day from the latest of some days on, on which something may go out. */
const openOn = (
  days: readonly (LocalDate | null)[],
  { businessDays }: Ladder,
  { snoozedUntil }: Ledger,
  calendar: BusinessCalendar,
): LocalDate => {
  const open = latestOf([...days, snoozedUntil]);
  return businessDays === 'asIs' ? open : calendar.nextBusinessDay(open);
};

const latestOf = (days: readonly (LocalDate | null)[]): LocalDate =>
  days.reduce<LocalDate>((latest, day) => (day !== null && day > latest ? day : latest), '');
