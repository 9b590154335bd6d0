// Appends edits to one disclosure until it has as many events as asked for, and measures what its state and one more command cost.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { built, disclosureFile, median, rounded, secondsOf, times } from './measure.mjs';

const { createPool } = await built('database');
const { currentState, handle } = await built('event-sourcing');
const { PostgresEventStore } = await built('event-store-postgres');
const {
  disclosureCodec: codec,
  disclosureDecider: decider,
  ImportDisclosure,
  ImportDisclosureHandler,
} = await built('disclosures');
const { readDisclosure } = await built('importing');
const { hashBody } = await built('content');

const [url, lengths] = [process.argv[2], process.argv.slice(3).map(Number)];
const pool = createPool(url);
const store = new PostgresEventStore(pool);
const read = readDisclosure(readFileSync(disclosureFile), basename(disclosureFile));
const [by, at, newId] = [{ id: 'bench', name: '計測' }, '2026-01-01T00:00:00.000Z', () => crypto.randomUUID()];
const metadata = { actor: by, recordedAt: at, correlationId: 'bench', causationId: 'bench' };
const keys = read.disclosure.parts.flatMap((part) => part.items.map(({ itemKey }) => itemKey));
const edit = (turn, state) => {
  const itemKey = keys[turn % keys.length];
  const text = `${turn}日間保持します。`.repeat(20);
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
  const { bodyHash: basedOn } = state.parts.flatMap(({ items }) => items).find((item) => item.itemKey === itemKey);
  return { type: 'ReviseItem', itemKey, body, bodyHash: hashBody(body), basedOn, by, at };
};

const id = newId();
const stream = `disclosure-${id}`;
const imported = await new ImportDisclosureHandler(store).execute(
  new ImportDisclosure(id, id, read.disclosure, { by, at, metadata }),
);
if (imported.outcome === 'rejected') throw new Error('The disclosure was not imported');
const causes = [{ type: 'configurationChange' }];
const deps = { store, decider, codec, newId };
await handle(deps, { stream, command: { type: 'StartRevision', revisionId: newId(), causes, by, at }, metadata });

let state = await currentState(store, decider, codec, stream);
let [version, turn] = [(await store.read(stream)).at(-1).version, 0];
const grow = async (length) => {
  while (version < length) {
    const events = [];
    while (events.length < 500 && version + events.length < length) {
      const decision = decider.decide(edit(turn++, state), state);
      if (decision.outcome === 'rejected') throw new Error(JSON.stringify(decision.rejection));
      state = decision.events.reduce(decider.evolve, state);
      events.push(...decision.events.map((event) => ({ id: newId(), metadata, ...codec.encode(event) })));
    }
    ({ version } = await store.append(stream, version, events));
  }
};
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const heapMb = () => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const ms = async (work) => rounded(median(await times(5, work)) * 1000);

const results = [];
for (const length of lengths) {
  await grow(length);
  let [history, decoded] = [[], []];
  const idleMb = heapMb();
  const readMs = await ms(() => secondsOf(async () => (history = await store.read(stream))));
  const heldMb = Math.round(heapMb() - idleMb);
  const decodeMs = await ms(() => secondsOf(() => (decoded = history.map(codec.decode))));
  const foldMs = await ms(() => secondsOf(() => decoded.reduce(decider.evolve, decider.initialState)));
  [history, decoded] = [[], []];
  const commandMs = await ms(async () => {
    const command = edit(turn++, state);
    const seconds = await secondsOf(async () => {
      const handled = await handle(deps, { stream, command, metadata });
      if (handled.outcome === 'rejected') throw new Error(JSON.stringify(handled.rejection));
      ({ version } = handled);
    });
    state = await currentState(store, decider, codec, stream);
    return seconds;
  });
  results.push({ length, readMs, decodeMs, foldMs, heldMb, commandMs });
}
await pool.end();
console.log(JSON.stringify(results));
