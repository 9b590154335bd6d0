import type { LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import { accountsOf } from '@app/identity';
import { foldRows, type ReadModel } from '@app/projections';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { deliveryStates, ledgerQuery, reminderLedger } from './contract';
import { rememberedOf } from './agenda';
import {
  deadlineKey,
  mainMatterOf,
  type Addressed,
  type EscalationCause,
  type Person,
  type ReminderEvent,
} from './domain/reminder';
import { reminderCodec } from './reminder.codec';
import { isReminderStream } from './reminder-stream';
import { deadlinesOf } from './subjects';

type Due = Extract<ReminderEvent, { type: 'ReminderDue' }>['data'];
type Delivery = {
  readonly userId: string;
  /** Of a second mail: whom the reminder does not reach. */
  readonly of?: string;
  readonly escalation: EscalationCause | null;
  readonly state: (typeof deliveryStates)[number];
  readonly messageId: string | null;
  readonly answer: string | null;
  readonly at: string | null;
  /** What became of each time that it was sent, the first first; absent: it was not yet. */
  readonly attempts?: readonly Attempt[];
};
type Attempt = { readonly outcome: 'sent' | 'refused' | 'failed'; readonly answer: string; readonly at: string };

/** One entry of the ledger: a reminder and what became of its mails. */
export type ReminderRow = Omit<Due, 'recipients'> & {
  readonly deliveries: readonly Delivery[];
  readonly acknowledged: { readonly by: Person; readonly at: string; readonly until: LocalDate } | null;
  readonly escalations: readonly {
    readonly cause: EscalationCause;
    readonly on: LocalDate;
    readonly recipients: number;
  }[];
};

const evolveRow = (
  row: ReminderRow | null,
  event: Exclude<ReminderEvent, { type: 'ReminderSnoozed' }>,
): ReminderRow | null => {
  switch (event.type) {
    case 'ReminderDue': {
      const { recipients, ...due } = event.data;
      return { ...due, deliveries: recipients.map(waiting(null)), acknowledged: null, escalations: [] };
    }
    case 'ReminderSent': {
      const { messageId, smtpAnswer: answer, at } = event.data;
      return row && delivered(row, event.data, attempted({ outcome: 'sent', answer, at }, { messageId }));
    }
    case 'ReminderRefused': {
      const { reason: answer, at } = event.data;
      return row && delivered(row, event.data, attempted({ outcome: 'refused', answer, at }));
    }
    case 'ReminderFailed': {
      const { reason: answer, at } = event.data;
      return row && delivered(row, event.data, attempted({ outcome: 'failed', answer, at }));
    }
    case 'ReminderUnneeded': {
      const { at } = event.data;
      return row && delivered(row, event.data, () => ({ state: 'unneeded', messageId: null, answer: null, at }));
    }
    case 'ReminderEscalated': {
      const { cause, of, on, recipients, again = [] } = event.data;
      return (
        row && {
          ...row,
          deliveries: [...row.deliveries, ...recipients.map(waiting(cause)), ...again.map(waiting(cause, of))],
          escalations: [...row.escalations, { cause, on, recipients: recipients.length + again.length }],
        }
      );
    }
    case 'ReminderAcknowledged': {
      const { by, at, until } = event.data;
      return row && { ...row, acknowledged: { by, at, until } };
    }
    default:
      return assertNever(event);
  }
};

const waiting =
  (escalation: EscalationCause | null, of?: string) =>
  (userId: string): Delivery => ({
    ...{ userId, ...(of === undefined ? {} : { of }), escalation },
    ...{ state: 'waiting', messageId: null, answer: null, at: null },
  });

/** What was refused, or came back, is to be tried again. */
const attempted =
  (attempt: Attempt, known: Partial<Delivery> = {}) =>
  ({ attempts = [] }: Delivery): Partial<Delivery> => {
    const { outcome, answer, at } = attempt;
    const state = outcome === 'refused' ? 'waiting' : outcome;
    return { state, answer, at, attempts: [...attempts, attempt], ...known };
  };

const delivered = (
  row: ReminderRow,
  { recipient, of }: Addressed,
  outcome: (delivery: Delivery) => Partial<Delivery>,
): ReminderRow => ({
  ...row,
  deliveries: row.deliveries.map((delivery) =>
    delivery.userId === recipient && delivery.of === of ? { ...delivery, ...outcome(delivery) } : delivery,
  ),
});

/** A row per reminder, with what it is looked for by beside it. */
export const reminderLedgerProjection: ReadModel = {
  name: 'reminder-ledger.v3',
  rows: [{ table: 'reminder_ledger' }],
  apply: async (events, tx) => {
    const { kept } = await foldRows<Parameters<typeof evolveRow>[1], ReminderRow>(
      {
        decode: (stored) => {
          if (!isReminderStream(stored.stream)) return undefined;
          const event = reminderCodec.decode(stored);
          return event.type === 'ReminderSnoozed' ? undefined : event;
        },
        keyOf: ({ data }) => (data as { readonly rungId: string }).rungId,
        evolve: evolveRow,
      },
      events,
      (keys) => tx.query('select rung_id as key, body from reminder_ledger where rung_id = any($1)', [keys]),
    );
    if (kept.length === 0) return;
    await tx.query(
      `insert into reminder_ledger (rung_id, subject, at, found_on, states, people, body)
       select rung_id, subject, at, found_on, array(select jsonb_array_elements_text(states::jsonb)),
              array(select jsonb_array_elements_text(people::jsonb)), body::jsonb
         from unnest($1::text[], $2::text[], $3::timestamptz[], $4::date[], $5::text[], $6::text[], $7::text[])
           as kept (rung_id, subject, at, found_on, states, people, body)
       on conflict (rung_id) do update set states = excluded.states, people = excluded.people, body = excluded.body`,
      [
        kept.map(({ key }) => key),
        kept.map(({ body }) => body.subject),
        kept.map(({ body }) => body.at),
        kept.map(({ body }) => body.on),
        kept.map(({ body }) => JSON.stringify(statesOf(body))),
        kept.map(({ body }) => JSON.stringify([...new Set(body.deliveries.map(({ userId }) => userId))].sort())),
        kept.map(({ body }) => JSON.stringify(body)),
      ],
    );
  },
};

const statesOf = ({ deliveries, acknowledged }: ReminderRow): readonly string[] => [
  ...new Set(deliveries.map(({ state }) => state)),
  acknowledged ? 'acknowledged' : 'unacknowledged',
];

export type LedgerQuery = z.infer<typeof ledgerQuery>;
export type LedgerFilters = Omit<LedgerQuery, 'page' | 'size'>;

const matching = `($1::text is null or states @> array[$1]) and ($2::text is null or subject = $2)
  and ($3::text is null or people @> array[$3]) and ($4::date is null or found_on >= $4) and ($5::date is null or found_on <= $5)`;
const valuesOf = ({ state, subject, person, from, to }: LedgerFilters): readonly (string | null)[] =>
  [state, subject, person, from, to].map((value) => value ?? null);

type View = z.infer<typeof reminderLedger>;

/** Some entries of the ledger, the newest first. */
const ledgerEntries = async (
  dataSource: DataSource,
  filters: LedgerFilters,
  {
    after = null,
    offset = 0,
    limit,
  }: {
    /** Only those that come after this one. */
    readonly after?: { readonly at: string; readonly rungId: string } | null;
    readonly offset?: number;
    readonly limit: number;
  },
): Promise<View['reminders']> => {
  const rows = await dataSource.query<{ body: ReminderRow }[]>(
    `select body from reminder_ledger
      where ${matching} and ($6::timestamptz is null or at < $6 or (at = $6 and rung_id > $7))
      order by at desc, rung_id limit $8 offset $9`,
    [...valuesOf(filters), after?.at ?? null, after?.rungId ?? '', limit, offset],
  );
  const ids = rows.flatMap(({ body }) => body.deliveries.map(({ userId }) => userId));
  const accounts = await accountsOf(dataSource, [...new Set(ids)]);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const subjects = await rememberedOf(dataSource, [...new Set(rows.map(({ body }) => body.subject))]);
  const standing = new Set(
    subjects.flatMap(({ subject, state }) =>
      deadlinesOf(subject, state).map((deadline) => `${subject} ${deadlineKey(deadline)}`),
    ),
  );
  return rows.map(({ body }) => viewOf(body, names, standing.has(`${body.subject} ${deadlineKey(body)}`)));
};

const AT_ONCE = 500;

/** All of them, the newest first, read some at a time: what becomes due meanwhile neither repeats nor hides one. */
export async function* everyLedgerEntry(
  dataSource: DataSource,
  filters: LedgerFilters,
): AsyncGenerator<View['reminders'][number]> {
  for (let after: View['reminders'][number] | undefined; ;) {
    const entries = await ledgerEntries(dataSource, filters, { after: after ?? null, limit: AT_ONCE });
    yield* entries;
    if (entries.length < AT_ONCE) return;
    after = entries.at(-1);
  }
}

const viewOf = (row: ReminderRow, names: ReadonlyMap<string, string>, stands: boolean): View['reminders'][number] => {
  const { rungId, subject, about, matter, part, dueOn, rung, label, collapsed, missed, at, deliveries } = row;
  return {
    ...{ rungId, subject, dueOn, rung, label, at, part: part?.text ?? null, stands, missed: missed ?? false },
    about: { title: about.title, detail: about.detail, path: about.path },
    matter: matter ?? mainMatterOf(subject),
    collapsed: collapsed.map((each) => each.label),
    // An account that was erased leaves its id.
    deliveries: deliveries.map(({ attempts = [], of: _, ...each }) => ({
      ...{ ...each, name: names.get(each.userId) ?? each.userId },
      attempts: attempts.map((attempt) => ({ ...attempt })),
    })),
    acknowledged: row.acknowledged && { ...row.acknowledged, by: { ...row.acknowledged.by } },
    escalations: row.escalations.map((each) => ({ ...each })),
  };
};

export class ListReminders extends Query<View> {
  constructor(readonly query: LedgerQuery) {
    super();
  }
}

@QueryHandler(ListReminders)
export class ListRemindersHandler implements IQueryHandler<ListReminders> {
  constructor(private readonly dataSource: DataSource) {}

  async execute({ query: { page, size, ...filters } }: ListReminders): Promise<View> {
    const [counted] = await this.dataSource.query<{ total: number }[]>(
      `select count(*)::int as total from reminder_ledger where ${matching}`,
      [...valuesOf(filters)],
    );
    const reminders = await ledgerEntries(this.dataSource, filters, { offset: (page - 1) * size, limit: size });
    return { reminders, total: counted?.total ?? 0, page, size };
  }
}
