import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class Projections1767225600001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table projection_checkpoint (name text primary key, position text collate "C");
      create table projection_failure (
        name text primary key,
        -- null: it fails outside of any event
        position text collate "C",
        event_type text,
        error text not null,
        attempts int not null,
        first_failed_at timestamptz not null default now(),
        last_failed_at timestamptz not null default now()
      );
      create table view (name text, key text collate "C", body jsonb not null, primary key (name, key));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table projection_checkpoint; drop table projection_failure; drop table view');
  }
}

export const projectionMigrations: readonly Migration[] = [Projections1767225600001];
