import type { Clock, EventStore } from '@app/event-sourcing';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { sealOf, type Seal } from './seal';
import type { SealKey } from './seal-key';
import { insertSeal, lastSeal } from './seal-rows';

export type Sealing = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly key: SealKey;
};

/** Larger batches hardly gain; the events of one are in memory together. */
const BATCH_SIZE = 1_000;

/** Seals what was appended, every ten seconds. Any number of workers may run it: one at a time seals, the others pass. */
export const sealJob = (
  sealing: Sealing,
): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
  jobs: [
    {
      name: 'log.seal',
      attempts: 1,
      backoffMs: 1_000,
      run: async () => {
        await sealLog(sealing);
      },
    },
  ],
  schedules: [{ name: 'log.seal', everyMs: 10_000, job: 'log.seal' }],
});

/**
 * Seals everything that a reader of the log can see and that no seal vouches for yet. Answers how many seals were added:
 * none when there is nothing new, or when somebody else is sealing.
 */
export const sealLog = async (sealing: Sealing, batchSize = BATCH_SIZE): Promise<number> => {
  for (let seals = 0; ; seals++) {
    const seal = await sealNext(sealing, batchSize);
    if (seal === null) return seals;
    if (seal.size < batchSize) return seals + 1;
  }
};

/**
 * The lock is the transaction's, so it ends with it however it ends; that of a worker that stands still, after half a minute. The events are read over another connection, below
 * the horizon of running transactions; this one has no transaction id until it writes, so it does not hold them back.
 */
const sealNext = ({ store, dataSource, clock, key }: Sealing, batchSize: number): Promise<Seal | null> =>
  dataSource.transaction(async (tx) => {
    await tx.query(`set local idle_in_transaction_session_timeout = '30s'`);
    const [lock] = await tx.query<{ held: boolean }[]>(
      `select pg_try_advisory_xact_lock(hashtextextended('kaijisho sealing', 0)) as held`,
    );
    if (!lock?.held) return null;
    const previous = await lastSeal(tx);
    const events = await store.readAll(previous?.last ?? null, batchSize);
    if (events.length === 0) return null;
    const seal = sealOf(previous, events, key, clock());
    await insertSeal(tx, seal, key);
    return seal;
  });
