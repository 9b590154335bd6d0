import { spawnSync } from 'node:child_process';
import { createTestDatabase } from '../../../test/setup/database';
import type { Job } from './job';
import { openJobBoard, type JobBoard } from './job-board';
import { openJobs, startJobs, type OpenJobs } from './jobs';
import type { QueueLocation } from './queue';
import { startRedis } from './redis.testing';

type Place = { readonly location: QueueLocation; readonly close: () => Promise<void> };

const inPostgres = async (): Promise<Place> => {
  const { url, close } = await createTestDatabase([], { queue: true });
  return { location: { databaseUrl: url }, close };
};

const inRedis = async (): Promise<Place> => {
  const { url, stop } = await startRedis();
  return { location: { databaseUrl: 'postgres://nowhere.invalid/', redisUrl: url }, close: stop };
};

const quiet = { warn: () => {}, error: () => {} };

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const boardContract = (name: string, open: () => Promise<Place>) =>
  describe(`the board of the jobs in ${name}`, () => {
    let place: Place;
    let board: JobBoard;
    let started: OpenJobs[];
    let diskIsFull: boolean;
    const done: string[] = [];

    const jobs: readonly Job[] = [
      {
        ...{ name: 'mail.deliver', attempts: 2, backoffMs: 1 },
        run: async (id) => {
          if (diskIsFull) throw new Error(`the disk is full, said ${id}`);
          done.push(id);
        },
      },
      { name: 'log.seal', attempts: 1, backoffMs: 1, run: async () => {} },
    ];
    const schedule = { name: 'log.seal.hourly', everyMs: 3_600_000, job: 'log.seal' };

    const work = async (): Promise<void> => {
      started.push(await startJobs({ ...place.location, jobs, schedules: [schedule], log: quiet }));
    };
    const ask = async (...wanted: readonly (readonly [string, string])[]): Promise<void> => {
      const api = await openJobs({ ...place.location, jobs, log: quiet });
      started.push(api);
      for (const [job, id] of wanted) await api.enqueue(job, id);
    };
    const failing = async (id: string): Promise<void> => {
      await ask(['mail.deliver', id]);
      await work();
      await until(async () => (await board.totals()).failed === 1);
    };

    beforeEach(async () => {
      [place, started, diskIsFull] = [await open(), [], true];
      done.length = 0;
      board = await openJobBoard({ ...place.location, log: quiet });
    });
    afterEach(async () => {
      await Promise.all(started.map((jobs) => jobs.close()));
      await board.close();
      await place.close();
    });

    it('is empty before there is anything to do', async () => {
      expect(await board.totals()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
      expect(await board.byName()).toEqual([]);
      expect(await board.failed()).toEqual([]);
      expect(await board.schedules()).toEqual([]);
    });

    it('counts what waits by the name of the job', async () => {
      await ask(['mail.deliver', 'a'], ['mail.deliver', 'b'], ['log.seal', 'c']);
      const none = { active: 0, delayed: 0, failed: 0 };
      expect(await board.byName()).toEqual([
        { name: 'log.seal', waiting: 1, ...none },
        { name: 'mail.deliver', waiting: 2, ...none },
      ]);
    });

    it('tells which turn the queue takes next', async () => {
      const before = Date.now();
      await work();
      await until(async () => (await board.schedules()).length === 1);
      const [turn] = await board.schedules();
      expect(turn).toMatchObject({ name: 'log.seal.hourly', job: 'log.seal', everyMs: 3_600_000 });
      expect(Date.parse(turn!.nextAt!)).toBeGreaterThanOrEqual(before - 3_600_000);
    });

    it('says of a failed job what it was to look at, how often it was tried, and why it failed', async () => {
      await failing('mail:one');
      const [failed, ...others] = await board.failed();
      expect(others).toEqual([]);
      expect(failed).toMatchObject({
        ...{ name: 'mail.deliver', id: 'mail:one', attempts: 2 },
        reason: 'the disk is full, said mail:one',
        stack: expect.stringContaining('job-board.int.spec'),
      });
      expect(Math.abs(Date.now() - Date.parse(failed!.failedAt!))).toBeLessThan(60_000);
    });

    it('puts a failed job back into the queue, which then runs it', async () => {
      await failing('mail:one');
      diskIsFull = false;
      const [failed] = await board.failed();
      expect(await board.retry(failed!.key)).toBe('retried');
      await until(async () => done.length === 1);
      expect(done).toEqual(['mail:one']);
      await until(async () => (await board.totals()).failed === 0);
      expect(await board.failed()).toEqual([]);
    });

    it('gives a job that is put back all its attempts again', async () => {
      await failing('mail:one');
      const [failed] = await board.failed();
      await board.retry(failed!.key);
      await until(async () => {
        const [again] = await board.failed();
        return again !== undefined && again.failedAt !== failed!.failedAt;
      });
      expect((await board.failed())[0]).toMatchObject({ id: 'mail:one', attempts: 2 });
    });

    it('leaves alone what is not among the failed', async () => {
      await failing('mail:one');
      diskIsFull = false;
      const [failed] = await board.failed();
      await board.retry(failed!.key);
      await until(async () => done.length === 1);
      expect(await board.retry(failed!.key)).toBe('gone');
      expect(await board.retry('no-such-job')).toBe('gone');
    });
  });

boardContract('PostgreSQL', inPostgres);

if (spawnSync('redis-server', ['--version']).status === 0) boardContract('Redis', inRedis);
else it.skip('the board of the jobs in Redis: left out, there is no redis-server on the PATH', () => {});
