// Fills a log with disclosures that are being edited, by the same rules as those of real users; and reads it once through.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { built, disclosureFile, median, secondsOf, times } from './measure.mjs';

const DISCLOSURES = 40;
/** As many are being edited at the same time, an edit of one after an edit of another. */
const AT_A_TIME = 8;
const EDITS = 600;

const { createPool } = await built('database');
const { currentState } = await built('event-sourcing');
const { PostgresEventStore } = await built('event-store-postgres');
const { disclosureCodec, disclosureDecider, ImportDisclosure, ImportDisclosureHandler } = await built('disclosures');
const { readDisclosure } = await built('importing');
const { hashBody } = await built('content');

const pool = createPool(process.argv[2]);
const store = new PostgresEventStore(pool);
const read = readDisclosure(readFileSync(disclosureFile), basename(disclosureFile));
const by = { id: 'bench', name: '計測' };
const at = '2026-01-01T00:00:00.000Z';
const metadata = { actor: by, recordedAt: at, correlationId: 'bench', causationId: 'bench' };
const text = (turn) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: `${turn}日間保持します。`.repeat(20) }] }],
});
const keys = read.disclosure.parts.flatMap((part) => part.items.map(({ itemKey }) => itemKey));

/** Imports a disclosure and answers what one command after the other appends to it. */
const live = async (number) => {
  const id = `bench-${number}`;
  const stream = `disclosure-${id}`;
  const importing = new ImportDisclosure(id, id, read.disclosure, { by, at, metadata });
  const { outcome, version } = await new ImportDisclosureHandler(store).execute(importing);
  if (outcome === 'rejected') throw new Error(`${id} was not imported`);
  let state = await currentState(store, disclosureDecider, disclosureCodec, stream);
  let expected = version;
  return (command) => {
    const decision = disclosureDecider.decide({ ...command(state), by, at }, state);
    if (decision.outcome === 'rejected') throw new Error(JSON.stringify(decision.rejection));
    state = decision.events.reduce(disclosureDecider.evolve, state);
    const events = decision.events.map((event) => ({
      id: crypto.randomUUID(),
      metadata,
      ...disclosureCodec.encode(event),
    }));
    const append = { stream, expected, events };
    expected += events.length;
    return append;
  };
};
const start = () => ({
  type: 'StartRevision',
  revisionId: crypto.randomUUID(),
  causes: [{ type: 'configurationChange' }],
});
const edit = (turn) => (state) => {
  const itemKey = keys[turn % keys.length];
  const body = text(turn);
  const { bodyHash: basedOn } = state.parts.flatMap(({ items }) => items).find((item) => item.itemKey === itemKey);
  return { type: 'ReviseItem', itemKey, body, bodyHash: hashBody(body), basedOn };
};
for (let number = 0; number < DISCLOSURES; number += AT_A_TIME) {
  const open = await Promise.all(Array.from({ length: AT_A_TIME }, (_, next) => live(number + next)));
  await store.appendMany(open.map((tell) => tell(start)));
  for (let turn = 0; turn < EDITS; turn++) await store.appendMany(open.map((tell) => tell(edit(turn))));
}

const readThrough = async () => {
  let events = 0;
  for (let after = null; ;) {
    const batch = await store.readAll(after, 500);
    if (batch.length === 0) return events;
    events += batch.length;
    after = batch.at(-1).position;
  }
};
const events = await readThrough();
const seconds = median(await times(5, () => secondsOf(readThrough)));
await pool.end();
console.log(JSON.stringify({ events, readPerSecond: events / seconds }));
