import { BLOB_STORE, blobMigrations, type BlobStore } from '@app/blob-store';
import { png } from '@app/blob-store/pictures.testing';
import {
  disclosureMigrations,
  PublishedEditionHandler,
  PublishedServicesHandler,
  type EditionView,
} from '@app/disclosures';
import { CLOCK, EVENT_STORE, MemoryEventStore } from '@app/event-sourcing';
import { useProduct, type RequestWithSession, type SignedIn } from '@app/http';
import { projectionMigrations } from '@app/projections';
import { sealMigrations } from '@app/sealing';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { NextFunction } from 'express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { PublishingApiModule } from '../publishing.api.module';
import { publishingMigrations } from '../publishing.migrations';
import { readPdf } from '../testing/read-pdf';
import { chequered, chequeredHash, sampleAppearance, sampleEdition } from '../testing/sample-edition';
import { eventsOfSample, storable } from '../testing/sample-log';
import { reportOf } from '../verify/report';
import { verifyFile } from '../verify/verify-file';

const clock = () => new Date('2031-05-01T00:00:00.000Z');
const store = new MemoryEventStore();
const administrator: SignedIn = { id: 'admin', name: '管理 花子', roles: ['administrator'], sessionId: 's1' };
let database: TestDatabase;
let app: NestExpressApplication;

const { loadFigure: _, ...later } = sampleEdition;
const earlier: EditionView = { ...later, disclosureId: 'earlier', service: 'earlier' };

/** In the log, and in what the questions read. */
const publish = async (edition: EditionView): Promise<void> => {
  const events = eventsOfSample(edition).map((event, n) => storable(event, `${edition.disclosureId} ${n}`));
  await store.append(`disclosure-${edition.disclosureId}`, 'no-stream', events);
  await database.dataSource.query(
    'insert into edition_view (disclosure_id, number, service, body) values ($1, $2, $3, $4)',
    [edition.disclosureId, edition.number, edition.service, JSON.stringify(edition)],
  );
};

beforeAll(async () => {
  database = await createTestDatabase([
    ...blobMigrations,
    ...disclosureMigrations,
    ...projectionMigrations,
    ...publishingMigrations,
    ...sealMigrations,
  ]);
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
  const module = await Test.createTestingModule({
    imports: [Adapters, CqrsModule.forRoot(), PublishingApiModule],
    providers: [PublishedEditionHandler, PublishedServicesHandler],
  }).compile();
  app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  useProduct(app, { clock, publicUrl: 'http://kaijisho.example' });
  app.use((signedIn: RequestWithSession, _response: unknown, next: NextFunction) => {
    signedIn.signedIn = administrator;
    next();
  });
  await app.init();
  await app.get<BlobStore>(BLOB_STORE, { strict: false }).put(chequered, 'image/png');
  await publish(earlier);
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const http = () => request(app.getHttpServer());
const change = (body: object) =>
  http()
    .put('/api/appearance')
    .send({ logo: null, accent: null, colophon: '', ...body });
const file = async (path: string): Promise<Buffer> => {
  const answer = await http()
    .get(path)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
    });
  expect(answer.status).toBe(200);
  return answer.body as Buffer;
};
const printed = async (disclosureId: string, name = 'disclosure.pdf') =>
  file(`/api/disclosures/${disclosureId}/editions/7/${name}`);

describe('how a company looks', () => {
  it('is refused in words when it could not be read, printed or shown', async () => {
    const light = await change({ accent: '#7FB2FF' });
    expect([light.status, light.body.title]).toEqual([422, 'AccentTooLight']);
    expect(light.body.detailJa).toContain('1.97：1');
    expect((await change({ logo: 'a'.repeat(64) })).body.title).toBe('UnknownLogo');
    expect((await change({ colophon: '制作：広報室🏥' })).body.detailJa).toContain('「🏥」');
    expect((await change({ accent: 'red' })).status).toBe(400);
    expect((await http().get('/api/appearance')).body).toEqual({ logo: null, accent: null, colophon: '' });
  });

  it('is that of its time in an edition: what was published before stays as it was, to the byte', async () => {
    const before = await printed(earlier.disclosureId);
    const wordBefore = await printed(earlier.disclosureId, 'disclosure.docx');
    const { accent, colophon } = sampleAppearance;
    expect((await change({ logo: chequeredHash, accent, colophon })).status).toBe(200);
    expect((await http().get('/api/appearance')).body).toEqual(sampleAppearance);
    await publish(later);

    const after = await readPdf(await printed(later.disclosureId));
    expect(after.text).toContain('制作：みなと医療情報広報室許可なく転載することを禁じます。');
    expect(
      JSON.parse(Buffer.from(after.attachments['disclosure-edition-7-print.json'] ?? []).toString()),
    ).toMatchObject({ appearance: sampleAppearance });
    expect(after.attachments[`figure-${chequeredHash}.png`]).toEqual(Uint8Array.from(chequered));

    // What is kept is given up: it is printed anew.
    await database.dataSource.query('delete from edition_pdf');
    expect((await printed(earlier.disclosureId)).equals(before)).toBe(true);
    expect((await printed(earlier.disclosureId, 'disclosure.docx')).equals(wordBefore)).toBe(true);
    expect((await printed(later.disclosureId, 'disclosure.docx')).equals(wordBefore)).toBe(false);
  });

  it('is checked by whoever verifies the PDF, and said to be no part of what was signed', async () => {
    const bytes = await printed(later.disclosureId);
    const verified = await verifyFile(bytes, { printAgain: true });
    expect(verified).toMatchObject({ level: 'document', findings: [], printedAgain: 'same' });
    const { facts, doesNotProve } = reportOf(verified, 'ja');
    expect(doesNotProve.join('')).toContain('表紙のロゴ、色、奥付');
    expect(facts.map(([label]) => label)).toEqual(expect.arrayContaining(['ロゴのSHA-256', '色', '奥付に添えた文']));
    expect((await printed(later.disclosureId, 'disclosure-16x9.pdf')).length).toBeGreaterThan(10_000);
  });

  it('is on the public page of the edition, with nothing but its own addresses', async () => {
    const { text } = await http().get('/d/minato-karte').set('accept-language', 'ja').expect(200);
    expect(text).toContain(`<img class="logo" src="/d/assets/logo/${chequeredHash}" alt="株式会社みなと医療情報"`);
    expect(text).toContain('<link rel="stylesheet" href="/d/assets/appearance.css?accent=7a1f2b" />');
    expect(text).toContain('許可なく転載することを禁じます。');
    expect((await http().get('/d/earlier').expect(200)).text).not.toMatch(/appearance|class="logo"/);

    const css = await http().get('/d/assets/appearance.css?accent=7a1f2b').expect(200);
    expect(css.text).toContain('--accent: #7a1f2b');
    expect((await http().get('/d/assets/appearance.css?accent=red;}').expect(200)).text).not.toContain('red');
    expect(await file(`/d/assets/logo/${chequeredHash}`)).toEqual(chequered);
    const other = await app.get<BlobStore>(BLOB_STORE, { strict: false }).put(png(3, 3), 'image/png');
    await http().get(`/d/assets/logo/${other.sha256}`).expect(404);
  });
});
