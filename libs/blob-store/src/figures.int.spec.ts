import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { BlobStoreModule } from './blob-store.api.module';
import { blobMigrations } from './blob.migrations';
import { FiguresController } from './figures.controller';
import { jpeg, png } from './pictures.testing';
import { PostgresBlobStore } from './postgres-blob-store';

describe('a figure', () => {
  let database: TestDatabase;
  let app: INestApplication<Server>;

  beforeAll(async () => {
    database = await createTestDatabase(blobMigrations);
    const module = await Test.createTestingModule({ imports: [BlobStoreModule], controllers: [FiguresController] })
      .useMocker((token) => (token === DataSource ? database.dataSource : undefined))
      .compile();
    app = module.createNestApplication({ bodyParser: false, logger: false });
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const upload = (bytes: Buffer, type = 'image/png') =>
    request(app.getHttpServer()).post('/api/figures').set('content-type', type).send(bytes);

  it('is kept under its hash and comes back as it was, to be kept by the browser', async () => {
    const bytes = png(640, 480);
    const { status, body } = await upload(bytes);
    expect([status, body]).toMatchObject([
      201,
      { mediaType: 'image/png', width: 640, height: 480, byteSize: bytes.length },
    ]);
    const shown = await request(app.getHttpServer()).get(`/api/figures/${body.sha256}`).buffer();
    expect(shown.body.equals(bytes)).toBe(true);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is known by its bytes, whatever its header says', async () => {
    expect((await upload(jpeg(20, 10), 'image/png')).body).toMatchObject({ mediaType: 'image/jpeg' });
    expect((await upload(Buffer.from('<script>'), 'image/png')).body).toMatchObject({
      status: 415,
      detailJa: expect.stringContaining('PNG'),
    });
  });

  it('is refused when it is broken, too wide, or larger than 5 MB', async () => {
    expect((await upload(png(10, 10).subarray(0, 40))).body).toMatchObject({ title: 'BrokenPicture', status: 422 });
    expect((await upload(png(12_000, 10))).body).toMatchObject({ title: 'PictureTooLarge', width: 12_000 });
    expect((await upload(png(10_000, 8_000))).body.detailJa).toContain('4000 万画素');
    expect((await upload(Buffer.alloc(5 * 1024 * 1024 + 1))).body).toMatchObject({ title: 'TooLarge', status: 413 });
  });

  it('may be an SVG: kept as it was cleaned, told what was left out, shown under a policy that lets nothing run', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" onload="alert(1)"><script>alert(1)</script><path d="M0 0"/></svg>',
    );
    const { status, body } = await upload(svg, 'image/svg+xml');
    expect([status, body]).toMatchObject([
      201,
      { mediaType: 'image/svg+xml', width: 60, height: 40, removed: ['onload', '<script>'] },
    ]);
    const shown = await request(app.getHttpServer()).get(`/api/figures/${body.sha256}`).buffer();
    expect(shown.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*; sandbox$/),
    });
    expect(shown.body.toString()).not.toMatch(/alert/);
    expect((await upload(shown.body)).body).toMatchObject({ sha256: body.sha256, removed: [] });
    expect((await upload(Buffer.from('<svg><image href="x.png"/></svg>'))).body).toMatchObject({
      ...{ status: 422, title: 'UnsafeSvg', found: '<image>' },
      detailJa: expect.stringContaining('<image>'),
    });
  });

  it('is shown as what it is, also when the same bytes were evidence without a meaning before', async () => {
    const store = new PostgresBlobStore(database.dataSource);
    const { sha256 } = await store.put(png(9, 4), 'application/octet-stream');
    expect((await upload(png(9, 4))).body).toMatchObject({ sha256 });
    expect(await store.get(sha256)).toMatchObject({ mediaType: 'image/png' });
    await store.put(png(9, 4), 'application/octet-stream');
    expect(await store.get(sha256)).toMatchObject({ mediaType: 'image/png' });
  });

  it('is not found under another hash', async () => {
    for (const sha256 of ['0'.repeat(64), 'x', "'; drop table blob"]) {
      const { status } = await request(app.getHttpServer()).get(`/api/figures/${encodeURIComponent(sha256)}`);
      expect(status).toBe(404);
    }
  });

  it('is kept once, however often it is put', async () => {
    const store = new PostgresBlobStore(database.dataSource);
    const puts = await Promise.all(Array.from({ length: 5 }, () => store.put(png(7, 7), 'image/png')));
    expect(new Set(puts.map(({ sha256 }) => sha256)).size).toBe(1);
    const rows = await database.dataSource.query('select 1 from blob where sha256 = $1', [puts[0]?.sha256]);
    expect(rows).toHaveLength(1);
  });
});
