import {
  canonicalParts,
  chainFollower,
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
import type * as Kurrent from '@kurrent/kurrentdb-client';
import { on } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fromPosition, toPosition } from './log-position';
import { recordedName, surroundingsOf, toStoredEvent } from './recorded-event';

const BATCH_SIZE = 500;
/** A cluster has a new leader within seconds. Who has waited longer than this is told. */
const PATIENCE_MS = 20_000;
const LONGEST_PAUSE_MS = 2_000;
/** What server and client say, without a type for it, while a leader is elected. */
const NOT_READY =
  /failed to discover|server is (currently overloaded|not yet ready|not ready|not the leader|busy|too busy)|leader info/i;
/** gRPC's statuses CANCELLED (by us or by the server), UNKNOWN (failed in the middle, as a leader does that ceases to be one), UNAVAILABLE. */
const INTERRUPTED: readonly unknown[] = [1, 2, 14];

const versionOf = (expected: ExpectedVersion): number => (expected === 'no-stream' ? 0 : expected);
const expectedOf = (version: number): ExpectedVersion => (version === 0 ? 'no-stream' : version);

/** The server cannot do what was asked of it; the message names the version that can. */
export class ServerTooOld extends Error {
  override readonly name = 'ServerTooOld';
}

class SubscriptionLost extends Error {}

/** What is appended, with what is hashed of each event. */
type Request = Append & { readonly parts: readonly CanonicalParts[] };

type Connection = { readonly client: Kurrent.KurrentDBClient; readonly replaced: AbortController };

export type KurrentSettings = {
  /** `kurrentdb://…` or `kurrentdb+discover://…`; goes to the client as it is. */
  readonly url: string;
  /** Tells this log from others on the same server: all its streams are called `prefix.…` there. */
  readonly prefix: string;
  readonly log?: (message: string) => void;
};

/**
 * The log on KurrentDB, or on a cluster of it. What a lost connection or a change of leader interrupts is asked again for
 * a while: reading is harmless to repeat, and an append carries the ids by which it is known when it has arrived before.
 */
export class KurrentEventStore implements EventStore {
  private readonly hashes = new LatestHashes();
  private readonly prefix: string;
  private readonly log: (message: string) => void;
  private connection: Connection;
  private reachable = true;
  private closed = false;

  private constructor(
    private readonly kurrent: typeof Kurrent,
    private readonly settings: KurrentSettings,
  ) {
    this.prefix = settings.prefix;
    this.log = settings.log ?? console.error;
    this.connection = this.connect();
  }

  /** @throws Error that says what to do, when the url is none or when no server answers */
  static async open(settings: KurrentSettings): Promise<KurrentEventStore> {
    const kurrent = await import('@kurrent/kurrentdb-client'); // native code, so only for those who use it
    const store = new KurrentEventStore(kurrent, settings);
    try {
      await store.head();
    } catch (error) {
      await store.close();
      const server = settings.url.replace(/\/\/[^@/]*@/, '//');
      throw new Error(
        `KurrentDB（${server}）が応答しません。動いているか、TLS のないサーバーなら ?tls=false が付いているかを確かめてください。\n` +
          `No KurrentDB answers at ${server}: ${String(error)}. Does it run there? A server without TLS needs ?tls=false.`,
        { cause: error },
      );
    }
    return store;
  }

  close(): Promise<void> {
    this.closed = true;
    return this.connection.client.dispose();
  }

  async read(stream: StreamName, from = 1): Promise<readonly StoredEvent[]> {
    const events = await this.readStream(stream, { fromRevision: BigInt(from - 1) });
    const last = events.at(-1);
    if (last) this.hashes.remember(stream, last);
    return events;
  }

  async readVerified(stream: StreamName): Promise<readonly StoredEvent[]> {
    return (await this.read(stream)).map(chainFollower());
  }

