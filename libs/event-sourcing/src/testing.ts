import { randomUUID } from 'node:crypto';
import { accept, reject, type Decider } from './decider';
import { hashOf } from './event-hash';
import { VersionConflict, type EventStore, type NewEvent } from './event-store';

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
};

/** given(...facts).when(command).then(...facts). The states are frozen, so a mutating evolve fails loudly. */
export const specFor =
  <C, S, E, R>({ decide, evolve, initialState }: Decider<C, S, E, R>) =>
  (...history: readonly E[]) => ({
    when: (command: C) => {
      const state = history.reduce((s, e) => freeze(evolve(s, freeze(e))), freeze(initialState));
      const decision = decide(freeze(command), state);
      return {
        decision,
        then: (...events: readonly E[]) => expect(decision).toEqual(accept(...events)),
        thenNothing: () => expect(decision).toEqual(accept()),
        thenRejected: (rejection: R) => expect(decision).toEqual(reject(rejection)),
      };
    },
  });

/** A new event for tests of stores. */
export const someEvent = (n: number): NewEvent => ({
  id: randomUUID(),
  type: 'Counted',
  schemaVersion: 1,
  data: { n },
  metadata: {
    actor: { id: 'tester', name: '試験 太郎' },
    recordedAt: '2030-01-02T09:00:00.000Z',
    correlationId: 'correlation',
    causationId: 'causation',
  },
});

