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

/** Mail addresses of readers: rows that are erased when they leave, none of it in an event. */
export const readerMigrations: readonly Migration[] = [ReaderContacts1767225604210, ReadersShownEdition1767225604211];
