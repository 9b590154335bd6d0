import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class ReminderAgenda1767225600080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reminder_agenda (
        subject text primary key,
        due_on date not null,
        known_on date not null,
        next_on date
      )`);
    await runner.query(`create index reminder_agenda_next on reminder_agenda (next_on) where next_on is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table reminder_agenda`);
  }
}

/** Agenda and ledger of whatever has deadlines, with their own ladders; the worker fills both from the log. */
class RemindersOfAllKinds1767225601400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table reminder_agenda;
      delete from view where name = 'reminder-ledger.v1';
      delete from projection_checkpoint where name in ('reminder-agenda.v1', 'reminder-ledger.v1');

      create table reminder_agenda (
        subject text collate "C" primary key,
        -- the subject's state, and as much of its ledger as its present deadlines need
        state jsonb,
        ledger jsonb not null,
        -- the youngest of its deadlines became known on that day; null: it has none
        known_on date,
        -- the day from which the sweep has to look at the subject; null: nothing more to come
        next_on date
      );
      create index reminder_agenda_next on reminder_agenda (next_on, subject) where next_on is not null;

      -- who looks at a subject, so that no two do at once; a claim that is old was of somebody who died
      create table reminder_claim (subject text collate "C" primary key, claimed_at timestamptz not null);

      create table reminder_ledger (
        rung_id text collate "C" primary key,
        subject text not null,
        at timestamptz not null,
        found_on date not null,
        -- of its deliveries, and whether somebody sees to it
        states text[] not null,
        people text[] not null,
        body jsonb not null
      );
      create index reminder_ledger_newest on reminder_ledger (at desc, rung_id);
      create index reminder_ledger_subject on reminder_ledger (subject);
      create index reminder_ledger_people on reminder_ledger using gin (people);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reminder_agenda, reminder_claim, reminder_ledger');
    await new ReminderAgenda1767225600080().up(runner);
  }
}

/** The agenda is filled anew under another name: it keeps its deadlines in the order in which they fall due as well. */
class DeadlinesInOrder1767225605000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from reminder_agenda;
      delete from projection_checkpoint where name = 'reminder-agenda.v2';

      create table reminder_deadline (
        subject text collate "C",
        -- the day, and what of the subject falls due then: 2030-06-30, 2030-06-30:surveillance
        key text collate "C",
        primary key (subject, key)
      );
      create index reminder_deadline_in_order on reminder_deadline (key, subject);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reminder_deadline');
  }
}

/** The agenda is filled anew under another name: what it remembers of certificates has another shape. */
class AgendaAnew1767225608320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Also of the new name: what was filled under it upon the old rows says everything twice.
    await runner.query(`
      delete from reminder_agenda;
      delete from reminder_deadline;
      delete from projection_checkpoint where name in ('reminder-agenda.v3', 'reminder-agenda.v4');
      delete from projection_failure where name in ('reminder-agenda.v3', 'reminder-agenda.v4');
    `);
  }

  async down(): Promise<void> {}
}

/** The ledger is filled anew under another name: it keeps every attempt to send a mail. */
class LedgerAnew1767225608900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from reminder_ledger;
      delete from projection_checkpoint where name in ('reminder-ledger.v2', 'reminder-ledger.v3');
      delete from projection_failure where name in ('reminder-ledger.v2', 'reminder-ledger.v3');
    `);
  }

  async down(): Promise<void> {}
}

export const reminderMigrations: readonly Migration[] = [
  ReminderAgenda1767225600080,
  RemindersOfAllKinds1767225601400,
  DeadlinesInOrder1767225605000,
  AgendaAnew1767225608320,
  LedgerAnew1767225608900,
];
