import { handle, SYSTEM, type EventStore } from '@app/event-sourcing';
import { reminderDecider } from './domain/reminder.decider';
import { reminderCodec } from './reminder.codec';
import { readReminderMailId, reminderStream } from './reminder-stream';
import { v7 as newId } from 'uuid';

/** What became of a mail: taken by the mail server, or given up. */
export type Delivery = {
  readonly mailId: string;
  readonly kind: string;
  /** UTC, ISO 8601. */
  readonly at: string;
} & (
  | { readonly outcome: 'sent'; readonly messageId: string; readonly smtpAnswer: string }
  | { readonly outcome: 'failed'; readonly reason: string }
);

/**
 * Writes the outcome of a reminder's mail into the ledger; safe to repeat.
 *
 * @throws Error when no reminder asked for the mail
 */
export const recordDelivery =
  (store: EventStore) =>
  async (delivery: Delivery): Promise<void> => {
    if (delivery.kind !== 'reminder') return;
    const mail = readReminderMailId(delivery.mailId);
    if (!mail) throw new Error(`Not the id of a reminder's mail: ${delivery.mailId}`);
    const { at } = delivery;
    const about = { rungId: mail.rungId, recipient: mail.userId, at };
    const handled = await handle(
      { store, decider: reminderDecider, codec: reminderCodec, newId },
      {
        stream: reminderStream(mail.subject),
        command:
          delivery.outcome === 'sent'
            ? { type: 'RecordSent', ...about, messageId: delivery.messageId, smtpAnswer: delivery.smtpAnswer }
            : { type: 'RecordFailed', ...about, reason: delivery.reason },
        metadata: { actor: SYSTEM, recordedAt: at, correlationId: delivery.mailId, causationId: delivery.mailId },
      },
    );
    if (handled.outcome === 'rejected') throw new Error(`Nobody asked for this mail: ${delivery.mailId}`);
  };
