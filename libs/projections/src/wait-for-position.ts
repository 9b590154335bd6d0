import type { LogPosition } from '@app/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

const POLL_MS = 15;

/**
 * Waits until all the projections have taken in what was written up to `position`, so that a writer can read its own write.
 * Answers false when they have not within `timeoutMs`. One that is parked is not waited for: what it shows is old, and
 * the log and `projection_failure` say so, but it must not hold up what the others show.
 */
export const waitForPosition = async (
  dataSource: DataSource,
  names: readonly string[],
  position: LogPosition,
  timeoutMs: number,
): Promise<boolean> => {
  const wanted = [...new Set(names)];
  for (const deadline = performance.now() + timeoutMs; ;) {
    const [row] = await dataSource.query<{ reached: number }[]>(
      `select count(*)::int as reached from unnest($1::text[]) as wanted (name)
        where exists (select from projection_checkpoint c where c.name = wanted.name and c.position >= $2)
           or exists (select from projection_failure f where f.name = wanted.name)`,
      [wanted, position],
    );
    if (row?.reached === wanted.length) return true;
    if (performance.now() >= deadline) return false;
    await pause(POLL_MS);
  }
};
