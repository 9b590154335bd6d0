import { CLOCK, EVENT_STORE, MemoryEventStore } from '@app/event-sourcing';
import { UNPRINTABLE_IN, useProduct, type RequestWithSession, type SignedIn } from '@app/http';
import { accountsOf, identityMigrations, registerUser } from '@app/identity';
import { mailLog, mailMigrations } from '@app/mail';
import { Global, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { NextFunction } from 'express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { deputationMails, holdersOn, OfficersApiModule, officersNow, OFFICERS_STREAM } from '.';

const clock = () => new Date('2030-04-01T00:00:00.000Z');
const store = new MemoryEventStore();
const administrator: SignedIn = { id: 'admin', name: '管理 花子', roles: ['administrator'], sessionId: 's1' };
let caller = administrator;
let database: TestDatabase;
let app: NestExpressApplication;

beforeAll(async () => {
  database = await createTestDatabase([...identityMigrations, ...mailMigrations]);
  for (const [id, name] of [
    ['ada', '足立 愛'],
    ['ken', '剣持 健'],
  ] as const) {
    const user = { id, name, loginName: id, address: `${id}@example.jp`, password: 'a long password', roles: [] };
    await registerUser({ store, dataSource: database.dataSource, now: clock }, user);
  }
  @Global()
  @Module({
    providers: [
      { provide: EVENT_STORE, useValue: store },
      { provide: CLOCK, useValue: clock },
      { provide: DataSource, useValue: database.dataSource },
      { provide: UNPRINTABLE_IN, useValue: (text: string) => (text.includes('😀') ? ['😀'] : []) },
    ],
    exports: [EVENT_STORE, CLOCK, DataSource, UNPRINTABLE_IN],
  })
  class Adapters {}
  const module = await Test.createTestingModule({ imports: [Adapters, OfficersApiModule] }).compile();
  app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  useProduct(app, { clock, publicUrl: 'http://kaijisho.example' });
  app.use((signedIn: RequestWithSession, _: unknown, next: NextFunction) => {
    signedIn.signedIn = caller;
    next();
  });
  await app.init();
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const post = (path: string, body: object) => request(app.getHttpServer()).post(`/api/officers/${path}`).send(body);
const appointment = {
  role: 'privacyOfficer',
  userId: 'ada',
  department: '情報管理部',
  title: '部長',
  from: '2029-04-01',
};

describe('the register of officers over HTTP', () => {
  it('appoints, replaces and ends, and signing sees it at once', async () => {
    expect((await post('appointments', appointment)).status).toBe(200);
    expect(
      (await post('appointments', { ...appointment, userId: 'ken', title: '室長', from: '2030-05-01' })).status,
    ).toBe(200);
    expect((await post('endings', { role: 'privacyOfficer', userId: 'ken', on: '2030-12-31' })).status).toBe(200);

    const { body } = await request(app.getHttpServer()).get('/api/officers');
    expect(body.today).toBe('2030-04-01');
    expect(body.roles.map(({ role, offices }: { role: string; offices: unknown[] }) => [role, offices.length])).toEqual(
      [
        ['managementOfficer', 0],
        ['privacyOfficer', 2],
        ['systemAdministrator', 0],
        ['operationsOfficer', 0],
      ],
    );
    expect(body.roles[1].offices).toEqual([
      {
        role: 'privacyOfficer',
        userId: 'ken',
        name: '剣持 健',
        department: '情報管理部',
        title: '室長',
        from: '2030-05-01',
        until: '2030-12-31',
        standing: 'future',
      },
      { ...appointment, name: '足立 愛', until: '2030-04-30', standing: 'current' },
    ]);
    const register = await officersNow(store);
    expect(holdersOn(register, 'privacyOfficer', '2030-05-01').map(({ name }) => name)).toEqual(['剣持 健']);
    expect(holdersOn(register, 'privacyOfficer', '2031-01-01')).toEqual([]);
  });

  it('says what to do about somebody unknown and about an office that is not held', async () => {
    const unknown = await post('appointments', { ...appointment, userId: 'nobody' });
    expect(unknown.status).toBe(422);
    expect(unknown.body.detailJa).toContain('利用者が見つかりません');
    const notHeld = await post('endings', { role: 'managementOfficer', userId: 'ada', on: '2030-04-01' });
    expect(notHeld.status).toBe(409);
    expect(notHeld.body.detailJa).toContain('2030年4月1日');
  });

  it('refuses what could not be printed beside a signature', async () => {
    for (const unprintable of [{ department: '情報😀部' }, { title: '😀長' }]) {
      const { status, body } = await post('appointments', { ...appointment, ...unprintable });
      expect([status, body]).toMatchObject([422, { title: 'UnprintableCharacters', characters: ['😀'] }]);
    }
  });

  it('refuses a role that does not exist', async () => {
    const answer = await post('appointments', { ...appointment, role: 'king' });
    expect(answer.status).toBe(400);
    expect(answer.body.issues[0].field).toBe('role');
  });
});

describe('deputations over HTTP', () => {
  const asKen = async <T>(act: () => Promise<T>): Promise<T> => {
    caller = { id: 'ken', name: '剣持 健', roles: ['signatory'], sessionId: 's2' };
    try {
      return await act();
    } finally {
      caller = administrator;
    }
  };
  const list = async () => (await request(app.getHttpServer()).get('/api/deputations')).body.deputations;
  const grant = (body: object) => request(app.getHttpServer()).post('/api/deputations').send(body);
  const end = (id: string, on: string) =>
    request(app.getHttpServer()).post(`/api/deputations/${id}/ending`).send({ on });
  const deputation = {
    principalId: 'ken',
    deputyId: 'ada',
    roles: 'all',
    disclosureIds: 'all',
    from: '2030-05-01',
    until: '2030-05-10',
    reason: '出張のため',
  };

  it('are granted and ended, and everybody sees them', async () => {
    expect((await asKen(() => grant(deputation).then())).status).toBe(200);
    const [granted] = await list();
    expect(granted).toMatchObject({
      principal: { id: 'ken', name: '剣持 健' },
      deputy: { id: 'ada', name: '足立 愛' },
      standing: 'future',
      youMayEnd: true,
    });
    expect((await end(granted.deputationId, '2030-05-05')).status).toBe(200);
    expect(await list()).toMatchObject([{ until: '2030-05-05' }]);
    expect((await end(granted.deputationId, '2030-04-30')).status).toBe(200);
    expect(await asKen(list)).toMatchObject([{ standing: 'past', youMayEnd: false }]);
  });

  it('are refused with what to do', async () => {
    const foreign = await asKen(() => grant({ ...deputation, principalId: 'ada', deputyId: 'ken' }).then());
    expect([foreign.status, foreign.body.detailJa]).toEqual([403, expect.stringContaining('足立 愛さん本人か管理者')]);
    const unknown = await grant({ ...deputation, deputyId: 'nobody' });
    expect([unknown.status, unknown.body.userId]).toEqual([422, 'nobody']);
    const nowhere = await grant({ ...deputation, disclosureIds: ['d9'] });
    expect([nowhere.status, nowhere.body.disclosureId]).toEqual([422, 'd9']);
    const noOffice = await grant({ ...deputation, roles: ['systemAdministrator'] });
    expect([noOffice.status, noOffice.body.detailJa]).toEqual([422, expect.stringContaining('システム管理者')]);
  });

  it('are mailed to both, once', async () => {
    const { apply } = deputationMails({ accountsOf, publicUrl: 'http://kaijisho.example' });
    const events = await store.read(OFFICERS_STREAM);
    for (const once of [events, events]) await database.dataSource.transaction((tx) => apply(once, tx));
    const mails = await mailLog(database.dataSource, { kind: 'deputation', limit: 10 });
    expect(mails.map(({ to }) => to.address).sort()).toEqual(['ada@example.jp', 'ken@example.jp']);
    expect(mails[0]?.subject).toBe('【代理の設定】剣持 健さんの代理：足立 愛さん');
    const [mail] = await database.dataSource.query(`select text from outgoing_mail where kind = 'deputation'`);
    expect(mail.text).toContain('http://kaijisho.example/organization/deputations');
    expect(mail.text).toContain('役割：すべての役職');
  });
});
