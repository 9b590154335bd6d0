import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class ReaderContacts1767225604210 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table reader_contact (
        reader_id text primary key,
        disclosure_id text not null,
        service text not null,
        hospital text not null,
        address text not null,
        secret text not null, -- signs the links that were mailed there; hex
        invited boolean not null,
        created_at timestamptz not null,
        confirmed_at timestamptz
      );
      create unique index reader_contact_address on reader_contact (disclosure_id, lower(address));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table reader_contact');
  }
}

class ReadersShownEdition1767225604211 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table reader_contact add column shown_edition integer`); // null: not kept when it confirmed
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table reader_contact drop column shown_edition');
  }
}

class ReaderRefusals1767225604212 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table reader_refusal (
        recipient_hash text primary key, -- SHA-256 of the disclosure and the address, which is not kept
        refused_at timestamptz not null,
        asked_at timestamptz -- when a mail to confirm with last went there all the same, from the form
      )
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table reader_refusal');
  }
}

class FormerReaders1767225604213 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table reader_former (
        reader_id text primary key,
        disclosure_id text not null,
        service text not null,
        secret text not null, -- tells the links of mails that went there; hex
        recipient_hash text not null, -- as in reader_refusal: the address is not kept
        erased_at timestamptz not null
      )
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table reader_former');
  }
}

class ReadersShownErratum1767225604215 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table reader_contact add column shown_erratum_at timestamptz'); // null: none, or not kept
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table reader_contact drop column shown_erratum_at');
  }
}

/** The list of readers is filled anew under another name: it tells who turned an invitation down from who did not answer. */
class ReadersAnew1767225604214 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from view where name = 'readers.v1';
      delete from projection_checkpoint where name = 'readers.v1';
      delete from projection_failure where name = 'readers.v1';
    `);
  }

  async down(): Promise<void> {}
}

/** Mail addresses of readers: rows that are erased when they leave, none of it in an event. */
export const readerMigrations: readonly Migration[] = [
  ReaderContacts1767225604210,
  ReadersShownEdition1767225604211,
  ReaderRefusals1767225604212,
  FormerReaders1767225604213,
  ReadersAnew1767225604214,
  ReadersShownErratum1767225604215,
];
