import type { EventStore, LogPosition, StoredEvent } from '@app/event-sourcing';

/** A row that many events are about is written once per batch. Larger ones gain nothing, and two are in memory. */
const BATCH_SIZE = 1_000;

/** The log after `after`, in batches, up to its present end. The next batch is read while one is worked on. */
export async function* logBatches(
  store: EventStore,
  after: LogPosition | null,
): AsyncGenerator<readonly [StoredEvent, ...StoredEvent[]]> {
  for (let next = store.readAll(after, BATCH_SIZE); ;) {
    const [first, ...others] = await next;
    if (!first) return;
    next = store.readAll((others.at(-1) ?? first).position, BATCH_SIZE);
    next.catch(() => {}); // whoever asks for that batch hears of it
    yield [first, ...others];
  }
}
