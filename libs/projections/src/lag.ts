import type { EventStore, LogPosition } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { projectionFailures } from './failures';
import { HELD } from './hold-projections';
import type { Checkpoint } from './projection';

/** How far a projection is behind the log. */
export type ProjectionLag = { readonly name: string; readonly seconds: number; readonly parked: boolean };

/** How far each of the named projections is behind. One that nobody has ever run, or that is held, is behind by the whole log. */
export const projectionLags = async (
  { store, dataSource }: { readonly store: EventStore; readonly dataSource: DataSource },
  names: readonly string[],
  now: Date,
): Promise<readonly ProjectionLag[]> => {
  const [checkpoints, failures] = await Promise.all([
    dataSource.query<Checkpoint[]>(
      'select name, nullif(position, $2) as position from projection_checkpoint where name = any($1)',
      [names, HELD],
    ),
    projectionFailures(dataSource),
  ]);
  return Promise.all(
    names.map(async (name) => ({
      name,
      seconds: await secondsWaited(store, checkpoints.find((each) => each.name === name)?.position ?? null, now),
      parked: failures.some((failure) => failure.name === name),
    })),
  );
};

/** How long ago the next event after a position was recorded; 0 when there is none. Reads that one event. */
export const secondsWaited = async (store: EventStore, after: LogPosition | null, now: Date): Promise<number> => {
  const [next] = await store.readAll(after, 1);
  return next ? Math.max(0, now.getTime() - Date.parse(next.metadata.recordedAt)) / 1000 : 0;
};
