import type { LogPosition, StoredEvent } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { HELD } from './hold-projections';
import type { Checkpoint, Projection } from './projection';

/**
 * How long the server waits for a word from a process that stands still or cannot be reached, before it ends its session:
 * that gives up what it was elected for, and rolls back what it was in the middle of.
 */
export const LEASE_MS = 15_000;

/** The checkpoint is not where the events begin: another runner or a rebuild has moved it. Read again from where it is. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

/**
 * Applies the events that follow `after`, and moves the checkpoint, in one transaction: all of it or nothing, and each
 * event once, however many runners try. The checkpoint is moved first, so that the second of two waits for the first.
 *
 * @throws CheckpointMoved when the checkpoint does not stand at `after`
 */
export const advance = (
  dataSource: DataSource,
  projection: Projection,
  after: LogPosition | null,
  events: readonly StoredEvent[],
  leaseMs = LEASE_MS,
): Promise<void> =>
  dataSource.transaction(async (tx) => {
    const last = events.at(-1);
    if (!last) return;
    const moved = await tx.query(
      `with moved as (
         update projection_checkpoint set position = $3
          where name = $1 and position is not distinct from $2 returning name)
       select name, set_config('idle_in_transaction_session_timeout', $4, true) from moved`,
      [projection.name, after, last.position, String(leaseMs)],
    );
    if (moved.length === 0) throw new CheckpointMoved(`${projection.name} does not stand at ${after}`);
    await projection.apply(events, tx);
  });

/**
 * Where a projection stands; it is entered in the table of checkpoints when it is new.
 * @throws Error while it is held
 */
export const checkpointOf = async (dataSource: DataSource, name: string): Promise<LogPosition | null> => {
  await dataSource.query('insert into projection_checkpoint (name) values ($1) on conflict do nothing', [name]);
  const [row] = await dataSource.query<Checkpoint[]>('select position from projection_checkpoint where name = $1', [
    name,
  ]);
  if (row?.position === HELD) throw new Error(`${name} is held until the log has been imported`);
  return row?.position ?? null;
};
