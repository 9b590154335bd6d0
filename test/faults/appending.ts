import { randomUUID } from 'node:crypto';
import { hashOf, VersionConflict, type EventStore, type NewEvent, type StreamName } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';

const WRITERS = 8;

type Writer = {
  readonly stream: StreamName;
  /** Ids whose append was answered, in order. */
  readonly acknowledged: string[];
  /** What was sent last and not answered: it may be there or not, whole. */
  pending: readonly NewEvent[];
};

/** Writers straight into the store, each on a stream of its own, who know what they were told. */
export type Appending = {
  /** Appends until every writer has met a failure; first of all what it was left without an answer to, once more. */
  readonly writeUntilItFails: () => Promise<void>;
  /** How many appends were answered in all. */
  readonly count: () => number;
  /** What is not as the writers were told, in words; nothing when everything is. */
  readonly wrong: () => Promise<readonly string[]>;
};

export const appending = (store: EventStore): Appending => {
  const writers = Array.from({ length: WRITERS }, (): Writer => ({
    stream: `count-${randomUUID()}`,
    acknowledged: [],
    pending: [],
  }));
  let answered = 0;

  const write = async (writer: Writer): Promise<void> => {
    for (let n = 0; ; n++) {
      if (writer.pending.length === 0) writer.pending = Array.from({ length: 1 + (n % 3) }, () => someEvent(n));
      const { stream, pending, acknowledged } = writer;
      const { version } = await store.append(stream, acknowledged.length || 'no-stream', pending);
      acknowledged.push(...pending.map(({ id }) => id));
      if (version !== acknowledged.length)
        throw new Error(`${stream}: version ${version} after ${acknowledged.length}`);
      writer.pending = [];
      answered++;
    }
  };

  const wrongIn = async ({ stream, acknowledged, pending }: Writer): Promise<readonly string[]> => {
    const events = await store.read(stream);
    const ids = events.map(({ id }) => id).join();
    const whole = [acknowledged, [...acknowledged, ...pending.map(({ id }) => id)]].some((told) => told.join() === ids);
    const chained = events.every(
      (event, index) => event.version === index + 1 && event.hash === hashOf(events[index - 1]?.hash ?? null, event),
    );
    return [
      ...(whole ? [] : [`${stream}: ${events.length} events, ${acknowledged.length} acknowledged`]),
      ...(chained ? [] : [`${stream}: its chain does not hold`]),
    ];
  };

  return {
    writeUntilItFails: async () => {
      const ended = await Promise.allSettled(writers.map(write));
      const failures = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
      const conflict = failures.find((failure) => failure instanceof VersionConflict);
      if (conflict) throw conflict; // nobody else writes there
    },
    count: () => answered,
    wrong: async () => (await Promise.all(writers.map(wrongIn))).flat(),
  };
};
