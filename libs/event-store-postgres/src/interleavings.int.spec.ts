import { interleavingsContract } from '@app/event-sourcing/interleavings';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { eventStoreMigrations } from './migration';
import { PostgresEventStore } from './postgres-event-store';

let db: TestDatabase;
beforeAll(async () => void (db = await createTestDatabase(eventStoreMigrations)));
afterAll(() => db.close());

interleavingsContract('PostgreSQL', () => [new PostgresEventStore(db.pool), new PostgresEventStore(db.pool)], 40);
