// Fills a log with disclosures that are being edited, by the same rules as those of real users; and reads it once through.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { built, disclosureFile, median, secondsOf, times } from './measure.mjs';

const DISCLOSURES = 40;
const EDITS = 100;

const { createPool } = await built('database');
const { handle } = await built('event-sourcing');
const { PostgresEventStore } = await built('event-store-postgres');
const { disclosureCodec, disclosureDecider, ImportDisclosure, ImportDisclosureHandler, itemsOf } =
  await built('disclosures');
const { readDisclosure } = await built('importing');
const { hashBody } = await built('content');

const pool = createPool(process.argv[2]);
const store = new PostgresEventStore(pool);
const read = readDisclosure(readFileSync(disclosureFile), basename(disclosureFile));
const by = { id: 'bench', name: '計測' };
const at = '2026-01-01T00:00:00.000Z';
const metadata = { actor: by, recordedAt: at, correlationId: 'bench', causationId: 'bench' };
const newId = () => crypto.randomUUID();
const accepted = async (handled) => {
  if ((await handled).outcome === 'rejected') throw new Error(JSON.stringify(await handled));
};
const text = (turn) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: `${turn}日間保持します。`.repeat(20) }] }],
});

const live = async (number) => {
  const id = `bench-${number}`;
  const importing = new ImportDisclosure(id, `bench-${number}`, read.disclosure, { by, at, metadata });
  await accepted(new ImportDisclosureHandler(store).execute(importing));
  const tell = (command) =>
    accepted(
      handle(
        { store, decider: disclosureDecider, codec: disclosureCodec, newId },
        { stream: `disclosure-${id}`, command: { ...command, by, at }, metadata },
      ),
    );
  await tell({ type: 'StartRevision', revisionId: `${id}-r`, causes: [{ type: 'configurationChange' }] });
  const keys = read.disclosure.parts.flatMap((part) => part.items.map((item) => [item.itemKey, hashBody(item.body)]));
  const hashes = new Map(keys);
  for (let turn = 0; turn < EDITS; turn++) {
    const [itemKey] = keys[turn % keys.length];
    const body = text(turn);
    await tell({ type: 'ReviseItem', itemKey, body, bodyHash: hashBody(body), basedOn: hashes.get(itemKey) });
    hashes.set(itemKey, hashBody(body));
  }
};
for (let number = 0; number < DISCLOSURES; number += 4)
  await Promise.all([0, 1, 2, 3].map((next) => live(number + next)));

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
