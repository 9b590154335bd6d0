import type { EventStore, LogPosition, NewEvent } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { createDataSource } from '@app/database';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import {
  advance,
  checkpointOf,
  checkReadModels,
  projectionFailures,
  projectionMigrations,
  readView,
  readViews,
  rebuildReadModels,
  runProjections,
  viewProjection,
  waitForPosition,
  type Projection,
  type ReadModel,
  type View,
} from './index';

const PATIENCE_MS = 20_000;

let db: TestDatabase;
let store: EventStore;
beforeEach(async () => {
  db = await createTestDatabase([...eventStoreMigrations, ...projectionMigrations]);
  db.pool.removeAllListeners('error').on('error', () => {}); // some tests cut connections
  store = new PostgresEventStore(db.pool, () => {});
  await db.asOwner('create table seen (projection text, position text)');
});
const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
  await db.close();
});

/** Not idempotent on purpose: an event applied twice is two rows. */
const witness = (name: string): ReadModel => ({
  name,
  rows: [{ table: 'seen', where: `projection = '${name}'` }],
  apply: async (events, tx) => {
    const positions = events.map(({ position }) => position);
    await tx.query('insert into seen select $1, * from unnest($2::text[])', [name, positions]);
  },
});
const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((fulfil) => (open = fulfil));
  return { open, opened };
};

/** A read model that says when it has taken in its first batch, and then waits until it is told to go on. */
const halting = (model: ReadModel) => {
  const [begun, free] = [gate(), gate()];
  const apply: ReadModel['apply'] = async (events, tx) => {
    await model.apply(events, tx);
    begun.open();
    await free.opened;
  };
  return { model: { ...model, apply }, begun: begun.opened, goOn: free.open };
};

const seenBy = async (name: string): Promise<readonly string[]> => {
  const rows = await db.dataSource.query<{ position: string }[]>(
    'select position from seen where projection = $1 order by ctid',
    [name],
  );
  return rows.map(({ position }) => position);
};
const log = async (): Promise<readonly string[]> => (await store.readAll(null, 10_000)).map(({ position }) => position);

type Total = { readonly total: number; readonly last: number };
const totals: View<NewEvent, Total> = {
  name: 'totals.v1',
  decode: (stored) => (stored.stream.startsWith('account-') ? stored : undefined),
  keyOf: ({ stream }) => stream,
  evolve: (view, event) => {
    const { n } = event.data as { n: number };
    return n === 0 ? null : { total: (view?.total ?? 0) + n, last: n };
  },
};

const append = async (stream: `${string}-${string}`, ...numbers: readonly number[]): Promise<LogPosition> => {
  const version = (await store.read(stream)).length;
  return (await store.append(stream, version === 0 ? 'no-stream' : version, numbers.map(someEvent))).position;
};

/** A process that runs projections; `stop()` ends it. */
const run = (projections: readonly Projection[], dataSource = db.dataSource, leaseMs?: number) => {
  const abort = new AbortController();
  const lines: string[] = [];
  const told: { (line: string): void }[] = [];
  const note = (line: string) => {
    lines.push(line);
    told.forEach((tell) => tell(line));
  };
  const ended = runProjections({
    store: new PostgresEventStore(db.pool, () => {}),
    dataSource,
    projections,
    signal: abort.signal,
    log: { info: note, error: note },
    ...(leaseMs === undefined ? {} : { leaseMs }),
  });
  const stop = () => {
    abort.abort();
    return ended;
  };
  running.push(stop);
  const says = (pattern: RegExp) =>
    new Promise<string>((fulfil) => {
      const found = lines.find((line) => pattern.test(line));
      if (found) fulfil(found);
      told.push((line) => pattern.test(line) && fulfil(line));
    });
  return { stop, says, lines };
};
const reached = (name: string, position: LogPosition) => waitForPosition(db.dataSource, [name], position, PATIENCE_MS);

