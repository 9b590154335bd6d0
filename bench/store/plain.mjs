import pg from 'pg';
import { newEvent, newStream } from './event.mjs';

const withoutChain = Buffer.alloc(32);

/** A row per commit: the same table with the same indexes, but nothing is checked and nothing is chained. */
export const openInsert = async (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  return {
    newWriter() {
      const stream = newStream();
      let version = 0;
      return () => {
        const { id, type, schemaVersion, data, metadata } = newEvent();
        return pool.query({
          name: 'insert',
          text: `insert into events (stream, version, id, type, schema_version, data, metadata, hash)
                 values ($1, $2, $3, $4, $5, $6, $7, $8) returning tx::text, position::text`,
          values: [
            stream,
            ++version,
            id,
            type,
            schemaVersion,
            JSON.stringify(data),
            JSON.stringify(metadata),
            withoutChain,
          ],
        });
      };
    },
    close: () => pool.end(),
  };
};

/** Appends of a category one after the other, as message-db does it, so that the log has no gaps: in our own words. */
export const openLock = async (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query(`
    create table messages (
      position bigint generated always as identity primary key,
      stream text not null,
      version bigint not null,
      id uuid not null unique,
      type text not null,
      data jsonb,
      metadata jsonb,
      recorded_at timestamp not null default (now() at time zone 'utc'),
      unique (stream, version)
    );
    create index on messages (split_part(stream, '-', 1), position);

    create function append(stream text, expected bigint, id uuid, type text, data jsonb, metadata jsonb) returns bigint
    language plpgsql as $$
    declare found bigint;
    begin
      perform pg_advisory_xact_lock(hashtextextended(split_part(stream, '-', 1), 0));
      select coalesce(max(messages.version), 0) into found from messages where messages.stream = append.stream;
      if found <> expected then
        raise exception '%: expected version %, found %', stream, expected, found;
      end if;
      insert into messages (stream, version, id, type, data, metadata)
      values (stream, expected + 1, id, type, data, metadata);
      return expected + 1;
    end $$`);
  return {
    newWriter() {
      const stream = newStream();
      let version = 0;
      return () => {
        const { id, type, data, metadata } = newEvent();
        return pool.query({
          name: 'append',
          text: 'select append($1, $2, $3, $4, $5, $6)',
          values: [stream, version++, id, type, JSON.stringify(data), JSON.stringify(metadata)],
        });
      };
    },
    close: () => pool.end(),
  };
};
