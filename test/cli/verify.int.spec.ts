import { spawn } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresEventStore } from '@app/event-store-postgres';
import { samplePdf } from '../../libs/demo/src/sample-pdf';
import { newSealKeyPem, sealKeyFromPem, sealLog } from '@app/sealing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { logShowsAll } from '../setup/log';

const root = join(__dirname, '..', '..');
const sample = join(root, 'libs', 'demo', 'disclosure-edition-1.md');

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

describe('kaijisho verify', () => {
  let database: TestDatabase;
  let folder: string;
  const key = sealKeyFromPem(newSealKeyPem());
  const file = (name: string): string => join(folder, name);

  const run = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(root, 'dist', 'apps', 'cli', 'src', 'main.js'), ...args], { env });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
      child.stdin.end();
    });
  const onDatabase = (...args: readonly string[]) =>
    run(args, { ...process.env, DATABASE_URL: database.url, MIGRATION_DATABASE_URL: database.ownerUrl });
  /** Without a database, and with nothing of the environment. */
  const verify = (...args: readonly string[]) => run(['verify', ...args], { PATH: process.env['PATH'] });

  beforeAll(async () => {
    database = await createTestDatabase([]);
    folder = mkdtempSync(join(tmpdir(), 'kaijisho-verify-'));
    expect(await onDatabase('migrate')).toMatchObject({ code: 0 });
    expect(await onDatabase('import', sample, '--service', 'minato')).toMatchObject({ code: 0 });
    await logShowsAll(database.dataSource);
    expect(await onDatabase('projections', 'rebuild')).toMatchObject({ code: 0 });
    const store = new PostgresEventStore(database.pool);
    await onDatabase('export', 'minato', '--format', 'pdf', '-o', file('unsealed.pdf'));
    await sealLog({ store, dataSource: database.dataSource, clock: () => new Date(), key });
    for (const [format, name] of [
      ['pdf', 'edition.pdf'],
      ['pdf-16x9', 'wide.pdf'],
      ['proof', 'proof.json'],
    ] as const)
      expect(await onDatabase('export', 'minato', '--format', format, '-o', file(name))).toMatchObject({ code: 0 });
    const pem = createPublicKey({ key: key.publicKey, format: 'der', type: 'spki' }).export({
      type: 'spki',
      format: 'pem',
    });
    writeFileSync(file('key.pem'), pem);
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  it('follows a PDF to the key, given as fingerprint or as file, without a database', async () => {
    const { code, out } = await verify(file('edition.pdf'), '--key', key.id);
    expect(code).toBe(0);
    expect(out).toMatch(/^公開されたとおりの文書です\n/);
    expect(out).toContain('この版は、取り込まれたとおりに記録されています。');
    expect(out).toContain('この検証では分からないこと');
    expect(out).toMatch(/検証の案内先：http\S+\/verify\/minato\/\d+\n/);
    const { head } = JSON.parse(readFileSync(file('proof.json'), 'utf8'));
    const beside = await verify(
      file('wide.pdf'),
      '--proof',
      file('proof.json'),
      '--key',
      file('key.pem'),
      '--pinned',
      head,
      '--json',
    );
    expect([beside.code, JSON.parse(beside.out)]).toMatchObject([
      0,
      {
        format: 'kaijisho.verification.v1',
        level: 'key',
        exitCode: 0,
        pinned: 'same',
        printedAgain: 'same',
        verificationPage: expect.stringMatching(/^http\S+\/verify\/minato\/\d+$/),
        keys: [key.id],
      },
    ]);
  });

  it('says in English what it does not prove when no key is given', async () => {
    const { code, out } = await verify(file('edition.pdf'), '--lang', 'en');
    expect(code).toBe(0);
    expect(out).toContain('It is as the log has it (the key was not compared)');
    expect(out).toContain('That the key is the issuer’s');
  });

  it('tells a PDF without a proof from one with', async () => {
    expect(await verify(file('unsealed.pdf'))).toMatchObject({
      code: 3,
      out: expect.stringContaining('公開の証明がありません'),
    });
    expect(await verify(file('unsealed.pdf'), '--proof', file('proof.json'), '--key', key.id)).toMatchObject({
      code: 0,
    });
  });

  it('refuses what was changed, with code 1 and the place', async () => {
    const bytes = readFileSync(file('edition.pdf'));
    writeFileSync(file('appended.pdf'), Buffer.concat([bytes, Buffer.from('more')]));
    expect(await verify(file('appended.pdf'), '--key', key.id)).toMatchObject({
      code: 1,
      out: expect.stringContaining('変更が書き足されています。［pdf］'),
    });
    const proof = readFileSync(file('proof.json'), 'utf8').replace('みなと', 'みなみ');
    writeFileSync(file('forged.json'), proof);
    const forged = await verify(file('edition.pdf'), '--proof', file('forged.json'), '--json');
    expect([forged.code, JSON.parse(forged.out).level]).toEqual([1, 'refused']);
    expect(JSON.parse(forged.out).findings[0]).toMatchObject({
      code: 'EditionDiffers',
      at: expect.stringMatching(/^edition\./),
    });
    const other = await verify(file('edition.pdf'), '--key', 'ab'.repeat(32));
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('指定された鍵ではなく')]);
  });

  it('says with code 2 why it could not check', async () => {
    writeFileSync(file('text.pdf'), 'no PDF');
    const foreign = file('foreign.pdf');
    writeFileSync(foreign, samplePdf('Invoice'));
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[file('text.pdf')], /PDFとして読めません/],
      [[foreign], /^開示書のデータがないPDFのため、検証できません。.*公開ページから受け取ったままのPDF/],
      [[foreign, '--lang', 'en'], /^The PDF has no data of a disclosure in it, so it cannot be verified\./],
      [[file('missing.pdf')], /を読めません：その名前のファイルがありません。/],
      [[file('edition.pdf'), '--key', 'abc'], /--key には、鍵の指紋（64桁の16進数）か、公開鍵のファイルを指定/],
      [[file('edition.pdf'), '--key', 'abc', '--lang', 'en'], /the fingerprint of a key \(64 hex digits\) or a file/],
      [[file('edition.pdf'), '--key', file('text.pdf')], /公開鍵（PEM）も指紋/],
      [[file('edition.pdf'), '--pinned', '12'], /--pinned/],
    ];
    for (const [args, sentence] of cases) {
      const { code, out, err } = await verify(...args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(sentence);
      expect(err).not.toMatch(/\n\s+at /);
    }
  }, 180_000);
});
