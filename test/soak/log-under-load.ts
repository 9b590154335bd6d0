import { createHash, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { createPool } from '@app/database';
import {
  hashOf,
  VersionConflict,
  type EventStore,
  type LogPosition,
  type NewEvent,
  type StoredEvent,
  type StreamName,
} from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import type { Pool, PoolClient } from 'pg';

const WRITERS = 16;
/** So many of what the writers do are transactions that insert events and roll back. */
const ROLLED_BACK = 0.08;
/** Streams on which writers meet. */
const SHARED_STREAMS = 4;
/** How many events others append while a transaction that has taken its id waits to insert, and before the next one. */
const [APPENDED_MEANWHILE, APPENDED_BETWEEN] = [40, 400];
const STREAM_LENGTH = 500;
const PROGRESS_MS = 10_000;

/** What one subscriber was given, held against what was committed. */
export type SubscriberReport = {
  readonly name: string;
  readonly seen: number;
  readonly missed: number;
  readonly repeated: number;
  /** Events that came after a later one of their stream or of the log. */
  readonly outOfOrder: number;
  /** Whether the ids came in the very order of the log. */
  readonly sameAsLog: boolean;
};

export type LoadReport = {
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly conflicts: number;
  readonly rolledBack: number;
  readonly earlyTransactions: number;
  /** From the call of append to the handler of a subscriber that is up to date; milliseconds, as information. */
  readonly lagMs: { readonly median: number; readonly p99: number };
  readonly subscribers: readonly SubscriberReport[];
};

/**
 * Writes as the log will never be written to in earnest: sixteen writers in four processes' worth of stores, who meet on
 * some streams; transactions that insert and roll back; transactions that take their id early and insert late. Several
 * subscribers follow meanwhile, from different places.
 *
 * @param open a store on a pool, as a process has it
 */
export const logUnderLoad = async ({
  databaseUrl,
  milliseconds,
  open,
  onProgress = () => {},
}: {
  readonly databaseUrl: string;
  readonly milliseconds: number;
  readonly open: (pool: Pool) => EventStore;
  readonly onProgress?: (events: number, seconds: number) => void;
}): Promise<LoadReport> => {
  const pools = [4, 4, 4, 4, 4, 12].map((size) => createPool(databaseUrl, size));
  const stores = pools.slice(0, 5).map(open);
  const reader = stores[4] as EventStore;
  const foreign = pools[5] as Pool;
  const committed = new Map<StreamName, number>();
  const counts = { events: 0, conflicts: 0, rolledBack: 0, earlyTransactions: 0 };
  const lag = histogram();
  const begun = performance.now();
  const running = () => performance.now() - begun < milliseconds;
  let lastPosition: LogPosition | null = null;
  let waiting: (() => void)[] = [];
  /** Fulfilled when something was appended, and at the end of the run. */
  const nextAppend = () => new Promise<void>((resolve) => void waiting.push(resolve));
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  };

  /** Fulfilled when so many more events were appended, and at the end of the run. */
  const appended = async (more: number): Promise<void> => {
    for (const until = counts.events + more; running() && counts.events < until;) await nextAppend();
  };

  const committedNow = (stream: StreamName, version: number, events: number): void => {
    committed.set(stream, Math.max(version, committed.get(stream) ?? 0));
    counts.events += events;
    wake();
  };
  const timed = (n: number): NewEvent => ({ ...someEvent(n), data: { n, sentAt: performance.now() } });

  const write = async (writer: number): Promise<void> => {
    const store = stores[writer % 4] as EventStore;
    let own: StreamName = `own-${randomUUID()}`;
    for (let n = 0; running(); n++) {
      if (Math.random() < ROLLED_BACK) {
        await inTransaction(foreign, 'rollback', (client) => insertRaw(client, `never-${randomUUID()}`, timed(n)));
        counts.rolledBack++;
        continue;
      }
      if ((committed.get(own) ?? 0) >= STREAM_LENGTH) own = `own-${randomUUID()}`;
      const stream: StreamName = Math.random() < 0.1 ? `shared-${Math.floor(Math.random() * SHARED_STREAMS)}` : own;
      const version = committed.get(stream) ?? 0;
      const events = Array.from({ length: 1 + (n % 3) }, () => timed(n));
      try {
        const answer = await store.append(stream, version === 0 ? 'no-stream' : version, events);
        lastPosition = answer.position;
        committedNow(stream, answer.version, events.length);
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
        counts.conflicts++;
        await turn();
      }
    }
  };

  /** Its events come before all that were appended since it took its id, and must be waited for. */
  const writeEarlyIdsLate = async (): Promise<void> => {
    while (running()) {
      const stream: StreamName = `early-${randomUUID()}`;
      const end = Math.random() < ROLLED_BACK ? 'rollback' : 'commit';
      await inTransaction(foreign, end, async (client) => {
        await client.query('select pg_current_xact_id()');
        await appended(APPENDED_MEANWHILE);
        await insertRaw(client, stream, timed(0));
      });
      if (end === 'commit') committedNow(stream, 1, 1);
      counts.earlyTransactions++;
      await appended(APPENDED_BETWEEN);
    }
  };

  const progress = setInterval(() => onProgress(counts.events, (performance.now() - begun) / 1000), PROGRESS_MS);
  const end = setTimeout(wake, milliseconds);
  const marker = timed(0);
  const subscribers = [
    follow('from the beginning', reader, null, marker.id, { onEvent: lag.record }),
    follow('from the beginning, slowly', stores[0] as EventStore, null, marker.id, { pace: turn }),
    follow('from the beginning, stopping and going on', reader, null, marker.id, { stopAfter: 20 }),
  ];
  const writing = Promise.all([
    ...Array.from({ length: WRITERS }, (_, writer) => write(writer).finally(wake)),
    writeEarlyIdsLate(),
    writeEarlyIdsLate(),
    // Others come when the log is already long: where readers are, and where a writer has just been told it is.
    ...['the head', 'an append'].map(async (place, index) => {
      while (running() && performance.now() - begun < (milliseconds * (index + 1)) / 4) await nextAppend();
      const start = place === 'the head' ? await reader.head() : lastPosition;
      subscribers.push(follow(`from ${place}`, stores[index + 1] as EventStore, start, marker.id, {}));
    }),
  ]);
  try {
    await writing;
    const seconds = (performance.now() - begun) / 1000;
    await (stores[0] as EventStore).append('marker-1', 'no-stream', [marker]);
    committed.set('marker-1', 1);
    const followed = await Promise.all(subscribers);
    const reports: SubscriberReport[] = [];
    for (const one of followed) reports.push(await held(one, reader, committed));
    return {
      ...counts,
      seconds: Math.round(seconds * 10) / 10,
      eventsPerSecond: Math.round(counts.events / seconds),
      lagMs: { median: lag.quantile(0.5), p99: lag.quantile(0.99) },
      subscribers: reports,
    };
  } finally {
    clearInterval(progress);
    clearTimeout(end);
    await Promise.all(pools.map((pool) => pool.end()));
  }
};

