import type { EventStore, LogPosition } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { advance, checkpointOf, CheckpointMoved } from './advance';
import type { Projection } from './projection';

const BATCH_SIZE = 500;

/** How far a rebuild has come: events taken in so far, and the position of the last. */
export type RebuildProgress = { readonly name: string; readonly events: number; readonly position: LogPosition };

/**
 * Empties a projection and fills it again from the beginning, in batches, until it has caught up with the log.
 * It may be read meanwhile (and is then incomplete), and a running worker simply helps.
 *
 * @throws what the projection throws; it stands then before the failing batch, and the worker goes on trying
 */
export const rebuildProjection = async (
  { store, dataSource }: { readonly store: EventStore; readonly dataSource: DataSource },
  projection: Projection,
  onProgress: (progress: RebuildProgress) => void = () => {},
): Promise<void> => {
  await checkpointOf(dataSource, projection.name);
  await dataSource.transaction(async (tx) => {
    await tx.query('update projection_checkpoint set position = null where name = $1', [projection.name]);
    await tx.query('delete from projection_failure where name = $1', [projection.name]);
    await projection.clear(tx);
  });

  for (let events = 0; ;) {
    const after = await checkpointOf(dataSource, projection.name);
    const batch = await store.readAll(after, BATCH_SIZE);
    const last = batch.at(-1);
    if (!last) return;
    try {
      await advance(dataSource, projection, after, batch);
      events += batch.length;
      onProgress({ name: projection.name, events, position: last.position });
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
    }
  }
};
