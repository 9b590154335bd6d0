import { BLOB_STORE, blobMigrations, type BlobStore } from '@app/blob-store';
import {
  disclosureMigrations,
  PublishedEditionHandler,
  PublishedServicesHandler,
  type EditionView,
} from '@app/disclosures';
import { CLOCK } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { newSealKeyPem, parseHead, sealKeyFromPem, sealLog, sealMigrations, verifyLog } from '@app/sealing';
import { Global, Module, type INestApplication } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { editionJson } from './edition-json';
import { editionMarkdown } from './edition-markdown';
import { PublishingApiModule } from './publishing.api.module';
import { publishingMigrations } from './publishing.migrations';
import { readPdf } from './testing/read-pdf';
import { chequered, chequeredHash, paragraph, sampleEdition, withFirstBody } from './testing/sample-edition';

let database: TestDatabase;
let app: INestApplication;
let today = '2031-05-01T00:00:00Z';

const publish = async ({
  loadFigure: _,
  ...edition
}: Omit<EditionView, 'loadFigure'> & { loadFigure?: unknown }): Promise<void> => {
  await database.dataSource.query(
    'insert into edition_view (disclosure_id, number, service, body) values ($1, $2, $3, $4)',
    [edition.disclosureId, edition.number, edition.service, JSON.stringify(edition)],
  );
};
const get = (path: string) => request(app.getHttpServer()).get(path);
const bytes = (path: string) =>
  get(path)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
    });
const rendered = async (): Promise<number> =>
  Number((await database.dataSource.query('select count(*) from rendered_pdf'))[0].count);

beforeAll(async () => {
  database = await createTestDatabase([
    ...blobMigrations,
    ...disclosureMigrations,
    ...eventStoreMigrations,
    ...publishingMigrations,
    ...sealMigrations,
  ]);

  @Global()
  @Module({
    providers: [
      { provide: DataSource, useValue: database.dataSource },
      { provide: CLOCK, useValue: () => new Date(today) },
    ],
    exports: [DataSource, CLOCK],
  })
  class RuntimeForSpec {}

  const module = await Test.createTestingModule({
    imports: [RuntimeForSpec, CqrsModule.forRoot(), PublishingApiModule],
    providers: [PublishedEditionHandler, PublishedServicesHandler],
  }).compile();
  app = await module.createNestApplication().init();
  await app.get<BlobStore>(BLOB_STORE, { strict: false }).put(chequered, 'image/png');

  await publish({
    ...sampleEdition,
    number: 6,
    issuedOn: '2030-01-28',
    effectiveOn: '2030-01-28',
    origin: 'imported',
    signatures: [],
  });
  await publish(sampleEdition);
});
afterAll(async () => {
  await app.close();
  await database.close();
});
beforeEach(() => {
  today = '2031-05-01T00:00:00Z';
});

