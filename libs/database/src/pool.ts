import { Pool } from 'pg';

/** Nest injection token for the plain `pg` pool that the event store uses. */
export const PG_POOL = Symbol('PgPool');

/** A pool whose idle clients may lose their server without taking the process down: the next query reports it. */
export const createPool = (connectionString: string, max = 10): Pool => {
  const pool = new Pool({ connectionString, max });
  pool.on('error', (error) => console.error(`PostgreSQL connection lost: ${error.message}`));
  return pool;
};