/** Every adapter's spec is one line: `eventStoreContract('memory', () => new MemoryEventStore())`. */
export const eventStoreContract = (name: string, open: () => Promise<EventStore> | EventStore) =>
  describe(`${name} honours the EventStore contract`, () => {
    const newStream = () => `contract-${randomUUID()}` as const;

    it('reads an unknown stream as empty', async () => expect(await (await open()).read(newStream())).toEqual([]));

    it('numbers events from 1 and keeps their order and content', async () => {
      const store = await open();
      const stream = newStream();
      const [one, two, three] = [someEvent(1), someEvent(2), someEvent(3)];
      await store.append(stream, 'no-stream', [one, two]);
      const appended = await store.append(stream, 2, [three]);
      const events = await store.read(stream);
      expect(events.map((e) => [e.version, e.id, e.data])).toEqual([
        [1, one.id, { n: 1 }],
        [2, two.id, { n: 2 }],
        [3, three.id, { n: 3 }],
      ]);
      expect(events[0]).toMatchObject(one);
      expect(appended).toEqual({ version: 3, position: events[2]?.position });
      expect((await store.read(stream, 3)).map((e) => e.version)).toEqual([3]);
    });

    it('refuses a stale version and stores nothing', async () => {
      const store = await open();
      const stream = newStream();
      await store.append(stream, 'no-stream', [someEvent(1), someEvent(2)]);
      await expect(store.append(stream, 1, [someEvent(3)])).rejects.toBeInstanceOf(VersionConflict);
      await expect(store.append(stream, 'no-stream', [someEvent(3)])).rejects.toBeInstanceOf(VersionConflict);
      await expect(store.append(stream, 7, [someEvent(3)])).rejects.toMatchObject({ expected: 7, actual: 2 });
      expect(await store.read(stream)).toHaveLength(2);
    });

    it('lets exactly one of racing writers win', async () => {
      const store = await open();
      const stream = newStream();
      const results = await Promise.allSettled(
        [1, 2, 3, 4, 5].map((n) => store.append(stream, 'no-stream', [someEvent(n)])),
      );
      expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
      expect(await store.read(stream)).toHaveLength(1);
    });

    it('answers a repeated append as "already so"', async () => {
      const store = await open();
      const stream = newStream();
      const events = [someEvent(1), someEvent(2)];
      const first = await store.append(stream, 'no-stream', events);
      expect(await store.append(stream, 'no-stream', events)).toEqual(first);
      expect(await store.read(stream)).toHaveLength(2);
    });

    it('appends to several streams together or not at all', async () => {
      const store = await open();
      const [a, b, c] = [newStream(), newStream(), newStream()];
      const answers = await store.appendMany([
        { stream: a, expected: 'no-stream', events: [someEvent(1)] },
        { stream: b, expected: 'no-stream', events: [someEvent(2), someEvent(3)] },
      ]);
      expect(answers.map(({ version }) => version)).toEqual([1, 2]);
      await expect(
        store.appendMany([
          { stream: c, expected: 'no-stream', events: [someEvent(4)] },
          { stream: a, expected: 'no-stream', events: [someEvent(5)] },
        ]),
      ).rejects.toBeInstanceOf(VersionConflict);
      expect(await store.read(c)).toEqual([]);
    });

    it('chains the hashes of a stream', async () => {
      const store = await open();
      const stream = newStream();
      await store.append(stream, 'no-stream', [someEvent(1)]);
      await store.append(stream, 1, [someEvent(2)]);
      const [first, second] = await store.read(stream);
      if (!first || !second) throw new Error('two events were appended');
      expect(first.hash).toBe(hashOf(null, first));
      expect(second.hash).toBe(hashOf(first.hash, second));
    });

    it('reads a stream with its chain followed', async () => {
      const store = await open();
      const stream = newStream();
      await store.append(stream, 'no-stream', [someEvent(1), someEvent(2)]);
      await store.append(stream, 2, [someEvent(3)]);
      expect(await store.readVerified(stream)).toEqual(await store.read(stream));
      expect(await store.readVerified(newStream())).toEqual([]);
    });

    it.each(['\u0000', 'a\\\u0000', '\ud83d', '\udc00'])(
      'refuses %j in a text, which no read model could hold, and nothing else of the kind',
      async (text) => {
        const store = await open();
        const stream = newStream();
        const saying = (words: string) => ({ ...someEvent(1), data: { n: 1, words: [words] } });
        await expect(store.append(stream, 'no-stream', [saying(text)])).rejects.toMatchObject({ code: '22P05' });
        expect(await store.read(stream)).toEqual([]);
        await store.append(stream, 'no-stream', ['😀', '\\u0000', '\\\\ud83d', 'ü'].map(saying));
        expect(await store.readVerified(stream)).toHaveLength(4);
      },
    );

    it('delivers the whole log in order to a subscriber, the past first and then what comes', async () => {
      const store = await open();
      const stream = newStream();
      await store.append(stream, 'no-stream', [someEvent(1), someEvent(2)]);
      const seen: number[] = [];
      const positions: string[] = [];
      const stop = new AbortController();
      let arrived: () => void = () => {};
      const allArrived = new Promise<void>((resolve) => (arrived = resolve));
      const running = store.subscribeToAll(
        null,
        async (batch) => {
          for (const event of batch) {
            positions.push(event.position);
            if (event.stream === stream) seen.push(event.version);
          }
          if (seen.length === 3) arrived();
        },
        stop.signal,
      );
      await store.append(stream, 2, [someEvent(3)]);
      await allArrived;
      stop.abort();
      await running;
      expect(seen).toEqual([1, 2, 3]);
      expect(positions).toEqual([...positions].sort());
      expect(new Set(positions).size).toBe(positions.length);
      expect(await store.head()).toBe(positions.at(-1));
      expect(await store.readAll(positions.at(-1) ?? null, 10)).toEqual([]);
    });

    it('tells a subscriber of what is appended in the moment in which it comes, and lets it go when it stops in that moment', async () => {
      const store = await open();
      const head = await store.head();
      await store.subscribeToAll(head, async () => {}, AbortSignal.abort());
      const stop = new AbortController();
      const stopped = store.subscribeToAll(head, async () => {}, stop.signal);
      stop.abort();
      await stopped;

      const event = someEvent(1);
      const goOn = new AbortController();
      const told = store.subscribeToAll(
        head,
        async (batch) => {
          if (batch.some(({ id }) => id === event.id)) goOn.abort();
        },
        goOn.signal,
      );
      await store.append(newStream(), 'no-stream', [event]);
      await told;
    });
  });
