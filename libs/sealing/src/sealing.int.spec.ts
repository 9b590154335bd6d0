import { hashOf, type EventStore, type StreamName } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { inclusionProof, verifyInclusion } from './merkle';
import { sealMigrations } from './migration';
import { bytesOf, headText, parseHead, sealOf } from './seal';
import { sealJob, sealLog } from './seal-job';
import { newSealKeyPem, readSealKey, sealKeyFromPem } from './seal-key';
import { sealedHead, sealsFrom } from './seal-rows';
import { verifyLog } from './verify-log';

let db: TestDatabase;
let store: EventStore;
beforeEach(async () => {
  db = await createTestDatabase([...eventStoreMigrations, ...sealMigrations]);
  store = new PostgresEventStore(db.pool);
});
afterEach(() => db.close());

const key = sealKeyFromPem(newSealKeyPem());
const clock = () => new Date('2030-01-02T09:00:00.000Z');
const sealWhatIsVisible = (signing = key, batchSize?: number) =>
  sealLog({ store, dataSource: db.dataSource, clock, key: signing }, batchSize);
/** Seals all that was written, once the log shows it: the open transaction of another spec on this server may hold it back. */
const seal = async (signing = key, batchSize?: number): Promise<number> => {
  await logShowsAll(db.dataSource);
  return sealWhatIsVisible(signing, batchSize);
};
const verify = (options: { from?: number; pinned?: { batch: number; chain: string } } = {}) =>
  verifyLog({ store, dataSource: db.dataSource, ...options });
const seals = () => sealsFrom(db.dataSource, 1, 1_000);

/** `count` events of a stream, each in a transaction of its own, after those that it has; all that was written can then be read. */
const append = async (stream: StreamName, count: number): Promise<void> => {
  const { length } = await store.read(stream);
  for (let version = length; version < length + count; version++) {
    await store.append(stream, version === 0 ? 'no-stream' : version, [someEvent(version + 1)]);
  }
  await logShowsAll(db.dataSource);
};