describe('the public portal', () => {
  it('lists the services and leads to the edition in force', async () => {
    const index = await get('/d').expect(200).expect('content-type', 'text/html; charset=utf-8');
    expect(index.text).toContain('href="/d/minato-karte"');
    expect((await get('/d/minato-karte').expect(200)).text).toContain(
      '第7版 <span class="mark-in-force">施行中</span>',
    );
  });

  it('shows an earlier edition as 旧版, and as the one in force as long as it was', async () => {
    expect((await get('/d/minato-karte/editions/6').expect(200)).text).toContain('<strong>旧版</strong>');
    today = '2031-04-10T00:00:00Z';
    expect((await get('/d/minato-karte').expect(200)).text).toContain('第6版 <span class="mark-in-force">');
    expect((await get('/d/minato-karte/editions/7').expect(200)).text).toContain('<strong>施行前</strong>');
  });

  it('allows itself nothing but its own style sheet and pictures', async () => {
    const page = await get('/d/minato-karte');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers['set-cookie']).toBeUndefined();
    const stylesheet = /href="(\/d\/assets\/portal\.css[^"]*)"/.exec(page.text)?.[1] ?? '';
    await get(stylesheet)
      .expect(200)
      .expect('content-type', 'text/css; charset=utf-8')
      .expect('cache-control', /immutable/);
  });

  it('shows the newest seal, which the log can be verified against when it has grown', async () => {
    expect((await get('/d/minato-karte').expect(200)).text).not.toContain('記録の封印');
    await get('/d/log/head.json').expect(404);

    const { dataSource } = database;
    const store = new PostgresEventStore(database.pool);
    const sealing = { store, dataSource, clock: () => new Date(today), key: sealKeyFromPem(newSealKeyPem()) };
    await store.append('thing-a', 'no-stream', [someEvent(1), someEvent(2)]);
    await sealLog(sealing);
    const { text } = await get('/d/minato-karte').expect(200);
    const { body } = await get('/d/log/head.json').expect(200);
    expect(text).toContain(`<code>${body.head}</code>`);
    expect(body).toMatchObject({ format: 'kaijisho.head.v1', batch: 1, events: 2 });

    await store.append('thing-a', 2, [someEvent(3)]);
    await sealLog(sealing);
    expect((await get('/d/log/head.json').expect(200)).body).toMatchObject({ batch: 2, events: 3 });
    const pinned = parseHead(body.head) ?? undefined;
    expect(await verifyLog({ store, dataSource, pinned })).toMatchObject({ finding: null });
    const forged = { batch: 1, chain: '0'.repeat(64) };
    expect(await verifyLog({ store, dataSource, pinned: forged })).toMatchObject({ finding: { type: 'SealReplaced' } });
  });

  it('costs nothing when it has not changed', async () => {
    const { headers } = await get('/d/minato-karte').expect('cache-control', 'public, no-cache');
    const again = await get('/d/minato-karte').set('if-none-match', String(headers['etag'])).expect(304);
    expect(again.text).toBe('');
  });

  it.each([
    '/d/nobody',
    '/d/minato-karte/editions/5',
    '/d/minato-karte/editions/x',
    '/d/minato-karte/editions/99999999999',
    '/d/a/b/c',
    '/d/nobody/editions/1/disclosure.pdf',
  ])('answers 404 in Japanese to %s', async (path) =>
    expect((await get(path).expect(404).expect('content-type', /html/)).text).toContain('ページが見つかりません'),
  );

  it('gives out figures that a published edition of the service cites, and no others', async () => {
    const { body } = await bytes(`/d/minato-karte/figures/${chequeredHash}`)
      .expect(200)
      .expect('content-type', 'image/png');
    expect(chequered.equals(body as Buffer)).toBe(true);
    const draft = await app.get<BlobStore>(BLOB_STORE, { strict: false }).put(Buffer.from('of a draft'), 'image/png');
    await get(`/d/minato-karte/figures/${draft.sha256}`).expect(404);
    await get(`/d/nobody/figures/${chequeredHash}`).expect(404);
  });
});

describe('the PDF of a published edition', () => {
  it('is printed once, however many ask for it, and is the same inside and outside', async () => {
    await database.dataSource.query('delete from rendered_pdf');
    const path = '/d/minato-karte/editions/7/disclosure.pdf';
    const [one, two] = await Promise.all([bytes(path).expect(200), bytes(path).expect(200)]);
    const inside = await bytes('/api/disclosures/disclosure-1/editions/7/disclosure.pdf').expect(200);
    expect(await rendered()).toBe(1);
    expect((one.body as Buffer).equals(two.body as Buffer)).toBe(true);
    expect((one.body as Buffer).equals(inside.body as Buffer)).toBe(true);
    expect(one.headers['content-type']).toBe('application/pdf');
    expect(one.headers['content-disposition']).toContain('inline; filename="minato-karte-edition-7.pdf"');
    expect((await readPdf(one.body as Buffer)).text).toContain('国外法が適用される事業はありません。');
    await get(path).set('if-none-match', String(one.headers['etag'])).expect(304);
  });

  it('says inside which characters cannot be printed, and outside that it is not there', async () => {
    await publish({ ...withFirstBody(paragraph('確認😀')), disclosureId: 'disclosure-2', service: 'emoji' });
    const { body } = await get('/api/disclosures/disclosure-2/editions/7/disclosure.pdf').expect(422);
    expect(body).toMatchObject({ title: 'MissingGlyph', found: [{ characters: ['😀'], item: 'I-1' }] });
    expect(body.detailJa).toBe(
      'PDFに印刷できない文字があります（I-1: 「😀」（U+1F600））。ほかの文字に置き換えてください。',
    );
    expect((await get('/d/emoji/editions/7/disclosure.pdf').expect(503)).text).toContain('PDFを用意できません');
  });
});

describe('the files of an edition', () => {
  it('are its JSON and its Markdown, as written out of any other source', async () => {
    const json = await get('/api/disclosures/disclosure-1/editions/7/disclosure.json')
      .expect(200)
      .expect('content-type', /json/);
    expect(json.text).toBe(editionJson(sampleEdition));
    const markdown = await get('/api/disclosures/disclosure-1/editions/7/disclosure.md')
      .expect(200)
      .expect('content-type', /markdown/);
    expect(markdown.text).toBe(editionMarkdown(sampleEdition));
  });

  it('are a problem when there is no such edition', async () => {
    const { body } = await get('/api/disclosures/disclosure-1/editions/5/disclosure.json').expect(404);
    expect(body.title).toBe('NotFound');
  });
});
