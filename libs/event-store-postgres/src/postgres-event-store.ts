import {
  canonicalParts,
  chainFollower,
  hashOf,
  hashOfParts,
  LatestHashes,
  VersionConflict,
  type Append,
  type Appended,
  type CanonicalParts,
  type EventStore,
  type ExpectedVersion,
  type LogPosition,
  type NewEvent,
  type StoredEvent,
  type StreamName,
} from '@app/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError, type Pool } from 'pg';
import { hashArray, intArray, jsonArray, textArray } from './array-parameter';
import { GroupCommit } from './group-commit';
import { fromPosition, toPosition } from './log-position';
import { execute, type Statement } from './statement';
import { Tail } from './tail';

/** Larger groups no longer gain, and hold the log's horizon back for longer. */
const GROUP_SIZE = 512;
const BATCH_SIZE = 500;
/** A refused append whose expectation holds after all was overtaken by a commit; that does not happen often in a row. */
const MAX_ATTEMPTS = 5;
const UNIQUE_VIOLATION = '23505';
const DEADLOCK = '40P01';

/** What an event is stored as. */
type Written = Omit<NewEvent, keyof CanonicalParts> & CanonicalParts;
/** All appends of a request are stored together or not at all. */
type Request = readonly (Append & { readonly written: readonly Written[] })[];
type Link = { readonly stream: StreamName; readonly version: number; readonly hash: string };
type NewLink = Link & { readonly previous: string | null; readonly event: Written };
type Row = [
  tx: string,
  position: string,
  version: string,
  hash: string,
  id: string,
  type: string,
  schemaVersion: string,
  data: string,
  metadata: string,
];
type LogRow = [...Row, stream: StreamName];

const versionOf = (expected: ExpectedVersion): number => (expected === 'no-stream' ? 0 : expected);
const expectedOf = (version: number): ExpectedVersion => (version === 0 ? 'no-stream' : version);

const COLUMNS = `tx, position, version, encode(hash, 'hex'), id, type, schema_version, data, metadata`;

/**
 * One statement for all: everything is inserted, or nothing when a predecessor is missing.
 * Its transaction id is taken after its snapshot, so it is newer than that of every predecessor it sees, and the
 * order of the log never contradicts the order of a stream. The last condition refuses what would (an append inside
 * somebody's older transaction, or a log that was restored into a younger server).
 */
const INSERT_MANY = `
  insert into events (stream, version, id, type, schema_version, data, metadata, hash)
  select stream, version, id::uuid, type, schema_version, data, metadata, hash
    from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::int[], $6::json[], $7::json[], $8::bytea[])
         with ordinality as new (stream, version, id, type, schema_version, data, metadata, hash, place)
   where not exists (
     select from unnest($9::text[], $10::int[], $11::bytea[]) as predecessor (stream, version, hash)
      where predecessor.hash is distinct from (
        select events.hash from events
         where events.stream = predecessor.stream and events.version = predecessor.version
           and events.tx <= pg_current_xact_id()))
   order by place
  returning tx, position`;

/** The same for the commonest case, a single event: without arrays it costs a third less of both sides' time. */
const INSERT_ONE = `
  insert into events (stream, version, id, type, schema_version, data, metadata, hash)
  select $1, $2, $3, $4, $5, $6, $7, decode($8, 'hex')
   where $2 = 1 or exists (
     select from events
      where stream = $1 and version = $2 - 1 and hash = decode($9, 'hex') and tx <= pg_current_xact_id())
  returning tx, position`;

/**
 * The log on PostgreSQL (13 or newer): appends share commits when they queue, and readers never miss an event.
 * Events lie below the horizon of running transactions before a reader sees them, so a long transaction anywhere on the
 * server delays subscribers, never writers.
 */
