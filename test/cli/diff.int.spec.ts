import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyDifference } from '@app/content';
import { readBody } from '@app/importing';
import { samplePdf } from '../../libs/demo/src/sample-pdf';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const root = join(__dirname, '..', '..');

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

describe('kaijisho diff', () => {
  let database: TestDatabase;
  let folder: string;
  const kaijisho = (...args: readonly string[]): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(root, 'dist', 'apps', 'cli', 'src', 'main.js'), ...args], {
        env: { ...process.env, DATABASE_URL: database.url, MIGRATION_DATABASE_URL: database.ownerUrl },
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
    });
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  beforeAll(async () => {
    database = await createTestDatabase([]);
    folder = mkdtempSync(join(tmpdir(), 'kaijisho-diff-'));
    // The demo tells the life of one disclosure, with several editions and a revision in review.
    expect(await kaijisho('demo')).toMatchObject({ code: 0 });
    expect((await kaijisho('projections', 'rebuild')).code).toBe(0);
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  const demo = async () => {
    const [{ service, id }]: [{ service: string; id: string }] = await database.dataSource.query(
      'select service, id from disclosure_view limit 1',
    );
    const [{ first, last }]: [{ first: number; last: number }] = await database.dataSource.query(
      'select min(number)::int as first, max(number)::int as last from edition_view where disclosure_id = $1',
      [id],
    );
    return { service, first, last };
  };

  it('compares two texts, and the difference can be applied', async () => {
    const [before, after] = ['日次で10日間保管します。\n\n以上\n', '日次で35日間保管します。\n\n以上\n'];
    const { code, out } = await kaijisho('diff', file('a.md', before), file('b.md', after), '--json');
    expect(code).toBe(0);
    const { same, items } = JSON.parse(out);
    expect(same).toBe(false);
    expect(items).toMatchObject([{ kind: 'changed', text: '日次で[-10日間-][+35日間+]保管します。' }]);
    expect(applyDifference(readBody(before), items[0].difference)).toEqual(readBody(after));
  });

  it('says so when two files do not differ', async () => {
    const path = file('same.txt', '保管します。\n');
    expect(await kaijisho('diff', path, path)).toMatchObject({
      code: 0,
      out: expect.stringContaining('違いはありません'),
    });
    expect(JSON.parse((await kaijisho('diff', path, path, '--json')).out)).toMatchObject({ same: true, items: [] });
  });

  it('compares two editions, and the last one with the text that is being revised', async () => {
    const { service, first, last } = await demo();
    expect(last).toBeGreaterThan(first);
    const editions = await kaijisho('diff', `${service}@${first}`, `${service}@${last}`);
    expect(editions.code).toBe(0);
    expect(editions.out).toMatch(/^■ II?-\d+　/m);
    expect(editions.out).toMatch(/\[\+.+\+\]/);
    const draft = await kaijisho('diff', `${service}@${last}`, `${service}@draft`, '--json');
    expect(JSON.parse(draft.out).items.length).toBeGreaterThan(0);
  });

  it('compares a file that was exported with the edition it came from, and with another one', async () => {
    const { service, first, last } = await demo();
    const exported = join(folder, 'edition.json');
    await kaijisho('export', service, '--format', 'json', '--edition', String(last), '-o', exported);
    expect(JSON.parse((await kaijisho('diff', exported, `${service}@${last}`, '--json')).out).same).toBe(true);
    const stored = JSON.parse((await kaijisho('diff', `${service}@${first}`, `${service}@${last}`, '--json')).out);
    const read = JSON.parse((await kaijisho('diff', `${service}@${first}`, exported, '--json')).out);
    expect(read.items).toEqual(stored.items);
  });

  it('compares editions as Word and as PDF: with each other, and one with its other form', async () => {
    const { service, first, last } = await demo();
    const exported = async (number: number, format: string): Promise<string> => {
      const path = join(folder, `edition-${number}.${format}`);
      const arguments_ = ['export', service, '--format', format, '--edition', String(number), '-o', path];
      expect((await kaijisho(...arguments_)).code).toBe(0);
      return path;
    };
    const [older, newer, pdf] = [
      await exported(first, 'docx'),
      await exported(last, 'docx'),
      await exported(last, 'pdf'),
    ];
    const inWord = await kaijisho('diff', older, newer, '--json');
    expect([inWord.err, inWord.code]).toEqual(['', 0]);
    const stored = await kaijisho('diff', `${service}@${first}`, `${service}@${last}`, '--json');
    const texts = ({ out }: Ran) => JSON.parse(out).items.map(({ text }: { text: string }) => text);
    expect(texts(inWord)).toEqual(texts(stored));
    expect(JSON.parse((await kaijisho('diff', newer, pdf, '--json')).out)).toMatchObject({ same: true });
  }, 180_000);

  it('compares the text of a PDF of another program with a text, and a disclosure with neither', async () => {
    const [older, newer] = [join(folder, 'a.pdf'), join(folder, 'b.pdf')];
    writeFileSync(older, samplePdf('Kept for 10 days.'));
    writeFileSync(newer, samplePdf('Kept for 35 days.'));
    const { items } = JSON.parse((await kaijisho('diff', older, newer, '--json')).out);
    expect(items).toMatchObject([{ kind: 'changed', text: 'Kept for [-10 -][+35 +]days.' }]);
    const { service, first } = await demo();
    expect((await kaijisho('diff', older, `${service}@${first}`)).err).toMatch(/部と項目が見つかりません/);
  }, 180_000);

  it('compares what was recorded at an instant with an edition', async () => {
    const { service, last } = await demo();
    const { code, out } = await kaijisho(
      'diff',
      `${service}@${last}`,
      `${service}@${new Date().toISOString()}`,
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).items.length).toBeGreaterThan(0);
  });

  it('tells items that were added, removed, renamed or renumbered, also in files', async () => {
    const disclosure = (items: readonly string[]): string =>
      `# サービス仕様適合開示書\n\nミナトクラウド\n\n第1版 2025年1月28日\n\n# I. 情報の公開\n\n${items
        .map((item, i) => `${i + 1}. ${item}\n`)
        .join('\n')}\n# 改訂履歴\n\n| 版 | 発行日 | 内容 |\n| --- | --- | --- |\n| 第1版 | 2025年1月28日 | 初版 |\n`;
    const texts = {
      policy: '個人情報保護方針の公開\n\n   方針は当社のサイトで公開しています。',
      backup: 'データの保管とバックアップ\n\n   日次で取得し、35日間保管します。',
      backupRenamed: 'データの保管及びバックアップの取得\n\n   日次で取得し、35日間保管します。',
      training: '従業者の教育\n\n   年1回の研修を行います。',
    };
    const { code, out, err } = await kaijisho(
      'diff',
      file('one.md', disclosure([texts.policy, texts.backup])),
      file('two.md', disclosure([texts.training, texts.policy, texts.backupRenamed])),
      '--json',
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(
      JSON.parse(out).items.map(({ kind, renamed, renumbered, rewritten }: Record<string, unknown>) => ({
        kind,
        renamed,
        renumbered,
        rewritten,
      })),
    ).toEqual([
      { kind: 'added', renamed: false, renumbered: false, rewritten: true },
      { kind: 'changed', renamed: false, renumbered: true, rewritten: false },
      { kind: 'changed', renamed: true, renumbered: true, rewritten: false },
    ]);
  });

  it.each([
    ['a file that is not there', () => ['missing.md', 'missing.md'], /というファイルはありません/],
    ['a folder', () => [folder, folder], /ファイルではありません/],
    ['JSON that is no edition', () => Array(2).fill(file('other.json', '{"a": 1}')), /書き出した版の JSON/],
    ['JSON that is broken', () => Array(2).fill(file('broken.json', '{"a')), /書き出した版の JSON/],
    [
      'an edition with a body that is none',
      () =>
        Array(2).fill(
          file(
            'odd.json',
            JSON.stringify({
              format: 'kaijisho.edition.v1',
              disclosureId: 'd',
              number: 1,
              parts: [{ number: 'I', items: [{ itemKey: 'I-1', number: 1, title: '題', body: { type: 'script' } }] }],
            }),
          ),
        ),
      /I-1/,
    ],
    ['a picture', () => Array(2).fill(file('picture.md', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000')), /picture\.md/],
    ['a disclosure that is not there', () => ['nobody@1', 'nobody@1'], /第1版はありません/],
    [
      'an edition that is not there',
      async () => [`${(await demo()).service}@999`, `${(await demo()).service}@1`],
      /第999版はありません/,
    ],
    [
      'a day that does not exist',
      async () => [`${(await demo()).service}@2026-13-01`, `${(await demo()).service}@1`],
      /2026-13-01/,
    ],
  ] as const)('says what is wrong with %s, without a stack', async (_name, names, sentence) => {
    const { code, out, err } = await kaijisho('diff', ...(await names()), '--json');
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
