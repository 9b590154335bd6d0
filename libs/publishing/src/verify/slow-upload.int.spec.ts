import { request as send, type ClientRequest, type IncomingMessage } from 'node:http';
import { blobMigrations } from '@app/blob-store';
import { disclosureMigrations } from '@app/disclosures';
import { CLOCK, EVENT_STORE } from '@app/event-sourcing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { projectionMigrations } from '@app/projections';
import { sealMigrations } from '@app/sealing';
import { Global, Module, type INestApplication } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { PublishingApiModule } from '../publishing.api.module';
import { publishingMigrations } from '../publishing.migrations';
import { SENDING_TIME } from './verify.controller';

describe('a file that is sent to be verified, slowly', () => {
  let database: TestDatabase;
  let app: INestApplication | undefined;
  let slow: ClientRequest[] = [];

  beforeAll(async () => {
    database = await createTestDatabase([
      ...[...blobMigrations, ...disclosureMigrations, ...eventStoreMigrations, ...projectionMigrations],
      ...[...publishingMigrations, ...sealMigrations],
    ]);
  });
  afterEach(async () => {
    for (const each of slow) each.destroy();
    slow = [];
    await app?.close();
  });
  afterAll(() => database.close());

  const start = async (sendingTime: number): Promise<string> => {
    @Global()
    @Module({
      providers: [
        { provide: DataSource, useValue: database.dataSource },
        { provide: CLOCK, useValue: () => new Date('2031-05-01T00:00:00Z') },
        { provide: EVENT_STORE, useFactory: () => new PostgresEventStore(database.pool) },
      ],
      exports: [DataSource, CLOCK, EVENT_STORE],
    })
    class RuntimeForSpec {}

    const building = Test.createTestingModule({
      imports: [RuntimeForSpec, CqrsModule.forRoot(), PublishingApiModule],
    }).overrideProvider(SENDING_TIME);
    app = (await building.useValue(sendingTime).compile()).createNestApplication();
    await app.listen(0, '127.0.0.1');
    return app.getUrl();
  };

  /** Says what it sends, and sends none of it; resolves when the server waits for that. */
  const sendSlowly = async (url: string): Promise<{ readonly answer: Promise<IncomingMessage> }> => {
    const headers = { 'content-type': 'application/pdf', 'content-length': '100000', expect: '100-continue' };
    const sending = send(`${url}/verify`, { method: 'POST', headers });
    slow.push(sending);
    sending.on('error', () => {}); // destroyed at the end
    const answer = new Promise<IncomingMessage>((resolve) => sending.once('response', resolve));
    await new Promise<void>((resolve) => {
      sending.once('continue', () => resolve());
      sending.flushHeaders();
    });
    return { answer };
  };
  const verify = (url: string) =>
    request(url).post('/verify').set('content-type', 'application/pdf').set('accept', 'text/html').send('no PDF');

  it('keeps nobody else from being answered', async () => {
    const url = await start(600_000);
    for (let i = 0; i < 3; i++) await sendSlowly(url);
    const { status, text } = await verify(url);
    expect([status, text]).toEqual([422, expect.stringContaining('PDF')]);
  });

  it('is received no longer than it may take, and gives its place to the next', async () => {
    const url = await start(1);
    for (let i = 0; i < 20; i++) {
      const { answer } = await sendSlowly(url);
      const { statusCode } = await answer;
      expect(statusCode).toBe(408);
    }
  });
});
