import { compare, type LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import { accountsOf } from '@app/identity';
import { readViews, viewProjection, type View } from '@app/projections';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { reminderLedger } from './contract';
import type { ReminderEvent } from './domain/reminder';
import type { WasDue } from './plan';
import { reminderCodec } from './reminder.codec';
import { isReminderStream } from './reminder-stream';

type Due = Extract<ReminderEvent, { type: 'ReminderDue' }>['data'];

/** One entry of the ledger: a reminder and what became of its mails. */
export type ReminderRow = Omit<Due, 'recipients'> & {
  readonly deliveries: readonly {
    readonly userId: string;
    readonly state: 'waiting' | 'sent' | 'failed';
    readonly messageId: string | null;
    readonly answer: string | null;
    readonly at: string | null;
  }[];
};

const NAME = 'reminder-ledger.v1';

export const reminderLedgerView: View<ReminderEvent, ReminderRow> = {
  name: NAME,
  decode: (stored) => (isReminderStream(stored.stream) ? reminderCodec.decode(stored) : undefined),
  keyOf: (stored) => reminderCodec.decode(stored).data.rungId,
  evolve: (row, event) => {
    switch (event.type) {
      case 'ReminderDue': {
        const { recipients, ...due } = event.data;
        const waiting = { state: 'waiting', messageId: null, answer: null, at: null } as const;
        return { ...due, deliveries: recipients.map((userId) => ({ userId, ...waiting })) };
      }
      case 'ReminderSent': {
        const { recipient, messageId, smtpAnswer, at } = event.data;
        return row && delivered(row, recipient, { state: 'sent', messageId, answer: smtpAnswer, at });
      }
      case 'ReminderFailed': {
        const { recipient, reason, at } = event.data;
        return row && delivered(row, recipient, { state: 'failed', messageId: null, answer: reason, at });
      }
      default:
        return assertNever(event);
    }
  },
};

const delivered = (
  row: ReminderRow,
  recipient: string,
  outcome: Omit<ReminderRow['deliveries'][number], 'userId'>,
): ReminderRow => ({
  ...row,
  deliveries: row.deliveries.map((delivery) =>
    delivery.userId === recipient ? { userId: recipient, ...outcome } : delivery,
  ),
});

export const reminderLedgerProjection = viewProjection(reminderLedgerView);

/** Every reminder that was ever due, in no particular order. */
export const allReminders = (dataSource: DataSource): Promise<readonly ReminderRow[]> =>
  readViews<ReminderRow>(dataSource, NAME);

/** Which rungs the ledger had by the end of a day. */
export const recordedUntil = (rows: readonly ReminderRow[], day: LocalDate): WasDue => {
  const known = new Set(
    rows
      .filter(({ on }) => on <= day)
      .flatMap(({ rungId, collapsed }) => [rungId, ...collapsed.map((rung) => rung.rungId)]),
  );
  return (rungId) => known.has(rungId);
};

export class ListReminders extends Query<z.infer<typeof reminderLedger>> {}

@QueryHandler(ListReminders)
export class ListRemindersHandler implements IQueryHandler<ListReminders> {
  constructor(private readonly dataSource: DataSource) {}

  async execute(): Promise<z.infer<typeof reminderLedger>> {
    const rows = await allReminders(this.dataSource);
    const ids = rows.flatMap(({ deliveries }) => deliveries.map(({ userId }) => userId));
    const accounts = await accountsOf(this.dataSource, [...new Set(ids)]);
    const names = new Map(accounts.map(({ id, name }) => [id, name]));
    return {
      reminders: [...rows]
        .sort((a, b) => compare(b.at, a.at) || compare(a.rungId, b.rungId))
        .map(({ rungId, subject, about, dueOn, rung, label, collapsed, at, deliveries }) => ({
          rungId,
          subject,
          dueOn,
          rung,
          label,
          at,
          certificate: {
            certificateId: about.certificateId,
            kind: about.kind,
            name: about.name,
            number: about.number,
          },
          collapsed: collapsed.map((each) => each.label),
          // An account that was erased leaves its id.
          deliveries: deliveries.map((each) => ({ ...each, name: names.get(each.userId) ?? each.userId })),
        })),
    };
  }
}
