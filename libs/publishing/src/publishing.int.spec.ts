import { setTimeout as pause } from 'node:timers/promises';
import { canonicalHash } from '@app/content';
import { BLOB_STORE, blobMigrations, type BlobStore } from '@app/blob-store';
import {
  contentHashOf,
  disclosureMigrations,
  PublishedEditionHandler,
  PublishedServicesHandler,
  type DisclosureEvent,
  type EditionView,
} from '@app/disclosures';
import { CLOCK, EVENT_STORE } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import type { RequestWithSession } from '@app/http';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { projectionMigrations } from '@app/projections';
import { newSealKeyPem, parseHead, sealedHead, sealKeyFromPem, sealLog, sealMigrations, verifyLog } from '@app/sealing';
import { Global, Module, type INestApplication } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { editionJson } from './edition-json';
import { editionMarkdown } from './edition-markdown';
import { fingerprintsIn, proofText } from '@app/proof';
import { EditionPdfs } from './edition-pdfs';
import { NotSealedYet } from './pdf/errors';
import type { Printing } from './pdf/print-document';
import { renderPdf } from './pdf/render-pdf';
import { PublishingApiModule } from './publishing.api.module';
import { publishingMigrations } from './publishing.migrations';
import { readPdf } from './testing/read-pdf';
import { eventsOfSample, storable } from './testing/sample-log';
import { Turns } from './verify/turns';
import { verifyFile } from './verify/verify-file';
import {
  chequered,
  chequeredHash,
  paragraph,
  sampleAppearance,
  sampleEdition,
  withFirstBody,
} from './testing/sample-edition';

let database: TestDatabase;
let app: INestApplication;
let today = '2031-05-01T00:00:00Z';
let publicUrl: string | undefined;

let position = 0;
/** Changes a read model as a projection does: its checkpoint moves in the same transaction. */
const project = (sql: string, parameters?: unknown[]): Promise<void> =>
  database.dataSource.transaction(async (tx) => {
    await tx.query(
      `insert into projection_checkpoint (name, position) values ('spec', $1)
       on conflict (name) do update set position = excluded.position`,
      [String((position += 1))],
    );
    await tx.query(sql, parameters);
  });

