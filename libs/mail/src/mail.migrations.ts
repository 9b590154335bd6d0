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

/** What is kept for the next digest of somebody; of reviews at first. */
class ReviewDigest1767225600110 implements MigrationInterface {
  readonly name = 'ReviewDigest1767225600110';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create table review_digest_entry (
      -- that of the mail which it stands for
      id text primary key,
      kind text not null,
      user_id text not null,
      subject text not null,
      url text not null,
      disclosure_id text,
      revision_id text,
      created_at timestamptz not null,
      -- when it went into a digest, or there was nothing left to do
      settled_at timestamptz
    )`);
    await db.query('create index review_digest_entry_open on review_digest_entry (user_id) where settled_at is null');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table review_digest_entry');
  }
}

class Digest1767225601410 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table review_digest_entry rename to digest_entry;
      alter index review_digest_entry_pkey rename to digest_entry_pkey;
      alter index review_digest_entry_open rename to digest_entry_open;
      alter table digest_entry
        -- the feature that knows whether it still concerns somebody, and what it has to know for that
        add topic text not null default 'review',
        add about jsonb,
        -- it should have gone out while the service was down
        add missed boolean not null default false,
        -- the mail itself, where it may yet go out alone
        add mail jsonb,
        -- the digest that it went into
        add mail_id text;
      update digest_entry set about = json_build_object('disclosureId', disclosure_id, 'revisionId', revision_id)
       where disclosure_id is not null;
      alter table digest_entry drop disclosure_id, drop revision_id, alter topic drop default;
      create index digest_entry_mail on digest_entry (mail_id) where mail_id is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table digest_entry add disclosure_id text, add revision_id text;
      update digest_entry set disclosure_id = about->>'disclosureId', revision_id = about->>'revisionId';
      delete from digest_entry where topic <> 'review';
      alter table digest_entry drop topic, drop about, drop missed, drop mail, drop mail_id;
      alter table digest_entry rename to review_digest_entry;
      alter index digest_entry_pkey rename to review_digest_entry_pkey;
      alter index digest_entry_open rename to review_digest_entry_open;
    `);
  }
}

class MailHeaders1767225604200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table outgoing_mail add headers jsonb');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table outgoing_mail drop headers');
  }
}

/** What was refused or came back is tried again, to the address that the account has by then. */
class MailRefusals1767225608310 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table outgoing_mail
        add user_id text,
        add refusals integer not null default 0,
        -- the delivery status notifications that were read of it
        add bounces text[] not null default '{}',
        drop constraint outgoing_mail_status_check,
        add constraint outgoing_mail_status_check check (status in ('waiting', 'sending', 'sent', 'refused', 'failed'));
      create index outgoing_mail_message on outgoing_mail (message_id) where message_id is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index outgoing_mail_message;
      update outgoing_mail set status = 'waiting' where status = 'refused';
      alter table outgoing_mail drop user_id, drop refusals, drop bounces,
        drop constraint outgoing_mail_status_check,
        add constraint outgoing_mail_status_check check (status in ('waiting', 'sending', 'sent', 'failed'));
    `);
  }
}

export const mailMigrations: readonly Migration[] = [
  OutgoingMail1767225600030,
  ReviewDigest1767225600110,
  Digest1767225601410,
  MailHeaders1767225604200,
  MailRefusals1767225608310,
];
