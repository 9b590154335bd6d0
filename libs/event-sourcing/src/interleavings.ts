import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { hashOf } from './event-hash';
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
import { someEvent } from './testing';

/** What a caller believes of a stream when it appends: what it saw last, or something that never was or no longer is. */
type Belief = 'seen' | 'stale' | 'ahead' | 'nothing';

/** One step of a caller. Streams are numbers, given names when it runs. */
type Step =
  | { readonly kind: 'append'; readonly streams: readonly number[]; readonly belief: Belief; readonly count: number }
  /** The same request twice in the same moment. */
  | { readonly kind: 'twice'; readonly streams: readonly number[]; readonly belief: Belief; readonly count: number }
  /** The caller's last request once more, as after an answer that was lost. */
  | { readonly kind: 'again' }
  | { readonly kind: 'read'; readonly stream: number; readonly from: number }
  /** Goes on reading the whole log where this caller has got to. */
  | { readonly kind: 'readAll'; readonly limit: number };

/** What one caller does, one step after the other; `turns` are given to the others before each step. */
type Script = readonly { readonly step: Step; readonly turns: number }[];

const STREAMS = 3;

const appending = {
  streams: fc.uniqueArray(fc.nat(STREAMS - 1), { minLength: 1, maxLength: 2 }),
  belief: fc.oneof(
    { weight: 7, arbitrary: fc.constant<Belief>('seen') },
    { weight: 3, arbitrary: fc.constantFrom<Belief>('stale', 'ahead', 'nothing') },
  ),
  count: fc.integer({ min: 1, max: 3 }),
};
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('append' as const), ...appending }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('twice' as const), ...appending }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      stream: fc.nat(STREAMS - 1),
      from: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('readAll' as const), limit: fc.integer({ min: 1, max: 8 }) }) },
);
const scripts: fc.Arbitrary<readonly Script[]> = fc.array(
  fc.array(fc.record({ step, turns: fc.nat(3) }), { minLength: 1, maxLength: 10 }),
  { minLength: 2, maxLength: 6 },
);

type Answer =
  | { readonly kind: 'appended'; readonly answers: readonly Appended[] }
  | { readonly kind: 'refused'; readonly conflict: VersionConflict };

/** When it was asked and when it was answered, on a clock that counts both. */
type Between = { readonly asked: number; readonly answered: number };
type AppendTold = Between & { readonly request: readonly Append[]; readonly answer: Answer };
type ReadTold = Between & {
  readonly stream: StreamName;
  readonly from: number;
  readonly events: readonly StoredEvent[];
};
type LogTold = Between & { readonly after: LogPosition | null; readonly events: readonly StoredEvent[] };
type Told = { readonly appends: AppendTold[]; readonly reads: ReadTold[]; readonly logs: LogTold[] };

/**
 * For adapters: whatever several callers are told while they append, repeat, conflict and read at the same time can be
 * explained by one order of the appends, that of the log, applied to the simplest model there is: a list of ids per stream.
 * Every answer is what the model says at some moment between question and answer.
 *
 * @param open as many stores on the same log as there are processes to play; nobody else writes to it
 */
export const interleavingsContract = (
  name: string,
  open: () => Promise<readonly EventStore[]> | readonly EventStore[],
  numRuns: number,
): void =>
  describe(`${name}, with several callers at once`, () => {
    it('answers as one order of all appends explains, and its log is that order', async () => {
      await fc.assert(
        fc.asyncProperty(scripts, async (all) => {
          const stores = await open();
          const start = (await stores[0]?.head()) ?? null;
          const told = await play(stores, start, all);
          const log = await wholeLog(stores[0] as EventStore, start);
          explain(told, log, start);
          await compareStreams(stores[0] as EventStore, log);
        }),
        // Which interleaving happens is the machine's choice: a smaller example need not fail as well.
        { numRuns, endOnFailure: true },
      );
    });
  });

