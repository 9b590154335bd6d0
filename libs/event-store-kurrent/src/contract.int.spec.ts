import { randomUUID } from 'node:crypto';
import { interleavingsContract } from '@app/event-sourcing/interleavings';
import { eventStoreContract } from '@app/event-sourcing/testing';
import { KurrentEventStore } from './kurrent-event-store';

const url = process.env['KURRENTDB_URL'];

if (!url) it.skip('KURRENTDB_URL is not set: the contract was not tried on KurrentDB', () => {});
else {
  const prefix = `spec-${randomUUID()}`;
  const opened: KurrentEventStore[] = [];
  const open = async (log?: (message: string) => void) => {
    const store = await KurrentEventStore.open({ url, prefix, ...(log && { log }) });
    opened.push(store);
    return store;
  };
  let store: KurrentEventStore;
  let beside: KurrentEventStore;
  beforeAll(async () => void ([store, beside] = await Promise.all([open(), open()])));
  afterAll(() => Promise.all(opened.map((one) => one.close())));

  eventStoreContract('KurrentDB', () => store);
  interleavingsContract('KurrentDB', () => [store, beside], 20);

  it('answers both when the same is appended twice at once, though the server lets one wait, and does not call it lost', async () => {
    const said: string[] = [];
    const one = await open((message) => said.push(message));
    const metadata = {
      actor: { id: 'a', name: 'a' },
      recordedAt: '2030-01-02T00:00:00.000Z',
      correlationId: 'c',
      causationId: 'c',
    };
    for (let round = 0; round < 5; round++) {
      const stream = `twice-${randomUUID()}` as const;
      const events = [{ id: randomUUID(), type: 'Happened', schemaVersion: 1, data: { round }, metadata }];
      const [first, second] = await Promise.all([
        one.append(stream, 'no-stream', events),
        one.append(stream, 'no-stream', events),
      ]);
      expect(second).toEqual(first);
      expect(await one.read(stream)).toHaveLength(1);
    }
    expect(said).toEqual([]);
  });
}
