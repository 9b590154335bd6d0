import type { EventStore } from '@app/event-sourcing';
import { KurrentEventStore } from '@app/event-store-kurrent';
import { PostgresEventStore } from '@app/event-store-postgres';
import type { Pool } from 'pg';
import { followLog, refuseOtherLog } from './followed-log';
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
  const name = url === undefined ? 'PostgreSQL' : `KurrentDB, ${prefix}`;
  await refuseOtherLog(pool, name);
  const opened = await openNamed(url, prefix, pool);
  try {
    await followLog(pool, name); // only now: a log that never answered decides nothing
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
};

const openNamed = async (url: string | undefined, prefix: string, pool: Pool): Promise<OpenEventStore> => {
  if (url === undefined) return { store: await PostgresEventStore.open(pool), close: async () => {} };
  const store = await KurrentEventStore.open({ url, prefix });
  return { store, close: () => store.close() };
};
