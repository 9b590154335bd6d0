import type { EventStore } from '@app/event-sourcing';
import { KurrentEventStore } from '@app/event-store-kurrent';
import { PostgresEventStore } from '@app/event-store-postgres';
import type { Pool } from 'pg';
import { followLog } from './followed-log';
import type { Settings } from './settings';

export type OpenEventStore = { readonly store: EventStore; readonly close: () => Promise<void> };

/**
 * The log that the settings name: on KurrentDB when there is an `EVENT_STORE_URL`, else in PostgreSQL.
 * @throws Error that says what to do, when no server answers, when the database was made from another log, or its log is of another server
 */
export const openEventStore = async (
  { eventStoreUrl: url, eventStorePrefix: prefix }: Pick<Settings, 'eventStoreUrl' | 'eventStorePrefix'>,
  pool: Pool,
): Promise<OpenEventStore> => {
  await followLog(pool, url === undefined ? 'PostgreSQL' : `KurrentDB, ${prefix}`);
  if (url === undefined) return { store: await PostgresEventStore.open(pool), close: async () => {} };
  const store = await KurrentEventStore.open({ url, prefix });
  return { store, close: () => store.close() };
};
