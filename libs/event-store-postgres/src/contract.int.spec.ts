import { eventStoreContract } from '@app/event-sourcing/testing';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { eventStoreMigrations } from './migration';
import { PostgresEventStore } from './postgres-event-store';

let db: TestDatabase;
beforeAll(async () => void (db = await createTestDatabase(eventStoreMigrations)));
afterAll(() => db.close());

eventStoreContract('PostgreSQL', () => new PostgresEventStore(db.pool));
