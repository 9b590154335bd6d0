import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The log. `tx` and `position` give its order, `(stream, version)` decides races between writers, and the trigger keeps
 * even the table's owner from changing what was recorded. An application role needs SELECT and INSERT only.
 */
class Events1767225600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table events (
        tx xid8 not null default pg_current_xact_id(),
        position bigint generated always as identity,
        stream text collate "C" not null,
        version int not null check (version > 0),
        id uuid not null unique,
        type text not null,
        schema_version int not null check (schema_version > 0),
        data jsonb not null,
        metadata jsonb not null,
        hash bytea not null check (length(hash) = 32),
        primary key (stream, version)
      );
      create unique index events_in_order on events (tx, position);

      create function refuse_to_change_events() returns trigger language plpgsql as $$
      begin
        raise exception 'events are never changed and never removed' using errcode = 'insufficient_privilege';
      end $$;
      create trigger events_are_for_ever before update or delete or truncate on events
        for each statement execute function refuse_to_change_events();
      revoke all on events from public;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table events; drop function refuse_to_change_events()');
  }
}

/**
 * Data and metadata as the text that was appended, which is canonical JSON: reading converts nothing, and following a chain makes no text
 * anew. What lies there already becomes some other text of the same value. The trigger stays; a change of type is no update.
 */
class EventsAsWritten1767225600130 implements MigrationInterface {
  readonly name = 'EventsAsWritten1767225600130';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table events alter column data type json, alter column metadata type json');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table events alter column data type jsonb, alter column metadata type jsonb');
  }
}

export const eventStoreMigrations: readonly Migration[] = [Events1767225600000, EventsAsWritten1767225600130];
