import { randomUUID } from 'node:crypto';
import { startJobs, type OpenJobs } from '@app/jobs';
import { migrations, openEventStore, type OpenEventStore, type Settings } from '@app/runtime';
import { newSealKeyPem, sealedHead, sealKeyFromPem, sealLog } from '@app/sealing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { peopleOf, signIn, until } from '../../../test/setup/product';
import { createApi } from './create-api';

describe('the queue, for administrators', () => {
  let database: TestDatabase;
  let log: OpenEventStore;
  let api: NestExpressApplication;
  let address: string;
  let worker: OpenJobs;
  let fails: boolean;
  const ran: string[] = [];

  beforeEach(async () => {
    database = await createTestDatabase(migrations, { queue: true });
    const settings: Settings = {
      ...{ databaseUrl: database.url, mailFrom: 'k@example.jp', host: '127.0.0.1', port: 0 },
      ...{ publicUrl: 'http://kaijisho.example', eventStorePrefix: `spec-${randomUUID()}` },
      metricsToken: 'known-to-prometheus',
    };
    log = await openEventStore(settings, database.pool);
    api = await createApi(settings);
    await api.listen(0, '127.0.0.1');
    address = await api.getUrl();
    [fails, ran.length] = [true, 0];
    const run = async (id: string) => {
      if (fails) throw new Error('550 no such mailbox');
      ran.push(id);
    };
    worker = await startJobs({
      databaseUrl: database.url,
      jobs: [{ name: 'mail.deliver', attempts: 1, backoffMs: 1, run }],
      schedules: [],
      log: { warn: () => {}, error: () => {} },
    });
    await worker.enqueue('mail.deliver', 'mail-1');
    await until(
      async () => (await worker.counts()).failed === 1,
      () => 'the job has not failed',
    );
  });
  afterEach(async () => {
    await worker.close();
    await api.close();
    await log.close();
    await database.close();
  });

  const browserOf = async (role: 'administrator' | 'drafter') => {
    const { register } = peopleOf({ store: log.store, dataSource: database.dataSource, clock: () => new Date() });
    return signIn(address, await register(role, '管理 花子', [role]));
  };

  it('says what failed and why, and runs it again', async () => {
    const browser = await browserOf('administrator');
    const { body } = await browser.get('/api/jobs');
    const counts = { waiting: 0, active: 0, delayed: 0, failed: 1 };
    expect(body).toMatchObject({
      ...{ backend: 'postgres', totals: counts, names: [{ name: 'mail.deliver', ...counts }], schedules: [] },
      failed: [{ name: 'mail.deliver', id: 'mail-1', attempts: 1, reason: '550 no such mailbox' }],
    });
    fails = false;
    expect((await browser.post(`/api/jobs/${body.failed[0].key}/retry`)).status).toBe(200);
    await until(
      () => ran.length === 1,
      () => 'the job has not run again',
    );
    expect(ran).toEqual(['mail-1']);
    expect((await browser.get('/api/jobs')).body.failed).toEqual([]);
    const again = await browser.post(`/api/jobs/${body.failed[0].key}/retry`);
    expect([again.status, again.body.title]).toEqual([409, 'JobNotFailed']);
  });

  it('says how many seals wait for a time stamp, where somebody is asked for them', async () => {
    const browser = await browserOf('administrator');
    const { dataSource } = database;
    await logShowsAll(dataSource);
    const key = sealKeyFromPem(newSealKeyPem());
    await sealLog({ store: log.store, dataSource, clock: () => new Date(), key });
    expect((await browser.get('/api/jobs')).body.sealsWithoutTimeStamp).toBeNull();
    const stamping = await startJobs({
      databaseUrl: database.url,
      jobs: [{ name: 'log.stamp', attempts: 1, backoffMs: 1, run: async () => {} }],
      schedules: [{ name: 'log.stamp', everyMs: 3_600_000, job: 'log.stamp' }],
      log: { warn: () => {}, error: () => {} },
    });
    try {
      const head = await sealedHead(dataSource);
      expect(head).not.toBeNull();
      expect((await browser.get('/api/jobs')).body.sealsWithoutTimeStamp).toBe(head?.batch);
    } finally {
      await stamping.close();
    }
  });

  it('is nobody else’s', async () => {
    const browser = await browserOf('drafter');
    expect((await browser.get('/api/jobs')).status).toBe(403);
    expect((await browser.post('/api/jobs/1/retry')).status).toBe(403);
  });

  it('is counted in the metrics by state, and by the name of the job', async () => {
    const answer = await fetch(`${address}/metrics`, { headers: { authorization: 'Bearer known-to-prometheus' } });
    const lines = (await answer.text()).split('\n');
    expect(lines).toContain('kaijisho_jobs{state="failed"} 1');
    expect(lines).toContain('kaijisho_jobs_by_name{job="mail.deliver",state="failed"} 1');
    expect(lines).toContain('kaijisho_jobs_by_name{job="mail.deliver",state="waiting"} 0');
  });
});
