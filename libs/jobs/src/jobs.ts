import { UnrecoverableError } from 'bullmq';
import type { Enqueue, Job, Schedule } from './job';
import {
  countsOf,
  enqueueInto,
  jobOptions,
  openQueue,
  openWorker,
  prepareQueue,
  type JobData,
  type JobQueue,
  type JobsLog,
  type QueueCounts,
  type QueueLocation,
} from './queue';
import { quietLog } from './quiet-log';

export type OpenJobs = {
  /** @throws when there is no job with that name, or the queue is out of reach. */
  readonly enqueue: Enqueue;
  readonly counts: () => Promise<QueueCounts>;
  /** A worker first finishes what it has begun. */
  readonly close: () => Promise<void>;
};

/** Jobs or schedules that cannot be meant: found when the process starts, not when the first of them is due. */
export class JobsMisconfigured extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The jobs do not fit together: ${problems.join('; ')}`);
    this.name = 'JobsMisconfigured';
  }
}

/** @throws {JobsMisconfigured} for a name used twice, or a schedule that names no job. */
export const checkJobs = (jobs: readonly Job[], schedules: readonly Schedule[]): void => {
  const repeated = (names: readonly string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  const jobNames = jobs.map(({ name }) => name);
  const problems = [
    ...repeated(jobNames).map((name) => `two jobs are called ${name}`),
    ...repeated(schedules.map(({ name }) => name)).map((name) => `two schedules are called ${name}`),
    ...schedules
      .filter(({ job }) => !jobNames.includes(job))
      .map(({ name, job }) => `the schedule ${name} names the job ${job}, which does not exist`),
  ];
  if (problems.length > 0) throw new JobsMisconfigured(problems);
};

/** For a process that asks for work but does none, such as the API. */
export const openJobs = async ({
  jobs,
  log,
  ...location
}: QueueLocation & {
  readonly jobs: readonly Pick<Job, 'name' | 'attempts' | 'backoffMs'>[];
  readonly log: JobsLog;
}): Promise<OpenJobs> => {
  const quiet = quietLog(log);
  await prepareQueue(location, quiet);
  const { queue, close } = openQueue(location, quiet);
  await queue.waitUntilReady();
  return { enqueue: enqueueInto(queue, jobs), counts: () => countsOf(queue), close };
};

/**
 * For a process that works: runs the jobs, and keeps the schedules. Any number of such processes may share one queue.
 * Uses at most seven connections to PostgreSQL, or three to Redis.
 *
 * @param concurrency how many jobs this process runs at a time.
 * @throws {JobsMisconfigured}
 */
export const startJobs = async ({
  jobs,
  schedules,
  log,
  concurrency = 8,
  ...location
}: QueueLocation & {
  readonly jobs: readonly Job[];
  readonly schedules: readonly Schedule[];
  readonly log: JobsLog;
  readonly concurrency?: number;
}): Promise<OpenJobs> => {
  checkJobs(jobs, schedules);
  const quiet = quietLog(log);
  await prepareQueue(location, quiet);
  const { queue, close: closeQueue } = openQueue(location, quiet);
  await queue.waitUntilReady();
  const enqueue = enqueueInto(queue, jobs);
  await keepSchedules(queue, jobs, schedules);

  const run = async ({ name, data }: { readonly name: string; readonly data: unknown }): Promise<void> => {
    const job = jobs.find((candidate) => candidate.name === name);
    if (job === undefined) throw new UnrecoverableError(`No job is called ${name}`);
    if (!isJobData(data)) throw new UnrecoverableError(`${name} was enqueued without an id`);
    await job.run(data.id, enqueue);
  };
  const { worker, close: closeWorker } = openWorker(location, run, concurrency);
  worker.on('error', (error) => quiet.error(`The queue's worker has lost its connection: ${error.message}`));
  worker.on('failed', (job, error) => quiet.error(`${job?.name} ${job?.data?.id} did not succeed: ${error.message}`));
  await worker.waitUntilReady();

  // A queue that was emptied (a new Redis, a FLUSHALL) has forgotten the schedules, and with them every sweep.
  const reminder = setInterval(() => {
    keepSchedules(queue, jobs, schedules).catch((error: Error) =>
      quiet.error(`The schedules could not be renewed: ${error.message}`),
    );
  }, SCHEDULES_KEPT_EVERY_MS);

  return {
    enqueue,
    counts: () => countsOf(queue),
    close: async () => {
      clearInterval(reminder);
      await closeWorker();
      await closeQueue();
    },
  };
};

const SCHEDULES_KEPT_EVERY_MS = 30_000;

const isJobData = (data: unknown): data is JobData =>
  typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string' && data.id !== '';

/**
 * Adds what is missing, takes away what is no longer wanted, and leaves alone what is right. A schedule that is long
 * overdue has lost the job that would have renewed it, and one whose turn is too far away was made before the clock was set
 * back: both are begun anew.
 */
const keepSchedules = async (queue: JobQueue, jobs: readonly Job[], schedules: readonly Schedule[]): Promise<void> => {
  const kept = await queue.getJobSchedulers();
  const isTooFarAway = ({ next, every }: { readonly next?: number | undefined; readonly every?: number | undefined }) =>
    (next ?? 0) > Date.now() + 2 * Number(every) + SCHEDULES_KEPT_EVERY_MS;
  for (const scheduler of kept) {
    if (!schedules.some(({ name }) => name === scheduler.key) || isTooFarAway(scheduler))
      await queue.removeJobScheduler(scheduler.key);
  }
  for (const { name, everyMs, job: jobName } of schedules) {
    const job = jobs.find((candidate) => candidate.name === jobName);
    const overdue = Date.now() - 10 * everyMs - SCHEDULES_KEPT_EVERY_MS;
    const runs = kept.some(
      ({ key, every, name: kind, next }) =>
        key === name &&
        Number(every) === everyMs &&
        kind === jobName &&
        (next ?? 0) > overdue &&
        !isTooFarAway({ next, every }),
    );
    if (job === undefined || runs) continue;
    await queue.upsertJobScheduler(
      name,
      { every: everyMs },
      { name: jobName, data: { id: name }, opts: jobOptions(job) },
    );
  }
};
