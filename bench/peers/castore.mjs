import { PostgresEventStorageAdapter } from '@castore/event-storage-adapter-postgres';
import { newEvent, newStream } from '../store/event.mjs';

const context = { eventStoreId: 'bench' };

/** castore's adapter with its defaults; its pool has ten connections too. */
export const openCastore = async (url) => {
  await PostgresEventStorageAdapter.createEventTable({
    connectionString: url,
    aggregateId: { type: 'VARCHAR', length: 64 },
  });
  const adapter = new PostgresEventStorageAdapter({ connectionString: url });
  const eventOf = (aggregateId, version) => {
    const { type, data, metadata } = newEvent();
    return { aggregateId, version, type, payload: data, metadata };
  };
  return {
    newWriter() {
      const stream = newStream();
      let version = 0;
      return () => adapter.pushEvent(eventOf(stream, ++version), context);
    },
    async fill(stream, count) {
      for (let version = 1; version <= count; version++) await adapter.pushEvent(eventOf(stream, version), context);
    },
    read: async (stream) => (await adapter.getEvents(stream, context)).events.length,
    close: () => {}, // it cannot be closed; its connections end with the process
  };
};
