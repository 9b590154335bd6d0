import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { migrations } from './migrations';
import { openEventStore } from './open-event-store';

describe('the log of an installation', () => {
  let db: TestDatabase;
  beforeEach(async () => void (db = await createTestDatabase(migrations)));
  afterEach(() => db.close());

  it('is in PostgreSQL when nothing else is named, and stays so', async () => {
    const settings = { eventStoreUrl: undefined, eventStorePrefix: 'kaijisho' };
    for (const _ of ['the first time', 'again'])
      expect(await (await openEventStore(settings, db.pool)).store.head()).toBe(null);
  });

  it('is not decided by one that never answered', async () => {
    const elsewhere = { eventStoreUrl: 'kurrentdb://127.0.0.1:9?tls=false', eventStorePrefix: 'clinic' };
    await expect(openEventStore(elsewhere, db.pool)).rejects.toThrow('127.0.0.1:9');
    const settings = { eventStoreUrl: undefined, eventStorePrefix: 'kaijisho' };
    expect(await (await openEventStore(settings, db.pool)).store.head()).toBe(null);
  });

  it('is not exchanged for another under read models that were made from it', async () => {
    await openEventStore({ eventStoreUrl: undefined, eventStorePrefix: 'kaijisho' }, db.pool);
    const elsewhere = { eventStoreUrl: 'kurrentdb://127.0.0.1:9', eventStorePrefix: 'clinic' };
    await expect(openEventStore(elsewhere, db.pool)).rejects.toThrow(/PostgreSQL.*KurrentDB, clinic/s);
  });
});
