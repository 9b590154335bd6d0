import type { Queryable } from '@app/database';

/**
 * Waits until the log shows all that was written before: the open transaction of anybody on the same server, such as another
 * spec's, holds its end back. For who reads the log as a whole right after writing; a log that is kept elsewhere waits for nobody.
 */
export const logShowsAll = async (database: Queryable): Promise<void> => {
  for (;;) {
    const [log] = await database.query<{ shown: boolean }[]>(
      'select not exists (select from events where tx >= pg_snapshot_xmin(pg_current_snapshot())) as shown',
    );
    if (log?.shown) return;
    await new Promise((wait) => setTimeout(wait, 20));
  }
};
