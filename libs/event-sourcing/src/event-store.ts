/** Nest injection token for the port. A plain symbol, so this library needs no Nest. */
export const EVENT_STORE = Symbol('EventStore');

/** `category-id`, e.g. `disclosure-0190…`. The category is what stands before the first hyphen. */
export type StreamName = `${string}-${string}`;

/** There is deliberately no "any": every append states what it believes about the stream. Versions count from 1. */
export type ExpectedVersion = 'no-stream' | number;

/**
 * A place in the whole log. Opaque, but comparable as a string: a later event has a greater one.
 * Adapters pad their numbers so that this holds.
 */
export type LogPosition = string;

/** The person, or the part of the system, that caused an event, as they were called at that time. */
export type Actor = { readonly id: string; readonly name: string; readonly title?: string | undefined };

/** The clock and the sweeps act under this name. */
export const SYSTEM: Actor = { id: 'system', name: 'Kaijisho' };

/** What surrounds a fact: who, when by the injected clock (UTC, ISO 8601), and because of what. */
export type EventMetadata = {
  readonly actor: Actor;
  readonly recordedAt: string;
  readonly correlationId: string;
  readonly causationId: string;
};

export type NewEvent = {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
  readonly metadata: EventMetadata;
};

export type StoredEvent = NewEvent & {
  readonly stream: StreamName;
  /** Place in its stream, from 1. */
  readonly version: number;
  readonly position: LogPosition;
  /** SHA-256, hex, over the previous event's hash in the stream and this event's canonical JSON. */
  readonly hash: string;
};

/** An event as people find it again. */
export const called = ({ stream, version }: Pick<StoredEvent, 'stream' | 'version'>): string => `${stream}/${version}`;

/** Where a stream stands after an append. */
export type Appended = { readonly version: number; readonly position: LogPosition };

export type Append = {
  readonly stream: StreamName;
  readonly expected: ExpectedVersion;
  readonly events: readonly NewEvent[];
};

export interface EventStore {
  /**
   * Oldest first, from version `from` (default 1); an unknown stream reads as empty.
   * @param parse makes the data of one event after the other from its JSON, as `JSON.parse` would; an adapter that has no JSON does not ask it
   */
  read(stream: StreamName, from?: number, parse?: (json: string) => unknown): Promise<readonly StoredEvent[]>;
  /**
   * The whole stream, where what is read is evidence: its chain of hashes is followed from the beginning.
   * @throws ChainBroken at the first event that does not follow on the one before
   */
  readVerified(stream: StreamName): Promise<readonly StoredEvent[]>;
  /**
   * All events or none. The same event ids at the same versions are "already so" and answered as before.
   * @throws VersionConflict when `expected` does not hold
   */
  append(stream: StreamName, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended>;
  /** Several streams in one transaction: all or none, each with its own expectation; answers in the order asked. */
  appendMany(appends: readonly Append[]): Promise<readonly Appended[]>;
  /** The next events of the whole log after `after` (exclusive; null = from the start), in order, without gaps, at most `limit`. */
  readAll(after: LogPosition | null, limit: number): Promise<readonly StoredEvent[]>;
  /**
   * Delivers the log from `after` on, batch by batch in order, and goes on with what is appended later.
   * The next batch is read when the handler's promise is fulfilled. Ends when `signal` aborts; rejects when the handler throws.
   */
  subscribeToAll(
    after: LogPosition | null,
    handler: (batch: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** The position of the newest event that a subscriber can see, or null for an empty log. */
  head(): Promise<LogPosition | null>;
}

/** Somebody else appended first. Thrown, because only the caller knows whether to decide again. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  constructor(
    readonly stream: StreamName,
    readonly expected: ExpectedVersion,
    readonly actual: ExpectedVersion,
  ) {
    super(`${stream}: expected version ${expected}, found ${actual}`);
  }
}

/** An event is missing, or not what was recorded. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
  constructor(
    readonly stream: StreamName,
    /** The first version that does not hold. */
    readonly version: number,
  ) {
    super(`${called({ stream, version })} does not follow on what was recorded before it`);
  }
}

/** Stored JSON to and from today's event type. The only place that knows yesterday's shapes. */
export type EventCodec<E> = {
  /** @throws Error when it could not be read again */
  readonly encode: (event: E) => { readonly type: string; readonly schemaVersion: number; readonly data: unknown };
  /** @throws Error when the stored event is none of this codec's, or malformed */
  readonly decode: (stored: { readonly type: string; readonly schemaVersion: number; readonly data: unknown }) => E;
};
