import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePdf } from '../../libs/demo/src/sample-pdf';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const root = join(__dirname, '..', '..');
const sample = join(root, 'libs', 'demo', 'disclosure-edition-1.md');

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

describe('the command line', () => {
  let database: TestDatabase;
  let folder: string;
  const kaijisho = (args: readonly string[], input = ''): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(root, 'dist', 'apps', 'cli', 'src', 'main.js'), ...args], {
        env: { ...process.env, DATABASE_URL: database.url, MIGRATION_DATABASE_URL: database.ownerUrl },
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
      child.stdin.end(input);
    });

  beforeAll(async () => {
    database = await createTestDatabase([]);
    folder = mkdtempSync(join(tmpdir(), 'kaijisho-cli-'));
    expect(await kaijisho(['migrate'])).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  it('shows what an import would read, as stable JSON, and stores nothing', async () => {
    const { code, out } = await kaijisho(['import', sample, '--dry-run', '--json']);
    expect(code).toBe(0);
    const read = JSON.parse(out);
    expect(Object.keys(read)).toEqual(
      expect.arrayContaining(['title', 'serviceName', 'issuer', 'edition', 'editions', 'parts', 'anomalies', 'source']),
    );
    expect(read.parts.map((part: { items: unknown[] }) => part.items.length)).toEqual([10, 16]);
    expect(Object.keys(read.parts[1].items[3])).toEqual(
      expect.arrayContaining(['itemKey', 'number', 'title', 'body', 'text']),
    );
    expect(Object.keys(read.anomalies[0])).toEqual(expect.arrayContaining(['code', 'line', 'message']));
    const [{ count }] = await database.dataSource.query('select count(*)::int as count from events');
    expect(count).toBe(0);
  });

  it.each([
    ['that is not there', () => join(folder, 'missing.md'), /読めません/],
    [
      'that is no disclosure',
      () => {
        const path = join(folder, 'minutes.md');
        writeFileSync(path, '# 議事録\n\n特になし。\n');
        return path;
      },
      /開示書/,
    ],
  ])('says what is wrong with a file %s, without a stack', async (_name, path, sentence) => {
    const { code, out, err } = await kaijisho(['import', path(), '--json']);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('imports, exports as JSON, Markdown and PDF, and takes a public name once', async () => {
    const imported = await kaijisho(['import', sample, '--service', 'minato', '--json']);
    expect(imported.code).toBe(0);
    expect((await kaijisho(['import', sample, '--service', 'minato'])).err).toMatch(/--service/);

    // Read models are filled by the worker; here a rebuild does it.
    expect((await kaijisho(['projections', 'rebuild'])).code).toBe(0);
    const json = JSON.parse((await kaijisho(['export', 'minato', '--format', 'json'])).out);
    expect(json).toMatchObject({ format: 'kaijisho.edition.v1', service: 'minato', number: 1 });
    const { disclosureId } = JSON.parse(imported.out);
    expect((await kaijisho(['export', disclosureId, '--edition', '1', '--format', 'md'])).out).toContain(json.title);
    const pdf = join(folder, 'edition.pdf');
    expect((await kaijisho(['export', 'minato', '--format', 'pdf', '-o', pdf])).code).toBe(0);
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await kaijisho(['export', 'minato', '--edition', '9', '--format', 'json'])).err).toMatch(
      /その版はありません/,
    );
  });

  it('proposes what differs in a file to a disclosure that there is, and edits nothing', async () => {
    const path = join(folder, 'changed.md');
    const changed = readFileSync(sample, 'utf8').replace(
      /(?<=^## 10\. .+\n\n).+/m,
      '国外法が適用されることはありません。',
    );
    writeFileSync(path, changed);
    const proposed = await kaijisho(['import', path, '--into', 'minato', '--json']);
    expect(proposed.err).toBe('');
    expect(JSON.parse(proposed.out)).toMatchObject({
      unchanged: 25,
      missing: [],
      proposals: [{ standing: 'open', item: { itemKey: 'I-10' } }],
    });
    expect((await kaijisho(['import', path, '--into', 'minato'])).out).toMatch(
      /I-10　.+\n.*［＋国外法＋］が適用される.*［＋ことはありません＋］/,
    );
    expect((await kaijisho(['import', sample, '--into', 'minato'])).err).toMatch(/いまの本文と同じ/);
    expect((await kaijisho(['import', path, '--into', 'nowhere'])).err).toMatch(/開示書が見つかりません/);
  });

  it('imports the PDF of an edition exactly, and proposes one of another program page by page', async () => {
    const ours = join(folder, 'edition.pdf');
    const again = await kaijisho(['import', ours, '--service', 'minato-again', '--json']);
    expect([again.err, again.code]).toEqual(['', 0]);
    const whole = JSON.parse(again.out);
    const edition = JSON.parse((await kaijisho(['export', 'minato', '--format', 'json'])).out);
    const texts = (parts: { items: { itemKey: string; title: string; body: unknown }[] }[]) =>
      parts.map(({ items }) => items.map(({ itemKey, title, body }) => ({ itemKey, title, body })));
    expect(texts(whole.parts)).toEqual(texts(edition.parts));
    expect(whole.anomalies).toEqual([]);
    expect((await kaijisho(['import', ours, '--into', 'minato'])).err).toMatch(/いまの本文と同じ/);

    const foreign = join(folder, 'foreign.pdf');
    writeFileSync(foreign, samplePdf('Minutes of a meeting'));
    const proposed = await kaijisho(['import', foreign, '--into', 'minato', '--json']);
    expect([proposed.err, proposed.code]).toEqual(['', 0]);
    expect(JSON.parse(proposed.out)).toMatchObject({
      anomalies: [{ code: 'PDF_TEXT_ONLY' }],
      proposals: [{ standing: 'unplaced', item: null, inFile: { title: '1ページ' } }],
    });
    expect(await kaijisho(['import', foreign, '--service', 'minutes'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('［ファイルから取込］'),
    });
  }, 180_000);

  it('finds that a rebuild ends as the read models are, and finds it when they differ', async () => {
    const same = await kaijisho(['projections', 'rebuild', '--check', '--json']);
    expect([same.code, JSON.parse(same.out).different]).toEqual([0, []]);
    await database.dataSource.query(`update activity_view set sentence = '書き換え'`);
    const different = await kaijisho(['projections', 'rebuild', '--check', '--json']);
    expect([different.code, JSON.parse(different.out).different]).toEqual([1, ['activity.v1']]);
    await kaijisho(['projections', 'rebuild']);
    expect((await kaijisho(['projections', 'rebuild', '--check'])).code).toBe(0);
  });

  it('plans reminders from any day, and refuses what is no day', async () => {
    expect(JSON.parse((await kaijisho(['reminders', 'plan', '--as-of', '2030-04-01', '--json'])).out)).toEqual([]);
    expect(await kaijisho(['reminders', 'plan', '--as-of', '2030-02-30'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('日付ではありません'),
    });
  });

  it('registers a user whose password comes by standard input, and refuses a short one or a mail address with a line break', async () => {
    const add = (password: string, address: string) =>
      kaijisho(
        ['users', 'add', '--login', 'admin', '--name', '管理 者', '--address', address, '--role', 'administrator'],
        `${password}\n`,
      );
    expect((await add('short', 'admin@example.com')).err).toMatch(/文字以上/);
    expect((await add('a long password', 'admin@example.com\nBcc: x@example.com')).err).toMatch(/メールアドレス/);
    expect(await add('a long password', 'admin@example.com')).toMatchObject({ code: 0 });
  });
});
