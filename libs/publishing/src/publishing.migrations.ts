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

export const publishingMigrations: readonly Migration[] = [RenderedPdfs1767225600700];
