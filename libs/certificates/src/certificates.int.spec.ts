import { CLOCK, EVENT_STORE, MemoryEventStore } from '@app/event-sourcing';
import { useProduct, type RequestWithSession } from '@app/http';
import { projectionMigrations } from '@app/projections';
import { Global, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { NextFunction } from 'express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { CertificatesApiModule, certificatesProjections } from '.';

let database: TestDatabase;
let app: NestExpressApplication;
let store: MemoryEventStore;
let now = new Date('2030-01-20T00:00:00.000Z');

beforeAll(async () => {
  database = await createTestDatabase(projectionMigrations);
});
afterAll(() => database.close());

beforeEach(async () => {
  now = new Date('2030-01-20T00:00:00.000Z');
  store = new MemoryEventStore();
  await database.dataSource.query('delete from view');
  @Global()
  @Module({
    providers: [
      { provide: EVENT_STORE, useValue: store },
      { provide: CLOCK, useValue: () => now },
      { provide: DataSource, useValue: database.dataSource },
    ],
    exports: [EVENT_STORE, CLOCK, DataSource],
  })
  class Adapters {}
  const module = await Test.createTestingModule({ imports: [Adapters, CertificatesApiModule] }).compile();
  app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  useProduct(app, { clock: () => now, publicUrl: 'http://kaijisho.example' });
  app.use((signedIn: RequestWithSession, _: unknown, next: NextFunction) => {
    signedIn.signedIn = { id: 'u1', name: '起草 一郎', roles: ['drafter'], sessionId: 's1' };
    next();
  });
  await app.init();
});
afterEach(() => app.close());

const isms = {
  kind: 'isms',
  name: 'ISMS認証',
  number: 'ZZ-0001',
  body: '審査機関株式会社',
  issuedOn: '2027-01-20',
  validFrom: '2027-01-25',
  validUntil: '2030-01-24',
  citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }],
};
const post = (path: string, body: object) => request(app.getHttpServer()).post(`/api/certificates${path}`).send(body);
/** Asks after the read model has taken in everything. */
const get = async (path = '') => {
  await database.dataSource.transaction(async (tx) => {
    await tx.query('delete from view');
    for (const { apply } of certificatesProjections) await apply(await store.readAll(null, 1_000), tx);
  });
  return request(app.getHttpServer()).get(`/api/certificates${path}`);
};

describe('the register of certificates over HTTP', () => {
  it('shows what was registered, renewed and withdrawn, with the days that are left', async () => {
    const registered = await post('', isms);
    expect(registered.status).toBe(201);
    const { certificateId } = registered.body;
    expect((await get()).body.certificates).toEqual([
      expect.objectContaining({ ...isms, id: certificateId, status: 'valid', daysLeft: 4, withdrawn: null }),
    ]);

    now = new Date('2030-01-24T15:00:00.000Z'); // the 25th in Tokyo
    expect((await get(`/${certificateId}`)).body).toMatchObject({ status: 'lapsed', daysLeft: -1 });

    const renewal = { issuedOn: '2030-01-22', validFrom: '2030-01-25', validUntil: '2033-01-24' };
    expect((await post(`/${certificateId}/renewal`, renewal)).status).toBe(200);
    const renewed = await get(`/${certificateId}`);
    expect(renewed.body).toMatchObject({ ...isms, ...renewal, status: 'valid', daysLeft: 1095 });
    expect(renewed.body.terms.map((term: { validUntil: string }) => term.validUntil)).toEqual([
      '2033-01-24',
      '2030-01-24',
    ]);

    expect((await post(`/${certificateId}/withdrawal`, { reason: '登録範囲の変更' })).status).toBe(200);
    expect((await get(`/${certificateId}`)).body).toMatchObject({
      status: 'withdrawn',
      withdrawn: { reason: '登録範囲の変更', by: { id: 'u1', name: '起草 一郎' } },
    });
  });

  it('that is renewed early stays in its running term until the next begins', async () => {
    const { certificateId } = (await post('', isms)).body;
    const renewal = { issuedOn: '2030-01-15', validFrom: '2030-01-27', validUntil: '2033-01-26' };
    expect((await post(`/${certificateId}/renewal`, renewal)).status).toBe(200);
    const days: unknown[] = [];
    for (const instant of ['2030-01-24T14:59:59.000Z', '2030-01-24T15:00:00.000Z', '2030-01-26T15:00:00.000Z']) {
      now = new Date(instant);
      const { status, terms } = (await get(`/${certificateId}`)).body;
      days.push([status, ...terms.map(({ phase }: { phase: string }) => phase)]);
    }
    expect(days).toEqual([
      ['valid', 'next', 'current'],
      ['notYetValid', 'next', 'current'],
      ['valid', 'current', 'past'],
    ]);
  });

  it('lists the one that lapses first first, and those withdrawn last', async () => {
    const ids: string[] = [];
    for (const validUntil of ['2031-01-24', '2030-01-24', '2029-01-24']) {
      ids.push((await post('', { ...isms, validUntil })).body.certificateId);
    }
    await post(`/${ids[2]}/withdrawal`, { reason: '取り直した' });
    const { body } = await get();
    expect(body.certificates.map(({ id }: { id: string }) => id)).toEqual([ids[1], ids[0], ids[2]]);
  });

  it('says in both languages what to do about an expiry before the issue, and stores nothing', async () => {
    const answer = await post('', { ...isms, issuedOn: '2030-01-25' });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ title: 'ExpiryBeforeIssue', issuedOn: '2030-01-25', validUntil: '2030-01-24' });
    expect(answer.body.detailJa).toContain('有効期限（2030年1月24日）が発行日（2030年1月25日）より前');
    expect(answer.body.detail).toContain('before the issue');
    expect(await store.head()).toBeNull();
  });

  it.each([
    ['a day that does not exist', { validUntil: '2030-02-30' }],
    ['a name with a line break', { name: 'ISMS\r\nBcc: eve@example.com' }],
    ['an empty kind', { kind: ' ' }],
    ['an empty number', { number: ' ' }],
  ])('refuses %s and names the field', async (_, wrong) => {
    const answer = await post('', { ...isms, ...wrong });
    expect(answer.status).toBe(400);
    expect(answer.body.issues.map(({ field }: { field: string }) => field)).toEqual(Object.keys(wrong));
    expect(await store.head()).toBeNull();
  });

  it('refuses a kind that nobody has added', async () => {
    const answer = await post('', { ...isms, kind: 'diploma' });
    expect([answer.status, answer.body.title]).toEqual([422, 'UnknownKind']);
    expect(await store.head()).toBeNull();
  });

  it('answers 404 for a certificate that is not there', async () => {
    expect((await get('/nothing')).status).toBe(404);
    expect((await post('/nothing/withdrawal', { reason: 'x' })).status).toBe(404);
  });
});
