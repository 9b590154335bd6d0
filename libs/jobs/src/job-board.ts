import {
  countsOf,
  openQueue,
  prepareQueue,
  type JobQueue,
  type JobsLog,
  type QueueCounts,
  type QueueLocation,
} from './queue';
import { quietLog } from './quiet-log';

/** The jobs of one name; `null` stands for those of a long queue that were counted without being looked at. */
export type NamedCounts = QueueCounts & { readonly name: string | null };

/** A job that has used up its attempts. It is kept for thirty days, of a thousand at most. */
export type FailedJob = {
  /** The queue's own id of the job: what `retry` takes. */
  readonly key: string;
  readonly name: string;
  /** What the job was to look at; null when it came without. */
  readonly id: string | null;
  readonly attempts: number;
  /** UTC, ISO 8601. */
  readonly failedAt: string | null;
  readonly reason: string;
  /** Where it was thrown in the last attempt; empty when nothing is known. */
  readonly stack: string;
};

/** A turn that the queue takes by itself. `nextAt` in the past, by more than a moment, says that no worker runs. */
export type ScheduledTurn = {
  readonly name: string;
  readonly job: string;
  readonly everyMs: number;
  /** UTC, ISO 8601. */
  readonly nextAt: string | null;
};

/** The queue as administrators see it, in either backend. */
export type JobBoard = {
  readonly totals: () => Promise<QueueCounts>;
  /** By name, those with failed jobs first. */
  readonly byName: () => Promise<readonly NamedCounts[]>;
  /** The last ones, the newest first. */
  readonly failed: () => Promise<readonly FailedJob[]>;
  readonly schedules: () => Promise<readonly ScheduledTurn[]>;
  /** Puts a failed job back into the queue with all its attempts before it. `gone`: it is not among the failed any more. */
  readonly retry: (key: string) => Promise<'retried' | 'gone'>;
  readonly close: () => Promise<void>;
};

/** How many jobs of each state are looked at for their names: the queue counts by state only. */
const LOOKED_AT = 500;
const FAILED_SHOWN = 50;

const states = ['waiting', 'active', 'delayed', 'failed'] as const;

/** @throws when the queue is out of reach. */
export const openJobBoard = async ({
  log,
  ...location
}: QueueLocation & { readonly log: JobsLog }): Promise<JobBoard> => {
  const quiet = quietLog(log);
  await prepareQueue(location, quiet);
  const { queue, close } = openQueue(location, quiet);
  await queue.waitUntilReady();
  return {
    totals: () => countsOf(queue),
    byName: () => byNameOf(queue),
    failed: async () =>
      (await queue.getJobs(['failed'], 0, FAILED_SHOWN - 1)).map((job) => ({
        key: job.id ?? '',
        name: job.name,
        id: typeof job.data?.id === 'string' ? job.data.id : null,
        attempts: job.attemptsMade,
        failedAt: instant(job.finishedOn),
        reason: job.failedReason ?? '',
        stack: job.stacktrace?.at(-1) ?? '',
      })),
    schedules: async () =>
      (await queue.getJobSchedulers()).map(({ key, name, every, next }) => ({
        name: key,
        job: name,
        everyMs: Number(every),
        nextAt: instant(next),
      })),
    retry: async (key) => {
      const job = await queue.getJob(key);
      if (!job || !(await job.isFailed())) return 'gone';
      await job.retry('failed', { resetAttemptsMade: true });
      return 'retried';
    },
    close,
  };
};

const instant = (ms: number | undefined): string | null => (ms ? new Date(Number(ms)).toISOString() : null);

const byNameOf = async (queue: JobQueue): Promise<readonly NamedCounts[]> => {
  const totals = await countsOf(queue);
  const counts = new Map<string | null, { -readonly [S in keyof QueueCounts]: number }>();
  const add = (name: string | null, state: keyof QueueCounts, count: number): void => {
    const row = counts.get(name) ?? { waiting: 0, active: 0, delayed: 0, failed: 0 };
    row[state] += count;
    counts.set(name, row);
  };
  for (const state of states) {
    if (totals[state] === 0) continue;
    const jobs = await queue.getJobs([state], 0, LOOKED_AT - 1);
    for (const { name } of jobs) add(name, state, 1);
    if (totals[state] > LOOKED_AT) add(null, state, totals[state] - LOOKED_AT);
  }
  return [...counts]
    .map(([name, row]) => ({ name, ...row }))
    .sort((a, b) => b.failed - a.failed || (a.name ?? '\uffff').localeCompare(b.name ?? '\uffff', 'en'));
};
