import type { EventStore, LogPosition, StoredEvent } from '@app/event-sourcing';
import type { DataSource, EntityManager } from 'typeorm';
import { applyAll, checkpointOf } from './advance';
import type { Checkpoint, Projection } from './projection';

const BATCH_SIZE = 500;

/**
 * Fills each projection again from the log, up to where it stands, and compares what comes out with what is there.
 * Answers the names that differ. Nothing is changed: it happens in a transaction per projection that is rolled back.
 *
 * While such a transaction runs, no projection moves on, because readers of the log wait for transactions that are
 * older than an event. Projections without a digest are left out; `checkable` tells which are not.
 */
export const checkProjections = async ({
  store,
  dataSource,
  projections,
}: {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly projections: readonly Projection[];
}): Promise<readonly string[]> => {
  const different: string[] = [];
  for (const projection of projections.filter(checkable)) {
    await checkpointOf(dataSource, projection.name);
    if (!(await isReproducible(store, dataSource, projection))) different.push(projection.name);
  }
  return different;
};

type Checkable = Projection & Required<Pick<Projection, 'digest'>>;

export const checkable = (projection: Projection): projection is Checkable => projection.digest !== undefined;

const isReproducible = async (store: EventStore, dataSource: DataSource, projection: Checkable): Promise<boolean> => {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    const tx = runner.manager;
    // Holding the checkpoint keeps everybody else from moving the rows.
    const [checkpoint] = await tx.query<Checkpoint[]>(
      'select position from projection_checkpoint where name = $1 for update',
      [projection.name],
    );
    const live = await projection.digest(tx);
    await projection.clear(tx);
    await replay(store, projection, tx, checkpoint?.position ?? null);
    return (await projection.digest(tx)) === live;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
};

const replay = async (
  store: EventStore,
  projection: Projection,
  tx: EntityManager,
  until: LogPosition | null,
): Promise<void> => {
  if (until === null) return;
  for (let after: LogPosition | null = null; after === null || after < until;) {
    const batch: readonly StoredEvent[] = (await store.readAll(after, BATCH_SIZE)).filter(
      ({ position }) => position <= until,
    );
    const last: StoredEvent | undefined = batch.at(-1);
    if (!last) throw new Error(`${projection.name} stands at ${until}, which the log does not have`);
    await applyAll(projection, batch, tx);
    after = last.position;
  }
};
