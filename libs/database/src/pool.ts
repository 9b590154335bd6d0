import { Pool } from 'pg';

/** Nest injection token for the plain `pg` pool that the event store uses. */
export const PG_POOL = Symbol('PgPool');

/** A server that is cut off says nothing: whoever waits for a connection is told after this time. */
export const CONNECT_TIMEOUT_MS = 30_000;

/** A pool whose idle clients may lose their server without taking the process down: the next query reports it. */
export const createPool = (connectionString: string, max = 10): Pool => {
  const pool = new Pool({ connectionString, max, keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  pool.on('error', (error) => console.error(`PostgreSQL connection lost: ${error.message}`));
  return pool;
};
