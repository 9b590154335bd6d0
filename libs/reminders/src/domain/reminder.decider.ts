import { addDays, localDateOf, type Deadline, type LocalDate } from '@app/calendar';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { Rung } from '@app/reminding/domain/ladder';
import {
  deadlineKey,
  escalationKey,
  evolve,
  initialState,
  isMain,
  isSaid,
  mailKey,
  remindedOf,
  type About,
  type Addressed,
  type EscalationCause,
  type Instant,
  type Ledger,
  type Person,
  type ReminderEvent,
  type UserId,
} from './reminder';

export type ReminderCommand = { readonly at: Instant } & (
  | {
      readonly type: 'Remind';
      readonly deadline: Deadline;
      readonly about: About;
      readonly on: LocalDate;
      readonly latest: Rung;
      readonly earlier: readonly Rung[];
      /** The service was down on the day on which it should have gone out. */
      readonly missed: boolean;
      readonly recipients: readonly UserId[];
    }
  | ({
      readonly type: 'RecordSent';
      readonly messageId: string;
      readonly smtpAnswer: string;
    } & Addressed)
  | ({ readonly type: 'RecordRefused'; readonly reason: string; readonly refusals: number } & Addressed)
  | ({ readonly type: 'RecordFailed'; readonly reason: string } & Addressed)
  | ({ readonly type: 'RecordUnneeded' } & Addressed)
  | {
      readonly type: 'Escalate';
      readonly rungId: string;
      readonly cause: EscalationCause;
      readonly of?: UserId | undefined;
      readonly on: LocalDate;
      readonly recipients: readonly UserId[];
    }
  | { readonly type: 'Acknowledge'; readonly rungId: string; readonly until: LocalDate; readonly by: Person }
  | {
      readonly type: 'Snooze';
      readonly subject: string;
      readonly until: LocalDate;
      readonly reason?: string | undefined;
      readonly by: Person;
    }
  | { readonly type: 'Resume'; readonly subject: string; readonly by: Person }
);

export type ReminderRejection =
  /** Nothing is recorded, so that it is due still when there is somebody. */
  | { readonly type: 'NobodyToRemind'; readonly rungId: string }
  | { readonly type: 'UnknownReminder'; readonly rungId: string }
  | { readonly type: 'UntilOutOfRange'; readonly from: LocalDate; readonly to: LocalDate };

/** So many days ahead reminders may be put off or kept quiet; longer, and somebody else's deadline is forgotten. */
export const LONGEST_QUIET_DAYS = 92;

type Outcome = Decision<ReminderEvent, ReminderRejection>;
type Command<T extends ReminderCommand['type']> = Extract<ReminderCommand, { type: T }>;

export const decide = (command: ReminderCommand, state: Ledger): Outcome => {
  switch (command.type) {
    case 'Remind':
      return remind(command, state);
    case 'RecordSent':
    case 'RecordRefused':
    case 'RecordFailed':
    case 'RecordUnneeded':
      return record(command, state);
    case 'Escalate':
      return escalate(command, state);
    case 'Acknowledge':
      return acknowledge(command, state);
    case 'Snooze': {
      const { subject, until, reason, by, at } = command;
      if (state.snoozedUntil === until && reason === undefined) return accept();
      const because = reason === undefined ? {} : { reason };
      return outOfRange(until, at) ?? accept({ type: 'ReminderSnoozed', data: { subject, until, ...because, by, at } });
    }
    case 'Resume': {
      const { subject, by, at } = command;
      const today = localDateOf(at);
      if (state.snoozedUntil === null || state.snoozedUntil <= today) return accept();
      return accept({ type: 'ReminderSnoozed', data: { subject, until: today, by, at } });
    }
    default:
      return assertNever(command);
  }
};

