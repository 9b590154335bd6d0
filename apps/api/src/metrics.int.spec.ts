import { randomUUID } from 'node:crypto';
import { someEvent } from '@app/event-sourcing/testing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { enqueueMail } from '@app/mail';
import { advance, checkpointOf } from '@app/projections';
import { migrations, readModels, type Settings } from '@app/runtime';
import { newSealKeyPem, sealedHead, sealKeyFromPem, sealLog } from '@app/sealing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { createApi } from './create-api';

const metricsToken = 'known-to-prometheus-alone';
const now = new Date('2030-01-02T09:00:00.000Z');
const aMinuteBefore = '2030-01-02T08:59:00.000Z';

let database: TestDatabase;
const apis: NestExpressApplication[] = [];
beforeEach(async () => (database = await createTestDatabase(migrations, { queue: true })));
afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.close()));
  await database.close();
});

const apiWith = async (some: Partial<Settings>) => {
  const settings: Settings = {
    ...{ databaseUrl: database.url, mailFrom: 'k@example.jp', host: '127.0.0.1', port: 0 },
    ...{ publicUrl: 'http://kaijisho.example', eventStorePrefix: 'kaijisho', ...some },
  };
  const api = await createApi(settings, () => now);
  apis.push(api);
  return request(api.getHttpServer());
};
const metricsOf = async (api?: Awaited<ReturnType<typeof apiWith>>): Promise<(name: string) => number> => {
  api ??= await apiWith({ metricsToken });
  const { text } = await api.get('/metrics').set('authorization', `Bearer ${metricsToken}`).expect(200);
  return (name) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length),
    );
};
/** Two events of a minute ago, of which the first read model has taken in as many as it is told. */
const eventsOfWhich = async (takenIn: number): Promise<PostgresEventStore> => {
  const store = new PostgresEventStore(database.pool);
  const events = [1, 2].map((n) => {
    const event = someEvent(n);
    return { ...event, id: randomUUID(), metadata: { ...event.metadata, recordedAt: aMinuteBefore } };
  });
  await store.append('thing-a', 'no-stream', events);
  await logShowsAll(database.dataSource);
  const [model] = readModels;
  if (!model) throw new Error('there are read models');
  await checkpointOf(database.dataSource, model.name);
  await advance(database.dataSource, model, null, (await store.readAll(null, 2)).slice(0, takenIn));
  return store;
};
const first = `{projection="${readModels[0]?.name}"}`;
const second = `{projection="${readModels[1]?.name}"}`;
const parkFirst = () =>
  database.dataSource.query(`insert into projection_failure (name, error, attempts) values ($1, 'no such column', 1)`, [
    readModels[0]?.name,
  ]);

describe('the metrics', () => {
  it('are not there unless there is a token, and are for those only who know it', async () => {
    await (await apiWith({})).get('/metrics').set('authorization', 'Bearer undefined').expect(404);
    const api = await apiWith({ metricsToken });
    await api.get('/metrics').expect(401);
    await api.get('/metrics').set('authorization', `Bearer ${metricsToken}.`).expect(401);
    await api.get('/metrics').set('authorization', metricsToken).expect(401);
    const answer = await api.get('/metrics').set('authorization', `Bearer ${metricsToken}`).expect(200);
    expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(answer.text).toMatch(/^# HELP kaijisho_log_reachable .+\n# TYPE kaijisho_log_reachable gauge\n/);
    for (const line of answer.text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) kaijisho_\w+ .+|kaijisho_\w+(\{\w+="[\w.-]+"\})? \d+(\.\d+)?)$/);
  });

  it('still tell the rest while the log cannot be read', async () => {
    await eventsOfWhich(1);
    const api = await apiWith({ metricsToken });
    await database.asOwner('alter table events rename to hidden');
    const hidden = await metricsOf(api);
    expect([hidden('kaijisho_log_reachable'), hidden('kaijisho_mails_waiting')]).toEqual([0, 0]);
    expect(hidden(`kaijisho_projection_lag_seconds${first}`)).toBeNaN();
    await database.asOwner('alter table hidden rename to events');
    const back = await metricsOf(api);
    expect([back('kaijisho_log_reachable'), back(`kaijisho_projection_lag_seconds${first}`)]).toEqual([1, 60]);
  });

  it('say how long the next event has waited for each projection', async () => {
    await eventsOfWhich(1);
    const metric = await metricsOf();
    expect(metric(`kaijisho_projection_lag_seconds${first}`)).toBe(60);
    expect(metric(`kaijisho_projection_lag_seconds${second}`)).toBe(60);
  });

  it('say that a projection is not behind when it has taken in everything', async () => {
    await eventsOfWhich(2);
    const metric = await metricsOf();
    expect(metric(`kaijisho_projection_lag_seconds${first}`)).toBe(0);
    expect(metric(`kaijisho_projection_lag_seconds${second}`)).toBe(60);
    expect(metric('kaijisho_projection_lag_seconds{projection="review-mails.v1"}')).toBe(60);
  });

  it('tell which projections are parked', async () => {
    await parkFirst();
    const metric = await metricsOf();
    expect(metric(`kaijisho_projection_parked${first}`)).toBe(1);
    expect(metric(`kaijisho_projection_parked${second}`)).toBe(0);
  });

  it('tell how much of the log is sealed, and how long the rest has waited', async () => {
    const store = await eventsOfWhich(0);
    expect((await metricsOf())('kaijisho_log_unsealed_seconds')).toBe(60);
    const key = sealKeyFromPem(newSealKeyPem());
    await sealLog({ store, dataSource: database.dataSource, clock: () => now, key });
    expect(await sealedHead(database.dataSource)).toMatchObject({ batch: 1, events: 2, keyId: key.id });
    const metric = await metricsOf();
    expect(metric('kaijisho_log_seal')).toBe(1);
    expect(metric('kaijisho_log_sealed_events')).toBe(2);
    expect(metric('kaijisho_log_seals_without_time_stamp')).toBe(1);
    expect(metric('kaijisho_log_unsealed_seconds')).toBe(0);
  });

  it('count the jobs, and the mails that have not left', async () => {
    const to = { name: 'a', address: 'a@example.jp' };
    const mail = { id: 'm', kind: 'review' as const, to, subject: 's', text: 't', html: 'h' };
    await database.dataSource.transaction((tx) => enqueueMail(tx, mail, now));
    const metric = await metricsOf();
    expect(metric('kaijisho_mails_waiting')).toBe(1);
    for (const state of ['waiting', 'active', 'delayed', 'failed'])
      expect(metric(`kaijisho_jobs{state="${state}"}`)).toBe(0);
  });
});

describe('the state of health', () => {
  it('is degraded, not down, while a projection is parked', async () => {
    const api = await apiWith({});
    await api.get('/api/health').expect(200, { status: 'ok', parked: [] });
    await parkFirst();
    await api.get('/api/health').expect(200, { status: 'degraded', parked: [readModels[0]?.name] });
  });
});
