import { hashOf, MemoryEventStore, type EventStore, type LogPosition, type StoredEvent } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import {
  checkpointOf,
  projectionFailures,
  projectionLags,
  projectionMigrations,
  runProjections,
  waitForPosition,
  type Projection,
} from '@app/projections';
import { newSealKeyPem, sealKeyFromPem, sealLog, sealMigrations, verifyLog } from '@app/sealing';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { exportLog } from './export-log';
import { importLog, type ImportStep } from './import-log';

const PATIENCE_MS = 20_000;
const outbox = ['mails.v1'];

let folder: string;
let path: string;
let databases: TestDatabase[];
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaijisho-archive-'));
  path = join(folder, 'log.jsonl.zst');
  [databases, stops] = [[], []];
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all(databases.map(({ close }) => close()));
  await rm(folder, { recursive: true, force: true });
});

type Installation = { readonly store: EventStore; readonly dataSource: TestDatabase['dataSource'] };

const newInstallation = async (): Promise<Installation> => {
  const database = await createTestDatabase([...eventStoreMigrations, ...projectionMigrations, ...sealMigrations]);
  databases.push(database);
  await database.asOwner('create table seen (projection text, hash text)');
  return { store: new PostgresEventStore(database.pool), dataSource: database.dataSource };
};

/** A log in which three streams take turns. */
const filled = async (store: EventStore, events: number): Promise<EventStore> => {
  for (let n = 0; n < events; n += 2) {
    const version = Math.floor(n / 6) * 2;
    await store.append(`count-${(n / 2) % 3}`, version === 0 ? 'no-stream' : version, [someEvent(n), someEvent(n + 1)]);
  }
  return store;
};

const eventsOf = async (store: EventStore): Promise<readonly Omit<StoredEvent, 'position'>[]> =>
  (await store.readAll(null, 100_000)).map(({ position: _, ...event }) => event);

const witness = (name: string): Projection => ({
  name,
  apply: async (events, tx) => {
    for (const { hash } of events) await tx.query('insert into seen values ($1, $2)', [name, hash]);
  },
});

