import { localDateOf, type LocalDate } from '@app/calendar';
import { certificateCodec, type CertificateEvent } from '@app/certificates';
import type { Migration } from '@app/database';
import { assertNever } from '@app/event-sourcing';
import { foldRows, type ReadModel } from '@app/projections';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { nextRung, rungsUntil, type Deadline, type Ladder } from './domain/ladder';
import type { ReminderEvent } from './domain/reminder';
import { reminderCodec } from './reminder.codec';
import { isReminderStream, reminderSubject } from './reminder-stream';

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

/** The deadline of a subject, and the day from which it has to be looked at; null: nothing more to come. */
type AgendaRow = Omit<Deadline, 'subject'> & { readonly nextOn: LocalDate | null };

/** When to look at which deadline next. Only a hint for the sweep: whether a rung is due is decided from the streams. */
export const reminderAgenda = (ladder: Ladder): ReadModel => ({
  name: 'reminder-agenda.v1',
  rows: [{ table: 'reminder_agenda' }],
  apply: async (events, tx) => {
    const { kept, gone } = await foldRows<CertificateEvent | ReminderEvent, AgendaRow>(
      {
        decode: (stored) => {
          if (stored.stream.startsWith('certificate-')) return certificateCodec.decode(stored);
          return isReminderStream(stored.stream) ? reminderCodec.decode(stored) : undefined;
        },
        keyOf: ({ stream }) => subjectOf(stream),
        evolve: (row, event, { stream }) => evolveAgenda(ladder, row, event, subjectOf(stream)),
      },
      events,
      (subjects) =>
        tx.query(
          `select subject as key,
                  json_build_object('dueOn', due_on, 'knownOn', known_on, 'nextOn', next_on) as body
             from reminder_agenda where subject = any($1)`,
          [subjects],
        ),
    );
    if (gone.length > 0) await tx.query('delete from reminder_agenda where subject = any($1)', [gone]);
    if (kept.length > 0) {
      await tx.query(
        `insert into reminder_agenda (subject, due_on, known_on, next_on)
         select * from unnest($1::text[], $2::date[], $3::date[], $4::date[])
         on conflict (subject) do update
            set due_on = excluded.due_on, known_on = excluded.known_on, next_on = excluded.next_on`,
        [
          kept.map(({ key }) => key),
          kept.map(({ body }) => body.dueOn),
          kept.map(({ body }) => body.knownOn),
          kept.map(({ body }) => body.nextOn),
        ],
      );
    }
  },
});

const evolveAgenda = (
  ladder: Ladder,
  row: AgendaRow | null,
  event: CertificateEvent | ReminderEvent,
  subject: string,
): AgendaRow | null => {
  switch (event.type) {
    case 'CertificateRegistered':
    case 'CertificateRenewed': {
      const { validUntil, at } = event.data;
      const deadline = { dueOn: validUntil, knownOn: localDateOf(at) };
      const come = rungsUntil({ subject, ...deadline }, ladder, deadline.knownOn).length > 0;
      const next = come ? deadline.knownOn : nextRung({ subject, ...deadline }, ladder, deadline.knownOn)?.sendOn;
      return { ...deadline, nextOn: next ?? null };
    }
    case 'CertificateWithdrawn':
      return null;
    case 'ReminderDue':
      // Renewed or withdrawn meanwhile: the reminder was of a date that no longer counts.
      if (row?.dueOn !== event.data.dueOn) return row;
      return { ...row, nextOn: nextRung({ subject, ...row }, ladder, event.data.on)?.sendOn ?? null };
    case 'ReminderSent':
    case 'ReminderFailed':
      return row;
    default:
      return assertNever(event);
  }
};
const subjectOf = (stream: string): string => (isReminderStream(stream) ? reminderSubject(stream) : stream);

/** The subjects that have a rung to look at, those that wait longest first. */
export const subjectsToLookAt = async (dataSource: DataSource, today: LocalDate): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ subject: string }[]>(
    'select subject from reminder_agenda where next_on <= $1 order by next_on, subject',
    [today],
  );
  return rows.map(({ subject }) => subject);
};