export class PostgresEventStore implements EventStore {
  private readonly appends = new GroupCommit<Request, readonly Appended[]>(
    (requests) => this.store(requests),
    (request) => request.reduce((size, { events }) => size + events.length, 0),
    GROUP_SIZE,
  );
  private readonly hashes = new LatestHashes();
  private readonly tail = new Tail(() => this.head());
  private reachable = true;

  constructor(
    private readonly pool: Pool,
    private readonly log: (message: string) => void = console.error,
  ) {}

  /** @throws Error that says what to do, when the log has transaction ids that this server is still to give out */
  static async open(pool: Pool): Promise<PostgresEventStore> {
    const { rows } = await pool.query<{ ahead: boolean }>(
      'select exists (select from events where tx >= pg_snapshot_xmax(pg_current_snapshot())) as ahead',
    );
    if (rows[0]?.ahead) {
      throw new Error(
        '記録が、このサーバーではまだ使われていないトランザクション番号を持っています。論理ダンプ（pg_dump）から復元した記録は使えません。物理バックアップを復元するか、log export で書き出したファイルを取り込んでください（docs/operations.md）。\n' +
          'The log has transaction ids that this server has not given out yet, as after a restore from a logical dump (pg_dump). ' +
          'Restore a physical backup, or import a file that log export has written, as docs/operations.md says.',
      );
    }
    return new PostgresEventStore(pool);
  }

  async read(stream: StreamName, from = 1, parse?: (json: string) => unknown): Promise<readonly StoredEvent[]> {
    return this.readStream(stream, from, (row) => toEvent(row, stream, parse));
  }

  async readVerified(stream: StreamName): Promise<readonly StoredEvent[]> {
    let row: Row | undefined;
    // What is stored is canonical, so its hash is over the very texts that were read; what was stored as jsonb, once, is not.
    const follow = chainFollower((previous, event) => {
      const [, , , , , , , data, metadata] = row as Row;
      return hashOfParts(previous, event, { data, metadata }) === event.hash || hashOf(previous, event) === event.hash;
    });
    return this.readStream(stream, 1, (read) => follow(toEvent((row = read), stream)));
  }