describe('sealing', () => {
  it('vouches for every event once, batch by batch, and for nothing again', async () => {
    await append('count-a', 5);
    expect(await seal(key, 2)).toBe(3);
    expect(await seal(key, 2)).toBe(0);
    await append('count-b', 1);
    expect(await seal(key, 2)).toBe(1);

    const made = await seals();
    expect(made.map(({ batch, size }) => [batch, size])).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
      [4, 1],
    ]);
    const log = await store.readAll(null, 10);
    expect(made.flatMap(({ leaves }) => leaves)).toEqual(log.map(({ hash }) => hash));
    const leaves = (made[1]?.leaves ?? []).map(bytesOf);
    const proof = inclusionProof(leaves, 1);
    const claim = { leaf: bytesOf(log[3]!.hash), index: 1, size: 2, proof, root: bytesOf(made[1]!.root) };
    expect(verifyInclusion(claim)).toBe(true);
    expect(await sealedHead(db.dataSource)).toEqual({
      batch: 4,
      chain: made[3]?.chain,
      last: log[5]?.position,
      keyId: key.id,
      sealedAt: '2030-01-02T09:00:00.000Z',
      events: 6,
    });
    expect(await verify()).toMatchObject({
      finding: null,
      events: 6,
      unsealed: 0,
      streams: 2,
      seals: 4,
      head: { batch: 4, chain: made[3]?.chain },
      keys: [{ id: key.id, firstSeal: 1, lastSeal: 4 }],
    });
  });

  it('makes nothing of an empty log', async () => {
    expect(await seal()).toBe(0);
    expect(await sealedHead(db.dataSource)).toBeNull();
    expect(await verify()).toMatchObject({ finding: null, events: 0, seals: 0, head: null });
  });

  it('makes one chain, however many seal at once while others write', async () => {
    await append('count-d', 1);
    await seal();
    const jobs = [1, 2, 3, 4].map(() => {
      const { jobs } = sealJob({ store: new PostgresEventStore(db.pool), dataSource: db.dataSource, clock, key });
      return jobs[0];
    });
    const writing = Promise.all(['count-a', 'count-b', 'count-c'].map((name) => append(name as StreamName, 15)));
    let done = false;
    void writing.finally(() => (done = true));
    while (!done) await Promise.all(jobs.map((job) => job?.run('log.seal', async () => {})));
    await writing;
    await seal();
    expect(await verify()).toMatchObject({ finding: null, events: 46, unsealed: 0, streams: 4 });
    const made = await seals();
    expect(made.length).toBeGreaterThan(1);
    expect(made.reduce((events, { size }) => events + size, 0)).toBe(46);
  });

  it('leaves alone what a running transaction may still precede', async () => {
    await append('count-a', 1);
    const early = db.dataSource.createQueryRunner();
    await early.startTransaction();
    await early.query('select pg_current_xact_id()');
    await store.append('count-a', 1, [someEvent(2)]);
    await sealWhatIsVisible();
    expect((await seals()).map(({ size }) => size)).toEqual([1]);
    await early.commitTransaction();
    await early.release();
    await seal();
    expect((await seals()).map(({ size }) => size)).toEqual([1, 1]);
  });

  it('goes on with another key, and what the old one has signed holds', async () => {
    const next = sealKeyFromPem(newSealKeyPem());
    await append('count-a', 2);
    await seal(key, 1);
    await append('count-a', 2);
    await seal(next, 1);
    expect(await verify()).toMatchObject({
      finding: null,
      seals: 4,
      keys: [
        { id: key.id, firstSeal: 1, lastSeal: 2 },
        { id: next.id, firstSeal: 3, lastSeal: 4 },
      ],
    });
  });

  it('keeps its seals and keys even from the owner of the tables', async () => {
    await append('count-a', 1);
    await seal();
    for (const table of ['seals', 'seal_key']) {
      for (const change of [`delete from ${table}`, `truncate ${table} cascade`]) {
        await expect(db.asOwner(change)).rejects.toThrow('never changed and never removed');
      }
    }
    await expect(db.asOwner('update seals set size = 1')).rejects.toThrow('never changed');
  });
});

describe('verifying', () => {
  it('says of events without a seal that their chains hold', async () => {
    await append('count-a', 2);
    await seal();
    await append('count-a', 1);
    await append('count-b', 1);
    expect(await verify()).toMatchObject({ finding: null, events: 4, unsealed: 2, seals: 1 });
  });

  it('begins with a given seal, and still follows the streams that began before it', async () => {
    await append('count-a', 2);
    await append('count-b', 1);
    await seal();
    await append('count-a', 1);
    await seal();
    await append('count-b', 1);
    const [first, second] = await seals();
    expect(await verify({ from: 2 })).toMatchObject({ finding: null, events: 2, seals: 1, unsealed: 1 });
    expect(await verify({ from: 3 })).toMatchObject({ finding: null, events: 1, seals: 0, unsealed: 1 });
    await expect(verify({ from: 4 })).rejects.toThrow('There is no seal 3');
    expect(await verify({ from: 2, pinned: first! })).toMatchObject({ finding: null });
    expect(await verify({ from: 2, pinned: { batch: 1, chain: second!.chain } })).toMatchObject({
      finding: { type: 'SealReplaced', seal: 1 },
    });
  });

  it('tells how far it is', async () => {
    await store.append(
      'count-a',
      'no-stream',
      Array.from({ length: 1_200 }, (_, n) => someEvent(n)),
    );
    await seal();
    const seen: number[] = [];
    await verifyLog({ store, dataSource: db.dataSource, onProgress: ({ events }) => seen.push(events) });
    expect(seen).toEqual([1_000, 1_200]);
  });
});

