import { randomUUID } from 'node:crypto';
import { interleavingsContract } from '@app/event-sourcing/interleavings';
import { eventStoreContract } from '@app/event-sourcing/testing';
import { KurrentEventStore } from './kurrent-event-store';

const url = process.env['KURRENTDB_URL'];

if (!url) it.skip('KURRENTDB_URL is not set: the contract was not tried on KurrentDB', () => {});
else {
  const prefix = `spec-${randomUUID()}`;
  const opened: KurrentEventStore[] = [];
  const open = async () => {
    const store = await KurrentEventStore.open({ url, prefix });
    opened.push(store);
    return store;
  };
  let store: KurrentEventStore;
  let beside: KurrentEventStore;
  beforeAll(async () => void ([store, beside] = await Promise.all([open(), open()])));
  afterAll(() => Promise.all(opened.map((one) => one.close())));

  eventStoreContract('KurrentDB', () => store);
  interleavingsContract('KurrentDB', () => [store, beside], 20);
}