/** A worker with a read model and an outbox. */
const startWorker = ({ store, dataSource }: Installation): void => {
  const stop = new AbortController();
  const running = runProjections({
    store,
    dataSource,
    projections: [witness('all.v1'), witness('mails.v1')],
    signal: stop.signal,
    log: { info: () => {}, error: () => {} },
  });
  stops.push(async () => {
    stop.abort();
    await running;
  });
};
const seen = async ({ dataSource }: Installation, projection: string): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ hash: string }[]>('select hash from seen where projection = $1 order by ctid', [
    projection,
  ]);
  return rows.map(({ hash }) => hash);
};
const reached = async ({ dataSource }: Installation, position: LogPosition, ...names: readonly string[]) =>
  expect(await waitForPosition(dataSource, names, position, PATIENCE_MS)).toBe(true);

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (const deadline = Date.now() + PATIENCE_MS; !(await condition());) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${String(condition)}`);
    await pause(20);
  }
};

type AppendMany = EventStore['appendMany'];

/** A store of whose appends something becomes on the way. */
const intercepted = (store: EventStore, appendMany: AppendMany): EventStore =>
  Object.assign(Object.create(store) as EventStore, {
    appendMany,
    append: (async (stream, expected, events) =>
      (await appendMany([{ stream, expected, events }]))[0]) as EventStore['append'],
  });

/** The store of a process that dies after so many requests. */
const dying = (store: EventStore, requests: number): EventStore =>
  intercepted(store, (appends) => (requests-- > 0 ? store.appendMany(appends) : Promise.reject(new Error('killed'))));

const importing = (installation: Installation, store = installation.store) =>
  importLog({ ...installation, store, path, outbox });

describe('an import', () => {
  it('ends in equal events and hashes, from memory to PostgreSQL to PostgreSQL', async () => {
    const memory = await filled(new MemoryEventStore(), 1_234);
    const { sha256 } = await exportLog(memory, path);
    const first = await newInstallation();
    expect(await importing(first)).toEqual({ events: 1_234, alreadyThere: 0, sha256 });
    expect(await eventsOf(first.store)).toEqual(await eventsOf(memory));

    const written = await readFile(path);
    path = `${path}.2`;
    expect(await exportLog(first.store, path)).toMatchObject({ events: 1_234, sha256 });
    expect(await readFile(path)).toEqual(written);
    const second = await newInstallation();
    await importing(second);
    expect(await eventsOf(second.store)).toEqual(await eventsOf(memory));
    expect(await verifyLog(second)).toMatchObject({ events: 1_234, finding: null });
  });

  it('can be written on, and sealed', async () => {
    await exportLog(await filled(new MemoryEventStore(), 6), path);
    const installation = await newInstallation();
    await importing(installation);
    await installation.store.append('count-0', 2, [someEvent(7)]);
    const [, before, after] = await installation.store.read('count-0');
    expect(after?.hash).toBe(after && hashOf(before?.hash ?? null, after));
    const key = sealKeyFromPem(newSealKeyPem());
    await logShowsAll(installation.dataSource);
    await sealLog({ ...installation, clock: () => new Date('2030-01-02T09:00:00.000Z'), key });
    expect(await verifyLog(installation)).toMatchObject({ events: 7, unsealed: 0, finding: null });
  });

  it('says how far it is', async () => {
    await exportLog(await filled(new MemoryEventStore(), 1_100), path);
    const installation = await newInstallation();
    const told: [ImportStep, number, number][] = [];
    await importLog({ ...installation, path, outbox, onProgress: (...progress) => told.push(progress) });
    for (const step of ['verify', 'append', 'compare'] as const) {
      const own = told.filter(([of]) => of === step);
      expect(own.map(([, events]) => events)).toEqual([0, 500, 1_000, 1_100, 1_100]);
      expect(own.map(([, , share]) => share)).toEqual(own.map(([, , share]) => share).sort());
      expect(own.at(-1)?.[2]).toBe(1);
    }
  });

  it('sends nothing that is in the log, and everything that comes later', async () => {
    await exportLog(await filled(new MemoryEventStore(), 600), path);
    const installation = await newInstallation();
    await importing(installation);
    startWorker(installation);
    await until(async () => (await seen(installation, 'all.v1')).length === 600);
    const { position } = await installation.store.append('later-1', 'no-stream', [someEvent(1)]);
    await reached(installation, position, 'mails.v1');
    expect(await seen(installation, 'mails.v1')).toEqual([(await installation.store.read('later-1'))[0]?.hash]);
  });

  it('sends nothing, although a worker runs all the time and it is interrupted', async () => {
    const log = await filled(new MemoryEventStore(), 1_600);
    await exportLog(log, path);
    const installation = await newInstallation();
    startWorker(installation);
    await until(async () => (await checkpointOf(installation.dataSource, 'mails.v1')) === null);
    await expect(importing(installation, dying(installation.store, 2))).rejects.toThrow('killed');
    await until(async () => (await seen(installation, 'all.v1')).length === 1_000);
    await until(async () =>
      (await projectionFailures(installation.dataSource)).some(({ name }) => name === 'mails.v1'),
    );
    const [failure] = await projectionFailures(installation.dataSource);
    expect(failure?.error).toContain('mails.v1 is held until the log has been imported');
    expect(await projectionLags(installation, ['mails.v1'], new Date('2030-01-02T09:01:00.000Z'))).toEqual([
      { name: 'mails.v1', seconds: 60, parked: true },
    ]);

    expect(await importing(installation)).toMatchObject({ events: 1_600, alreadyThere: 1_000 });
    expect(await eventsOf(installation.store)).toEqual(await eventsOf(log));
    const { position } = await installation.store.append('later-1', 'no-stream', [someEvent(1)]);
    await reached(installation, position, 'all.v1', 'mails.v1');
    expect((await seen(installation, 'all.v1')).length).toBe(1_601);
    expect((await seen(installation, 'mails.v1')).length).toBe(1);
    expect(await projectionFailures(installation.dataSource)).toEqual([]);
  });

  it('goes on when it is interrupted anywhere, also when the last request was stored and not answered', async () => {
    const log = await filled(new MemoryEventStore(), 1_200);
    await exportLog(log, path);
    const installation = await newInstallation();
    const { store } = installation;
    const unanswered: AppendMany = async (appends) => {
      await store.appendMany(appends);
      throw new Error('killed');
    };
    // Both the request for all and, after it, the one for the first stream are stored and not answered.
    await expect(importing(installation, intercepted(store, unanswered))).rejects.toThrow('killed');
    // A request of the process that was killed may still come to its end while the next import has begun.
    const late: AppendMany = async (appends) => {
      await store.appendMany(appends);
      return store.appendMany(appends);
    };
    expect(await importing(installation, intercepted(store, late))).toMatchObject({ alreadyThere: 500, events: 1_200 });
    expect(await eventsOf(store)).toEqual(await eventsOf(log));
  });

  it('goes into a store that takes one stream in a request, and not much of it', async () => {
    const log = await filled(new MemoryEventStore(), 300);
    for (let n = 0; n < 4; n++)
      await log.append('large-1', n === 0 ? 'no-stream' : n, [{ ...someEvent(n), data: '大'.repeat(100_000) }]);
    await exportLog(log, path);
    const installation = await newInstallation();
    const { store } = installation;
    const picky: AppendMany = async (appends) => {
      if (new Set(appends.map(({ stream }) => stream)).size > 1) throw new Error('too old');
      if (JSON.stringify(appends).length > 300_000) throw new Error('too much');
      return store.appendMany(appends);
    };
    await importing(installation, intercepted(store, picky));
    expect(await eventsOf(store)).toEqual(await eventsOf(log));
  });

  it('that is done has nothing more to do, and lets the outbox be', async () => {
    await exportLog(await filled(new MemoryEventStore(), 6), path);
    const installation = await newInstallation();
    await importing(installation);
    await installation.dataSource.query('update projection_checkpoint set position = null');
    expect(await importing(installation)).toMatchObject({ events: 6, alreadyThere: 6 });
    expect(await checkpointOf(installation.dataSource, 'mails.v1')).toBeNull();
  });

  it('stores nothing of an archive that does not hold at its very end', async () => {
    await exportLog(await filled(new MemoryEventStore(), 1_200), path);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length - 1));
    const installation = await newInstallation();
    await expect(importing(installation)).rejects.toMatchObject({ name: 'MoveRefused' });
    expect(await installation.store.head()).toBeNull();
    expect(await installation.dataSource.query('select * from projection_checkpoint')).toEqual([]);
  });

  it.each([
    [
      'an installation that is in use, even when it has the same beginning',
      async ({ store }: Installation) => {
        const log = await filled(new MemoryEventStore(), 6);
        for (const { stream, version, ...event } of (await eventsOf(log)).slice(0, 2))
          await store.append(stream, version === 1 ? 'no-stream' : version - 1, [event]);
        return log;
      },
      'すでに使われています',
    ],
    [
      'a log that has something else',
      async ({ store }: Installation) => {
        await store.append('user-1', 'no-stream', [someEvent(1)]);
        return filled(new MemoryEventStore(), 6);
      },
      'user-1/1は',
    ],
    [
      'a database with read models of another log',
      async ({ dataSource }: Installation) => {
        await dataSource.query(
          `insert into projection_checkpoint values ('all.v1', '00000000000000000007-0000000000000000001')`,
        );
        return filled(new MemoryEventStore(), 6);
      },
      '別の記録から作った',
    ],
    [
      'a database with seals of another log',
      async ({ dataSource }: Installation) => {
        const store = await filled(new MemoryEventStore(), 6);
        const key = sealKeyFromPem(newSealKeyPem());
        await sealLog({ store, dataSource, clock: () => new Date('2030-01-02T09:00:00.000Z'), key });
        return store;
      },
      '別の記録から作った',
    ],
  ])('refuses %s', async (_name, prepare, sentence) => {
    const installation = await newInstallation();
    await exportLog(await prepare(installation), path);
    const before = await eventsOf(installation.store);
    await expect(importing(installation)).rejects.toMatchObject({ ja: expect.stringContaining(sentence) });
    expect(await eventsOf(installation.store)).toEqual(before);
  });
});