/** As only a superuser can: behind the back of the triggers that protect the log and its seals. */
const tamper = async (...statements: readonly string[]): Promise<void> => {
  const tables = ['events', 'seals', 'seal_key'];
  for (const table of tables) await db.asOwner(`alter table ${table} disable trigger user`);
  for (const statement of statements) expect(((await db.asOwner(statement)) as [unknown, number])?.[1]).not.toBe(0);
  for (const table of tables) await db.asOwner(`alter table ${table} enable trigger user`);
};

/** Gives the events of a stream the hashes that belong to what they say now. */
const rehash = async (stream: StreamName): Promise<void> => {
  let previous: string | null = null;
  for (const event of await store.read(stream)) {
    previous = hashOf(previous, event);
    await tamper(
      `update events set hash = decode('${previous}', 'hex') where stream = '${stream}' and version = ${event.version}`,
    );
  }
};

const at = (stream: string, version: number) => `stream = '${stream}' and version = ${version}`;
const swapPlaces = (one: string, other: string) =>
  `update events set tx = case when ${one} then (select tx from events where ${other}) else (select tx from events where ${one}) end
    where (${one}) or (${other})`;
const rename = (one: string, other: string) => [
  `update events set stream = 'count-between' where stream = '${one}'`,
  `update events set stream = '${one}' where stream = '${other}'`,
  `update events set stream = '${other}' where stream = 'count-between'`,
];
/** A stream of one event whose own chain is sound, in the place of the log that is asked for. */
const forge = async (tx: string): Promise<void> => {
  await append('count-forged', 1);
  await tamper(`update events set tx = ${tx} where stream = 'count-forged'`);
};

