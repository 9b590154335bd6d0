import type { EventStore, NewEvent, StreamName } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { KurrentEventStore } from '@app/event-store-kurrent';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { projectionMigrations } from '@app/projections';
import { sealMigrations, verifyLog } from '@app/sealing';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { exportLog } from './export-log';
import { importLog } from './import-log';

const url = process.env['KURRENTDB_URL'];

if (!url) it.skip('KURRENTDB_URL is not set: the round trip by way of KurrentDB was not tried', () => {});
else {
  describe('a log that goes from PostgreSQL to KurrentDB and back', () => {
    let folder: string;
    let databases: readonly TestDatabase[];
    let kurrent: KurrentEventStore;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'kaijisho-archive-'));
      const migrations = [...eventStoreMigrations, ...projectionMigrations, ...sealMigrations];
      databases = await Promise.all([1, 2, 3].map(() => createTestDatabase(migrations)));
      kurrent = await KurrentEventStore.open({ url, prefix: `spec-${randomUUID()}` });
    });
    afterAll(async () => {
      await kurrent?.close();
      await Promise.all((databases ?? []).map(({ close }) => close()));
      await rm(folder, { recursive: true, force: true });
    });

    it('ends in equal hashes, although it is interrupted on the way', async () => {
      const [from, beside, to] = databases as [TestDatabase, TestDatabase, TestDatabase];
      const store = new PostgresEventStore(from.pool);
      const versions = new Map<StreamName, number>();
      const append = async (stream: StreamName, ...events: readonly NewEvent[]) => {
        const { version } = await store.append(stream, versions.get(stream) ?? 'no-stream', events);
        versions.set(stream, version);
      };
      // Streams that take turns, a long run of one, and events that together are more than a server takes in one request.
      for (let n = 0; n < 300; n++) await append(`count-${n % 7}`, someEvent(n), someEvent(-n));
      await append('run-1', ...Array.from({ length: 700 }, (_, n) => someEvent(n)));
      const large = (n: number) => ({ ...someEvent(n), data: { text: '開示書'.repeat(30_000) } });
      for (let n = 0; n < 6; n++) await append(`large-${n % 2}`, large(n), large(n));

      await logShowsAll(from.dataSource);
      const written = await exportLog(store, join(folder, '1.jsonl.zst'));
      const there = { store: kurrent, dataSource: beside.dataSource, outbox: ['mails.v1'] };
      let requests = 2;
      const dying: EventStore = Object.assign(Object.create(kurrent) as EventStore, {
        appendMany: () => Promise.reject(new Error('killed')),
        append: (...append: Parameters<EventStore['append']>) =>
          requests-- > 0 ? kurrent.append(...append) : Promise.reject(new Error('killed')),
      });
      const path = join(folder, '1.jsonl.zst');
      await expect(importLog({ ...there, store: dying, path })).rejects.toThrow('killed');
      expect(await importLog({ ...there, path })).toMatchObject({ events: 1_312, alreadyThere: 4 });
      expect(await verifyLog(there)).toMatchObject({ events: 1_312, finding: null });

      const back = join(folder, '2.jsonl.zst');
      expect(await exportLog(kurrent, back)).toMatchObject({ events: 1_312, sha256: written.sha256 });
      const home = { store: new PostgresEventStore(to.pool), dataSource: to.dataSource, outbox: ['mails.v1'] };
      expect(await importLog({ ...home, path: back })).toMatchObject({ sha256: written.sha256 });
      const hashes = async (log: EventStore) =>
        (await log.readAll(null, 2_000)).map(({ stream, version, hash }) => [stream, version, hash]);
      expect(await hashes(home.store)).toEqual(await hashes(store));
      expect(await hashes(kurrent)).toEqual(await hashes(store));
    });
  });
}
