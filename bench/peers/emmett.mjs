import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, pongoSingleStreamProjection } from '@event-driven-io/emmett-postgresql';
import { newEvent, newEvents, newStream } from '../store/event.mjs';

const messageOf = ({ id, type, data, metadata }) => ({ type, data, metadata: { ...metadata, messageId: id } });

/** emmett-postgresql with its defaults: it makes its own schema, and its pool has ten connections too. */
export const openEmmett = async (url) => {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  const append = (stream, version, events) =>
    store.appendToStream(stream, events.map(messageOf), {
      expectedStreamVersion: version === 0 ? STREAM_DOES_NOT_EXIST : BigInt(version),
    });
  return {
    append,
    newWriter() {
      const stream = newStream();
      let version = 0;
      return async () => void (version = (await append(stream, version, [newEvent()])).nextExpectedStreamVersion);
    },
    async fill(stream, count) {
      for (let version = 0; version < count; version += 500) await append(stream, version, newEvents(500));
    },
    read: async (stream) => (await store.readStream(stream)).events.length,

    /** Its own consumer folds a document per stream, from the first event to the `count`th. */
    async project(collectionName, count) {
      const projection = pongoSingleStreamProjection({
        collectionName,
        canHandle: ['ItemRevised'],
        evolve: (document, { data }) => ({ itemKey: data.itemKey, events: (document?.events ?? 0) + 1 }),
      });
      const consumer = store.consumer();
      let events = 0;
      consumer.projector({ projection, stopAfter: () => ++events === count });
      await consumer.start();
      if (events < count) throw new Error(`emmett's consumer ended after ${events} of ${count} events`);
    },

    /** Its own consumer tells the id of each event that it sees while `work` lasts. */
    async follow(processorId, onEvent, work) {
      const consumer = store.consumer();
      consumer.reactor({ processorId, eachMessage: async ({ metadata }) => void onEvent(metadata.messageId) });
      const running = consumer.start();
      await work();
      await consumer.stop();
      await running;
    },
    close: () => store.close(),
  };
};