  async append(stream: StreamName, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended> {
    const [appended] = await this.appendMany([{ stream, expected, events }]);
    return appended as Appended;
  }

  async appendMany(appends: readonly Append[]): Promise<readonly Appended[]> {
    for (const { stream, events } of appends)
      if (events.length === 0) throw new Error(`Nothing to append to ${stream}`);
    if (appends.length === 0) return [];
    const answers = await this.appends.submit(
      appends.map((append) => ({ ...append, written: append.events.map(writtenOf) })),
    );
    this.tail.hurry();
    return answers;
  }

  async readAll(after: LogPosition | null, limit: number): Promise<readonly StoredEvent[]> {
    const { tx, position } = fromPosition(after);
    return execute(
      this.pool,
      {
        name: 'events-of-log',
        text: `select ${COLUMNS}, stream from events
                where (tx, position) > ($1::xid8, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
                order by tx, position limit $3`,
        values: [tx, position, String(limit)],
      },
      (row: LogRow) => toEvent(row, row[9]),
    );
  }

  async subscribeToAll(
    after: LogPosition | null,
    handler: (batch: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    fromPosition(after); // what is no position of this log will not become one by waiting
    let cursor = after;
    for (let failures = 0; !signal.aborted;) {
      let batch: readonly StoredEvent[];
      try {
        batch = await this.readAll(cursor, BATCH_SIZE);
        failures = 0;
        this.noteReachable();
      } catch (error) {
        this.noteUnreachable(error);
        await pause(Math.min(100 * 2 ** failures++, 5_000), undefined, { signal }).catch(() => {});
        continue;
      }
      const last = batch.at(-1);
      if (last === undefined) await this.tail.movedBeyond(cursor, signal);
      else {
        if (signal.aborted) return;
        await handler(batch);
        cursor = last.position;
      }
    }
  }

  async head(): Promise<LogPosition | null> {
    const [head] = await execute(
      this.pool,
      {
        name: 'head-of-log',
        text: `select tx, position from events
                where tx < pg_snapshot_xmin(pg_current_snapshot()) order by tx desc, position desc limit 1`,
        values: [],
      },
      positionOf,
    );
    return head ?? null;
  }

  private async readStream(
    stream: StreamName,
    from: number,
    eventOf: (row: Row) => StoredEvent,
  ): Promise<readonly StoredEvent[]> {
    const text = `select ${COLUMNS} from events where stream = $1`;
    const statement =
      from > 1
        ? {
            name: 'events-of-stream-from',
            text: `${text} and version >= $2 order by version`,
            values: [stream, String(from)],
          }
        : { name: 'events-of-stream', text: `${text} order by version`, values: [stream] };
    const events = await execute(this.pool, statement, eventOf);
    const last = events.at(-1);
    if (last) this.hashes.remember(stream, last);
    return events;
  }

  /** @throws Error when a group is refused: then each of its requests is to be stored alone */
  private async store(requests: readonly Request[]): Promise<readonly (readonly Appended[])[]> {
    for (let attempt = 1; ; attempt++) {
      const refusal = await this.insert(requests.flat());
      if (Array.isArray(refusal)) {
        const answers = refusal as Appended[];
        return requests.map((request) => answers.splice(0, request.length));
      }
      const [alone, ...others] = requests;
      if (alone === undefined || others.length > 0) throw refusal;
      const already = await this.alreadyStored(alone);
      if (already) return [already];
      if (attempt === MAX_ATTEMPTS) throw refusal;
      for (const { stream } of alone) this.hashes.forget(stream);
    }
  }

  /** What each append came to, or why nothing was stored. */
  private async insert(appends: Request): Promise<readonly Appended[] | Error> {
    const predecessors = await this.predecessorsOf(appends);
    const latest = new Map(predecessors.map((link) => [link.stream, link]));
    const links: NewLink[] = [];
    const ends: number[] = [];
    for (const { stream, expected, written } of appends) {
      let previous = latest.get(stream);
      if ((previous?.version ?? 0) !== versionOf(expected))
        return new Error(`${stream}: no event of version ${expected}`);
      for (const event of written) {
        const version = (previous?.version ?? 0) + 1;
        const before = previous?.hash ?? null;
        const { id, type, schemaVersion } = event;
        const hash = hashOfParts(before, { id, type, schemaVersion, stream, version }, event);
        const link = { stream, version, hash, previous: before, event };
        links.push(link);
        latest.set(stream, (previous = link));
      }
      ends.push(links.length - 1);
    }

    try {
      const positions = await execute(
        this.pool,
        links.length === 1 ? insertOne(links[0] as NewLink) : insertMany(links, predecessors),
        positionOf,
      );
      if (positions.length === 0)
        return new Error('A previous event is missing, or carries a later transaction id than this server gives out');
      for (const link of latest.values()) this.hashes.remember(link.stream, link);
      return ends.map((end) => ({
        version: (links[end] as Link).version,
        position: positions[end] as LogPosition,
      }));
    } catch (error) {
      const refused = error instanceof DatabaseError && (error.code === UNIQUE_VIOLATION || error.code === DEADLOCK);
      if (!refused) throw error;
      return error;
    }
  }

  /** The events on which the appends build, each stream's first expectation only; those that do not exist are left out. */
  private async predecessorsOf(appends: readonly Append[]): Promise<readonly Link[]> {
    const streams = new Set<StreamName>();
    const known: Link[] = [];
    const wanted: Omit<Link, 'hash'>[] = [];
    for (const { stream, expected } of appends) {
      if (streams.has(stream)) continue;
      streams.add(stream);
      const version = versionOf(expected);
      if (version === 0) continue;
      const hash = this.hashes.get(stream, version);
      if (hash === undefined) wanted.push({ stream, version });
      else known.push({ stream, version, hash });
    }
    if (wanted.length === 0) return known;

    const { rows } = await this.pool.query<Link>({
      name: 'predecessors',
      text: `select stream, version, (select encode(hash, 'hex') from events
                where events.stream = place.stream and events.version = place.version) as hash
               from unnest($1::text[], $2::int[]) as place (stream, version)`,
      values: [wanted.map(({ stream }) => stream), wanted.map(({ version }) => version)],
    });
    return [...known, ...rows.filter(({ hash }) => hash !== null)];
  }

  /**
   * The answers given when exactly this request was stored before; undefined when its expectations hold now.
   * @throws VersionConflict otherwise
   */
  private async alreadyStored(request: Request): Promise<readonly Appended[] | undefined> {
    const found = await Promise.all(
      request.map(async ({ stream, expected, events }) => {
        const now = await this.read(stream, versionOf(expected) + 1);
        const last = now[events.length - 1];
        const same = last !== undefined && events.every((event, index) => event.id === now[index]?.id);
        return { now, already: same ? { version: last.version, position: last.position } : undefined };
      }),
    );
    if (found.every(({ already }) => already)) return found.map(({ already }) => already as Appended);
    for (const [index, { now }] of found.entries()) {
      const { stream, expected } = request[index] as Append;
      const actual = now.at(-1)?.version ?? (await this.versionOf(stream));
      if (actual !== versionOf(expected)) throw new VersionConflict(stream, expected, expectedOf(actual));
    }
    return undefined;
  }

  private async versionOf(stream: StreamName): Promise<number> {
    const { rows } = await this.pool.query<{ version: number | null }>(
      'select max(version) as version from events where stream = $1',
      [stream],
    );
    return rows[0]?.version ?? 0;
  }

  // Said once per outage, however many subscribers meet it.
  private noteUnreachable(error: unknown): void {
    if (this.reachable) this.log(`The log cannot be read, trying again: ${String(error)}`);
    this.reachable = false;
  }

  private noteReachable(): void {
    if (!this.reachable) this.log('The log can be read again');
    this.reachable = true;
  }
}

const insertOne = ({ stream, version, hash, previous, event }: NewLink): Statement => ({
  name: 'append-event',
  text: INSERT_ONE,
  values: [
    ...[stream, String(version), event.id, event.type, String(event.schemaVersion)],
    ...[event.data, event.metadata, hash, previous],
  ],
});

const insertMany = (links: readonly NewLink[], predecessors: readonly Link[]): Statement => ({
  name: 'append-events',
  text: INSERT_MANY,
  values: [
    textArray(links.map(({ stream }) => stream)),
    intArray(links.map(({ version }) => version)),
    textArray(links.map(({ event }) => event.id)),
    textArray(links.map(({ event }) => event.type)),
    intArray(links.map(({ event }) => event.schemaVersion)),
    jsonArray(links.map(({ event }) => event.data)),
    jsonArray(links.map(({ event }) => event.metadata)),
    hashArray(links.map(({ hash }) => hash)),
    textArray(predecessors.map(({ stream }) => stream)),
    intArray(predecessors.map(({ version }) => version)),
    hashArray(predecessors.map(({ hash }) => hash)),
  ],
});

const writtenOf = (event: NewEvent): Written => {
  const { id, type, schemaVersion } = event;
  return { id, type, schemaVersion, ...canonicalParts(event) };
};

const positionOf = ([tx, position]: readonly [tx: string, position: string]): LogPosition => toPosition(tx, position);

const toEvent = (
  [tx, position, version, hash, id, type, schemaVersion, data, metadata]: Row | LogRow,
  stream: StreamName,
  parse: (json: string) => unknown = JSON.parse,
): StoredEvent => ({
  id,
  type,
  schemaVersion: Number(schemaVersion),
  stream,
  version: Number(version),
  hash,
  data: parse(data),
  metadata: JSON.parse(metadata),
  position: toPosition(tx, position),
});
