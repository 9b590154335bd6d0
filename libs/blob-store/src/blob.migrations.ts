import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class Blobs1767225600050 implements MigrationInterface {
  readonly name = 'Blobs1767225600050';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create table blob (
      sha256 text primary key,
      media_type text not null,
      byte_size integer not null,
      bytes bytea not null,
      created_at timestamptz not null default now()
    )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table blob');
  }
}

export const blobMigrations: readonly Migration[] = [Blobs1767225600050];
