// Appends and inserts in turns, so that whatever else the machine does falls on both.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { built, median, secondsOf, times } from './measure.mjs';

const RUNS = 7;
const EVENTS = 200;
const WRITERS = 64;

const { PostgresEventStore } = await built('event-store-postgres');
const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
const store = new PostgresEventStore(pool);
const data = { itemKey: 'I-1', body: { type: 'doc', content: [{ type: 'paragraph', content: 'あ'.repeat(500) }] } };
const metadata = {
  actor: { id: 'bench', name: '計測' },
  recordedAt: '2026-01-01T00:00:00.000Z',
  correlationId: randomUUID(),
  causationId: randomUUID(),
};
const event = () => ({ id: randomUUID(), type: 'Measured', schemaVersion: 1, data, metadata });

const append = async (count = EVENTS) => {
  const stream = `bench-${randomUUID()}`;
  for (let version = 0; version < count; version++)
    await store.append(stream, version === 0 ? 'no-stream' : version, [event()]);
};

await pool.query(
  'create table plain (position bigserial primary key, stream text, version int, id uuid, type text, data jsonb, metadata jsonb)',
);
const plain = async () => {
  const stream = randomUUID();
  for (let version = 1; version <= EVENTS; version++) {
    const { id, type } = event();
    await pool.query({
      name: 'plain',
      text: 'insert into plain (stream, version, id, type, data, metadata) values ($1, $2, $3, $4, $5, $6) returning position',
      values: [stream, version, id, type, JSON.stringify(data), JSON.stringify(metadata)],
    });
  }
};

await append(20);
const pairs = await times(RUNS, async () => ({
  append: await secondsOf(() => append()),
  plain: await secondsOf(plain),
}));
const each = Math.ceil(EVENTS / 4);
const together = await times(3, () =>
  secondsOf(() => Promise.all(Array.from({ length: WRITERS }, () => append(each)))),
);
await pool.end();
console.log(
  JSON.stringify({
    append: median(pairs.map(({ append }) => append)) / EVENTS,
    plain: median(pairs.map(({ plain }) => plain)) / EVENTS,
    together: (WRITERS * each) / median(together),
    runs: RUNS,
  }),
);
