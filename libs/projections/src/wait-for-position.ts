import type { LogPosition } from '@app/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

const POLL_MS = 15;

/**
 * Waits until all the projections have taken in what was written up to `position`, so that a writer can read its own write.
 * Answers false when they have not within `timeoutMs`.
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
      'select count(*)::int as reached from projection_checkpoint where name = any($1) and position >= $2',
      [wanted, position],
    );
    if (row?.reached === wanted.length) return true;
    if (performance.now() >= deadline) return false;
    await pause(POLL_MS);
  }
};