const remind = (
  { deadline, about, on, latest, earlier, missed, recipients, at }: Command<'Remind'>,
  state: Ledger,
): Outcome => {
  const { subject, matter, part, dueOn } = deadline;
  const reminded = remindedOf(state, deadlineKey(deadline));
  if (isSaid(latest, reminded)) return accept();
  const whom = [...new Set(recipients)];
  if (whom.length === 0) return reject({ type: 'NobodyToRemind', rungId: latest.rungId });
  const collapsed = earlier.filter((rung) => !isSaid(rung, reminded));
  return accept({
    type: 'ReminderDue',
    data: {
      ...latest,
      ...{ subject, about, dueOn, on, collapsed, recipients: whom, at },
      ...(isMain(matter) ? {} : { matter }),
      ...(part === undefined ? {} : { part }),
      ...(missed ? { missed } : {}),
    },
  });
};

/** What was sent may come back; what was refused or given up may be sent all the same. The same is recorded once. */
const record = (
  command: Command<'RecordSent' | 'RecordRefused' | 'RecordFailed' | 'RecordUnneeded'>,
  { reminders }: Ledger,
): Outcome => {
  const { rungId, recipient, of, at } = command;
  const mail = mailKey(command);
  const reminder = reminders.find(({ rungIds }) => rungIds[0] === rungId);
  const mails = of === undefined ? reminder?.recipients : reminder?.again;
  if (!reminder || !mails?.includes(mail)) return reject({ type: 'UnknownReminder', rungId });
  const about = { rungId, recipient, ...(of === undefined ? {} : { of }) };
  const { sent, failed, unneeded, refusals: known } = reminder;
  switch (command.type) {
    case 'RecordSent': {
      if (sent.includes(mail)) return accept();
      const { messageId, smtpAnswer } = command;
      return accept({ type: 'ReminderSent', data: { ...about, messageId, smtpAnswer, at } });
    }
    case 'RecordRefused': {
      const { reason, refusals } = command;
      if (refusals <= (known?.[mail] ?? 0) || failed.includes(mail)) return accept();
      return accept({ type: 'ReminderRefused', data: { ...about, reason, refusals, at } });
    }
    case 'RecordFailed':
      if (failed.includes(mail)) return accept();
      return accept({ type: 'ReminderFailed', data: { ...about, reason: command.reason, at } });
    case 'RecordUnneeded':
      if ([sent, failed, unneeded].some((settled) => settled.includes(mail))) return accept();
      return accept({ type: 'ReminderUnneeded', data: { ...about, at } });
    default:
      return assertNever(command);
  }
};

const escalate = ({ rungId, cause, of, on, recipients, at }: Command<'Escalate'>, { reminders }: Ledger): Outcome => {
  const reminder = reminders.find(({ rungIds }) => rungIds[0] === rungId);
  if (!reminder) return reject({ type: 'UnknownReminder', rungId });
  const key = escalationKey({ cause, of });
  if (reminder.escalations.includes(key)) return accept();
  if (cause === 'unacknowledged' && reminder.acknowledged !== null) return accept();
  const whom = [...new Set(recipients)];
  const others = whom.filter((id) => !reminder.recipients.includes(id));
  // Whoever has the reminder already has not heard yet that it does not reach this person.
  const again = of === undefined ? [] : whom.filter((id) => id !== of && reminder.recipients.includes(id));
  return accept({
    type: 'ReminderEscalated',
    data: {
      ...{ rungId, cause, ...(of === undefined ? {} : { of }) },
      ...{ recipients: others, ...(again.length === 0 ? {} : { again }), on, at },
    },
  });
};

const acknowledge = ({ rungId, until, by, at }: Command<'Acknowledge'>, { reminders }: Ledger): Outcome => {
  const reminder = reminders.find(({ rungIds }) => rungIds[0] === rungId);
  if (!reminder) return reject({ type: 'UnknownReminder', rungId });
  if (reminder.acknowledged === until) return accept();
  return outOfRange(until, at) ?? accept({ type: 'ReminderAcknowledged', data: { rungId, until, by, at } });
};

const outOfRange = (until: LocalDate, at: Instant): Outcome | null => {
  const today = localDateOf(at);
  const [from, to] = [addDays(today, 1), addDays(today, LONGEST_QUIET_DAYS)];
  return until < from || until > to ? reject({ type: 'UntilOutOfRange', from, to }) : null;
};

export const reminderDecider: Decider<ReminderCommand, Ledger, ReminderEvent, ReminderRejection> = {
  initialState,
  evolve,
  decide,
};
