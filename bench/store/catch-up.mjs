import { built, median, rounded, secondsOf, times } from '../measure.mjs';
import { newEvents } from './event.mjs';

const { createDataSource } = await built('database');
const { runProjections, viewProjection, waitForPosition } = await built('projections');

const ROUNDS = 3;
const STREAMS = 200;
const ROWS_OF_STREAM = 100;
const EVENTS = STREAMS * ROWS_OF_STREAM;
/** A projection of emmett's takes as long for its first events as for its last: so many tell its speed. */
const THEIR_EVENTS = 4_000;
const LIVE_MS = 4_000;
const LIVE_WRITERS = 16;

const quiet = { info: () => {}, error: console.error };

/** Runs our projections while `work` lasts, as a worker does. */
const whileRunning = async ({ store, dataSource }, projections, work) => {
  const stop = new AbortController();
  const running = runProjections({ store, dataSource, projections, signal: stop.signal, log: quiet });
  try {
    await work();
  } finally {
    stop.abort();
    await running;
  }
};

/** A row per stream, folded from its events; the checkpoint moves with the rows. */
export const measureCatchUp = async ({ ours, emmett }, print) => {
  const names = Array.from({ length: STREAMS }, (_, index) => `bench-row${index}`);
  for (const side of [ours, emmett]) {
    for (let version = 0; version < ROWS_OF_STREAM; version += 10)
      for (let next = 0; next < STREAMS; next += 8)
        await Promise.all(names.slice(next, next + 8).map((stream) => side.append(stream, version, newEvents(10))));
    await side.analyze();
  }
  const head = await ours.store.head();
  const dataSource = await createDataSource(ours.url, []).initialize();
  const catchUp = (turn) => {
    const name = `bench-${turn}.v1`;
    const projection = viewProjection({
      ...{ name, decode: ({ data }) => data, keyOf: ({ stream }) => stream },
      evolve: (view, { itemKey }) => ({ itemKey, events: (view?.events ?? 0) + 1 }),
    });
    const caughtUp = async () => {
      if (!(await waitForPosition(dataSource, [name], head, 600_000))) throw new Error(`${name} does not catch up`);
    };
    return secondsOf(() => whileRunning({ store: ours.store, dataSource }, [projection], caughtUp));
  };
  const pairs = await times(ROUNDS, async (turn) => [
    EVENTS / (await catchUp(turn)),
    THEIR_EVENTS / (await secondsOf(() => emmett.project(`bench${turn}`, THEIR_EVENTS))),
  ]);
  await dataSource.destroy();
  const [our, their] = [0, 1].map((side) => median(pairs.map((pair) => pair[side])));
  const line = {
    ...{ bench: 'catch-up', peer: 'emmett', events: EVENTS },
    ...{ ours: Math.round(our), theirs: Math.round(their), ratio: rounded(our / their) },
  };
  print(line);
  return line;
};

/** Whether a subscriber that follows the log while sixteen write sees each event, and once. */
export const countLive = async ({ ours, emmett }, print) => {
  const dataSource = await createDataSource(ours.url, []).initialize();
  const after = await ours.store.head();
  await dataSource.query('insert into projection_checkpoint (name, position) values ($1, $2)', [
    'bench-live.v1',
    after,
  ]);
  const live = async (side, follow) => {
    const seen = [];
    let appended = 0;
    await follow(seen, async () => {
      const begun = performance.now();
      const write = async () => {
        const append = side.newWriter();
        for (; performance.now() - begun < LIVE_MS; appended++) await append();
      };
      await Promise.all(Array.from({ length: LIVE_WRITERS }, write));
      // Whoever has seen nothing new for five seconds will see no more.
      for (let before = -1; seen.length < appended && before < seen.length;) {
        before = seen.length;
        await new Promise((wait) => setTimeout(wait, 5_000));
      }
    });
    const once = new Set(seen).size;
    return { appended, missed: appended - once, repeated: seen.length - once };
  };
  const line = {
    ...{ bench: 'live', peer: 'emmett', writers: LIVE_WRITERS },
    ours: await live(ours, (seen, work) => {
      const apply = async (events) => void seen.push(...events.map(({ id }) => id));
      return whileRunning({ store: ours.store, dataSource }, [{ name: 'bench-live.v1', apply }], work);
    }),
    theirs: await live(emmett, (seen, work) => emmett.follow('bench-live', (id) => seen.push(id), work)),
  };
  await dataSource.destroy();
  print(line);
  return line;
};
