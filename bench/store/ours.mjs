import { built } from '../measure.mjs';
import { newEvent, newEvents, newStream } from './event.mjs';

const { createPool } = await built('database');
const { PostgresEventStore } = await built('event-store-postgres');

/** The product's own store, as the product opens it: with a pool of ten. */
export const openOurs = async (url) => {
  const pool = createPool(url);
  const store = new PostgresEventStore(pool);
  const append = (stream, version, events) => store.append(stream, version === 0 ? 'no-stream' : version, events);
  return {
    store,
    append,
    newWriter() {
      const stream = newStream();
      let version = 0;
      return async () => void (version = (await append(stream, version, [newEvent()])).version);
    },
    async fill(stream, count) {
      for (let version = 0; version < count; version += 500) await append(stream, version, newEvents(500));
    },
    read: async (stream) => (await store.read(stream)).length,
    readVerified: async (stream) => (await store.readVerified(stream)).length,
    close: () => pool.end(),
  };
};
