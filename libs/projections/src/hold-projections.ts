import type { LogPosition } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';

/**
 * Stands where a checkpoint stands, and is no position: no runner can move it, in whatever process it runs. It comes before
 * all positions, so that who waits for one goes on waiting.
 */
export const HELD: LogPosition = '(held)';

/** Keeps the projections from taking in anything until they are released, also after a crash. */
export const holdProjections = async (dataSource: DataSource, names: readonly string[]): Promise<void> => {
  await dataSource.query(
    `insert into projection_checkpoint (name, position) select unnest($1::text[]), $2
     on conflict (name) do update set position = excluded.position`,
    [names, HELD],
  );
};

/** Whether any of the projections is held. */
export const areHeld = async (dataSource: DataSource, names: readonly string[]): Promise<boolean> => {
  const held = await dataSource.query<unknown[]>(
    'select from projection_checkpoint where name = any($1) and position = $2',
    [names, HELD],
  );
  return held.length > 0;
};

/** Lets the projections go on behind `position`, which they will never take in; null: from the beginning. */
export const releaseProjections = async (
  dataSource: DataSource,
  names: readonly string[],
  position: LogPosition | null,
): Promise<void> => {
  await dataSource.transaction(async (tx) => {
    await tx.query('update projection_checkpoint set position = $2 where name = any($1)', [names, position]);
    await tx.query('delete from projection_failure where name = any($1)', [names]);
  });
};

/** Whether any projection has taken in an event. */
export const haveBegun = async (dataSource: DataSource): Promise<boolean> => {
  const begun = await dataSource.query<unknown[]>(
    'select from projection_checkpoint where position is not null limit 1',
  );
  return begun.length > 0;
};
