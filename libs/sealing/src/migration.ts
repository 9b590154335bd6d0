import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Seals and the public keys that they are signed with. The unique columns keep the chain from forking whoever writes; the
 * triggers keep even the tables' owner from changing what was sealed. A sealer's role needs SELECT and INSERT only.
 */
class Seals1767225600900 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table seal_key (
        id bytea primary key check (id = sha256(public_key)),
        public_key bytea not null,
        valid_from timestamptz not null
      );
      create table seals (
        batch int primary key check (batch > 0),
        first_position text collate "C" not null unique,
        last_position text collate "C" not null unique check (last_position >= first_position),
        size int not null check (size > 0),
        root bytea not null check (length(root) = 32),
        previous bytea not null unique check (length(previous) = 32),
        chain bytea not null unique check (length(chain) = 32),
        signature bytea not null check (length(signature) = 64),
        key_id bytea not null references seal_key,
        sealed_at timestamptz not null,
        leaves bytea not null check (length(leaves) = 32 * size)
      );
      alter table seals alter leaves set storage external; -- hashes do not get smaller

      create function refuse_to_change_seals() returns trigger language plpgsql as $$
      begin
        raise exception 'seals are never changed and never removed' using errcode = 'insufficient_privilege';
      end $$;
      create trigger seals_are_for_ever before update or delete or truncate on seals
        for each statement execute function refuse_to_change_seals();
      create trigger seal_keys_are_for_ever before update or delete or truncate on seal_key
        for each statement execute function refuse_to_change_seals();
      revoke all on seals, seal_key from public;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table seals; drop table seal_key; drop function refuse_to_change_seals()');
  }
}

/** Time stamps of others over seals. They are for ever, as what they are over. */
class TimeStamps1767225605100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table time_stamp (
        batch int primary key references seals,
        token bytea not null check (length(token) between 1 and 100000)
      );
      create trigger time_stamps_are_for_ever before update or delete or truncate on time_stamp
        for each statement execute function refuse_to_change_seals();
      revoke all on time_stamp from public;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table time_stamp');
  }
}

export const sealMigrations: readonly Migration[] = [Seals1767225600900, TimeStamps1767225605100];
