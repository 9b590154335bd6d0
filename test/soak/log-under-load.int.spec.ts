import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { logUnderLoad } from './log-under-load';
import { minutes, report } from './soak';

const milliseconds = minutes === undefined ? 10_000 : minutes * 60_000;

describe('subscribers of a log that sixteen write to, some of them rolling back, some with early transaction ids', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await createTestDatabase(eventStoreMigrations)));
  afterAll(() => db.close());

  it(
    'miss nothing, are given nothing twice, and everything in order, wherever they began',
    async () => {
      const outcome = await logUnderLoad({
        databaseUrl: db.url,
        milliseconds,
        open: (pool) => new PostgresEventStore(pool),
        onProgress: (events, seconds) => report({ soak: 'log', events, seconds: Math.round(seconds) }),
      });
      report({ soak: 'log', ...outcome });
      const { subscribers, events, rolledBack, earlyTransactions, conflicts } = outcome;
      expect(subscribers).toEqual(
        subscribers.map(({ name, seen }) => ({ name, seen, missed: 0, repeated: 0, outOfOrder: 0, sameAsLog: true })),
      );
      // It was as hard as it is meant to be.
      expect(subscribers).toHaveLength(5);
      for (const { seen } of subscribers) expect(seen).toBeGreaterThan(0);
      expect(Math.min(events, rolledBack, earlyTransactions, conflicts)).toBeGreaterThan(0);
    },
    milliseconds * 2 + 120_000,
  );
});
