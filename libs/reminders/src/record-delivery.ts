import { handle, SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import type { MailListener } from '@app/mail';
import { v7 as newId } from 'uuid';
import { reminderDecider } from './domain/reminder.decider';
import { reminderCodec } from './reminder.codec';
import { readReminderMailId, reminderStream } from './reminder-stream';

/** Mail servers like to repeat the recipient's address. An event is for ever, and an address has to be erasable. */
const withoutAddresses = (words: string): string => words.replace(/[^\s<>@"'(),;:]+@[^\s<>@"'(),;:]+/g, '…');

/**
 * Writes into the ledger what became of a reminder's mail, delivered or given up; listens to both. Safe to repeat.
 *
 * @throws Error when no reminder asked for the mail
 */
export const recordDelivery =
  (store: EventStore, clock: Clock = () => new Date()): MailListener =>
  async ({ id, kind, status, sentAt, messageId, smtpAnswer, lastError }) => {
    if (kind !== 'reminder') return;
    const mail = readReminderMailId(id);
    if (!mail) throw new Error(`Not the id of a reminder's mail: ${id}`);
    const at = sentAt ?? clock().toISOString();
    const about = { rungId: mail.rungId, recipient: mail.userId, at };
    const handled = await handle(
      { store, decider: reminderDecider, codec: reminderCodec, newId },
      {
        stream: reminderStream(mail.subject),
        command:
          status === 'sent'
            ? {
                type: 'RecordSent',
                ...about,
                messageId: messageId ?? '',
                smtpAnswer: withoutAddresses(smtpAnswer ?? ''),
              }
            : { type: 'RecordFailed', ...about, reason: withoutAddresses(lastError ?? '') },
        metadata: { actor: SYSTEM, recordedAt: at, correlationId: id, causationId: id },
      },
    );
    if (handled.outcome === 'rejected') throw new Error(`Nobody asked for this mail: ${id}`);
  };
