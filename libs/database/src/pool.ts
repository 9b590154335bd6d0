import { Client, Pool, type ClientConfig } from 'pg';

/** Nest injection token for the plain `pg` pool that the event store uses. */
export const PG_POOL = Symbol('PgPool');

/** A server that is cut off says nothing: whoever waits for a connection is told after this time. */
export const CONNECT_TIMEOUT_MS = 30_000;

/**
 * A connection that may lose its server at any time without taking the process down: its query, or the next one, reports it. A pool
 * listens only while nobody has the connection, and whoever is given it listens a moment later; the end of the server may come between.
 */
export class LosableClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}

/** A pool whose idle clients may lose their server without taking the process down: the next query reports it. */
export const createPool = (connectionString: string, max = 10): Pool => {
  const pool = new Pool({
    ...{ connectionString, max, keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS },
    Client: LosableClient,
  });
  pool.on('error', (error) => console.error(`PostgreSQL connection lost: ${error.message}`));
  return pool;
};