const inTransaction = async (
  pool: Pool,
  end: 'commit' | 'rollback',
  work: (client: PoolClient) => Promise<unknown>,
): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query(end);
  } finally {
    client.release();
  }
};

/** What a foreign program might do: the first event of a stream, without the adapter. */
const insertRaw = (client: PoolClient, stream: StreamName, event: NewEvent): Promise<unknown> =>
  client.query(
    `insert into events (stream, version, id, type, schema_version, data, metadata, hash)
     values ($1, 1, $2, $3, $4, $5, $6, decode($7, 'hex'))`,
    [
      stream,
      event.id,
      event.type,
      event.schemaVersion,
      JSON.stringify(event.data),
      JSON.stringify(event.metadata),
      hashOf(null, { ...event, stream, version: 1 }),
    ],
  );

type Followed = {
  readonly name: string;
  readonly start: LogPosition | null;
  readonly seen: number;
  readonly repeated: number;
  readonly outOfOrder: number;
  readonly digest: string;
};

/** Follows the log until it is given the event with the id `until`. */
const follow = async (
  name: string,
  store: EventStore,
  start: LogPosition | null,
  until: string,
  {
    onEvent = () => {},
    pace = () => Promise.resolve(),
    stopAfter = Infinity,
  }: {
    readonly onEvent?: (event: StoredEvent) => void;
    readonly pace?: () => Promise<unknown>;
    readonly stopAfter?: number;
  },
): Promise<Followed> => {
  const newest = new Map<StreamName, number>();
  const digest = createHash('sha256');
  let [seen, repeated, outOfOrder, ended] = [0, 0, 0, false];
  let cursor = start;
  while (!ended) {
    const stop = new AbortController();
    let batches = 0;
    await store.subscribeToAll(
      cursor,
      async (batch) => {
        for (const event of batch) {
          const last = newest.get(event.stream);
          seen++;
          if (last !== undefined && event.version <= last) repeated++;
          else newest.set(event.stream, event.version);
          if ((last !== undefined && event.version !== last + 1) || (cursor !== null && event.position <= cursor))
            outOfOrder++;
          cursor = event.position;
          digest.update(event.id);
          onEvent(event);
          ended ||= event.id === until;
        }
        await pace();
        if (ended || ++batches >= stopAfter) stop.abort();
      },
      stop.signal,
    );
  }
  return { name, start, seen, repeated, outOfOrder, digest: digest.digest('hex') };
};

/** Reads the log again, now that nobody writes, and compares. */
const held = async (
  { start, digest, ...followed }: Followed,
  store: EventStore,
  committed: ReadonlyMap<StreamName, number>,
): Promise<SubscriberReport> => {
  const truth = createHash('sha256');
  let length = 0;
  for (
    let after = start, batch;
    (batch = await store.readAll(after, 1_000)).length > 0;
    after = batch.at(-1)?.position ?? after
  ) {
    for (const { id } of batch) truth.update(id);
    length += batch.length;
  }
  // The log, read at rest, is itself held against what the writers were told.
  const expected = start === null ? [...committed.values()].reduce((sum, version) => sum + version, 0) : length;
  return {
    ...followed,
    missed: expected - (followed.seen - followed.repeated),
    sameAsLog: truth.digest('hex') === digest,
  };
};

const histogram = () => {
  const buckets = new Map<number, number>();
  let count = 0;
  return {
    record: ({ data }: StoredEvent): void => {
      const bucket = Math.round(performance.now() - (data as { readonly sentAt: number }).sentAt);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
      count++;
    },
    quantile: (share: number): number => {
      let below = 0;
      for (const [bucket, size] of [...buckets].sort(([a], [b]) => a - b))
        if ((below += size) >= share * count) return bucket;
      return 0;
    },
  };
};