const publish = async ({
  loadFigure: _,
  ...edition
}: Omit<EditionView, 'loadFigure'> & { loadFigure?: unknown }): Promise<void> => {
  await project('insert into edition_view (disclosure_id, number, service, body) values ($1, $2, $3, $4)', [
    edition.disclosureId,
    edition.number,
    edition.service,
    JSON.stringify(edition),
  ]);
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
  Number((await database.dataSource.query('select count(*) from edition_pdf'))[0].count);
const key = sealKeyFromPem(newSealKeyPem());
/** Seals all that is in the log, as soon as no transaction of anybody on the server, in other specs too, holds that back. */
const seal = async (): Promise<void> => {
  const store = new PostgresEventStore(database.pool);
  for (;;) {
    await sealLog({ store, dataSource: database.dataSource, key, clock: () => new Date('2031-04-01T00:00:10.000Z') });
    const head = await sealedHead(database.dataSource);
    const [log] = await database.dataSource.query<{ events: number }[]>('select count(*)::int as events from events');
    if (head?.events === log?.events) return;
    await pause(20);
  }
};
/** The edition and everything that led to it, in the log. */
const record = async (edition: EditionView, events = eventsOfSample(edition)): Promise<void> => {
  const store = new PostgresEventStore(database.pool);
  await store.append(
    `disclosure-${edition.disclosureId}`,
    'no-stream',
    events.map((event, n) => storable(event, `${edition.disclosureId} ${n}`)),
  );
};

beforeAll(async () => {
  database = await createTestDatabase([
    ...blobMigrations,
    ...disclosureMigrations,
    ...eventStoreMigrations,
    ...projectionMigrations,
    ...publishingMigrations,
    ...sealMigrations,
  ]);

  @Global()
  @Module({
    providers: [
      { provide: DataSource, useValue: database.dataSource },
      { provide: CLOCK, useValue: () => new Date(today) },
      { provide: EVENT_STORE, useFactory: () => new PostgresEventStore(database.pool) },
    ],
    exports: [DataSource, CLOCK, EVENT_STORE],
  })
  class RuntimeForSpec {}

  const module = await Test.createTestingModule({
    imports: [RuntimeForSpec, CqrsModule.forRoot(), PublishingApiModule],
    providers: [PublishedEditionHandler, PublishedServicesHandler],
  }).compile();
  const nest = module.createNestApplication();
  nest.use((request: RequestWithSession, _response: unknown, next: () => void) => {
    if (publicUrl !== undefined) request.publicUrl = publicUrl;
    next();
  });
  app = await nest.init();
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
    expect((await get('/d/minato-karte/editions/7').expect(200)).text).toContain('<strong>施行予定</strong>');
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
    await store.append('thing-a', 'no-stream', [someEvent(1), someEvent(2)]);
    await seal();
    const { text } = await get('/d/minato-karte').expect(200);
    const { body } = await get('/d/log/head.json').expect(200);
    expect(text).toContain(`<code>${body.head}</code>`);
    expect(body).toMatchObject({ format: 'kaijisho.head.v1', batch: 1, events: 2 });

    await store.append('thing-a', 2, [someEvent(3)]);
    await seal();
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

describe('what is said beside a published edition', () => {
  const erratum = {
    ...{ id: 'e1', itemKey: sampleEdition.parts[0]?.items[0]?.itemKey ?? '', text: '「国外法」は誤りです。' },
    ...{ reason: '転記の誤り', by: { id: 'u9', name: '髙橋 健一' }, at: '2031-04-20T03:00:00.000Z' },
    officer: { role: 'managementOfficer', name: '髙橋 健一', department: '', title: '' },
  };
  const say = (state: object) =>
    project(
      `insert into disclosure_view (id, service, body, changed_at) values ('disclosure-1', 'minato-karte', $1, now())
       on conflict (id) do update set body = excluded.body`,
      [JSON.stringify({ state })],
    );
  const editions = [{ number: 6 }, { number: 7, errata: [erratum] }];
  afterEach(() => project('delete from disclosure_view'));

  it('is 正誤 at its item, in the history, in the JSON and in the feed; the signed text stays as it was', async () => {
    const before = await get('/d/minato-karte/editions/7/disclosure.json').expect(200);
    await say({ editions });
    const { text } = await get('/d/minato-karte').expect(200);
    const item = text.slice(text.indexOf('id="I-1"'), text.indexOf('id="I-2"'));
    expect(item).toContain('<strong>正誤</strong> <span class="quiet">2031年4月20日　管理責任者 髙橋 健一</span>');
    expect(item).toContain('「国外法」は誤りです。');
    expect(text.slice(text.indexOf('id="history"'), text.indexOf('id="approval"'))).toContain('「国外法」は誤りです。');
    const { body } = await get('/d/minato-karte/editions/7/disclosure.json').expect(200).expect('content-type', /json/);
    expect(body).toMatchObject({ format: 'kaijisho.published.v1', inForce: true, errata: [{ id: 'e1' }] });
    expect(body.edition).toEqual(before.body.edition);
    expect(body.edition).toEqual(JSON.parse(editionJson(sampleEdition)));
    expect((await get('/d/minato-karte/feed.xml').expect(200)).text).toContain('に正誤を付けました</title>');
    expect((await get('/d/minato-karte/editions/6').expect(200)).text).not.toContain('role="note"');
  });

  it('is the end of the service, from its day on, and the service is listed apart', async () => {
    await say({ editions, retired: { on: '2031-05-31', reason: '後継サービスへの移行' } });
    expect((await get('/d/minato-karte').expect(200)).text).toContain(
      'このサービスは、2031年5月31日をもって提供を終了します（後継サービスへの移行）。',
    );
    expect((await get('/d').expect(200)).text).not.toContain('提供を終了したサービス');
    today = '2031-05-31T15:00:00Z'; // 1 June in Japan
    expect((await get('/d/minato-karte').expect(200)).text).toContain('<strong>提供を終了しました</strong>');
    const { text } = await get('/d').expect(200);
    expect(text.indexOf('提供を終了したサービス')).toBeLessThan(text.indexOf('href="/d/minato-karte"'));
  });

  it('is that a certificate which an item claims has lapsed, from the day after its term, whatever the register cites since', async () => {
    const other = { ...sampleEdition, disclosureId: 'disclosure-9', service: 'nagisa' };
    const stream = 'disclosure-disclosure-9';
    const store = new PostgresEventStore(database.pool);
    await record(other);
    await publish({ ...other, number: 6, issuedOn: '2030-01-28', effectiveOn: '2030-01-28' });
    await publish(other);
    const [first] = await store.read(stream);
    const ofItem = { disclosureId: other.disclosureId, itemKey: erratum.itemKey };
    const registers = (citations: object[]) =>
      project(
        `insert into view (name, key, body) values ('certificates.v4', 'c1', $1)
         on conflict (name, key) do update set body = excluded.body`,
        [
          JSON.stringify({
            ...{ id: 'c1', kind: 'isms', name: 'ISMS認証', citations },
            state: { status: 'Registered', kind: 'isms', term: { validUntil: '2031-05-31' }, filedOn: null },
          }),
        ],
      );
    await registers([{ ...ofItem, from: first?.position, until: null }]);
    today = '2031-05-31T14:59:00Z';
    expect((await get('/d/nagisa').expect(200)).text).not.toContain('期限切れ');
    today = '2031-05-31T15:00:00Z';
    const marked = async (path: string) => {
      const { text } = await get(path).expect(200);
      return text
        .slice(text.indexOf('id="I-1"'), text.indexOf('id="I-2"'))
        .includes('<strong>記載の証明書は期限切れ</strong> ISMS認証（有効期限 2031年5月31日）');
    };
    expect(await marked('/d/nagisa')).toBe(true);

    // The next edition will not claim it: the one in force still does.
    const { by, at } = erratum;
    const next = { revisionId: 'r-8', editionNumber: 8, causes: [{ type: 'certificateRenewal' }] } as const;
    const started: DisclosureEvent = { type: 'RevisionStarted', data: { ...next, by, at } };
    await store.append(stream, (await store.read(stream)).length, [storable(started, 'the next edition')]);
    const { position: until } = await store.append('thing-citation', 'no-stream', [someEvent(9)]);
    await registers([{ ...ofItem, from: first?.position, until }]);
    expect([await marked('/d/nagisa'), await marked('/d/nagisa/editions/6')]).toEqual([true, true]);
    const { body } = await get('/d/nagisa/editions/7/disclosure.json').expect(200);
    expect(body.lapsed).toEqual([{ itemKey: erratum.itemKey, name: 'ISMS認証', validUntil: '2031-05-31' }]);

    // A page that was kept notices.
    await registers([]);
    expect(await marked('/d/nagisa')).toBe(false);
    await project('delete from view');
    await project(`delete from edition_view where disclosure_id = 'disclosure-9'`);
  });
});

describe('the public portal for programs and for readers of English', () => {
  afterEach(() => project('delete from edition_view where number = 5'));

  it('compares two published editions, and leads there from the list of editions', async () => {
    const [first, ...others] = withFirstBody(paragraph('国外法も適用されます。')).parts;
    const [item, ...items] = first?.items ?? [];
    const parts =
      first && item ? [{ ...first, items: [{ ...item, bodyHash: 'f'.repeat(64) }, ...items] }, ...others] : [];
    await publish({ ...sampleEdition, parts, number: 5, issuedOn: '2029-01-28' });
    expect((await get('/d/minato-karte').expect(200)).text).toContain('href="/d/minato-karte/compare/6/7"');
    const { text } = await get('/d/minato-karte/compare/5/7').expect(200);
    expect(text).toContain('第5版から第7版への変更');
    expect(text).toMatch(/<del>|<ins>/);
    expect(text).not.toContain('/api/');
    expect((await get('/d/minato-karte/compare/6/7').expect(200)).text).toContain('どの項目の本文も同じです。');
    await get('/d/minato-karte/compare/7/7').expect(404);
    const turned = await get('/d/minato-karte/compare/7/5?lang=en').expect(302);
    expect(turned.headers['location']).toBe('/d/minato-karte/compare/5/7?lang=en');
    await get('/d/minato-karte/compare/7/8').expect(404);
    await get('/d/nobody/compare/6/7').expect(404);
  });

  it('has a feed with an entry per edition, which costs nothing when it has not changed', async () => {
    const feed = await get('/d/minato-karte/feed.xml')
      .expect(200)
      .expect('content-type', /atom\+xml/);
    expect([...feed.text.matchAll(/<entry>/g)]).toHaveLength(2);
    expect(feed.text).toContain('<title>第7版を公開しました</title>');
    await get('/d/minato-karte/feed.xml').set('if-none-match', String(feed.headers['etag'])).expect(304);
    await get('/d/nobody/feed.xml').expect(404);
  });

  it('names its pages in a sitemap, and keeps robots out of everything else', async () => {
    const { text } = await get('/sitemap.xml').expect(200).expect('content-type', /xml/);
    expect([...text.matchAll(/<loc>([^<]*)/g)].map(([, path]) => path)).toEqual(
      expect.arrayContaining(['/d', '/d/minato-karte', '/d/minato-karte/editions/7', '/d/minato-karte/editions/6']),
    );
    const robots = await get('/robots.txt').expect(200).expect('content-type', /plain/);
    expect(robots.text).toMatch(/^Disallow: \/$/m);
  });

  it('says when a page was last different, and answers 304 to who has seen it since', async () => {
    const page = await get('/d/minato-karte').expect(200);
    const since = String(page.headers['last-modified']);
    expect(new Date(since).toISOString()).toBe('2031-04-30T15:00:00.000Z');
    await get('/d/minato-karte').set('if-modified-since', since).expect(304);
    today = '2031-05-02T00:00:00Z';
    await get('/d/minato-karte').set('if-modified-since', since).expect(200);
  });

  it('speaks English around the text, which stays as it was signed', async () => {
    const english = await get('/d/minato-karte').set('accept-language', 'en-US,en;q=0.9,ja;q=0.5').expect(200);
    expect(english.headers['vary']).toMatch(/accept-language/i);
    expect(english.text).toContain('<html lang="en">');
    expect(english.text).toContain('Edition 7 <span class="mark-in-force">in force</span>');
    expect(english.text).toContain('<time datetime="2031-04-01">1 April 2031</time>');
    expect(english.text).toContain('<h1 lang="ja">サービス仕様適合開示書</h1>');
    const bare = english.text
      .replace(/<(\w+)[^>]* lang="ja"[^>]*>[\s\S]*?<\/\1>/g, '')
      .replace(/<title>.*<\/title>/, '');
    expect(bare.slice(0, bare.indexOf('id="contents"'))).not.toMatch(/[ぁ-んァ-ヶ]/);
    expect((await get('/d/minato-karte').set('accept-language', 'ja,en;q=0.9')).text).toContain('<html lang="ja">');
    expect((await get('/d/minato-karte')).text).toContain('<html lang="ja">');
    // Chosen by the address, it stays chosen from page to page.
    const chosen = await get('/d?lang=en').set('accept-language', 'ja').expect(200);
    expect(chosen.text).toContain('href="/d/minato-karte?lang=en"');
    expect((await get('/d/nobody?lang=en').expect(404)).text).toContain('There is no such page');
  });
});

describe('the PDF of a published edition', () => {
  const path = '/d/minato-karte/editions/7/disclosure.pdf';

  it('waits for the seal over its publication, and so does the proof', async () => {
    const pdfs = app.get(EditionPdfs, { strict: false });
    await expect(pdfs.of(sampleEdition, { layout: 'a4', publicUrl: undefined }, 0)).rejects.toBeInstanceOf(
      NotSealedYet,
    );
    await record(sampleEdition);
    const waiting = pdfs.of(sampleEdition, { layout: 'wide', publicUrl: undefined });
    await get('/d/minato-karte/editions/7/proof.json').expect(425).expect('retry-after', '10');
    expect(await rendered()).toBe(0);
    await seal();
    expect((await readPdf((await waiting).bytes)).attachments).toHaveProperty(['disclosure-edition-7-proof.json']);
  });

  it('is printed once, however many ask for it, and is the same inside and outside', async () => {
    await database.dataSource.query('delete from edition_pdf');
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

  it('lets nothing run or load, as everything that is public', async () => {
    const strict = /^default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'/;
    const files = [path, '/d/minato-karte/editions/7/proof.json', '/d/log/head.json'];
    for (const each of [...files, '/api/disclosures/disclosure-1/editions/7/disclosure.pdf']) {
      const { status, headers } = await bytes(each);
      expect([each, status, headers['content-security-policy']]).toEqual([each, 200, expect.stringMatching(strict)]);
      expect([each, headers['x-content-type-options']]).toEqual([each, 'nosniff']);
    }
    // A figure may have styles in it, and runs in a sandbox.
    const figure = await bytes(`/d/minato-karte/figures/${chequeredHash}`).expect(200);
    expect(figure.headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
  });

  it('stays as it is when the log goes on', async () => {
    const before = await bytes(path).expect(200);
    await new PostgresEventStore(database.pool).append('thing-later', 'no-stream', [someEvent(1)]);
    await seal();
    expect(((await bytes(path).expect(200)).body as Buffer).equals(before.body as Buffer)).toBe(true);
    await database.dataSource.query('delete from edition_pdf');
    expect(((await bytes(path).expect(200)).body as Buffer).equals(before.body as Buffer)).toBe(true);
  });

  it('is followed to the published key by its proof, which leads on to the head', async () => {
    const { body: pdf } = await bytes(path).expect(200);
    const { text: proof } = await get('/d/minato-karte/editions/7/proof.json')
      .expect(200)
      .expect('content-type', /json/);
    const { body: head } = await get('/d/log/head.json').expect(200);
    const { text: pem } = await get('/d/log/keys.pem')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => done(null, text));
      })
      .then(({ body }) => ({ text: String(body) }));
    expect(fingerprintsIn(pem)).toEqual([key.id]);
    expect(JSON.parse(proof).head).toBe(head.head);
    const pinned = parseHead(head.head) ?? undefined;
    const keys = fingerprintsIn(pem);
    expect(await verifyFile(pdf as Buffer, { proof, keys, pinned, printAgain: true })).toMatchObject({
      ...{ level: 'key', findings: [], pinned: 'same', printedAgain: 'same' },
    });
  });

  it('says inside which characters cannot be printed, and outside that it is not there', async () => {
    const emoji = { ...withFirstBody(paragraph('確認😀')), disclosureId: 'disclosure-2', service: 'emoji' };
    await publish(emoji);
    await record({ ...sampleEdition, disclosureId: 'disclosure-2' });
    await seal();
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

describe('the page that verifies', () => {
  const upload = (file: Buffer | undefined, proof?: string): request.Test => {
    const posting = request(app.getHttpServer()).post('/verify').set('accept', 'text/html');
    if (file) posting.attach('pdf', file, 'edition.pdf');
    if (proof) posting.attach('proof', Buffer.from(proof), 'proof.json');
    return file || proof ? posting : posting.field('other', 'x');
  };
  let pdf: Buffer;
  beforeAll(async () => {
    pdf = (await bytes('/d/minato-karte/editions/7/disclosure.pdf').expect(200)).body as Buffer;
  });

  it('has a form without scripts, and what a printed copy is compared with', async () => {
    const { text, headers } = await get('/verify').expect(200);
    expect(text).toContain('<form method="post" action="/verify" enctype="multipart/form-data"');
    expect(text).not.toContain('<script');
    expect(text).toContain(key.id);
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    const own = await get('/verify/minato-karte/7').expect(200);
    expect(own.text).toContain(`<code>${sampleEdition.contentHash}</code>`);
    await get('/verify/minato-karte/70').expect(404);
  });

  it('speaks English to who prefers it, also of what it found', async () => {
    const form = await get('/verify')
      .set('accept-language', 'en')
      .expect(200)
      .expect('vary', /accept-language/i);
    expect(form.text).toContain('<h1>Verify a disclosure</h1>');
    const found = await upload(pdf).set('accept-language', 'en').expect(200);
    expect(found.text).toContain('<html lang="en">');
    expect(found.text).toContain('This PDF is, to the byte, one that this issuer gives out.');
  });

  it('says that a PDF is as it was given out, and keeps nothing', async () => {
    const { text, headers } = await upload(pdf).expect(200);
    expect(text).toContain('公開されたとおりの文書です');
    expect(text).toContain('この発行者が渡しているPDFと1バイトも違いません。');
    expect(text).toContain('<a href="/d/minato-karte/editions/7">第7版の公開ページ</a>');
    expect(headers['cache-control']).toBe('no-store');
    expect(await rendered()).toBe(1);
  });

  it('says what does not hold, and where', async () => {
    const { text } = await upload(Buffer.concat([pdf, Buffer.from('more')])).expect(200);
    expect(text).toContain('この文書は、公開されたとおりのものではありません');
    expect(text).toContain('PDFが作られた後に、変更が書き足されています。</li>');
    expect((await upload(pdf, '{}').expect(200)).text).toContain('証明の形が正しくありません');
  });

  const printing: Printing = { layout: 'a4', verificationPage: null, proof: null };
  /** Published by a version that did not yet say which 後閲 there were. */
  const { serviceName, title, issuer, parts, historyText, causes } = sampleEdition;
  const content = { service: 'older', serviceName, title, issuer, parts: parts as never };
  const contentHash = contentHashOf(content, 7, historyText, causes);
  const [, signature] = sampleEdition.signatures;
  const older = {
    ...{ ...sampleEdition, disclosureId: 'disclosure-older', service: 'older', contentHash },
    signatures: [{ ...signature!, step: 0, contentHash, coverageHash: contentHash }],
  };

  it('knows what it published: a 後閲 left out, which no proof of that time shows, is found', async () => {
    await publish(older);
    await record(
      older,
      eventsOfSample(older).map((event): DisclosureEvent => {
        if (event.type !== 'EditionPublished') return event;
        const { postReviews: _, ...data } = event.data;
        return { ...event, data };
      }),
    );
    await seal();
    const whole = JSON.parse((await get('/d/older/editions/7/proof.json').expect(200)).text);
    const edition = { ...older, postReviews: [] };
    const data = JSON.parse(editionJson(edition));
    const events = whole.events.filter(({ event }: { event: { type: string } }) => event.type !== 'PostReviewed');
    const proof = proofText({ ...whole, events, edition: data, editionHash: canonicalHash(data) });
    const forged = await renderPdf(edition, { ...printing, proof });
    // Alone, the file cannot show it.
    expect(await verifyFile(forged, { keys: [key.id], printAgain: true })).toMatchObject({
      ...{ level: 'key', findings: [], printedAgain: 'same' },
    });
    const { text } = await upload(Buffer.from(forged)).expect(200);
    expect(text).toContain('この文書は、公開されたとおりのものではありません');
    expect(text).toContain('この発行者が公開した版と異なります（edition.postReviews[0]）。');
  });

  it('refuses an edition that was never published here', async () => {
    const unknown = await renderPdf({ ...sampleEdition, disclosureId: 'disclosure-nowhere' }, printing);
    expect((await upload(Buffer.from(unknown)).expect(200)).text).toContain(
      'この発行者は、このような版を公開していません。',
    );
    const impossible = await renderPdf({ ...sampleEdition, disclosureId: 'a\0b' }, printing);
    expect((await upload(Buffer.from(impossible)).expect(200)).text).toContain('このような版を公開していません。');
  });

  it('tells the file that it gives out from another that says the same', async () => {
    const { text: proof } = await get('/d/minato-karte/editions/7/proof.json').expect(200);
    const { text } = await upload(Buffer.from(await renderPdf(sampleEdition, { ...printing, proof }))).expect(200);
    expect(text).toContain('内容は公開されたとおりですが、発行者がここで渡しているファイルではありません');
    expect(text).toContain(
      '版のデータ、検証の案内先、ロゴ、色、奥付に添えた文は、この発行者が公開した版のものと一致します。',
    );
    expect(text).not.toContain('1バイトも違いません');
  });

  describe('demands that a file is printed as the issuer prints it:', () => {
    const printed = async (changes: Partial<Printing>): Promise<string> => {
      const { text: proof } = await get('/d/minato-karte/editions/7/proof.json').expect(200);
      const file = await renderPdf(sampleEdition, { ...printing, proof, ...changes });
      return (await upload(Buffer.from(file)).expect(200)).text;
    };
    beforeAll(() => void (publicUrl = 'https://kaijisho.example.com'));
    afterAll(() => void (publicUrl = undefined));

    it('with its own address in the colophon', async () => {
      const text = await printed({ verificationPage: 'https://evil.example/verify/minato-karte/7' });
      expect(text).toContain('この文書は、公開されたとおりのものではありません');
      expect(text).toContain('検証の案内先（https://evil.example/verify/minato-karte/7）が、この発行者のもの');
    });

    it('with its logo, its colour and its words', async () => {
      const verificationPage = 'https://kaijisho.example.com/verify/minato-karte/7';
      expect(await printed({ verificationPage, appearance: sampleAppearance })).toContain(
        '表紙のロゴ、色、奥付に添えた文のいずれかが、この版を公開したときの発行者のものと異なります。',
      );
      expect(await printed({ verificationPage })).toContain('内容は公開されたとおりですが');
    });

    it('but never refuses what it gave out itself, when its address was another', async () =>
      expect((await upload(pdf).expect(200)).text).toContain('公開されたとおりの文書です'));
  });

  it('answers the same to programs', async () => {
    const answer = await request(app.getHttpServer())
      .post('/verify')
      .set('content-type', 'application/pdf')
      .set('accept', 'application/json')
      .send(pdf)
      .expect(200);
    expect(answer.body).toMatchObject({
      format: 'kaijisho.verification.v1',
      level: 'key',
      findings: [],
      givenOut: true,
    });
  });

  const EMPTY_PDF = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>> endobj
trailer <</Root 1 0 R>>`;
  it.each<readonly [string, () => Buffer | undefined, number, string]>([
    ['nothing', () => undefined, 400, '検証するPDFが選ばれていません'],
    ['no PDF', () => Buffer.from('<html>'), 422, 'PDFとして読めません'],
    ['a PDF of anything else', () => Buffer.from(EMPTY_PDF), 422, '開示書のデータがないPDFのため'],
    ['half a PDF', () => pdf.subarray(0, pdf.length / 2), 422, 'PDFとして読めません'],
    ['more than 30 MB', () => Buffer.alloc(31 * 1024 * 1024), 413, '30 MB を超えるファイルは検証できません'],
  ])('says why it cannot look into %s', async (_name, file, status, sentence) => {
    expect((await upload(file()).expect(status)).text).toContain(sentence);
  });

  it('lets two files in at a time, six wait, and turns others away', async () => {
    const turns = new Turns(2, 6);
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const answers = Array.from({ length: 10 }, () => turns.take(() => gate.then(() => 'done')));
    await expect(answers[9]).resolves.toBe('busy');
    open();
    expect(await Promise.all(answers)).toEqual([...Array(8).fill('done'), 'busy', 'busy']);
    expect(await turns.take(async () => 'again')).toBe('again');
  });
});
