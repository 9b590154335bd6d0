import { hashOf, type EventStore, type StoredEvent } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { eventStoreMigrations } from './migration';
import { PostgresEventStore } from './postgres-event-store';

let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase(eventStoreMigrations);
});
afterEach(() => db.close());

const newStream = () => `count-${randomUUID()}` as const;

/** Follows the log until `done` says so of what it has seen. */
const follow = (store: EventStore, done: (seen: readonly StoredEvent[]) => boolean) => {
  const seen: StoredEvent[] = [];
  const stop = new AbortController();
  const running = store.subscribeToAll(
    null,
    async (batch) => {
      seen.push(...batch);
      if (done(seen)) stop.abort();
    },
    stop.signal,
  );
  return { seen, running, stop };
};

describe('appending', () => {
  it("answers with the event's own position", async () => {
    const store = new PostgresEventStore(db.pool);
    const answers = await Promise.all([1, 2, 3].map((n) => store.append(newStream(), 'no-stream', [someEvent(n)])));
    const log = await store.readAll(null, 10);
    expect(answers.map(({ position }) => position).sort()).toEqual(log.map(({ position }) => position));
    expect(await store.head()).toBe(log.at(-1)?.position);
  });

  it('keeps its promise to each of a hundred that queue, though one of them conflicts and one is not JSON that can be kept', async () => {
    const store = new PostgresEventStore(db.pool);
    const taken = newStream();
    await store.append(taken, 'no-stream', [someEvent(0)]);
    const bad = { ...someEvent(1), data: { text: 'nul \u0000' } };
    const results = await Promise.allSettled([
      ...Array.from({ length: 100 }, (_, n) => store.append(newStream(), 'no-stream', [someEvent(n), someEvent(n)])),
      store.append(taken, 'no-stream', [someEvent(1)]),
      store.append(newStream(), 'no-stream', [bad]),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(results.slice(100)).toMatchObject([
      { reason: { name: 'VersionConflict', actual: 1 } },
      { reason: { code: '22P05' } },
    ]);
    expect(await store.readAll(null, 1_000)).toHaveLength(201);
  });

  it('links to events of another process that it has not read itself', async () => {
    const stream = newStream();
    await new PostgresEventStore(db.pool).append(stream, 'no-stream', [someEvent(1), someEvent(2)]);
    const other = new PostgresEventStore(db.pool);
    await other.append(stream, 2, [someEvent(3)]);
    const events = await other.read(stream);
    expect(events.map(({ hash }) => hash)).toEqual(
      events.map((event, index) => hashOf(events[index - 1]?.hash ?? null, event)),
    );
  });

  it('links to what is there now, though a backup was restored while it ran', async () => {
    const store = new PostgresEventStore(db.pool);
    const stream = newStream();
    await store.append(stream, 'no-stream', [someEvent(1), someEvent(2)]);
    await db.asOwner(`alter table events disable trigger user; delete from events where version = 2;
      alter table events enable trigger user`);
    await new PostgresEventStore(db.pool).append(stream, 1, [someEvent(9)]);
    await store.append(stream, 2, [someEvent(3)]);
    expect((await store.readVerified(stream)).map(({ data }) => data)).toEqual([{ n: 1 }, { n: 9 }, { n: 3 }]);
  });

  it('appends twice to one stream in one request', async () => {
    const store = new PostgresEventStore(db.pool);
    const stream = newStream();
    const answers = await store.appendMany([
      { stream, expected: 'no-stream', events: [someEvent(1)] },
      { stream, expected: 1, events: [someEvent(2), someEvent(3)] },
    ]);
    expect(answers.map(({ version }) => version)).toEqual([1, 3]);
  });

  it('refuses an id that another stream has', async () => {
    const store = new PostgresEventStore(db.pool);
    const event = someEvent(1);
    await store.append(newStream(), 'no-stream', [event]);
    await expect(store.append(newStream(), 'no-stream', [event])).rejects.toMatchObject({ code: '23505' });
  });

  it('stores what was appended once, though the answer was lost and the append is repeated by another process', async () => {
    const stream = newStream();
    const events = [someEvent(1), someEvent(2)];
    const first = await new PostgresEventStore(db.pool).append(stream, 'no-stream', events);
    const other = new PostgresEventStore(db.pool);
    expect(await other.append(stream, 'no-stream', events)).toEqual(first);
    await other.append(stream, 2, [someEvent(3)]);
    expect(await other.append(stream, 'no-stream', events)).toEqual(first);
    await expect(other.append(stream, 'no-stream', [events[0] ?? someEvent(0), someEvent(9)])).rejects.toMatchObject({
      name: 'VersionConflict',
      actual: 3,
    });
  });
});

describe('a recorded event', () => {
  it.each(["update events set type = 'Other'", 'delete from events', 'truncate events'])(
    'refuses even its owner: %s',
    async (change) => {
      const store = new PostgresEventStore(db.pool);
      await store.append(newStream(), 'no-stream', [someEvent(1)]);
      await expect(db.asOwner(change)).rejects.toThrow('events are never changed and never removed');
      expect(await store.readAll(null, 10)).toHaveLength(1);
    },
  );
});

describe('a subscriber', () => {
  it('waits for a transaction that took its id early, and is given its events first', async () => {
    const early = await db.pool.connect();
    await early.query('begin');
    await early.query('select pg_current_xact_id()');
    const store = new PostgresEventStore(db.pool);
    const { seen, running } = follow(store, (events) => events.length >= 4);
    for (const n of [1, 2, 3]) await store.append(newStream(), 'no-stream', [someEvent(n)]);
    expect(await store.readAll(null, 10)).toEqual([]);
    const late = newStream();
    await early.query(
      `insert into events (stream, version, id, type, schema_version, data, metadata, hash)
       values ($1, 1, gen_random_uuid(), 'Counted', 1, '{}', '{}', sha256('raw'))`,
      [late],
    );
    expect(seen).toEqual([]);
    await early.query('commit');
    early.release();
    await running;
    expect(seen.map(({ stream, data }) => [stream === late, data])).toEqual([
      [true, {}],
      [false, { n: 1 }],
      [false, { n: 2 }],
      [false, { n: 3 }],
    ]);
  });

  it('goes on after its connections were cut, without loss and without repetition', async () => {
    db.pool.removeAllListeners('error').on('error', () => {}); // their loss is what this is about
    const store = new PostgresEventStore(db.pool, () => {});
    const stream = newStream();
    await store.append(stream, 'no-stream', [someEvent(1)]);
    const { seen, running } = follow(store, (events) => events.length >= 30);
    const cut = () =>
      db.asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
    for (let version = 1; version < 30; version++) {
      if (version % 10 === 0) await cut();
      const event = someEvent(version + 1);
      for (;;) {
        // The answer may be lost with the connection; the same append again is harmless.
        const done = await store.append(stream, version, [event]).catch((error: Error) => error);
        if (!(done instanceof Error)) break;
        expect(done.name).not.toBe('VersionConflict');
      }
    }
    await running;
    expect(seen.map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('tells once that the log cannot be read, and goes on when it can', async () => {
    const messages: string[] = [];
    const told = { outage: () => {} };
    const outage = new Promise<void>((fulfil) => (told.outage = fulfil));
    const store = new PostgresEventStore(db.pool, (message) => {
      messages.push(message);
      told.outage();
    });
    await db.asOwner('alter table events rename to hidden');
    const { seen, running } = follow(store, (events) => events.length >= 1);
    await outage;
    await db.asOwner('alter table hidden rename to events');
    await new PostgresEventStore(db.pool).append(newStream(), 'no-stream', [someEvent(1)]);
    await running;
    expect(seen).toHaveLength(1);
    expect(messages).toEqual([expect.stringMatching(/^The log cannot be read/), 'The log can be read again']);
  });

  it('hears of its own handler failing', async () => {
    const store = new PostgresEventStore(db.pool);
    await store.append(newStream(), 'no-stream', [someEvent(1)]);
    const failing = store.subscribeToAll(null, () => Promise.reject(new Error('cannot')), new AbortController().signal);
    await expect(failing).rejects.toThrow('cannot');
  });

  it('is refused where the position is none of this log, instead of waiting for ever', () =>
    expect(
      new PostgresEventStore(db.pool).subscribeToAll('elsewhere', async () => {}, new AbortController().signal),
    ).rejects.toThrow());

  it('ends when it is told to, also while it waits', async () => {
    const { running, stop } = follow(new PostgresEventStore(db.pool), () => false);
    stop.abort();
    await expect(running).resolves.toBeUndefined();
  });
});

describe('a log that a logical dump has brought into a younger server', () => {
  it('is not opened: what is appended to it would come before what it has', async () => {
    const store = await PostgresEventStore.open(db.pool);
    await store.append(newStream(), 'no-stream', [someEvent(1)]);
    await PostgresEventStore.open(db.pool);
    await db.asOwner(`
      alter table events disable trigger user;
      update events set tx = (tx::text::bigint + 1000000)::text::xid8;
      alter table events enable trigger user`);
    await expect(PostgresEventStore.open(db.pool)).rejects.toThrow(/pg_dump.*docs\/operations\.md/s);
  });
});

describe('a stream that is read as evidence', () => {
  const written = async () => {
    const store = new PostgresEventStore(db.pool);
    const stream = newStream();
    await store.append(stream, 'no-stream', [someEvent(1), someEvent(2), someEvent(3)]);
    return { store, stream };
  };
  const tamper = (change: string) =>
    db.asOwner(`alter table events disable trigger user; ${change}; alter table events enable trigger user`);

  it.each([
    ['changed', 2, (stream: string) => `update events set data = '{"n":9}' where stream = '${stream}' and version = 2`],
    ['removed', 2, (stream: string) => `delete from events where stream = '${stream}' and version = 2`],
    [
      'given another hash',
      3,
      (stream: string) => `update events set hash = sha256('x') where stream = '${stream}' and version = 3`,
    ],
    ['the beginning of it', 1, (stream: string) => `delete from events where stream = '${stream}' and version = 1`],
  ])('names the first event that does not hold: %s', async (_, version, change) => {
    const { store, stream } = await written();
    await tamper(change(stream));
    await expect(store.readVerified(stream)).rejects.toMatchObject({ name: 'ChainBroken', stream, version });
    await expect(store.read(stream)).resolves.toBeDefined();
  });

  it('holds as well where its texts were written in another way, as jsonb had them', async () => {
    const { store, stream } = await written();
    const before = await store.readVerified(stream);
    await tamper(`update events set data = data::jsonb::text::json, metadata = metadata::jsonb::text::json`);
    const [row] = await db.dataSource.query('select metadata::text as text from events where stream = $1 limit 1', [
      stream,
    ]);
    expect(row.text).toContain('": "'); // as jsonb writes it: not canonical
    expect(await store.readVerified(stream)).toEqual(before);
  });

  it('leaves the connection as it was, so that others go on', async () => {
    const { store, stream } = await written();
    await tamper(`delete from events where stream = '${stream}' and version = 1`);
    for (let n = 0; n < 20; n++) await expect(store.readVerified(stream)).rejects.toThrow('does not follow');
    expect(db.pool.totalCount - db.pool.idleCount).toBe(0);
    expect(await store.read(stream)).toHaveLength(2);
  });
});

describe('reading', () => {
  it('keeps numbers, texts and nothing as they were', async () => {
    const store = new PostgresEventStore(db.pool);
    const stream = newStream();
    const data = {
      large: 9007199254740991,
      small: 1e-7,
      text: '会社—「㈱」\\" \u2028 𠮷',
      nothing: null,
      list: [[], {}],
    };
    await store.append(stream, 'no-stream', [{ ...someEvent(1), data }]);
    const [event] = await store.read(stream);
    expect(event?.data).toEqual(data);
    expect(event?.hash).toBe(event && hashOf(null, event));
  });

  it('refuses a position of another log', async () =>
    expect(new PostgresEventStore(db.pool).readAll('00000000000000000012', 1)).rejects.toThrow(
      'Not a position of this log',
    ));
});
