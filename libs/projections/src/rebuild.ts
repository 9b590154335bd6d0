import { logBatches, type EventStore, type LogPosition } from '@app/event-sourcing';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { checkpointOf } from './advance';
import type { Checkpoint, ReadModel, Rows } from './projection';

type Database = { readonly store: EventStore; readonly dataSource: DataSource };

/** How far a reading of the log has come: events so far, and the position of the last. */
export type RebuildProgress = { readonly events: number; readonly position: LogPosition };
type OnProgress = (progress: RebuildProgress) => void;

/**
 * Makes read models anew from the whole log, which is read once for all of them, beside the live ones; when one has caught
 * up it takes the place of its live rows in one transaction. Until then everybody reads the live rows, a worker goes on
 * applying events to them, and a rebuild that fails or is killed leaves nothing behind.
 *
 * @throws Error, with the cause, when a read model cannot take in what the log has
 */
export const rebuildReadModels = (
  database: Database,
  readModels: readonly ReadModel[],
  onProgress: OnProgress = () => {},
): Promise<void> =>
  beside(database, readModels, async (copy, live) => {
    const end = await copy.fill(readModels, { after: null, onProgress });
    for (const model of readModels) {
      await live(model, async (tx, checkpoint, schema) => {
        const position = await copy.fill([model], { after: end, until: checkpoint });
        for (const { table, where } of model.rows) {
          await tx.query(`delete from ${schema}.${table} where ${where ?? true}`);
          await tx.query(`insert into ${schema}.${table} select * from pg_temp.${table} where ${where ?? true}`);
        }
        await tx.query('update projection_checkpoint set position = $2 where name = $1', [model.name, position]);
        await tx.query('delete from projection_failure where name = $1', [model.name]);
      });
    }
  });

/**
 * Makes read models anew up to where each of them stands, and compares what comes out with what is there, byte for byte.
 * Answers the names that differ. Nothing is changed.
 */
export const checkReadModels = (
  database: Database,
  readModels: readonly ReadModel[],
  onProgress: OnProgress = () => {},
): Promise<readonly string[]> =>
  beside(database, readModels, async (copy, live) => {
    const checkpoints = await Promise.all(readModels.map(({ name }) => checkpointOf(database.dataSource, name)));
    const until = checkpoints.reduce(
      (a, b) => (a === null || b === null ? null : a < b ? a : b),
      checkpoints[0] ?? null,
    );
    const shared = await copy.fill(readModels, { after: null, until, onProgress });
    const different: string[] = [];
    for (const [index, model] of readModels.entries()) {
      // What another one's standing still has left to do is done before anybody is kept waiting.
      const after = await copy.fill([model], { after: shared, until: checkpoints[index] ?? null });
      await live(model, async (tx, checkpoint, schema) => {
        await copy.fill([model], { after, until: checkpoint });
        const same = (await digestOf(tx, schema, model.rows)) === (await digestOf(tx, 'pg_temp', model.rows));
        if (!same) different.push(model.name);
      });
    }
    return different;
  });

type Copy = {
  /**
   * Takes the log into the copies of some, from `after` to `until` (null: nothing at all; left out: the end of the log).
   * Answers where they stand then: further than `until` when they were.
   */
  readonly fill: (
    readModels: readonly ReadModel[],
    reach: {
      readonly after: LogPosition | null;
      readonly until?: LogPosition | null;
      readonly onProgress?: OnProgress;
    },
  ) => Promise<LogPosition | null>;
};

/** Lends the live rows of a read model and where they stand, in a transaction that keeps everybody else from moving them. */
type Live = (
  model: ReadModel,
  work: (tx: EntityManager, checkpoint: LogPosition | null, schema: string) => Promise<void>,
) => Promise<void>;

/**
 * Lends empty copies of the tables that the read models fill. They are temporary tables, so they bear the same names, one
 * connection alone sees them, they write no log of their own, and they are gone when that connection is.
 */
const beside = async <T>(
  { store, dataSource }: Database,
  readModels: readonly ReadModel[],
  work: (copy: Copy, live: Live) => Promise<T>,
): Promise<T> => {
  const runner: QueryRunner = dataSource.createQueryRunner();
  const tx = runner.manager;
  try {
    const [{ schema } = { schema: 'public' }] = await tx.query<{ schema: string }[]>(
      'select quote_ident(current_schema()) as schema',
    );
    for (const table of new Set(readModels.flatMap(({ rows }) => rows.map((each) => each.table)))) {
      await tx.query(`create temporary table ${table} (like ${schema}.${table} including all)`);
    }

    const fill: Copy['fill'] = async (models, { after, until, onProgress }) => {
      let [at, events] = [after, 0];
      const isThere = () => until === null || (until !== undefined && at !== null && at >= until);
      if (isThere()) return at;
      for await (const batch of logBatches(store, at)) {
        const wanted = until === undefined ? batch : batch.filter(({ position }) => position <= (until ?? ''));
        for (const model of models) {
          await model.apply(wanted, tx).catch((cause: unknown) => {
            const range = `${batch[0].position} … ${batch.at(-1)?.position}`;
            throw new Error(`${model.name} cannot take in all of ${range}: ${String(cause)}`, { cause });
          });
        }
        at = wanted.at(-1)?.position ?? at;
        events += wanted.length;
        if (at !== null) onProgress?.({ events, position: at });
        if (isThere()) return at;
      }
      if (until !== undefined) throw new Error(`A read model stands at ${until}, which the log does not have`);
      return at;
    };

    const live: Live = async (model, use) => {
      await checkpointOf(dataSource, model.name);
      await runner.startTransaction();
      try {
        const [row] = await tx.query<Checkpoint[]>(
          'select position from projection_checkpoint where name = $1 for update',
          [model.name],
        );
        await use(tx, row?.position ?? null, schema);
        await runner.commitTransaction();
      } catch (error) {
        await runner.rollbackTransaction();
        throw error;
      }
    };
    return await work({ fill }, live);
  } finally {
    await runner.query('discard temporary').catch(() => {}); // they went with the connection
    await runner.release();
  }
};

const digestOf = async (tx: EntityManager, schema: string, rows: readonly Rows[]): Promise<string> => {
  const digests: string[] = [];
  for (const { table, where } of rows) {
    const [row] = await tx.query<{ digest: string }[]>(
      `select coalesce(md5(string_agg(md5(kept::text), '' order by md5(kept::text))), '') as digest
         from ${schema}.${table} as kept where ${where ?? true}`,
    );
    digests.push(row?.digest ?? '');
  }
  return digests.join();
};