describe('a view', () => {
  it('is folded from its own events, and gone when the fold says so', async () => {
    run([viewProjection(totals)]);
    await append('account-a', 3, 4);
    await append('account-b', 5, 0);
    await append('other-c', 9);
    const last = await append('account-d', 0, 6);
    expect(await reached(totals.name, last)).toBe(true);
    expect(await readView(db.dataSource, totals.name, 'account-a')).toEqual({ total: 7, last: 4 });
    expect(await readView(db.dataSource, totals.name, 'account-b')).toBeNull();
    expect(await readViews(db.dataSource, totals.name)).toEqual([
      { total: 7, last: 4 },
      { total: 6, last: 6 },
    ]);
  });

  it('comes to the same in one batch as event by event', async () => {
    await append('account-a', 3, 4, 0, 5);
    await append('account-b', 1, 0);
    const events = await store.readAll(null, 100);
    const [together, single] = ['together.v1', 'single.v1'].map((name) => viewProjection({ ...totals, name }));
    if (!together || !single) throw new Error('two projections');
    await checkpointOf(db.dataSource, together.name);
    await advance(db.dataSource, together, null, events);
    let after = await checkpointOf(db.dataSource, single.name);
    for (const event of events) {
      await advance(db.dataSource, single, after, [event]);
      after = event.position;
    }
    expect(await readViews(db.dataSource, together.name)).toEqual([{ total: 5, last: 5 }]);
    expect(await readViews(db.dataSource, single.name)).toEqual([{ total: 5, last: 5 }]);
  });
});