const play = async (
  stores: readonly EventStore[],
  start: LogPosition | null,
  all: readonly Script[],
): Promise<Told> => {
  const run = randomUUID();
  const nameOf = (stream: number): StreamName => `count-${run}-${stream}`;
  const told: Told = { appends: [], reads: [], logs: [] };
  let clock = 0;

  const append = async (store: EventStore, request: readonly Append[]): Promise<Answer> => {
    const asked = clock++;
    const [alone] = request;
    const answer: Answer = await (
      alone && request.length === 1
        ? store.append(alone.stream, alone.expected, alone.events).then((appended) => [appended])
        : store.appendMany(request)
    ).then(
      (answers) => ({ kind: 'appended' as const, answers }),
      (error: unknown) => {
        if (!(error instanceof VersionConflict)) throw error;
        return { kind: 'refused' as const, conflict: error };
      },
    );
    told.appends.push({ request, answer, asked, answered: clock++ });
    return answer;
  };

  const caller = async (store: EventStore, script: Script): Promise<void> => {
    const seen = new Map<StreamName, number>();
    let last: readonly Append[] | null = null;
    let cursor = start;
    const learn = (request: readonly Append[], answer: Answer) => {
      if (answer.kind === 'appended')
        request.forEach(({ stream }, index) => seen.set(stream, answer.answers[index]?.version ?? 0));
      else seen.set(answer.conflict.stream, versionOf(answer.conflict.actual));
    };
    for (const { step, turns } of script) {
      for (let given = 0; given < turns; given++) await turn();
      if (step.kind === 'read') {
        const stream = nameOf(step.stream);
        const asked = clock++;
        const events = await store.read(stream, step.from);
        told.reads.push({ stream, from: step.from, events, asked, answered: clock++ });
        seen.set(stream, Math.max(seen.get(stream) ?? 0, events.at(-1)?.version ?? 0));
      } else if (step.kind === 'readAll') {
        const asked = clock++;
        const events = await store.readAll(cursor, step.limit);
        expect(events.length).toBeLessThanOrEqual(step.limit);
        told.logs.push({ after: cursor, events, asked, answered: clock++ });
        cursor = events.at(-1)?.position ?? cursor;
      } else if (step.kind === 'again') {
        if (last) learn(last, await append(store, last));
      } else {
        const request = step.streams.map((number): Append => {
          const stream = nameOf(number);
          return {
            stream,
            expected: expectedOf(believed(step.belief, seen.get(stream) ?? 0)),
            events: Array.from({ length: step.count }, (_, n) => someEvent(n)),
          };
        });
        last = request;
        const answers = await Promise.all(
          Array.from({ length: step.kind === 'twice' ? 2 : 1 }, () => append(store, request)),
        );
        for (const answer of answers) learn(request, answer);
      }
    }
  };
  await Promise.all(all.map((script, index) => caller(stores[index % stores.length] as EventStore, script)));
  return told;
};

const believed = (belief: Belief, seen: number): number =>
  ({ seen, stale: Math.max(seen - 1, 0), ahead: seen + 2, nothing: 0 })[belief];
const versionOf = (expected: ExpectedVersion): number => (expected === 'no-stream' ? 0 : expected);
const expectedOf = (version: number): ExpectedVersion => (version === 0 ? 'no-stream' : version);

/**
 * All that was appended since `start`. What was acknowledged may become visible to readers of the log a moment later, but in
 * its order: when an event that was appended last of all is there, everything is, or it is lost.
 */
const wholeLog = async (store: EventStore, start: LogPosition | null): Promise<readonly StoredEvent[]> => {
  const marker = someEvent(0);
  await store.append(`marker-${marker.id}`, 'no-stream', [marker]);
  const log: StoredEvent[] = [];
  while (log.at(-1)?.id !== marker.id) log.push(...(await store.readAll(log.at(-1)?.position ?? start, 50)));
  return log.slice(0, -1);
};

const isAppended = ({ answer }: AppendTold): boolean => answer.kind === 'appended';
const idsOf = (request: readonly Append[]): readonly string[] =>
  request.flatMap(({ events }) => events.map(({ id }) => id));

