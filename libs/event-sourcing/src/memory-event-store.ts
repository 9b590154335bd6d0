import { canonicalParts, hashOfParts } from './event-hash';
import {
  VersionConflict,
  type Append,
  type Appended,
  type EventStore,
  type ExpectedVersion,
  type LogPosition,
  type NewEvent,
  type StoredEvent,
  type StreamName,
} from './event-store';
import { chainFollower } from './verified';

const positionOf = (index: number): LogPosition => String(index).padStart(20, '0');

/** The port in memory: for tests of what stands above it, and the reference that the other adapters are held to. */
export class MemoryEventStore implements EventStore {
  private log: readonly StoredEvent[] = [];
  private readonly wake = new Set<() => void>();

  async read(stream: StreamName, from = 1): Promise<readonly StoredEvent[]> {
    return this.log.filter((event) => event.stream === stream && event.version >= from);
  }

  async readVerified(stream: StreamName): Promise<readonly StoredEvent[]> {
    return (await this.read(stream)).map(chainFollower());
  }

  async append(stream: StreamName, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended> {
    const [appended] = await this.appendMany([{ stream, expected, events }]);
    return appended as Appended;
  }

  async appendMany(appends: readonly Append[]): Promise<readonly Appended[]> {
    let log = this.log;
    const answers = appends.map(({ stream, expected, events }): Appended => {
      const own = log.filter((event) => event.stream === stream);
      const from = expected === 'no-stream' ? 0 : expected;
      const already = own.slice(from, from + events.length);
      if (events.length > 0 && already.length === events.length && already.every((e, i) => e.id === events[i]?.id)) {
        const last = already.at(-1) as StoredEvent;
        return { version: last.version, position: last.position };
      }
      if (own.length !== from) throw new VersionConflict(stream, expected, own.length === 0 ? 'no-stream' : own.length);
      let previous = own.at(-1)?.hash ?? null;
      for (const [index, event] of events.entries()) {
        const version = from + index + 1;
        previous = hashOfParts(previous, { ...event, stream, version }, canonicalParts(event));
        log = [...log, { ...event, stream, version, position: positionOf(log.length + 1), hash: previous }];
      }
      const last = log.filter((event) => event.stream === stream).at(-1);
      if (!last) throw new Error(`Nothing to append to ${stream}`);
      return { version: last.version, position: last.position };
    });
    this.log = log;
    for (const resume of [...this.wake]) resume();
    return answers;
  }

  async readAll(after: LogPosition | null, limit: number): Promise<readonly StoredEvent[]> {
    return this.next(after, limit);
  }

  async subscribeToAll(
    after: LogPosition | null,
    handler: (batch: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    let cursor = after;
    while (!signal.aborted) {
      const batch = this.next(cursor, 500); // in one turn with what follows: nothing is appended between looking and waiting
      if (batch.length > 0) {
        await handler(batch);
        cursor = batch.at(-1)?.position ?? cursor;
        continue;
      }
      await new Promise<void>((resolve) => {
        const resume = () => {
          this.wake.delete(resume);
          signal.removeEventListener('abort', resume);
          resolve();
        };
        this.wake.add(resume);
        signal.addEventListener('abort', resume);
      });
    }
  }

  async head(): Promise<LogPosition | null> {
    return this.log.at(-1)?.position ?? null;
  }

  private next(after: LogPosition | null, limit: number): readonly StoredEvent[] {
    return this.log.filter((event) => after === null || event.position > after).slice(0, limit);
  }
}