describe('a projection', () => {
  it('takes in the past and what comes, each event once and in order', async () => {
    await append('account-a', 1, 2, 3);
    run([witness('w.v1')]);
    const last = await append('account-a', 4);
    expect(await reached('w.v1', last)).toBe(true);
    expect(await seenBy('w.v1')).toEqual(await log());
  });

  it('applies an event once, though two apply it at the same moment', async () => {
    await append('account-a', 1, 2, 3);
    const events = await store.readAll(null, 10);
    await checkpointOf(db.dataSource, 'w.v1');
    const attempts = await Promise.allSettled(
      [1, 2, 3, 4].map(() => advance(db.dataSource, witness('w.v1'), null, events)),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(attempts.filter((one) => one.status === 'rejected').map(({ reason }) => reason.name)).toEqual([
      'CheckpointMoved',
      'CheckpointMoved',
      'CheckpointMoved',
    ]);
    expect(await seenBy('w.v1')).toHaveLength(3);
  });

  it('leaves rows and checkpoint as they were when a later event of the batch fails', async () => {
    await append('account-a', 1, 2, 3);
    const events = await store.readAll(null, 10);
    const failing: Projection = {
      ...witness('w.v1'),
      apply: async (batch, tx) => {
        await witness('w.v1').apply(batch.slice(0, 2), tx);
        if (batch[2]) throw new Error('cannot');
      },
    };
    await checkpointOf(db.dataSource, 'w.v1');
    await expect(advance(db.dataSource, failing, null, events)).rejects.toThrow('cannot');
    expect(await seenBy('w.v1')).toEqual([]);
    expect(await checkpointOf(db.dataSource, 'w.v1')).toBeNull();
  });

  it('is refused when another has its name', async () =>
    expect(
      runProjections({
        store,
        dataSource: db.dataSource,
        projections: [witness('w.v1'), witness('w.v1')],
        log: console,
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow('Two projections are called w.v1'));
});

describe('of several processes', () => {
  it('one runs a projection, and the next takes over when it stops', async () => {
    const other = await createDataSource(db.url, []).initialize();
    try {
      const first = run([witness('w.v1')]);
      await first.says(/runs here/);
      const second = run([witness('w.v1')], other);
      await reached('w.v1', await append('account-a', 1, 2));
      expect(second.lines).toEqual([]);
      await first.stop();
      const last = await append('account-a', 3);
      await second.says(/runs here/);
      expect(await reached('w.v1', last)).toBe(true);
      expect(await seenBy('w.v1')).toEqual(await log());
      await second.stop();
    } finally {
      await other.destroy();
    }
  });

  it('the next takes over when the first loses the connection that elected it, and no event is lost or repeated', async () => {
    const other = await createDataSource(db.url, []).initialize();
    try {
      const first = run([witness('w.v1')]);
      await first.says(/runs here/);
      const second = run([witness('w.v1')], other);
      await append('account-a', 1, 2);
      const [holder] = await other.query<{ pid: number }[]>(
        `select pid from pg_locks where locktype = 'advisory' and granted
            and database = (select oid from pg_database where datname = current_database())`,
      );
      await other.query('select pg_terminate_backend($1)', [holder?.pid]);
      const elected = Promise.race([second.says(/runs here/), first.says(/lost the database/)]);
      const last = await append('account-a', 3);
      await elected;
      expect(await reached('w.v1', last)).toBe(true);
      expect(await seenBy('w.v1')).toEqual(await log());
      await second.stop();
    } finally {
      await other.destroy();
    }
  });
});

/** A way to the database on which everything can be held up, as in a network that is cut: nothing arrives, nothing is closed. */
const cuttable = async (url: string) => {
  const sockets = new Set<Socket>();
  const { port, hostname } = new URL(url);
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).pipe(to);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: through.href,
    cut: () => sockets.forEach((socket) => socket.unpipe().pause()),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
};

describe('a process that stands still in the middle of a batch', () => {
  it('loses its office and its batch when its lease is over, and can apply nothing when it goes on', async () => {
    const network = await cuttable(db.url);
    const other = await createDataSource(network.url, []).initialize();
    try {
      const { model, begun, goOn } = halting(witness('w.v1'));
      const still = run([model], other, 2_000);
      await still.says(/runs here/);
      const last = await append('account-a', 1, 2);
      await begun;
      network.cut();

      const next = run([witness('w.v1')]);
      await next.says(/runs here/);
      expect(await reached('w.v1', last)).toBe(true);
      expect(await seenBy('w.v1')).toEqual(await log());

      goOn();
      network.close();
      await still.says(/lost the database/);
      expect(await reached('w.v1', await append('account-a', 3))).toBe(true);
      expect(await seenBy('w.v1')).toEqual(await log());
      await still.stop();
    } finally {
      network.close();
      await other.destroy();
    }
  });
});

describe('an event that cannot be applied', () => {
  it('parks its projection until it can, holds nobody else up, and is not skipped', async () => {
    const cure = { done: false };
    const delicate: Projection = {
      ...witness('delicate.v1'),
      apply: async (events, tx) => {
        if (events.some(({ version }) => version === 2) && !cure.done) throw new Error('no such column');
        await witness('delicate.v1').apply(events, tx);
      },
    };
    const { says } = run([delicate, witness('sturdy.v1')]);
    const last = await append('account-a', 1, 2, 3);
    expect(await says(/stands still/)).toMatch(/delicate\.v1 stands still at Counted .*no such column/);
    expect(await reached('sturdy.v1', last)).toBe(true);
    expect(await waitForPosition(db.dataSource, ['delicate.v1'], last, 0)).toBe(false);

    await says(/stands still/);
    cure.done = true;
    expect(await reached('delicate.v1', last)).toBe(true);
    expect(await seenBy('delicate.v1')).toEqual(await log());
    await says(/delicate\.v1 goes on/);
    expect(await projectionFailures(db.dataSource)).toEqual([]);
  });

  it('is no longer complained of when its projection has nothing left to take in', async () => {
    run([witness('w.v1')]);
    await reached('w.v1', await append('account-a', 1));
    await db.dataSource.query(`insert into projection_failure (name, error, attempts) values ('w.v1', 'gone', 2)`);
    await Promise.all(running.splice(0).map((stop) => stop()));
    const again = run([witness('w.v1'), witness('other.v1')]);
    await again.says(/other\.v1 runs here/);
    await reached('other.v1', (await store.head()) ?? '');
    while ((await projectionFailures(db.dataSource)).length > 0) await new Promise(setImmediate);
  });

  it('can be seen with its error, and a process that can apply it clears that', async () => {
    const sick: Projection = { ...witness('w.v1'), apply: () => Promise.reject(new Error('no such column')) };
    const first = run([sick]);
    const position = await append('account-a', 1);
    await first.says(/stands still/);
    await first.stop();
    expect(await projectionFailures(db.dataSource)).toMatchObject([
      { name: 'w.v1', position, eventType: 'Counted', error: expect.stringContaining('no such column') },
    ]);

    run([witness('w.v1')]);
    expect(await reached('w.v1', position)).toBe(true);
    await reached('w.v1', await append('account-a', 2));
    expect(await projectionFailures(db.dataSource)).toEqual([]);
  });
});

describe('waiting for a position', () => {
  it('ends when all the named projections are there, and says so when they are not in time', async () => {
    const position = await append('account-a', 1);
    run([witness('w.v1')]);
    expect(await waitForPosition(db.dataSource, ['w.v1'], position, PATIENCE_MS)).toBe(true);
    expect(await waitForPosition(db.dataSource, ['w.v1', 'nobody-runs-this.v1'], position, 30)).toBe(false);
    expect(await waitForPosition(db.dataSource, [], position, 0)).toBe(true);
  });
});

describe('a rebuild', () => {
  const rebuild = (models: readonly ReadModel[], onProgress?: Parameters<typeof rebuildReadModels>[2]) =>
    rebuildReadModels({ store, dataSource: db.dataSource }, models, onProgress);
  /** `w.v1` as a worker that still runs it has filled it, and a row in it that the log knows nothing of. */
  const liveAndWrong = async () => {
    run([witness('w.v1')]);
    expect(await reached('w.v1', await append('account-a', 1, 2, 3))).toBe(true);
    await db.dataSource.query(`insert into seen values ('w.v1', 'wrong')`);
    return [...(await log()), 'wrong'];
  };

  it('is made beside the live rows, which everybody reads and a worker goes on filling until it takes their place', async () => {
    const wrong = await liveAndWrong();
    const { model, begun, goOn } = halting(witness('w.v1'));
    const rebuilt = rebuild([model]);
    await begun;
    expect(await seenBy('w.v1')).toEqual(wrong);
    const meanwhile = await append('account-a', 4);
    expect(await reached('w.v1', meanwhile)).toBe(true);
    expect(await seenBy('w.v1')).toEqual([...wrong, meanwhile]);

    goOn();
    await rebuilt;
    expect(await seenBy('w.v1')).toEqual(await log());
    expect(await reached('w.v1', await append('account-a', 5))).toBe(true);
    expect(await seenBy('w.v1')).toEqual(await log());
  });

  it('shows a reader either all of the old rows or all of the new ones', async () => {
    await liveAndWrong();
    await append(`account-${randomUUID()}`, ...Array(2_000).fill(1));
    expect(await reached('w.v1', (await store.head()) ?? '')).toBe(true);
    const whole = (await log()).length;
    const counts = new Set<number>();
    const rebuilt = { done: false };
    const end = rebuild([witness('w.v1')]).finally(() => (rebuilt.done = true));
    while (!rebuilt.done) counts.add((await seenBy('w.v1')).length);
    await end;
    expect([...counts].filter((count) => count !== whole && count !== whole + 1)).toEqual([]);
  });

  it('that is killed leaves the live rows as they are, and the next one begins anew', async () => {
    const wrong = await liveAndWrong();
    const { model, begun, goOn } = halting(witness('w.v1'));
    const killed = rebuild([model]);
    const failure = expect(killed).rejects.toThrow();
    await begun;
    await db.dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'insert into seen%' and pid <> pg_backend_pid()
          and state = 'idle'`,
    );
    goOn();
    await failure;
    expect(await seenBy('w.v1')).toEqual(wrong);
    await rebuild([witness('w.v1')]);
    expect(await seenBy('w.v1')).toEqual(await log());
  });

  it('that fails names the read model and leaves all live rows as they are', async () => {
    const wrong = await liveAndWrong();
    const sick: ReadModel = { ...witness('sick.v1'), apply: () => Promise.reject(new Error('no such column')) };
    await expect(rebuild([witness('w.v1'), sick])).rejects.toThrow(/^sick\.v1 cannot take in .*no such column/);
    expect(await seenBy('w.v1')).toEqual(wrong);
    expect(await projectionFailures(db.dataSource)).toEqual([]);
  });

  it('brings a parked read model back, once it can take in what parked it', async () => {
    const sick: ReadModel = { ...witness('w.v1'), apply: () => Promise.reject(new Error('no such column')) };
    const { says, stop } = run([sick]);
    await append('account-a', 1);
    await says(/stands still/);
    await stop();
    await rebuild([witness('w.v1')]);
    expect(await projectionFailures(db.dataSource)).toEqual([]);
    expect(await seenBy('w.v1')).toEqual(await log());
    expect(await checkpointOf(db.dataSource, 'w.v1')).toBe(await store.head());
  });

  it('reads the log once for all read models, and says how far it is', async () => {
    await append('account-a', ...Array(1_001).fill(1));
    const progress: number[] = [];
    const models = [viewProjection(totals), witness('w.v1')];
    await rebuild(models, ({ events }) => progress.push(events));
    expect(progress).toEqual([1_000, 1_001]);
    expect(await readView(db.dataSource, totals.name, 'account-a')).toEqual({ total: 1_001, last: 1 });
    expect(await seenBy('w.v1')).toEqual(await log());
  });

  it('leaves the rows of others in the same table alone', async () => {
    const other = { ...totals, name: 'other.v1' };
    run([viewProjection(totals), viewProjection(other)]);
    const last = await append('account-a', 1);
    expect(await waitForPosition(db.dataSource, [totals.name, other.name], last, PATIENCE_MS)).toBe(true);
    await db.dataSource.query(`update view set body = '{"total": 7, "last": 7}'`);
    await rebuild([viewProjection(totals)]);
    expect(await readViews(db.dataSource, totals.name)).toEqual([{ total: 1, last: 1 }]);
    expect(await readViews(db.dataSource, other.name)).toEqual([{ total: 7, last: 7 }]);
  });
});

describe('a check of the read models', () => {
  const check = (models: readonly ReadModel[]) => checkReadModels({ store, dataSource: db.dataSource }, models);

  it('names those whose rows are not what the log says, and changes nothing', async () => {
    const models = [witness('right.v1'), witness('wrong.v1'), viewProjection(totals)];
    run(models);
    const last = await append('account-a', 1, 2, 3);
    const names = models.map(({ name }) => name);
    expect(await waitForPosition(db.dataSource, names, last, PATIENCE_MS)).toBe(true);
    expect(await check(models)).toEqual([]);

    await db.dataSource.query(`insert into seen values ('wrong.v1', 'wrong')`);
    await db.dataSource.query(`update view set body = jsonb_set(body, '{total}', '7')`);
    expect(await check(models)).toEqual(['wrong.v1', 'totals.v1']);
    expect(await seenBy('wrong.v1')).toEqual([...(await log()), 'wrong']);
    expect(await readView(db.dataSource, totals.name, 'account-a')).toEqual({ total: 7, last: 3 });
  });

  it('compares as far as a projection has come, and not with what was written since', async () => {
    const projection = witness('w.v1');
    await append('account-a', 1);
    const before = await store.readAll(null, 10);
    await checkpointOf(db.dataSource, projection.name);
    await advance(db.dataSource, projection, null, before);
    await append('account-a', 2);
    const [ahead, untouched] = [witness('ahead.v1'), witness('untouched.v1')];
    await checkpointOf(db.dataSource, ahead.name);
    await advance(db.dataSource, ahead, null, await store.readAll(null, 10));
    expect(await check([projection, untouched, ahead])).toEqual([]);
    await db.dataSource.query('delete from seen');
    expect(await check([projection, untouched, ahead])).toEqual([projection.name, ahead.name]);
  });
});
