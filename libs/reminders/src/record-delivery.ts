import { localDateOf } from '@app/calendar';
import { currentState, handle, SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import { DIGEST, mailsInDigest, type MailListener, type OutgoingMail } from '@app/mail';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import type { ReminderCommand } from './domain/reminder.decider';
import { reminderDecider } from './domain/reminder.decider';
import { recipientsOn } from './recipients';
import { REMINDER_TOPIC } from './reminder-mails';
import { reminderCodec } from './reminder.codec';
import { readReminderMailId, reminderStream } from './reminder-stream';

/** Mail servers like to repeat the recipient's address. An event is for ever, and an address has to be erasable. */
const withoutAddresses = (words: string): string => words.replace(/[^\s<>@"'(),;:]+@[^\s<>@"'(),;:]+/g, '…');

/** Who hears of a reminder that a mail server would not take. */
const ADMINISTRATORS = [{ role: 'administrator' }] as const;

export type RecordDeliveryDependencies = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly clock?: Clock;
};

/**
 * Writes into the ledger what became of a reminder's mail, delivered or given up, or of the digest that it went into; listens to both.
 * What was given up escalates. Safe to repeat.
 *
 * @throws Error when no reminder asked for the mail
 */
export const recordDelivery =
  ({ store, dataSource, clock = () => new Date() }: RecordDeliveryDependencies): MailListener =>
  async (mail) => {
    const ids =
      mail.kind === 'reminder'
        ? [mail.id]
        : mail.kind === DIGEST
          ? await mailsInDigest(dataSource, mail.id, REMINDER_TOPIC)
          : [];
    for (const id of ids) await recordOne({ store, dataSource, clock }, id, mail);
  };

const recordOne = async (
  { store, dataSource, clock }: Required<RecordDeliveryDependencies>,
  id: string,
  { status, sentAt, messageId, smtpAnswer, lastError }: OutgoingMail,
): Promise<void> => {
  const { subject, rungId, userId } = readOurs(id);
  const at = sentAt ?? clock().toISOString();
  const decide = (command: ReminderCommand): Promise<void> => decideAbout(store, id, subject, command);
  const about = { rungId, recipient: userId, at };
  if (status === 'sent')
    return decide({
      ...{ type: 'RecordSent', ...about, messageId: messageId ?? '' },
      smtpAnswer: withoutAddresses(smtpAnswer ?? ''),
    });

  await decide({ type: 'RecordFailed', ...about, reason: withoutAddresses(lastError ?? '') });
  const ledger = await currentState(store, reminderDecider, reminderCodec, reminderStream(subject));
  const reminded = ledger.reminders.find(({ rungIds }) => rungIds[0] === rungId);
  // Who is told because it could not be delivered to somebody else is told once; there is no chain of that.
  if (reminded?.escalations.some((key) => key.startsWith('undeliverable'))) return;
  const on = localDateOf(at);
  const recipients = await recipientsOn(store, dataSource, on)(ADMINISTRATORS, null);
  await decide({ type: 'Escalate', rungId, cause: 'undeliverable', of: userId, on, recipients, at });
};

/** Writes into the ledger that a mail which was kept for a digest goes into none. Safe to repeat. */
export const recordUnneeded = async (store: EventStore, mailId: string, now: Date): Promise<void> => {
  const { subject, rungId, userId } = readOurs(mailId);
  const at = now.toISOString();
  await decideAbout(store, mailId, subject, { type: 'RecordUnneeded', rungId, recipient: userId, at });
};

const readOurs = (mailId: string): NonNullable<ReturnType<typeof readReminderMailId>> => {
  const read = readReminderMailId(mailId);
  if (!read) throw new Error(`Not the id of a reminder's mail: ${mailId}`);
  return read;
};

const decideAbout = async (
  store: EventStore,
  mailId: string,
  subject: string,
  command: ReminderCommand,
): Promise<void> => {
  const metadata = { actor: SYSTEM, recordedAt: command.at, correlationId: mailId, causationId: mailId };
  const handled = await handle(
    { store, decider: reminderDecider, codec: reminderCodec, newId },
    { stream: reminderStream(subject), command, metadata },
  );
  if (handled.outcome === 'rejected') throw new Error(`Nobody asked for this mail: ${mailId}`);
};
