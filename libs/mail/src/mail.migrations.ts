import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox. */
class OutgoingMail1767225600030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outgoing_mail (
        id text primary key,
        kind text not null,
        recipient_name text not null,
        recipient_address text not null,
        subject text not null,
        text text not null,
        html text not null,
        status text not null default 'waiting' check (status in ('waiting', 'sending', 'sent', 'failed')),
        due_at timestamptz not null,
        claimed_at timestamptz,
        attempts integer not null default 0,
        last_error text,
        smtp_answer text,
        message_id text,
        created_at timestamptz not null,
        sent_at timestamptz,
        reported_at timestamptz
      )`);
    // What the sweep asks for: a mail is done with once its outcome has been reported.
    await runner.query(`create index outgoing_mail_open on outgoing_mail (due_at) where reported_at is null`);
    await runner.query(`create index outgoing_mail_newest on outgoing_mail (created_at desc, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table outgoing_mail`);
  }
}

export const mailMigrations: readonly Migration[] = [OutgoingMail1767225600030];
