import { setImmediate as turn } from 'node:timers/promises';
import type { LogPosition, StoredEvent } from './event-store';
import { eventsAfter, logBatches } from './log-batches';
import { MemoryEventStore } from './memory-event-store';
import { someEvent } from './testing';

/** A store that takes its time, and knows how many of its answers are still awaited. */
class SlowStore extends MemoryEventStore {
  underWay = 0;

  override async readAll(after: LogPosition | null, limit: number): Promise<readonly StoredEvent[]> {
    this.underWay++;
    await turn();
    this.underWay--;
    return super.readAll(after, limit);
  }
}

const filled = async (events: number): Promise<SlowStore> => {
  const store = new SlowStore();
  await store.append(
    'count-1',
    'no-stream',
    Array.from({ length: events }, (_, n) => someEvent(n)),
  );
  return store;
};

describe('a reader of the log', () => {
  it('is given all of it in order, and nothing of an empty one', async () => {
    const store = await filled(1_001);
    const versions: number[] = [];
    for await (const { version } of eventsAfter(store, null)) versions.push(version);
    expect(versions).toEqual(Array.from({ length: 1_001 }, (_, n) => n + 1));
    expect(await eventsAfter(new MemoryEventStore(), null).next()).toEqual({ done: true, value: undefined });
  });

  it('begins behind a position', async () => {
    const store = await filled(3);
    const [first] = await store.readAll(null, 1);
    const versions: number[] = [];
    for await (const { version } of eventsAfter(store, first?.position ?? null)) versions.push(version);
    expect(versions).toEqual([2, 3]);
  });

  it('is given a batch while the next one is read, and leaves no read under way when it stops', async () => {
    const store = await filled(1_001);
    for await (const batch of logBatches(store, null)) {
      expect(batch).toHaveLength(1_000);
      expect(store.underWay).toBe(1);
      break;
    }
    expect(store.underWay).toBe(0);
  });

  it('hears that the log cannot be read when it comes to that place', async () => {
    const store = await filled(1_001);
    const reader = logBatches(store, null);
    expect((await reader.next()).done).toBe(false);
    await turn();
    store.readAll = () => Promise.reject(new Error('away'));
    expect((await reader.next()).done).toBe(false);
    await expect(reader.next()).rejects.toThrow('away');
  });
});