  async append(stream: StreamName, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended> {
    const [appended] = await this.appendMany([{ stream, expected, events }]);
    return appended as Appended;
  }

  /** @throws ServerTooOld when these are several, and the server cannot do that */
  async appendMany(appends: readonly Append[]): Promise<readonly Appended[]> {
    for (const { stream, events } of appends)
      if (events.length === 0) throw new Error(`Nothing to append to ${stream}`);
    const requests = appends.map((append) => ({ ...append, parts: append.events.map(canonicalParts) }));
    const [alone, ...others] = requests;
    if (!alone) return [];
    let conflict: VersionConflict | undefined;
    try {
      if (others.length === 0) return [await this.persistently((client) => this.storeOne(client, alone))];
      await this.persistently((client) => this.storeTogether(client, requests));
    } catch (error) {
      conflict = this.conflictOf(error);
      if (!conflict) throw error;
    }
    const stored = await this.alreadyStored(appends);
    if (!stored) throw conflict ?? new Error('What was just appended is not there');
    return stored;
  }

  async readAll(after: LogPosition | null, limit: number): Promise<readonly StoredEvent[]> {
    const events = await this.persistently((client) =>
      this.collect(
        client.readAll({
          fromPosition: after === null ? this.kurrent.START : fromPosition(after),
          maxCount: limit + 1, // the server begins with the event that stands at the position itself
          filter: this.ownStreams(),
          requiresLeader: true,
        }),
      ),
    );
    return events.filter(({ position }) => after === null || position > after).slice(0, limit);
  }

  async subscribeToAll(
    after: LogPosition | null,
    handler: (batch: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    let cursor = after;
    for (let failures = 0; !signal.aborted;) {
      const connection = this.connection;
      try {
        for await (const batch of this.batches(connection, cursor, signal)) {
          if (signal.aborted) return;
          this.noteReachable();
          failures = 0;
          await handler(batch.map((recorded) => toStoredEvent(this.prefix, recorded)));
          cursor = toPosition((batch.at(-1) as Kurrent.AllStreamRecordedEvent).position);
        }
      } catch (error) {
        if (!(error instanceof SubscriptionLost)) throw error;
        if (signal.aborted) return;
        this.noteUnreachable(error.cause);
        this.replace(connection);
        await pause(pauseAfter(failures++), undefined, { signal }).catch(() => {});
      }
    }
  }

  async head(): Promise<LogPosition | null> {
    const [last] = await this.persistently((client) =>
      this.collect(
        client.readAll({
          direction: this.kurrent.BACKWARDS,
          fromPosition: this.kurrent.END,
          maxCount: 1,
          filter: this.ownStreams(),
          requiresLeader: true,
        }),
      ),
    );
    return last?.position ?? null;
  }

  private async storeOne(client: Kurrent.KurrentDBClient, append: Request): Promise<Appended> {
    const { stream, expected } = append;
    const { linked, ends } = await this.linked([append]);
    const { position } = await client.appendToStream(recordedName(this.prefix, stream), linked[0] ?? [], {
      streamState: this.stateOf(expected),
      requiresLeader: true,
    });
    if (!position) throw new Error(`${stream}: the server does not say where it has appended`);
    this.remember(ends);
    return { version: versionOf(expected) + append.events.length, position: toPosition(position) };
  }

  /** Servers from 26.1 on keep the order asked for; those from 25.1 on take one append for each stream. */
  private async storeTogether(client: Kurrent.KurrentDBClient, appends: readonly Request[]): Promise<void> {
    const { linked, ends } = await this.linked(appends);
    const requests = appends.map(({ stream, expected }, index) => ({
      streamName: recordedName(this.prefix, stream),
      expectedState: this.stateOf(expected),
      events: linked[index] ?? [],
    }));
    const records = requests.flatMap(({ streamName, events }) => events.map((record) => ({ streamName, record })));
    const checks = requests
      .filter(({ streamName }, index) => requests.findIndex((other) => other.streamName === streamName) === index)
      .map(({ streamName, expectedState }): Kurrent.StreamStateCheck => ({
        type: this.kurrent.STREAM_STATE,
        streamName,
        expectedState,
      }));
    try {
      await client.appendRecords(records, checks);
    } catch (error) {
      if (!(error instanceof this.kurrent.UnsupportedError) || ends.size < appends.length) throw error;
      await client.multiStreamAppend(requests);
    }
    this.remember(ends);
  }

  /**
   * The events of each append as the server takes them, each with its link in the chain of its stream, and where the
   * streams will end.
   * @throws VersionConflict when a stream does not stand where it is expected to
   */
  private async linked(appends: readonly Request[]) {
    const ends = new Map<StreamName, { readonly version: number; readonly hash: string | null }>();
    for (const { stream, expected } of appends)
      if (!ends.has(stream)) ends.set(stream, { version: versionOf(expected), hash: null });
    await Promise.all(
      [...ends].map(async ([stream, { version }]) =>
        ends.set(stream, { version, hash: await this.hashAt(stream, version) }),
      ),
    );
    const linked = appends.map(({ stream, expected, events, parts }) => {
      let { version, hash } = ends.get(stream) as { version: number; hash: string | null };
      if (version !== versionOf(expected)) throw new VersionConflict(stream, expected, expectedOf(version));
      const records = events.map((event, index) => {
        hash = hashOfParts(hash, { ...event, stream, version: ++version }, parts[index] as CanonicalParts);
        const { id, type, data } = event;
        return this.kurrent.jsonEvent({
          id,
          type,
          data: data as Kurrent.JSONType,
          metadata: surroundingsOf(event, hash),
        });
      });
      ends.set(stream, { version, hash });
      return records;
    });
    return { linked, ends };
  }

  /** @throws VersionConflict when the stream does not end there */
  private async hashAt(stream: StreamName, version: number): Promise<string | null> {
    const known = version === 0 ? null : this.hashes.get(stream, version);
    if (known !== undefined) return known;
    const [last] = await this.readStream(stream, {
      direction: this.kurrent.BACKWARDS,
      fromRevision: this.kurrent.END,
      maxCount: 1,
    });
    if (last?.version !== version) throw new VersionConflict(stream, version, expectedOf(last?.version ?? 0));
    return last.hash;
  }

  private remember(ends: ReadonlyMap<StreamName, { readonly version: number; readonly hash: string | null }>): void {
    for (const [stream, { version, hash }] of ends) if (hash !== null) this.hashes.remember(stream, { version, hash });
  }

  /** What was answered when exactly this was appended, undefined when it was not. */
  private async alreadyStored(appends: readonly Append[]): Promise<readonly Appended[] | undefined> {
    const stored = new Map<StreamName, readonly StoredEvent[]>();
    await Promise.all(
      [...new Set(appends.map(({ stream }) => stream))].map(async (stream) => {
        const [first, ...others] = appends.filter((append) => append.stream === stream) as [Append, ...Append[]];
        stored.set(
          stream,
          await this.readStream(stream, {
            fromRevision: BigInt(versionOf(first.expected)),
            maxCount: others.reduce((count, { events }) => count + events.length, first.events.length),
          }),
        );
      }),
    );
    const found = appends.map(({ stream, expected, events }): Appended | undefined => {
      const there = stored.get(stream)?.filter(({ version }) => version > versionOf(expected)) ?? [];
      return events.every(({ id }, index) => id === there[index]?.id) ? there[events.length - 1] : undefined;
    });
    return found.every((one) => one !== undefined)
      ? found.map(({ version, position }) => ({ version, position }))
      : undefined;
  }

  private readStream(stream: StreamName, options: Kurrent.ReadStreamOptions): Promise<readonly StoredEvent[]> {
    return this.persistently(async (client) => {
      try {
        return await this.collect(
          client.readStream(recordedName(this.prefix, stream), { ...options, requiresLeader: true }),
        );
      } catch (error) {
        if (error instanceof this.kurrent.StreamNotFoundError) return [];
        throw error;
      }
    });
  }

  private async collect(resolved: AsyncIterable<Kurrent.ResolvedEvent>): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for await (const { event } of resolved)
      if (event) events.push(toStoredEvent(this.prefix, event as Kurrent.AllStreamRecordedEvent));
    return events;
  }

  /** @throws SubscriptionLost in the end: it lasts until the connection is lost or `signal` aborts */
  private async *batches(
    { client, replaced }: Connection,
    after: LogPosition | null,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Kurrent.AllStreamRecordedEvent[]> {
    const subscription = client.subscribeToAll(
      {
        fromPosition: after === null ? this.kurrent.START : fromPosition(after),
        filter: this.ownStreams(),
        requiresLeader: true,
      },
      { highWaterMark: BATCH_SIZE },
    );
    subscription.on('error', () => {}); // one more may come when nobody listens any longer
    const either = AbortSignal.any([signal, replaced.signal]);
    try {
      for await (const _ of on(subscription, 'readable', { signal: either, close: ['end'] }))
        for (let batch; (batch = take(subscription)).length > 0;) yield batch;
      throw new Error('The server has ended the subscription');
    } catch (error) {
      throw new SubscriptionLost('The subscription was lost', { cause: error });
    } finally {
      await subscription.unsubscribe().catch(() => {});
      subscription.destroy();
    }
  }

  /** Asks again, less and less often, while the server cannot be reached or has no leader. */
  private async persistently<T>(ask: (client: Kurrent.KurrentDBClient) => Promise<T>): Promise<T> {
    for (let failures = 0, giveUp = performance.now() + PATIENCE_MS; ;) {
      const connection = this.connection;
      try {
        const answer = await ask(connection.client);
        this.noteReachable();
        return answer;
      } catch (error) {
        if (this.closed || !this.passes(error) || performance.now() > giveUp) throw this.namedError(error);
        // Of two same appends that race, KurrentDB drops the second and lets it wait for the deadline: nothing is lost, and asked again it is answered.
        if (failures > 0 || !this.isLate(error)) {
          this.noteUnreachable(error);
          this.replace(connection);
        }
        await pause(pauseAfter(failures++));
      }
    }
  }

  /**
   * A client that has lost its server does not always find another: its reads go on failing, and when it failed to learn
   * what the server can do, it keeps that failure. What still runs on it is cancelled, and asked again on the new one.
   */
  private replace(connection: Connection): void {
    if (this.closed || this.connection !== connection) return; // somebody else has done it
    this.connection = this.connect();
    connection.replaced.abort();
    void connection.client.dispose();
  }

  private passes(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    const { ErrorType } = this.kurrent;
    const { type, code } = error as { readonly type?: Kurrent.ErrorType; readonly code?: unknown };
    return (
      NOT_READY.test(error.message) ||
      INTERRUPTED.includes(code) ||
      type === ErrorType.UNAVAILABLE ||
      type === ErrorType.NOT_LEADER ||
      this.isLate(error)
    );
  }

  private isLate(error: unknown): boolean {
    const { ErrorType } = this.kurrent;
    const { type } = error as { readonly type?: Kurrent.ErrorType };
    return type === ErrorType.DEADLINE_EXCEEDED || type === ErrorType.TIMEOUT;
  }

  private connect(): Connection {
    try {
      const client = this.kurrent.KurrentDBClient.connectionString(this.settings.url);
      return { client, replaced: new AbortController() };
    } catch (error) {
      throw new Error(
        'EVENT_STORE_URL cannot be read as a connection string such as kurrentdb://user:password@host:2113?tls=true',
        { cause: error },
      );
    }
  }

  private conflictOf(error: unknown): VersionConflict | undefined {
    if (error instanceof VersionConflict) return error;
    const violated =
      error instanceof this.kurrent.AppendConsistencyViolationError
        ? error.violations[0]
        : error instanceof this.kurrent.WrongExpectedVersionError
          ? error
          : undefined;
    if (!violated) return undefined;
    const { streamName, expectedState, actualState } = violated;
    const stream = streamName.slice(this.prefix.length + 1) as StreamName;
    return new VersionConflict(stream, expectedIn(expectedState), expectedIn(actualState));
  }

  private namedError(error: unknown): unknown {
    if (!(error instanceof this.kurrent.UnsupportedError)) return error;
    const needed = error.minimumVersion;
    return new ServerTooOld(
      `KurrentDB ${needed} 以降が必要です（複数のストリームへの一括追記）。 / KurrentDB ${needed} or newer is needed to append to several streams at once.`,
      { cause: error },
    );
  }

  private stateOf(expected: ExpectedVersion): bigint | typeof Kurrent.NO_STREAM {
    return expected === 'no-stream' ? this.kurrent.NO_STREAM : BigInt(expected - 1);
  }

  private ownStreams(): Kurrent.Filter {
    return this.kurrent.streamNameFilter({ prefixes: [recordedName(this.prefix, '' as StreamName)] });
  }

  // Said once per outage, however many subscribers meet it.
  private noteUnreachable(error: unknown): void {
    if (this.reachable) this.log(`KurrentDB does not answer, trying again: ${reasonOf(error)}`);
    this.reachable = false;
  }

  private noteReachable(): void {
    if (!this.reachable) this.log('KurrentDB answers again');
    this.reachable = true;
  }
}

const expectedIn = (state: Kurrent.AppendStreamState): ExpectedVersion =>
  typeof state === 'bigint' ? expectedOf(Number(state) + 1) : 'no-stream';

/** Some of the client's errors have no message; all have a type. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.message || ((error as { readonly type?: Kurrent.ErrorType }).type ?? error.name);
};

const pauseAfter = (failures: number): number => Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS);

/** What has arrived and waits, at most a batch of it. */
const take = (subscription: Kurrent.AllStreamSubscription): readonly Kurrent.AllStreamRecordedEvent[] => {
  const batch: Kurrent.AllStreamRecordedEvent[] = [];
  for (let next; batch.length < BATCH_SIZE && (next = subscription.read() as Kurrent.AllStreamResolvedEvent | null);)
    if (next.event) batch.push(next.event);
  return batch;
};
