import { localDateOf } from '@app/calendar';
import {
  handle,
  SYSTEM,
  VersionConflict,
  type Append,
  type Clock,
  type EventStore,
  type NewEvent,
} from '@app/event-sourcing';
import { foldStream } from '@app/event-sourcing/fold-stream';
import { DIGEST, mailsInDigest, type MailListener, type OutgoingMail } from '@app/mail';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import type { Addressed, Instant } from './domain/reminder';
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

/** So often the streams are read again because somebody else wrote into one of them meanwhile. */
const MOST_ATTEMPTS = 10;

/**
 * Writes into the ledger what became of reminders' mails, delivered, refused or given up, or of the digests that they went into; listens to
 * both. All of them in one append. What was given up escalates. Safe to repeat.
 *
 * @throws Error when no reminder asked for a mail; nothing is recorded then
 */
export const recordDelivery =
  ({ store, dataSource, clock = () => new Date() }: RecordDeliveryDependencies): MailListener =>
  async (mails) => {
    const bySubject = new Map<string, Outcome[]>();
    for (const mail of mails) {
      for (const id of await remindersIn(dataSource, mail)) {
        const outcome = { id, mail, ...readOurs(id) };
        bySubject.set(outcome.subject, [...(bySubject.get(outcome.subject) ?? []), outcome]);
      }
    }
    const on = (at: Instant) => recipientsOn(store, dataSource, localDateOf(at))(ADMINISTRATORS, null);
    for (let attempt = 1; ; attempt++) {
      const appends = await Promise.all(
        [...bySubject].map(([subject, outcomes]) => appendOf(store, subject, outcomes, clock, on)),
      );
      try {
        await store.appendMany(appends.flatMap((append) => append ?? []));
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict) || attempt >= MOST_ATTEMPTS) throw error;
      }
    }
  };

/** The mails of reminders that one mail stands for. */
const remindersIn = async (dataSource: DataSource, { id, kind }: OutgoingMail): Promise<readonly string[]> => {
  if (kind === 'reminder') return [id];
  return kind === DIGEST ? mailsInDigest(dataSource, id, REMINDER_TOPIC) : [];
};

type Outcome = {
  readonly id: string;
  readonly subject: string;
  readonly rungId: string;
  readonly userId: string;
  readonly of?: string;
  readonly mail: OutgoingMail;
};

/** What there is to write into the ledger of one subject; null: nothing. */
const appendOf = async (
  store: EventStore,
  subject: string,
  outcomes: readonly Outcome[],
  clock: Clock,
  administratorsOn: (at: Instant) => Promise<readonly string[]>,
): Promise<Append | null> => {
  const stream = reminderStream(subject);
  const { state, last } = await foldStream(store, reminderDecider, reminderCodec, stream);
  let ledger = state;
  const events: NewEvent[] = [];
  for (const { id, rungId, userId, of, mail } of outcomes) {
    const at = mail.sentAt ?? clock().toISOString();
    const metadata = { actor: SYSTEM, recordedAt: at, correlationId: id, causationId: id };
    const decide = (command: ReminderCommand): void => {
      const decision = reminderDecider.decide(command, ledger);
      if (decision.outcome === 'rejected') throw new Error(`Nobody asked for this mail: ${id}`);
      ledger = decision.events.reduce(reminderDecider.evolve, ledger);
      events.push(...decision.events.map((event) => ({ id: newId(), metadata, ...reminderCodec.encode(event) })));
    };
    decide(recordOf({ rungId, recipient: userId, of, at }, mail));
    if (mail.status !== 'failed') continue;
    const reminded = ledger.reminders.find(({ rungIds }) => rungIds[0] === rungId);
    // Of whom a mail does not reach that says that another did not reach somebody, nobody is told: there is no chain of that.
    if (of !== undefined || reminded?.informed?.includes(userId)) continue;
    const recipients = await administratorsOn(at);
    decide({ type: 'Escalate', rungId, cause: 'undeliverable', of: userId, on: localDateOf(at), recipients, at });
  }
  return events.length === 0 ? null : { stream, expected: last?.version ?? 'no-stream', events };
};

const recordOf = (
  about: Addressed & { readonly at: Instant },
  { status, messageId, smtpAnswer, lastError, refusals }: OutgoingMail,
): ReminderCommand => {
  if (status === 'sent')
    return {
      ...{ type: 'RecordSent', ...about, messageId: messageId ?? '' },
      smtpAnswer: withoutAddresses(smtpAnswer ?? ''),
    };
  const reason = withoutAddresses(lastError ?? '');
  return status === 'refused'
    ? { type: 'RecordRefused', ...about, reason, refusals }
    : { type: 'RecordFailed', ...about, reason };
};

/** Writes into the ledger that a mail which was kept for a digest goes into none. Safe to repeat. */
export const recordUnneeded = async (store: EventStore, mailId: string, now: Date): Promise<void> => {
  const { subject, rungId, userId, of } = readOurs(mailId);
  const handled = await handle(
    { store, decider: reminderDecider, codec: reminderCodec, newId },
    {
      stream: reminderStream(subject),
      command: { type: 'RecordUnneeded', rungId, recipient: userId, of, at: now.toISOString() },
      metadata: { actor: SYSTEM, recordedAt: now.toISOString(), correlationId: mailId, causationId: mailId },
    },
  );
  if (handled.outcome === 'rejected') throw new Error(`Nobody asked for this mail: ${mailId}`);
};

const readOurs = (mailId: string): NonNullable<ReturnType<typeof readReminderMailId>> => {
  const read = readReminderMailId(mailId);
  if (!read) throw new Error(`Not the id of a reminder's mail: ${mailId}`);
  return read;
};
