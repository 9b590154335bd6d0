import type { Clock } from '@app/event-sourcing';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { sealText } from '../seal';
import { askForTimeStamp, type TimeStampAuthority } from './time-stamp-authority';
import { insertTimeStamp, sealToStamp } from './time-stamp-rows';

export type TimeStamping = {
  readonly dataSource: DataSource;
  readonly authority: TimeStampAuthority;
};

const EVERY_MS = 10_000;
const MAX_PAUSE_MS = 30 * 60_000;

/**
 * Has the newest seal stamped, every ten seconds when there is a new one. While the authority refuses or is away it is asked less and less
 * often, down to every half an hour; sealing goes on meanwhile, and the first stamp afterwards is over all that was sealed.
 */
export const timeStampJob = ({
  clock,
  ...stamping
}: TimeStamping & { readonly clock: Clock }): {
  readonly jobs: readonly Job[];
  readonly schedules: readonly Schedule[];
} => {
  let failures = 0;
  let notBefore = 0;
  return {
    jobs: [
      {
        name: 'log.stamp',
        attempts: 1,
        backoffMs: 1_000,
        run: async () => {
          if (clock().getTime() < notBefore) return;
          try {
            await stampNewest(stamping);
            failures = 0;
          } catch (error) {
            notBefore = clock().getTime() + Math.min(EVERY_MS * 2 ** ++failures, MAX_PAUSE_MS);
            throw error;
          }
        },
      },
    ],
    schedules: [{ name: 'log.stamp', everyMs: EVERY_MS, job: 'log.stamp' }],
  };
};

/**
 * Asks for a stamp over the newest seal, unless it has one. Answers its number, or null when there was nothing to do or somebody
 * else is asking: whoever holds the lock has half a minute, twice what the authority gets.
 */
export const stampNewest = ({ dataSource, authority }: TimeStamping): Promise<number | null> =>
  dataSource.transaction(async (tx) => {
    await tx.query(`set local idle_in_transaction_session_timeout = '30s'`);
    const [lock] = await tx.query<{ held: boolean }[]>(
      `select pg_try_advisory_xact_lock(hashtextextended('kaijisho time stamping', 0)) as held`,
    );
    if (!lock?.held) return null;
    const seal = await sealToStamp(tx);
    if (seal === null) return null;
    await insertTimeStamp(tx, seal.batch, await askForTimeStamp(authority, sealText(seal)));
    return seal.batch;
  });
