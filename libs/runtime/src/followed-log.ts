import type { Migration } from '@app/database';
import type { Pool } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which log the read models, checkpoints and seals in this database were made from; a position says nothing in another. */
class FollowedLog1767225601200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table followed_log (one boolean primary key default true check (one), name text not null);
      insert into followed_log (name) select 'PostgreSQL' where exists (select from events);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table followed_log');
  }
}

export const followedLogMigrations: readonly Migration[] = [FollowedLog1767225601200];

/**
 * The first process that opens a log decides which one this database follows.
 * @throws Error that says what to do, when it follows another
 */
export const followLog = async (pool: Pick<Pool, 'query'>, name: string): Promise<void> => {
  await pool.query('insert into followed_log (name) values ($1) on conflict do nothing', [name]);
  await refuseOtherLog(pool, name);
};

/** @throws Error that says what to do, when the database follows another log than the named one */
export const refuseOtherLog = async (pool: Pick<Pool, 'query'>, name: string): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>('select name from followed_log');
  const followed = rows[0]?.name ?? name;
  if (followed === name) return;
  throw new Error(
    `このデータベースは別のログ（${followed}）から作られています。EVENT_STORE_URL と EVENT_STORE_PREFIX を元に戻すか、docs/operations.md の手順でログを移してください。\n` +
      `This database was made from another log (${followed}) than the one that EVENT_STORE_URL and EVENT_STORE_PREFIX name (${name}). ` +
      'Set them back, or move the log as docs/operations.md says.',
  );
};
