import type { LocalDate } from '@app/calendar';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { Rung } from './ladder';
import {
  evolve,
  initialState,
  type About,
  type Instant,
  type Ledger,
  type ReminderEvent,
  type UserId,
} from './reminder';

export type ReminderCommand = { readonly at: Instant } & (
  | {
      readonly type: 'Remind';
      readonly subject: string;
      readonly about: About;
      readonly dueOn: LocalDate;
      readonly on: LocalDate;
      readonly latest: Rung;
      readonly earlier: readonly Rung[];
      readonly recipients: readonly UserId[];
    }
  | {
      readonly type: 'RecordSent';
      readonly rungId: string;
      readonly recipient: UserId;
      readonly messageId: string;
      readonly smtpAnswer: string;
    }
  | {
      readonly type: 'RecordFailed';
      readonly rungId: string;
      readonly recipient: UserId;
      readonly reason: string;
    }
);

export type ReminderRejection =
  /** Nothing is recorded, so that it is due still when there is somebody. */
  | { readonly type: 'NobodyToRemind'; readonly rungId: string }
  | { readonly type: 'UnknownReminder'; readonly rungId: string };

type Outcome = Decision<ReminderEvent, ReminderRejection>;
type Command<T extends ReminderCommand['type']> = Extract<ReminderCommand, { type: T }>;

export const decide = (command: ReminderCommand, state: Ledger): Outcome => {
  switch (command.type) {
    case 'Remind':
      return remind(command, state);
    case 'RecordSent':
    case 'RecordFailed':
      return record(command, state);
    default:
      return assertNever(command);
  }
};

const remind = (
  { subject, about, dueOn, on, latest, earlier, recipients, at }: Command<'Remind'>,
  { reminders }: Ledger,
): Outcome => {
  const isDone = ({ rungId }: Rung) => reminders.some(({ rungIds }) => rungIds.includes(rungId));
  if (isDone(latest)) return accept();
  const whom = [...new Set(recipients)];
  if (whom.length === 0) return reject({ type: 'NobodyToRemind', rungId: latest.rungId });
  const collapsed = earlier.filter((rung) => !isDone(rung));
  return accept({
    type: 'ReminderDue',
    data: { ...latest, subject, about, dueOn, on, collapsed, recipients: whom, at },
  });
};

const record = (command: Command<'RecordSent' | 'RecordFailed'>, { reminders }: Ledger): Outcome => {
  const { rungId, recipient, at } = command;
  const reminder = reminders.find(({ rungIds }) => rungIds[0] === rungId);
  if (!reminder?.recipients.includes(recipient)) return reject({ type: 'UnknownReminder', rungId });
  if (reminder.sent.includes(recipient)) return accept();

  if (command.type === 'RecordSent') {
    const { messageId, smtpAnswer } = command;
    return accept({ type: 'ReminderSent', data: { rungId, recipient, messageId, smtpAnswer, at } });
  }
  if (reminder.failed.includes(recipient)) return accept();
  return accept({ type: 'ReminderFailed', data: { rungId, recipient, reason: command.reason, at } });
};

export const reminderDecider: Decider<ReminderCommand, Ledger, ReminderEvent, ReminderRejection> = {
  initialState,
  evolve,
  decide,
};
