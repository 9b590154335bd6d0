import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class DisclosureReadModels1767225600100 implements MigrationInterface {
  readonly name = 'DisclosureReadModels1767225600100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create table disclosure_view (
      id text primary key,
      service text not null unique,
      body jsonb not null,
      changed_at timestamptz not null
    )`);
    await db.query(`create table edition_view (
      disclosure_id text not null,
      number integer not null,
      service text not null,
      body jsonb not null,
      primary key (disclosure_id, number)
    )`);
    await db.query('create index edition_view_service on edition_view (service, number)');
    await db.query(`create table activity_view (
      position text collate "C" primary key,
      disclosure_id text not null,
      type text not null,
      actor jsonb not null,
      at timestamptz not null,
      sentence text not null
    )`);
    await db.query('create index activity_view_disclosure on activity_view (disclosure_id, position)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table activity_view');
    await db.query('drop table edition_view');
    await db.query('drop table disclosure_view');
  }
}

/** The rows are filled anew under another name, because a route and a signature say more than they did. */
class DisclosureRoutes1767225600101 implements MigrationInterface {
  readonly name = 'DisclosureRoutes1767225600101';

  async up(db: QueryRunner): Promise<void> {
    await db.query('delete from disclosure_view');
    await db.query('delete from edition_view');
    await db.query(`do $$ begin
      if to_regclass('projection_checkpoint') is not null then
        delete from projection_checkpoint where name in ('disclosures.v1', 'disclosures.v2');
      end if;
    end $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.up(db);
  }
}

/** The rows are filled anew under another name: who started a revision is an author, and more signatures carry over. */
class DisclosureAuthors1767225600102 implements MigrationInterface {
  readonly name = 'DisclosureAuthors1767225600102';

  async up(db: QueryRunner): Promise<void> {
    await db.query('delete from disclosure_view');
    await db.query('delete from edition_view');
    await db.query(`do $$ begin
      if to_regclass('projection_checkpoint') is not null then
        delete from projection_checkpoint where name in ('disclosures.v2', 'disclosures.v3');
      end if;
    end $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.up(db);
  }
}

/** Mails about scheduled publications begin where the mails about reviews stand: what was published before is not told. */
class PublicationMailsFromNow1767225600103 implements MigrationInterface {
  readonly name = 'PublicationMailsFromNow1767225600103';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`do $$ begin
      if to_regclass('projection_checkpoint') is not null then
        insert into projection_checkpoint (name, position)
        select 'publication-mails.v1', position from projection_checkpoint where name = 'review-mails.v1'
        on conflict do nothing;
      end if;
    end $$`);
  }

  /** A checkpoint is never taken back: what was mailed stays mailed. */
  async down(): Promise<void> {}
}

export const disclosureMigrations: readonly Migration[] = [
  DisclosureReadModels1767225600100,
  DisclosureRoutes1767225600101,
  DisclosureAuthors1767225600102,
  PublicationMailsFromNow1767225600103,
];
