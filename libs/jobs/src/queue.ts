import { setTimeout as sleep } from 'node:timers/promises';
import { LosableClient } from '@app/database';
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  createRedisBackend,
  DEFAULT_SCHEMA,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
  withBackend,
  type Queue,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Enqueue, Job } from './job';

/** Where the queue lives: in Redis when `redisUrl` is given, otherwise in PostgreSQL, in a schema of its own. */
export type QueueLocation = { readonly databaseUrl: string; readonly redisUrl?: string | undefined };

/** Nest's `Logger` and `console` are both of this shape. */
export type JobsLog = { readonly warn: (message: string) => void; readonly error: (message: string) => void };

export type QueueCounts = {
  readonly waiting: number;
  readonly active: number;
  /** Waiting for their next attempt, or for their turn in a schedule. */
  readonly delayed: number;
  readonly failed: number;
};

/** One queue for all jobs: every queue and every worker costs connections, a name costs nothing. */
const QUEUE = 'kaijisho';

/** Where BullMQ has its tables. */
export const QUEUE_SCHEMA = DEFAULT_SCHEMA;

export type JobData = { readonly id: string };

type Bullmq = ReturnType<typeof withBackend<never, object>>;

// The two backends differ in types that nothing here looks at.
const onPostgres = withBackend(createPostgresBackend) as unknown as Bullmq;
const onRedis = withBackend(createRedisBackend) as unknown as Bullmq;

const application_name = 'kaijisho-queue';

/**
 * Makes the place ready, or says why it is not. A worker on a database without BullMQ's tables would go round in
 * circles, reporting so thousands of times a second; hence this comes before any queue is opened.
 */
export const prepareQueue = async ({ databaseUrl, redisUrl }: QueueLocation, log: JobsLog): Promise<void> => {
  if (redisUrl !== undefined) return prepareRedis(redisUrl, log);
  const client = new LosableClient({ connectionString: databaseUrl });
  await client.connect();
  try {
    const version = await assertSchemaCompatibility(client, QUEUE_SCHEMA).catch((error: unknown) => {
      if (error instanceof SchemaMigrationRequiredError) return 0;
      throw error;
    });
    // The application's role may not make tables: the owner of the tables has been here before, with `kaijisho migrate`.
    if (version < LATEST_SCHEMA_VERSION) await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    await client.end();
  }
};

const prepareRedis = async (url: string, log: JobsLog): Promise<void> => {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on('error', () => {}); // connect() rejects with the same error
  await redis.connect();
  try {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1];
    if (policy !== undefined && policy !== 'noeviction') {
      log.warn(`Redis may drop jobs when its memory is full (maxmemory-policy ${policy}); set it to noeviction`);
    }
  } finally {
    redis.disconnect();
  }
};

export type JobQueue = Queue<JobData, void, string, JobData, void, string, never, object>;

export const openQueue = (
  { databaseUrl, redisUrl }: QueueLocation,
  log: JobsLog,
): { readonly queue: JobQueue; readonly close: () => Promise<void> } => {
  const complain = (error: Error) => log.error(`The queue is out of reach: ${error.message}`);
  const opened = (queue: JobQueue) => queue.on('error', complain);
  if (redisUrl === undefined) {
    const connection = { connectionString: databaseUrl, application_name, max: 2, Client: LosableClient };
    const queue = opened(new onPostgres.Queue<JobData, void, string>(QUEUE, { connection }));
    return { queue, close: () => queue.close() };
  }
  // Who enqueues wants to hear at once that Redis is away. The connection is our own, because BullMQ says goodbye to
  // one of its own, and that fails for a Redis that is not there.
  const redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  redis.on('error', complain);
  const queue = opened(new onRedis.Queue<JobData, void, string>(QUEUE, { connection: redis }));
  return { queue, close: () => queue.close().finally(() => redis.disconnect()) };
};

export const openWorker = (
  { databaseUrl, redisUrl }: QueueLocation,
  run: (job: { readonly name: string; readonly data: unknown }) => Promise<void>,
  concurrency: number,
) => {
  // Every job may be repeated, so one that was lost with its worker twice is worth a third try.
  const settings = { concurrency, maxStalledCount: 3 };
  if (redisUrl === undefined) {
    const connection = { connectionString: databaseUrl, application_name, max: 4, Client: LosableClient };
    const worker = new onPostgres.Worker<JobData, void, string>(QUEUE, run, { connection, ...settings });
    return { worker, close: () => worker.close() };
  }
  // Who works waits for Redis, for as long as it takes; but not any more once it is told to stop.
  let closing = false;
  const retryStrategy = (times: number) => (closing ? null : Math.min(times * 100, 2_000));
  const connection = { url: redisUrl, maxRetriesPerRequest: null, retryStrategy };
  const worker = new onRedis.Worker<JobData, void, string>(QUEUE, run, { connection, ...settings });
  return {
    worker,
    close: async () => {
      const running = worker.close().catch(() => {});
      closing = true;
      // BullMQ's goodbye never ends when Redis is not there to hear it; then nothing that runs can be handed back either.
      while (!(await settledWithin(running, 1_000))) if (await isAway(redisUrl)) return;
    },
  };
};

const settledWithin = async (promise: Promise<void>, ms: number): Promise<boolean> => {
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const settled = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return settled;
};

const isAway = (url: string): Promise<boolean> =>
  prepareRedis(url, { warn: () => {}, error: () => {} }).then(
    () => false,
    () => true,
  );

/** How BullMQ is to treat a job; the same for one that is enqueued and one that a schedule makes. */
export const jobOptions = ({ attempts, backoffMs }: Pick<Job, 'attempts' | 'backoffMs'>) => ({
  attempts,
  backoff: { type: 'exponential', delay: backoffMs },
  removeOnComplete: true,
  removeOnFail: { count: 1_000, age: 30 * 24 * 3600 },
});

/**
 * An id that waits is not queued a second time; one that is being worked on is looked at once more afterwards, because
 * what it found may be out of date by then.
 */
export const enqueueInto =
  (queue: JobQueue, jobs: readonly Pick<Job, 'name' | 'attempts' | 'backoffMs'>[]): Enqueue =>
  async (name, id) => {
    const job = jobs.find((candidate) => candidate.name === name);
    if (job === undefined) throw new Error(`There is no job with the name ${name}`);
    const deduplication = { id: `${name}:${id}`, keepLastIfActive: true };
    await queue.add(name, { id }, { ...jobOptions(job), deduplication });
  };

export const countsOf = async (queue: JobQueue): Promise<QueueCounts> => {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  return {
    waiting: counts['waiting'] ?? 0,
    active: counts['active'] ?? 0,
    delayed: counts['delayed'] ?? 0,
    failed: counts['failed'] ?? 0,
  };
};
