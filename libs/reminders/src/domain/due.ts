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
export type Due = { readonly latest: Rung; readonly earlier: readonly Rung[] };

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
  return latest ? { latest, earlier: come.slice(0, -1) } : null;
};

/** The reminder that nobody has acknowledged for so long that others hear of it today; null: none. */
export const escalationOn = (deadline: Deadline, ladder: Ladder, ledger: Ledger, today: LocalDate): Reminded | null => {
  const open = openEscalation(deadline, ladder, ledger);
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
  const open = latestOf([first.sendOn, deadline.knownOn, ledger.snoozedUntil]);
  return ladder.businessDays === 'asIs' ? open : calendar.nextBusinessDay(open);
};

/** The first day on which there is something to say of a due date, or to escalate; null: never, as things are. */
export const nextLook = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
  calendar: BusinessCalendar = japan,
): LocalDate | null =>
  [nextReminderOn(deadline, ladder, ledger, calendar), openEscalation(deadline, ladder, ledger)?.on ?? null]
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

/** Of several that nobody acknowledged one escalates, once; who acknowledges one has seen all that went before it. */
const openEscalation = (
  deadline: Deadline,
  ladder: Ladder,
  ledger: Ledger,
): { readonly reminded: Reminded; readonly on: LocalDate } | null => {
  const all = remindedOf(ledger, deadlineKey(deadline));
  const unseen = all.slice(all.findLastIndex(({ acknowledged }) => acknowledged !== null) + 1);
  if (unseen.some(({ escalations }) => escalations.includes('unacknowledged'))) return null;
  const open = unseen.flatMap((reminded) => {
    const { escalate } = stepOf(ladder, reminded.rung);
    return escalate ? [{ reminded, on: businessDaysAfter(reminded.on, escalate.afterBusinessDays) }] : [];
  });
  return open.reduce<(typeof open)[number] | null>(
    (first, each) => (first && first.on <= each.on ? first : each),
    null,
  );
};

const latestOf = (days: readonly (LocalDate | null)[]): LocalDate =>
  days.reduce<LocalDate>((latest, day) => (day !== null && day > latest ? day : latest), '');
