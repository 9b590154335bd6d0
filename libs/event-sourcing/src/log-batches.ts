import type { EventStore, LogPosition, StoredEvent } from './event-store';

/** A row that many events are about is written once per batch. Larger ones gain nothing, and two are in memory. */
const BATCH_SIZE = 1_000;

/**
 * The log after `after`, in batches, up to its present end. The next batch is read while one is worked on, and nothing is
 * read any more once the reader has stopped: the store may be closed then.
 */
export async function* logBatches(
  store: EventStore,
  after: LogPosition | null,
): AsyncGenerator<readonly [StoredEvent, ...StoredEvent[]]> {
  let next = store.readAll(after, BATCH_SIZE);
  try {
    for (;;) {
      const [first, ...others] = await next;
      if (!first) return;
      next = store.readAll((others.at(-1) ?? first).position, BATCH_SIZE);
      next.catch(() => {}); // whoever asks for that batch hears of it
      yield [first, ...others];
    }
  } finally {
    await next.catch(() => {});
  }
}

/** The log after `after`, event by event, up to its present end. */
export async function* eventsAfter(store: EventStore, after: LogPosition | null): AsyncGenerator<StoredEvent> {
  for await (const batch of logBatches(store, after)) yield* batch;
}