describe('tampering', () => {
  // a1 a2 b1 | a3 b2 b3 | c1 a4 | then without a seal: a5 b4
  beforeEach(async () => {
    await append('count-a', 2);
    await append('count-b', 1);
    await seal();
    await append('count-a', 1);
    await append('count-b', 2);
    await seal();
    await append('count-c', 1);
    await append('count-a', 1);
    await seal();
    await append('count-a', 1);
    await append('count-b', 1);
    expect(await verify()).toMatchObject({ finding: null, events: 10, seals: 3, unsealed: 2 });
  });

  const expectFinding = async (type: string, seal: number | null, event: string | null, pinned?: string) => {
    const head = pinned === undefined ? null : parseHead(pinned);
    const { finding } = await verify(head ? { pinned: head } : {});
    expect([
      finding?.type,
      finding?.seal,
      finding?.event && `${finding.event.stream}/${finding.event.version}`,
    ]).toEqual([type, seal, event]);
    expect(finding?.ja).toMatch(/。$/);
    expect(finding?.en).toMatch(/\.$/);
  };

  describe('with an event', () => {
    it.each([
      ['data', `'{"n": 99}'`],
      ['metadata', `'{"n": 99}'`],
      ['type', `'Uncounted'`],
      ['schema_version', '2'],
      ['id', 'gen_random_uuid()'],
    ])('is found when its %s is changed', async (column, value) => {
      await tamper(`update events set ${column} = ${value} where ${at('count-b', 2)}`);
      await expectFinding('EventChanged', 2, 'count-b/2');
    });

    it('is found when it is changed and every hash after it made to fit', async () => {
      await tamper(`update events set data = '{"n": 99}' where ${at('count-a', 3)}`);
      await rehash('count-a');
      await expectFinding('EventChanged', 2, 'count-a/3');
    });

    it('is found when its number in the stream is changed', async () => {
      await tamper(`update events set version = 9 where ${at('count-b', 3)}`);
      await expectFinding('EventChanged', 2, 'count-b/9');
    });

    it('is found when only its hash is changed', async () => {
      await tamper(`update events set hash = sha256('other') where ${at('count-b', 2)}`);
      await expectFinding('StreamChainBroken', 2, 'count-b/2');
    });

    it('is found when no seal vouches for it yet', async () => {
      await tamper(`update events set data = '{"n": 99}' where ${at('count-a', 5)}`);
      await expectFinding('EventChanged', null, 'count-a/5');
    });
  });

  describe('by deleting', () => {
    it('is found, with what follows', async () => {
      await tamper(`delete from events where ${at('count-b', 2)}`);
      await expectFinding('EventDeleted', 2, 'count-b/3');
    });

    it('is found at the very beginning', async () => {
      await tamper(`delete from events where ${at('count-a', 1)}`);
      await expectFinding('EventDeleted', 1, 'count-a/2');
    });

    it('is found when a stream is gone as a whole', async () => {
      await tamper(`delete from events where stream = 'count-c'`);
      await expectFinding('EventDeleted', 3, 'count-a/4');
    });

    it('is found at the end of a stream, though its chain holds', async () => {
      await tamper(`delete from events where ${at('count-b', 4)}`, `delete from events where ${at('count-b', 3)}`);
      await expectFinding('EventDeleted', 2, null);
    });

    it('is found before anything is sealed, by the gap in its stream', async () => {
      await append('count-b', 1);
      await tamper(`delete from events where ${at('count-b', 4)}`);
      await expectFinding('EventDeleted', null, 'count-b/5');
    });

    it('is found when the gap was sealed with the rest', async () => {
      await append('count-b', 1);
      await tamper(`delete from events where ${at('count-b', 4)}`);
      await seal();
      await expectFinding('StreamChainBroken', 4, 'count-b/5');
    });
  });

  describe('by inserting', () => {
    it('is found between sealed events, though the chain of its stream holds', async () => {
      await forge(`(select tx from events where ${at('count-b', 2)})`);
      await expectFinding('EventInserted', 2, 'count-forged/1');
    });

    it('is found between two seals', async () => {
      await forge(`(select tx from events where ${at('count-b', 3)})`);
      await expectFinding('EventInserted', 3, 'count-forged/1');
    });

    it('is found at the very beginning', async () => {
      await forge(`'3'`);
      await expectFinding('EventInserted', 1, 'count-forged/1');
    });
  });

  describe('with the order', () => {
    it('is found when two streams have changed places', async () => {
      await tamper(swapPlaces(at('count-a', 3), at('count-b', 2)));
      await expectFinding('EventsReordered', 2, 'count-b/2');
    });

    it('is found within a stream', async () => {
      await tamper(swapPlaces(at('count-b', 2), at('count-b', 3)));
      await expectFinding('EventsReordered', 2, 'count-b/3');
    });

    it('is found across seals', async () => {
      await tamper(swapPlaces(at('count-a', 2), at('count-c', 1)));
      await expectFinding('EventsReordered', 1, 'count-c/1');
    });

    it('is found when a sealed event has moved behind the last seal', async () => {
      await tamper(
        `update events set tx = (select tx from events where ${at('count-a', 5)}) where ${at('count-c', 1)}`,
      );
      await expectFinding('EventsReordered', 3, 'count-a/4');
    });

    it('is found when the last event of a seal has moved out of it', async () => {
      await tamper(
        `update events set tx = (select tx from events where ${at('count-a', 5)}) where ${at('count-a', 4)}`,
      );
      await expectFinding('EventsReordered', 3, 'count-a/4');
    });

    it.each([
      ['first', 'count-c/1', at('count-c', 1), at('count-b', 3)],
      ['last', 'count-a/4', at('count-a', 4), at('count-c', 1)],
    ])('is found when the %s event of a seal has another position in the same order', async (_, event, one, before) => {
      await tamper(`update events set tx = (select tx from events where ${before}) where ${one}`);
      await expectFinding('EventsReordered', 3, event);
    });

    it('is found when a sealed event was put where no reader sees it yet', async () => {
      await tamper(`update events set tx = '9000000000' where ${at('count-c', 1)}`);
      await expectFinding('EventDeleted', 3, 'count-a/4');
    });

    it('is found before anything is sealed', async () => {
      await append('count-b', 1);
      await tamper(swapPlaces(at('count-b', 4), at('count-b', 5)));
      await expectFinding('EventsReordered', null, 'count-b/5');
    });
  });

  describe('by swapping two streams', () => {
    it('is found', async () => {
      await tamper(...rename('count-a', 'count-b'));
      await expectFinding('StreamsSwapped', 1, 'count-b/1');
    });

    it('is found when all their hashes are made to fit', async () => {
      await tamper(...rename('count-a', 'count-b'));
      await rehash('count-a');
      await rehash('count-b');
      await expectFinding('StreamsSwapped', 1, 'count-b/1');
    });

    it('is found when no seal vouches for them yet', async () => {
      await append('count-x', 1);
      await append('count-y', 2);
      await tamper(...rename('count-x', 'count-y'));
      await expectFinding('StreamsSwapped', null, 'count-y/1');
    });
  });

  describe('with the end of the log', () => {
    it('is found below a seal', async () => {
      await tamper(`delete from events where tx >= (select tx from events where ${at('count-a', 4)})`);
      await expectFinding('LogCut', 3, null);
    });

    it('is not found behind the last seal, because nothing vouches for it yet', async () => {
      await tamper(`delete from events where ${at('count-b', 4)}`);
      expect(await verify()).toMatchObject({ finding: null, events: 9, unsealed: 1 });
    });

    it('is found when everything is gone', async () => {
      await tamper('delete from events');
      await expectFinding('LogCut', 1, null);
    });

    const cutWithSeals = () =>
      tamper(
        `delete from events where tx >= (select tx from events where ${at('count-c', 1)})`,
        'delete from seals where batch = 3',
      );

    it('is found below the pinned head when the seals were cut with it', async () => {
      const pinned = headText((await sealedHead(db.dataSource))!);
      await cutWithSeals();
      await expectFinding('LogCut', 3, null, pinned);
      // Nothing inside the database can show it.
      expect(await verify()).toMatchObject({ finding: null, seals: 2 });
    });

    it('is found by the pinned head when something else was sealed in its place', async () => {
      const pinned = headText((await sealedHead(db.dataSource))!);
      await cutWithSeals();
      await append('count-d', 2);
      await seal();
      await expectFinding('SealReplaced', 3, null, pinned);
      expect(await verify()).toMatchObject({ finding: null, seals: 3 });
    });
  });

  describe('with a seal', () => {
    it.each([
      ['root', `root = sha256('other')`],
      ['chain', `chain = sha256('other')`],
      ['date', `sealed_at = sealed_at + interval '1 hour'`],
      ['first position', `first_position = first_position || '0'`],
      ['leaves', 'leaves = set_byte(leaves, 40, (get_byte(leaves, 40) + 1) % 256)'],
    ])('is found in its %s', async (_, change) => {
      await tamper(`update seals set ${change} where batch = 2`);
      await expectFinding('SealReplaced', 2, null);
    });

    it('is found in its signature', async () => {
      await tamper(
        'update seals set signature = set_byte(signature, 5, (get_byte(signature, 5) + 1) % 256) where batch = 2',
      );
      await expectFinding('BadSignature', 2, null);
    });

    it('is found when one is added, even by the true key, over events that are not there', async () => {
      const last = (await seals()).at(-1)!;
      const [newest] = await store.readAll(last.last, 1);
      const forged = sealOf(last, [{ ...newest!, hash: 'a3'.repeat(32) }], key, clock());
      await tamper(
        `insert into seals (batch, first_position, last_position, size, root, previous, chain, signature, key_id, sealed_at, leaves)
         values (${forged.batch}, '${forged.first}', '${forged.last}', 1, '\\x${forged.root}', '\\x${forged.previous}',
                 '\\x${forged.chain}', '\\x${forged.signature}', '\\x${forged.keyId}', '${forged.sealedAt}', '\\x${forged.leaves[0]}')`,
      );
      await expectFinding('EventChanged', 4, 'count-a/5');
    });

    it('is found when one is taken away', async () => {
      await tamper('delete from seals where batch = 2');
      await expectFinding('SealMissing', 2, null);
    });

    it('is found when one is made anew over a changed event, by a key that is not on record', async () => {
      const pinned = headText((await sealedHead(db.dataSource))!);
      const stranger = sealKeyFromPem(newSealKeyPem());
      await tamper('delete from seals where batch > 1');
      await seal(stranger);
      await tamper(`update seals set key_id = decode('${key.id}', 'hex') where batch = 2`);
      await expectFinding('SealReplaced', 2, null);
      await tamper(`update seals set key_id = decode('${stranger.id}', 'hex') where batch = 2`);
      // Whoever puts a key of their own on record is shown by the list of keys, and by a pinned head.
      expect(await verify()).toMatchObject({ finding: null, keys: [{ id: key.id }, { id: stranger.id }] });
      await expectFinding('LogCut', 3, null, pinned);
    });

    it('is found when one in the middle is made anew by the true key', async () => {
      const [, , last] = await seals();
      await tamper(
        'delete from seals where batch > 1',
        `update events set data = '{"n": 99}' where ${at('count-b', 3)}`,
      );
      await rehash('count-b');
      await seal(key, 3);
      const [, , again] = await seals();
      expect(again?.chain).not.toBe(last?.chain);
      await expectFinding('SealReplaced', 3, null, headText(last!));
    });

    it('is found by the one that follows when it is made anew, and is sound in itself', async () => {
      const [first, second] = await seals();
      const events = (await store.readAll(first!.last, 3)).slice(0, second!.size);
      const again = sealOf(first!, events, key, new Date('2030-01-02T10:00:00.000Z'));
      await tamper(
        `update seals set sealed_at = '${again.sealedAt}', chain = '\\x${again.chain}', signature = '\\x${again.signature}'
          where batch = 2`,
      );
      await expectFinding('SealReplaced', 3, null);
    });

    it('is found when another key stands under the name of its own', async () => {
      const { id, publicKey } = sealKeyFromPem(newSealKeyPem());
      await db.asOwner('alter table seal_key drop constraint seal_key_check');
      await tamper(`update seal_key set public_key = '\\x${publicKey.toString('hex')}'`);
      expect(id).not.toBe(key.id);
      await expectFinding('BadSignature', 1, null);
    });

    it('is found when its key is dated later', async () => {
      await tamper(`update seal_key set valid_from = valid_from + interval '1 hour'`);
      await expectFinding('BadSignature', 1, null);
    });
  });
});