/** @throws when anything that was told contradicts the log */
const explain = ({ appends, reads, logs }: Told, log: readonly StoredEvent[], start: LogPosition | null): void => {
  // The log itself: in order, nothing twice, streams without gaps, chains that hold.
  const positions = log.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].sort());
  expect(start === null || positions.every((position) => position > start)).toBe(true);
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const newest = new Map<StreamName, StoredEvent>();
  for (const event of log) {
    const previous = newest.get(event.stream);
    expect(event.version).toBe((previous?.version ?? 0) + 1);
    expect(event.hash).toBe(hashOf(previous?.hash ?? null, event));
    newest.set(event.stream, event);
  }

  // Exactly what was acknowledged is there, as it was sent.
  const places = new Map(log.map(({ id }, place) => [id, place]));
  const sent = new Map(appends.flatMap(({ request }) => request.flatMap(({ events }) => events.map((e) => [e.id, e]))));
  const acknowledgedAt = earliest(appends.filter(isAppended), 'answered');
  const askedAt = earliest(appends, 'asked');
  expect([...places.keys()].sort()).toEqual([...acknowledgedAt.keys()].sort());
  for (const event of log) expect(event).toMatchObject(sent.get(event.id) as NewEvent);

  /** A moment is a number of events at the beginning of the log; those at which no request is stored in part. */
  const moments = momentsOf(appends, places, log.length);
  const momentsOfAnswer = ({ asked, answered }: Between): readonly number[] => {
    const before = log.filter(({ id }) => (acknowledgedAt.get(id) as number) < asked);
    const after = log.filter(({ id }) => (askedAt.get(id) as number) > answered);
    const first = Math.max(0, ...before.map(({ id }) => (places.get(id) as number) + 1));
    const last = Math.min(log.length, ...after.map(({ id }) => places.get(id) as number));
    return moments.filter((moment) => moment >= first && moment <= last);
  };
  const at = (moment: number, stream: StreamName) => log.slice(0, moment).filter((event) => event.stream === stream);
  const holds = (request: readonly Append[], moment: number) =>
    idsOf(request).every((id) => (places.get(id) ?? log.length) < moment);

  for (const told of appends) {
    const { request, answer } = told;
    if (answer.kind === 'appended') {
      expect(answer.answers).toEqual(
        request.map(({ expected, events }) => {
          const last = log[places.get(events.at(-1)?.id as string) as number];
          expect(last?.version).toBe(versionOf(expected) + events.length);
          return { version: last?.version, position: last?.position };
        }),
      );
      expect(momentsOfAnswer(told).some((moment) => holds(request, moment))).toBe(true);
    } else {
      const { stream, expected, actual } = answer.conflict;
      expect(actual).not.toBe(expected);
      expect(request).toContainEqual(expect.objectContaining({ stream, expected }));
      const justified = (moment: number) => at(moment, stream).length === versionOf(actual) && !holds(request, moment);
      expect(momentsOfAnswer(told).some(justified)).toBe(true);
    }
  }
  for (const told of reads) {
    const ids = told.events.map(({ id }) => id).join();
    const agrees = (moment: number) =>
      at(moment, told.stream)
        .slice(told.from - 1)
        .map(({ id }) => id)
        .join() === ids;
    expect(momentsOfAnswer(told).some(agrees)).toBe(true);
  }
  for (const { after, events } of logs) {
    const from = after === start ? 0 : positions.indexOf(after ?? '') + 1;
    expect(events).toEqual(log.slice(from, from + events.length));
  }
};

const earliest = (appends: readonly AppendTold[], end: keyof Between): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const told of appends) {
    for (const id of idsOf(told.request)) times.set(id, Math.min(times.get(id) ?? Infinity, told[end]));
  }
  return times;
};

const momentsOf = (
  appends: readonly AppendTold[],
  places: ReadonlyMap<string, number>,
  length: number,
): readonly number[] => {
  const whole = Array.from({ length: length + 1 }, () => true);
  for (const { request } of appends.filter(isAppended)) {
    const own = idsOf(request).map((id) => places.get(id) as number);
    for (let moment = Math.min(...own) + 1; moment <= Math.max(...own); moment++) whole[moment] = false;
  }
  return whole.flatMap((isWhole, moment) => (isWhole ? [moment] : []));
};

const compareStreams = async (store: EventStore, log: readonly StoredEvent[]): Promise<void> => {
  for (const stream of new Set(log.map((event) => event.stream)))
    expect(await store.read(stream)).toEqual(log.filter((event) => event.stream === stream));
};
