import { CLOCK, EVENT_STORE, MemoryEventStore } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { useProduct, type RequestWithSession } from '@app/http';
import { identityMigrations, registerUser } from '@app/identity';
import { Global, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { NextFunction } from 'express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { routeFor, RoutesApiModule, routesNow } from '.';

const clock = () => new Date('2030-04-01T00:00:00.000Z');
const store = new MemoryEventStore();
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await createTestDatabase(identityMigrations);
  const ada = { id: 'ada', name: '足立 愛', loginName: 'ada', address: 'ada@example.jp', roles: [] };
  await registerUser({ store, dataSource: database.dataSource, now: clock }, { ...ada, password: 'a long password' });
  await store.append('disclosure-d1', 'no-stream', [someEvent(1)]);
  @Global()
  @Module({
    providers: [
      { provide: EVENT_STORE, useValue: store },
      { provide: CLOCK, useValue: clock },
      { provide: DataSource, useValue: database.dataSource },
    ],
    exports: [EVENT_STORE, CLOCK, DataSource],
  })
  class Adapters {}
  const module = await Test.createTestingModule({ imports: [Adapters, RoutesApiModule] }).compile();
  app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  useProduct(app, { clock, publicUrl: 'http://kaijisho.example' });
  app.use((signedIn: RequestWithSession, _: unknown, next: NextFunction) => {
    signedIn.signedIn = { id: 'admin', name: '管理 花子', roles: ['administrator'], sessionId: 's1' };
    next();
  });
  await app.init();
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const api = () => request(app.getHttpServer());
const register = async () => (await api().get('/api/routes')).body;
const template = {
  name: '簡易',
  steps: [
    {
      signatories: [{ kind: 'people', people: [{ id: 'ada', name: '書かれた名前' }] }],
      meaning: 'approval',
      quorum: { kind: 'all' },
      covers: 'everything',
      dueInBusinessDays: 2,
      escalation: null,
    },
  ],
  carryOver: 'none',
  oneSignsTwoSteps: false,
  basedOn: 0,
};

describe('the register of routes over HTTP', () => {
  it('offers the standard route and rules that do nothing yet', async () => {
    const { templates, rules, readyMadeRules, choices } = await register();
    expect(templates.map(({ templateId }: { templateId: string }) => templateId)).toEqual(['standard']);
    expect(rules).toEqual([]);
    expect(readyMadeRules).toHaveLength(3);
    expect(choices).toEqual({});
  });

  it('keeps a template with the names of the accounts, chooses it for a disclosure, and shows what comes out', async () => {
    expect((await api().put('/api/routes/templates/short').send(template)).status).toBe(200);
    expect((await api().put('/api/disclosures/d1/route').send({ templateId: 'short' })).status).toBe(200);
    const [ready] = (await register()).readyMadeRules;
    const { ruleId, ...rule } = ready;
    expect(
      (
        await api()
          .put(`/api/routes/rules/${ruleId}`)
          .send({ ...rule, active: true })
      ).status,
    ).toBe(200);

    expect((await register()).templates[1]).toMatchObject({
      templateId: 'short',
      version: 1,
      steps: [{ signatories: [{ kind: 'people', people: [{ id: 'ada', name: '足立 愛' }] }] }],
    });
    const { body: preview } = await api().get('/api/disclosures/d1/route-preview?items=I-1,I-5');
    expect(preview).toEqual(routeFor(await routesNow(store), 'd1', ['I-1', 'I-5']));
    expect(preview.steps.map(({ because }: { because: object[] }) => because)).toEqual([
      [{ kind: 'rule', name: '個人情報の取扱い', items: ['I-5'] }],
      [{ kind: 'template', name: '簡易' }],
    ]);

    expect((await api().delete(`/api/routes/rules/${ruleId}`)).status).toBe(200);
    expect((await register()).rules).toEqual([]);
  });

  it('says why it refuses, and what to do', async () => {
    const nobody = structuredClone(template);
    nobody.steps[0]!.signatories[0]!.people[0]!.id = 'nobody';
    expect((await api().put('/api/routes/templates/other').send(nobody)).body).toMatchObject({
      status: 422,
      title: 'UnknownPerson',
      userId: 'nobody',
    });
    const empty = await api()
      .put('/api/routes/templates/other')
      .send({ ...template, name: '空', steps: [] });
    expect([empty.status, empty.body.title]).toEqual([422, 'NoSteps']);
    const noSuch = await api().put('/api/disclosures/d9/route').send({ templateId: 'short' });
    expect([noSuch.status, noSuch.body.title]).toEqual([404, 'UnknownDisclosure']);
    const inUse = await api().post('/api/routes/templates/short/retirement');
    expect([inUse.status, inUse.body.disclosureIds]).toEqual([409, ['d1']]);
    const malformed = await api()
      .put('/api/routes/templates/other')
      .send({ ...template, carryOver: 'some' });
    expect([malformed.status, malformed.body.issues[0].field]).toEqual([400, 'carryOver']);
  });
});
