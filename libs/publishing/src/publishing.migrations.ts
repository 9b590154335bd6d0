import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class RenderedPdfs1767225600700 implements MigrationInterface {
  readonly name = 'RenderedPdfs1767225600700';

  async up(db: QueryRunner): Promise<void> {
    // A cache and nothing else: it may be emptied at any time.
    await db.query(`create table rendered_pdf (
      key text primary key,
      bytes bytea not null,
      created_at timestamptz not null default now()
    )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table rendered_pdf');
  }
}

/** A PDF that carries its proof is a document that people have: it stays as it is. */
class EditionPdfs1767225603700 implements MigrationInterface {
  readonly name = 'EditionPdfs1767225603700';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table edition_pdf (
        disclosure_id text not null,
        number int not null,
        layout text not null,
        key text not null,
        sealed boolean not null,
        sha256 bytea not null check (sha256 = sha256(bytes)),
        bytes bytea not null,
        printed_at timestamptz not null default now(),
        primary key (disclosure_id, number, layout)
      );
      alter table edition_pdf alter bytes set storage external; -- a PDF does not get smaller
      create index edition_pdf_sha256 on edition_pdf (sha256);
      drop table rendered_pdf;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      create table rendered_pdf (key text primary key, bytes bytea not null, created_at timestamptz not null default now());
      drop table edition_pdf;
    `);
  }
}

export const publishingMigrations: readonly Migration[] = [RenderedPdfs1767225600700, EditionPdfs1767225603700];
