import { disclosureCodec, disclosureProjections, type DisclosureEvent } from '@app/disclosures';
import { PostgresEventStore } from '@app/event-store-postgres';
import { migrations } from '@app/runtime';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  at,
  drafter,
  inReview,
  management,
  organisationWith,
  privacy,
  published,
  signatureOf,
  signed,
  step,
} from '../../libs/disclosures/src/domain/examples';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { logShowsAll } from '../setup/log';

const root = join(__dirname, '..', '..');
const deputy = { id: 'deputy', name: '代理 四郎' };
const [privacyOffice] = organisationWith({}).offices;

/** Signed by a deputy, returned by the approver, signed again by the officer, approved and published. */
const story: readonly DisclosureEvent[] = [
  ...inReview,
  signed(
    signatureOf(deputy, 0, step(), {
      at: '2030-01-01T00:00:00.000Z',
      onBehalfOf: {
        person: privacy,
        officer: {
          role: 'privacyOfficer',
          name: privacy.name,
          department: '管理本部',
          title: privacyOffice?.title ?? '',
        },
        deputation: { id: 'dp1', from: '2029-12-25', until: '2030-01-31' },
      },
    }),
  ),
  { type: 'StepCompleted', data: { revisionId: 'r3', step: 0, by: deputy, at } },
  { type: 'ReturnedToStep', data: { revisionId: 'r3', from: 1, to: 0, reason: '本人の確認を', by: management, at } },
  ...published.slice(inReview.length),
];

describe('kaijisho record', () => {
  let database: TestDatabase;
  const kaijisho = (...args: readonly string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
      const child = spawn(process.execPath, [join(root, 'dist', 'apps', 'cli', 'src', 'main.js'), ...args], {
        env: { ...process.env, DATABASE_URL: database.url, MIGRATION_DATABASE_URL: database.ownerUrl },
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
    });

  beforeAll(async () => {
    database = await createTestDatabase(migrations);
    const store = new PostgresEventStore(database.pool);
    const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
    await store.append(
      'disclosure-d1',
      'no-stream',
      story.map((event) => ({ id: randomUUID(), metadata, ...disclosureCodec.encode(event) })),
    );
    await logShowsAll(database.dataSource);
    const events = await store.readAll(null, 100);
    await database.dataSource.transaction(async (tx) => {
      for (const { apply } of disclosureProjections) await apply(events, tx);
    });
  });
  afterAll(() => database?.close());

  it('prints the full signature record of an edition as stable JSON, by ID or public name', async () => {
    const { code, out } = await kaijisho('record', 'd1', '--edition', '3', '--json');
    expect(code).toBe(0);
    const record = JSON.parse(out);
    expect(record).toMatchObject({
      format: 'kaijisho.record.v1',
      ...{ disclosureId: 'd1', service: 'minato', editionNumber: 3, authors: [drafter] },
      route: { templateName: '標準' },
    });
    const edition = published.at(-1);
    expect(record.contentHash).toBe(edition?.type === 'EditionPublished' && edition.data.contentHash);
    expect(record.signatures).toMatchObject([
      { step: 0, signer: deputy, onBehalfOf: { person: privacy, deputation: { id: 'dp1' } }, standing: 'void' },
      { step: 0, signer: privacy, onBehalfOf: null, standing: 'holds' },
      { step: 1, signer: management, meaning: 'approval', standing: 'holds' },
    ]);
    for (const signature of record.signatures) {
      expect(Object.keys(signature)).toEqual(
        expect.arrayContaining(
          'officer capacity statement contentHash coverageHash at timeZone reauthentication disclosureId place'.split(
            ' ',
          ),
        ),
      );
    }
    // Every fact is where the record says, under the hash that it says.
    const stored = await database.dataSource.query(
      `select id, version, hash from events where stream = 'disclosure-d1' order by version`,
    );
    for (const { place } of [...record.signatures, ...record.course, record.published]) {
      const row = stored.find(({ version }: { version: number | string }) => Number(version) === place.version);
      expect(place).toEqual({ version: place.version, eventId: row.id, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    }
    expect((await kaijisho('record', 'minato', '--edition', '3', '--json')).out).toBe(out);
  });

  it('prints it for people to read', async () => {
    const { code, out } = await kaijisho('record', 'minato', '--edition', '3');
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toBe('「みなと医療クラウド」 サービス仕様適合開示書 第3版');
    expect(lines).toEqual(
      expect.arrayContaining([
        '起草　起草 花子',
        '　第1段階 審査　代理 四郎（個人情報保護責任者 保護 一郎の代理）　（無効：差戻し）',
        '　　代理の期間　2029-12-25 ～ 2030-01-31',
        '　第1段階 審査　個人情報保護責任者 保護 一郎　管理本部 法務部長',
        '　第2段階 承認　管理責任者 管理 三郎　事業本部 本部長',
        '　　第3版の変更箇所と全文を確認し、承認します。',
        '　2030/01/02 9:00:00　管理 三郎　第1段階に差し戻しました（理由：本人の確認を）。',
      ]),
    );
    expect(out).toContain('2030/01/02 9:00:00（Asia/Tokyo）　本人確認：パスワードの再入力');
  });

  it('says so where there is no such record', async () => {
    const missing = await kaijisho('record', 'minato', '--edition', '9');
    expect([missing.code, missing.out]).toEqual([1, '']);
    expect(missing.err).toContain('第9版への改訂の記録はありません');
    expect((await kaijisho('record', 'minato', '--edition', 'three')).err).toContain('数字ではありません');
  });
});
