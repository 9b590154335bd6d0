import { localDateOf, type LocalDate } from '@app/calendar';
import { certificateCodec } from '@app/certificates';
import type { Migration } from '@app/database';
import { assertNever } from '@app/event-sourcing';
import type { Projection } from '@app/projections';
import type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { nextRung, rungsUntil, type Deadline, type Ladder } from './domain/ladder';
import { reminderCodec } from './reminder.codec';
import { isReminderStream } from './reminder-stream';

class ReminderAgenda1767225600080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reminder_agenda (
        subject text primary key,
        due_on date not null,
        known_on date not null,
        -- the day from which the sweep has to look at the subject; null: nothing more to come
        next_on date
      )`);
    await runner.query(`create index reminder_agenda_next on reminder_agenda (next_on) where next_on is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table reminder_agenda`);
  }
}

export const reminderMigrations: readonly Migration[] = [ReminderAgenda1767225600080];

/** When to look at which deadline next. Only a hint for the sweep: whether a rung is due is decided from the streams. */
export const reminderAgenda = (ladder: Ladder): Projection => ({
  name: 'reminder-agenda.v1',
  apply: async (stored, tx) => {
    if (stored.stream.startsWith('certificate-')) {
      const event = certificateCodec.decode(stored);
      switch (event.type) {
        case 'CertificateRegistered':
        case 'CertificateRenewed': {
          const { validUntil, at } = event.data;
          return begin(tx, ladder, { subject: stored.stream, dueOn: validUntil, knownOn: localDateOf(at) });
        }
        case 'CertificateWithdrawn':
          return tx.query('delete from reminder_agenda where subject = $1', [stored.stream]);
        default:
          return assertNever(event);
      }
    }
    if (isReminderStream(stored.stream)) {
      const event = reminderCodec.decode(stored);
      if (event.type === 'ReminderDue') await goOn(tx, ladder, event.data);
    }
  },
  clear: async (tx) => void (await tx.query('delete from reminder_agenda')),
  digest: async (tx) => {
    const [row] = await tx.query<{ digest: string }[]>(
      `select md5(coalesce(string_agg(md5(agenda::text), '' order by subject collate "C"), '')) as digest
         from reminder_agenda agenda`,
    );
    return row?.digest ?? '';
  },
});

const begin = async (tx: EntityManager, ladder: Ladder, deadline: Deadline): Promise<void> => {
  const { subject, dueOn, knownOn } = deadline;
  const come = rungsUntil(deadline, ladder, knownOn).length > 0;
  const nextOn = come ? knownOn : nextRung(deadline, ladder, knownOn)?.sendOn;
  await tx.query(
    `insert into reminder_agenda (subject, due_on, known_on, next_on) values ($1, $2, $3, $4)
     on conflict (subject) do update
        set due_on = excluded.due_on, known_on = excluded.known_on, next_on = excluded.next_on`,
    [subject, dueOn, knownOn, nextOn ?? null],
  );
};

const goOn = async (
  tx: EntityManager,
  ladder: Ladder,
  { subject, dueOn, on }: { readonly subject: string; readonly dueOn: LocalDate; readonly on: LocalDate },
): Promise<void> => {
  const [row] = await tx.query<{ knownOn: LocalDate }[]>(
    `select known_on::text as "knownOn" from reminder_agenda where subject = $1 and due_on = $2`,
    [subject, dueOn],
  );
  if (!row) return; // renewed or withdrawn meanwhile: the reminder was of a date that no longer counts
  const next = nextRung({ subject, dueOn, knownOn: row.knownOn }, ladder, on);
  await tx.query('update reminder_agenda set next_on = $2 where subject = $1', [subject, next?.sendOn ?? null]);
};

/** The subjects that have a rung to look at, those that wait longest first. */
export const subjectsToLookAt = async (dataSource: DataSource, today: LocalDate): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ subject: string }[]>(
    'select subject from reminder_agenda where next_on <= $1 order by next_on, subject',
    [today],
  );
  return rows.map(({ subject }) => subject);
};
