import { spawnSync } from 'node:child_process';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { createTestDatabase } from '../../../test/setup/database';
import type { Job, Schedule } from './job';
import { openJobs, startJobs, type OpenJobs } from './jobs';
import { openQueue, type QueueLocation } from './queue';
import { startRedis } from './redis.testing';

/** A place for the queue, empty at first, whose connections can be cut from outside. */
type Place = {
  readonly location: QueueLocation;
  readonly cutConnections: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const inPostgres = async (): Promise<Place> => {
  const database = await createTestDatabase([], { queue: true });
  return {
    location: { databaseUrl: database.url },
    cutConnections: () =>
      withClient(database.url, (client) =>
        client.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'kaijisho'`),
      ),
    close: database.close,
  };
};

const withClient = async (connectionString: string, use: (client: Client) => Promise<unknown>): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  await use(client);
  await client.end();
};

const inRedis = (url: string) => async (): Promise<Place> => {
  const redis = new Redis(url);
  await redis.flushall();
  return {
    location: { databaseUrl: 'postgres://nowhere.invalid/', redisUrl: url },
    cutConnections: async () => {
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
    close: async () => redis.disconnect(),
  };
};

/** Collects what the jobs did, and lets a test wait until there is enough of it. */
const witness = () => {
  const seen: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    seen,
    saw: (what: string) => {
      seen.push(what);
      for (const { resolve } of waiting.filter(({ count }) => seen.length >= count)) resolve();
    },
    has: (count: number) =>
      seen.length >= count ? Promise.resolve() : new Promise<void>((resolve) => waiting.push({ count, resolve })),
  };
};

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const job = (name: string, run: Job['run'], attempts = 1): Job => ({ name, attempts, backoffMs: 50, run });

const jobsContract = (name: string, open: () => Promise<Place>) =>
  describe(`jobs in ${name}`, () => {
    let place: Place;
    let started: OpenJobs[];
    let complaints: string[];

    const start = async (jobs: readonly Job[], schedules: readonly Schedule[] = []): Promise<OpenJobs> => {
      const log = { warn: () => {}, error: (message: string) => void complaints.push(message) };
      const open = await startJobs({ ...place.location, jobs, schedules, log });
      started.push(open);
      return open;
    };

    beforeEach(async () => {
      [place, started, complaints] = [await open(), [], []];
    });
    afterEach(async () => {
      await Promise.all(started.map((jobs) => jobs.close()));
      await place.close();
    });

    it('run with the id that was enqueued, and leave nothing behind', async () => {
      const { saw, seen, has } = witness();
      const jobs = await start([job('greet', async (id) => saw(id))]);
      await jobs.enqueue('greet', 'mail:one:2026-01-24');
      await has(1);
      expect(seen).toEqual(['mail:one:2026-01-24']);
      await until(async () => Object.values(await jobs.counts()).every((count) => count === 0));
    });

    it('are enqueued by one process and run by another', async () => {
      const { saw, seen, has } = witness();
      const greet = job('greet', async (id) => saw(id));
      const api = await openJobs({ ...place.location, jobs: [greet], log: console });
      started.push(api);
      await api.enqueue('greet', 'early');
      expect(await api.counts()).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
      await start([greet]);
      await has(1);
      expect(seen).toEqual(['early']);
    });

    it('can enqueue others', async () => {
      const { saw, has } = witness();
      const jobs = await start([
        job('sweep', async (_, enqueue) => enqueue('greet', 'found')),
        job('greet', async (id) => saw(id)),
      ]);
      await jobs.enqueue('sweep', 'now');
      await has(1);
    });

    it('are tried again after a failure, later each time', async () => {
      const { saw, has } = witness();
      const times: number[] = [];
      const jobs = await start([
        job(
          'stubborn',
          async () => {
            times.push(Date.now());
            if (times.length < 3) throw new Error('not yet');
            saw('done');
          },
          3,
        ),
      ]);
      await jobs.enqueue('stubborn', 'x');
      await has(1);
      const [first = 0, second = 0, third = 0] = times;
      expect(second - first).toBeGreaterThanOrEqual(45);
      expect(third - second).toBeGreaterThanOrEqual(90);
    });

    it('are recorded as failed after the last attempt, with the reason in the log', async () => {
      const { saw, seen } = witness();
      const jobs = await start([
        job(
          'broken',
          async (id) => {
            saw(id);
            throw new Error('the disk is full');
          },
          2,
        ),
      ]);
      await jobs.enqueue('broken', 'x');
      await until(async () => (await jobs.counts()).failed === 1);
      expect(seen).toEqual(['x', 'x']);
      expect(complaints.join()).toContain('the disk is full');
    });

    it('can be enqueued again after they failed', async () => {
      const { saw, has } = witness();
      const jobs = await start([
        job('broken', async (id) => {
          saw(id);
          throw new Error('no');
        }),
      ]);
      await jobs.enqueue('broken', 'x');
      await until(async () => (await jobs.counts()).failed === 1);
      await jobs.enqueue('broken', 'x');
      await has(2);
    });

    it('run once when the same id is enqueued several times before', async () => {
      const { saw, seen, has } = witness();
      const greet = job('greet', async (id) => saw(id));
      const api = await openJobs({ ...place.location, jobs: [greet], log: console });
      started.push(api);
      for (const id of ['a', 'a', 'a', 'b']) await api.enqueue('greet', id);
      const jobs = await start([greet]);
      await until(async () => Object.values(await jobs.counts()).every((count) => count === 0));
      await has(2);
      expect(seen.toSorted()).toEqual(['a', 'b']);
    });

    it('run again when the same id is enqueued after they were done', async () => {
      const { saw, seen, has } = witness();
      const jobs = await start([job('greet', async (id) => saw(id))]);
      await jobs.enqueue('greet', 'a');
      await until(async () => seen.length === 1 && Object.values(await jobs.counts()).every((count) => count === 0));
      await jobs.enqueue('greet', 'a');
      await has(2);
    });

    it('look once more when the same id is enqueued while they run', async () => {
      const { saw, has } = witness();
      const { open, opened } = gate();
      const jobs = await start([
        job('slow', async (id) => {
          saw(id);
          await opened;
        }),
      ]);
      await jobs.enqueue('slow', 'a');
      await has(1);
      await jobs.enqueue('slow', 'a');
      open();
      await has(2);
    });

    it('fail on the first attempt when no id came with them', async () => {
      const { saw, seen } = witness();
      const jobs = await start([job('greet', async (id) => saw(id), 5)]);
      const { queue, close } = openQueue(place.location, console);
      await queue.add('greet', {} as never, { attempts: 5 });
      await close();
      await until(async () => (await jobs.counts()).failed === 1);
      await until(async () => complaints.join().includes('without an id')); // said after it was counted
      expect(seen).toEqual([]);
    });

    it('run again and again by a schedule, also after a run that failed', async () => {
      const { saw, seen, has } = witness();
      await start(
        [
          job('sweep', async (id) => {
            saw(id);
            if (seen.length === 2) throw new Error('once');
          }),
        ],
        [{ name: 'sweep.often', everyMs: 100, job: 'sweep' }],
      );
      await has(4);
      expect(new Set(seen)).toEqual(new Set(['sweep.often']));
    });

    it('run by a schedule once per interval, however many workers there are', async () => {
      const { saw, has } = witness();
      const begun = Date.now();
      const sweep = [job('sweep', async (id) => saw(id))];
      const schedule = [{ name: 'sweep.often', everyMs: 200, job: 'sweep' }];
      await Promise.all([start(sweep, schedule), start(sweep, schedule), start(sweep, schedule)]);
      await has(12);
      // Each worker that starts may bring one run forward. If each had a schedule of its own, this would be four intervals.
      expect(Date.now() - begun).toBeGreaterThanOrEqual(6 * 200);
    });

    it('no longer run by a schedule that was dropped', async () => {
      const { saw, has } = witness();
      const old = await start([job('sweep', async () => {})], [{ name: 'old', everyMs: 100, job: 'sweep' }]);
      await old.close();
      const ids: string[] = [];
      await start(
        [
          job('sweep', async (id) => {
            ids.push(id);
            if (id === 'new') saw(id);
          }),
        ],
        [{ name: 'new', everyMs: 100, job: 'sweep' }],
      );
      await has(4);
      expect(ids.slice(-3)).toEqual(['new', 'new', 'new']);
    });

    it('are shared by two workers, each id run by one of them', async () => {
      const { saw, seen, has } = witness();
      const { open, opened } = gate();
      const busy = new Set<string>();
      const worker = (who: string) => [
        job('greet', async (id) => {
          busy.add(who);
          if (busy.size === 2) open();
          await opened; // neither is done before the other has begun
          saw(id);
        }),
      ];
      const [first] = await Promise.all([start(worker('one')), start(worker('two'))]);
      const ids = Array.from({ length: 20 }, (_, n) => `id-${n}`);
      for (const id of ids) await first.enqueue('greet', id);
      await has(20);
      await until(async () => Object.values(await first.counts()).every((count) => count === 0));
      expect(seen.toSorted()).toEqual(ids.toSorted());
    });

    it('go on after every connection was cut', async () => {
      const { saw, has } = witness();
      const jobs = await start([job('greet', async (id) => saw(id))]);
      await jobs.enqueue('greet', 'before');
      await has(1);
      await place.cutConnections();
      await until(() =>
        jobs.enqueue('greet', 'after').then(
          () => true,
          () => false,
        ),
      );
      await has(2);
    });

    it('are finished before the worker closes', async () => {
      const { saw, seen, has } = witness();
      const { open, opened } = gate();
      const jobs = await start([
        job('slow', async () => {
          saw('begun');
          await opened;
          saw('done');
        }),
      ]);
      await jobs.enqueue('slow', 'a');
      await has(1);
      started = [];
      const closed = jobs.close();
      open();
      await closed;
      expect(seen).toEqual(['begun', 'done']);
    });

    it('are refused under a name that does not exist', async () => {
      const jobs = await start([]);
      await expect(jobs.enqueue('gret', 'a')).rejects.toThrow('no job with the name gret');
    });
  });

jobsContract('PostgreSQL', inPostgres);

if (spawnSync('redis-server', ['--version']).status === 0) {
  // The contract empties the Redis it works on, so it takes none but its own.
  describe('with a Redis of its own', () => {
    let server: { readonly url: string; readonly stop: () => Promise<void> };
    beforeAll(async () => (server = await startRedis()));
    afterAll(() => server.stop());

    jobsContract('Redis', () => inRedis(server.url)());

    it('warns when that Redis would drop jobs to save memory', async () => {
      const warn = jest.spyOn(console, 'warn').mockImplementation(); // BullMQ says it too, to the console
      const redis = new Redis(server.url);
      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
      const warnings: string[] = [];
      const log = { warn: (message: string) => void warnings.push(message), error: () => {} };
      await (await openJobs({ databaseUrl: '', redisUrl: server.url, jobs: [], log })).close();
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      redis.disconnect();
      warn.mockRestore();
      expect(warnings).toEqual([expect.stringContaining('allkeys-lru')]);
    });

    it('lets the API hear at once that Redis has gone', async () => {
      const other = await startRedis();
      const log = { warn: () => {}, error: () => {} };
      const greet = { name: 'greet', attempts: 1, backoffMs: 1 };
      const jobs = await openJobs({ databaseUrl: '', redisUrl: other.url, jobs: [greet], log });
      await other.stop();
      await expect(jobs.enqueue('greet', 'a')).rejects.toThrow();
      await jobs.close();
      await expect(openJobs({ databaseUrl: '', redisUrl: other.url, jobs: [], log })).rejects.toThrow();
    });
  });
} else {
  it.skip('jobs in Redis: left out, there is no redis-server on the PATH', () => {});
}
