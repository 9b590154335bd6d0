import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { accept, type Decider } from './decider';
import type { EventCodec, EventStore, StreamName } from './event-store';
import { currentState, handle } from './handle';
import { MemoryEventStore } from './memory-event-store';
import { someEvent } from './testing';

type Counted = { readonly type: 'Counted'; readonly data: { readonly n: number } };
type Tally = { readonly count: number; readonly mixed: number };

/** Order matters to it, and what it decides depends on all that was. */
const tally: Decider<{ readonly times: number }, Tally, Counted, never> = {
  initialState: Object.freeze({ count: 0, mixed: 1 }),
  evolve: ({ count, mixed }, { data }) => Object.freeze({ count: count + 1, mixed: (mixed * 31 + data.n) % 1_000_003 }),
  decide: ({ times }, { count, mixed }) =>
    accept(...Array.from({ length: times }, (_, i): Counted => ({ type: 'Counted', data: { n: mixed + count + i } }))),
};
const codec: EventCodec<Counted> = {
  encode: (event) => ({ ...event, schemaVersion: 1 }),
  decode: ({ data }) => ({ type: 'Counted', data: data as Counted['data'] }),
};

/** A process of its own: what is kept is kept by store. Tells how many events it has read. */
const processOn = (log: () => EventStore) => {
  const seen = { events: 0 };
  const store: EventStore = {
    read: async (...asked) => {
      const events = await log().read(...asked);
      seen.events += events.length;
      return events;
    },
    readVerified: (...asked) => log().readVerified(...asked),
    append: (...asked) => log().append(...asked),
    appendMany: (...asked) => log().appendMany(...asked),
    readAll: (...asked) => log().readAll(...asked),
    subscribeToAll: (...asked) => log().subscribeToAll(...asked),
    head: () => log().head(),
  };
  const tell = (stream: StreamName, times: number) =>
    handle(
      { store, decider: tally, codec, newId: randomUUID },
      { stream, command: { times }, metadata: someEvent(0).metadata },
    );
  return { seen, tell, now: (stream: StreamName) => currentState(store, tally, codec, stream) };
};
const folded = async (store: EventStore, stream: StreamName): Promise<Tally> =>
  (await store.read(stream)).map((stored) => codec.decode(stored)).reduce(tally.evolve, tally.initialState);
const streamOf = async (store: EventStore, length: number): Promise<StreamName> => {
  const stream: StreamName = `counter-${randomUUID()}`;
  await store.append(
    stream,
    'no-stream',
    Array.from({ length }, (_, n) => someEvent(n)),
  );
  return stream;
};

describe('the state of a stream', () => {
  it('is the fold of all its events, whatever was kept, however many processes write, and however many streams there are', async () => {
    const log = new MemoryEventStore();
    // More long streams than are kept, and some that are about to become long.
    const streams: StreamName[] = [];
    for (let n = 0; n < 22; n++) streams.push(await streamOf(log, n % 3 === 0 ? 495 : 510));
    const step = fc.record({
      process: fc.integer({ min: 0, max: 1 }),
      stream: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: streams.length - 1 })),
      times: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
        const processes = [processOn(() => log), processOn(() => log)];
        for (const { process, stream, times } of steps) {
          const [name, one] = [streams[stream], processes[process]];
          if (!name || !one) throw new Error('there is such a stream and such a process');
          const before = await folded(log, name);
          expect(await one.tell(name, times)).toMatchObject({ outcome: 'accepted', version: before.count + times });
          expect(await one.now(name)).toEqual(await folded(log, name));
        }
      }),
      { numRuns: 6 },
    );
  });

  it('costs a long stream its newest events only, and a short one all of them', async () => {
    const log = new MemoryEventStore();
    const [long, short] = [await streamOf(log, 1_000), await streamOf(log, 10)];
    const { seen, now, tell } = processOn(() => log);
    const costs = async (work: () => Promise<unknown>) => {
      seen.events = 0;
      await work();
      return seen.events;
    };
    expect(await costs(() => now(long))).toBe(1_000);
    expect(await costs(() => tell(long, 2))).toBe(1);
    expect(await costs(() => now(long))).toBe(3);
    expect(await costs(() => now(long))).toBe(1);
    expect(await costs(() => now(short))).toBe(10);
    expect(await costs(() => now(short))).toBe(10);
  });

  it('is that of the log that is there, when it was replaced by another', async () => {
    let log = new MemoryEventStore();
    const stream = await streamOf(log, 600);
    const restored = new MemoryEventStore();
    await restored.append(stream, 'no-stream', (await log.read(stream)).slice(0, 550));
    const other = new MemoryEventStore();
    await other.append(
      stream,
      'no-stream',
      Array.from({ length: 700 }, (_, n) => someEvent(-n)),
    );

    const { now, tell } = processOn(() => log);
    await now(stream);
    for (const next of [restored, other]) {
      log = next;
      const { count } = await folded(log, stream);
      expect(await now(stream)).toEqual(await folded(log, stream));
      expect(await tell(stream, 1)).toMatchObject({ outcome: 'accepted', version: count + 1 });
      expect(await now(stream)).toEqual(await folded(log, stream));
    }
  });

  it('is not that of another fold of the same stream', async () => {
    const log = new MemoryEventStore();
    const stream = await streamOf(log, 600);
    await processOn(() => log).now(stream);
    const length = { initialState: 0, evolve: (count: number) => count + 1 };
    expect(await currentState(log, length, codec, stream)).toBe(600);
    expect(await currentState(log, tally, codec, stream)).toEqual(await folded(log, stream));
    expect(await currentState(log, length, codec, stream)).toBe(600);
  });
});