describe('the key of an installation', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'kaijisho-key-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is the one that is given, as text or as a file', () => {
    const pem = newSealKeyPem();
    const path = join(directory, 'given.pem');
    writeFileSync(path, pem);
    const { id } = sealKeyFromPem(pem);
    expect(readSealKey({ KAIJISHO_SEAL_KEY: pem, DATA_DIR: directory })?.id).toBe(id);
    expect(readSealKey({ KAIJISHO_SEAL_KEY: path, DATA_DIR: directory })?.id).toBe(id);
    expect(readdirSync(directory)).toEqual(['given.pem']);
  });

  it('is made once where none is given, for its owner only', () => {
    const data = join(directory, 'data');
    const made = readSealKey({ DATA_DIR: data });
    expect(readSealKey({ KAIJISHO_SEAL_KEY: '', DATA_DIR: data })?.id).toBe(made?.id);
    expect(readdirSync(data)).toEqual(['seal-key.pem']);
    expect(statSync(join(data, 'seal-key.pem')).mode & 0o777).toBe(0o600);
    expect(sealKeyFromPem(readFileSync(join(data, 'seal-key.pem'), 'utf8')).id).toBe(made?.id);
  });

  it('is none where nothing is said, and a wrong one is refused without repeating it', () => {
    expect(readSealKey({})).toBeNull();
    expect(() => readSealKey({ KAIJISHO_SEAL_KEY: join(directory, 'missing.pem') })).toThrow('ENOENT');
    expect(() => readSealKey({ KAIJISHO_SEAL_KEY: '-----BEGIN secret' })).toThrow(/^(?!.*secret)KAIJISHO_SEAL_KEY/);
  });
});
