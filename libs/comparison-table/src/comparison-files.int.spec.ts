import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { readPdf, squeezed } from '@app/publishing/testing/read-pdf';
import { comparisonDocx } from './comparison-docx';
import { closeComparisonPdf, comparisonPdf } from './comparison-pdf';
import { comparisonTable, textsOf } from './comparison-table';
import { bodyOf, newer, older } from './examples';

const table = comparisonTable('ミナトクラウド', older, newer, 'changed');
/** What a reader finds: every text of the table, remarks in their brackets. */
const remarks = new Set(table.rows.flatMap((row) => row.remarks));
const printedText = squeezed(
  textsOf(table)
    .map((one) => (remarks.has(one) ? `〔${one}〕` : one))
    .join(''),
);
const noFigure = () => Promise.resolve(null);
const [day, otherDay] = ['2031-04-01', '2031-04-02'];

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

/** The smallest PNG: one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const withFigure = (digit: string) => ({
  label: `第${digit}版`,
  parts: [
    {
      number: 'I',
      title: '部',
      items: [
        {
          ...{ itemKey: 'I-1', number: 1, title: '構成' },
          body: bodyOf({
            type: 'figure',
            attrs: { sha256: digit.repeat(64), mediaType: 'image/png', alt: '全体構成', caption: `図${digit}` },
          }),
        },
      ],
    },
  ],
});

/** One file of a zip archive, by its central directory (APPNOTE.TXT 4.3.12). */
const unzipped = (zip: Buffer, name: string): string => {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\u0005\u0006')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(from, from + size);
      return (method === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`No ${name} in the archive`);
};

const entities: { readonly [entity: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const textOfXml = (xml: string): string =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text = '']) => text.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole))
    .join('');

afterAll(closeComparisonPdf);

describe('the PDF of a 新旧対照表', () => {
  it('says exactly what the rows say, in their order', async () => {
    const { text } = await readPdf(await comparisonPdf(table, noFigure, day));
    expect(text).toBe(printedText);
  });

  it('is whole as another program sees it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaijisho-comparison-'));
    try {
      const path = join(folder, 'comparison.pdf');
      writeFileSync(path, await comparisonPdf(table, noFigure, day));
      const checked = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' });
      if (checked.error) return console.warn('qpdf is not installed: the PDF was only read by pdf.js');
      expect({ status: checked.status, said: checked.stderr }).toEqual({ status: 0, said: '' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is the same bytes on the same day', async () => {
    const [first, second, third] = [
      await comparisonPdf(table, noFigure, day),
      await comparisonPdf(table, noFigure, day),
      await comparisonPdf(table, noFigure, otherDay),
    ];
    expect(Buffer.from(first!).equals(Buffer.from(second!))).toBe(true);
    expect(Buffer.from(first!).equals(Buffer.from(third!))).toBe(false);
  });

  it('shows figures beside each other, and names one that is not stored', async () => {
    const figures = comparisonTable('題', withFigure('1'), withFigure('2'), 'changed');
    const shown = await comparisonPdf(figures, () => Promise.resolve({ bytes: pixel, mediaType: 'image/png' }), day);
    expect((await readPdf(shown)).text).toContain('図2');
    expect((await readPdf(await comparisonPdf(figures, noFigure, day))).text).toContain('［図：全体構成］');
  });

  it('is made where the texts differ in what nobody sees', async () => {
    const saying = (text: string) => ({
      label: '版',
      parts: [
        {
          number: 'I',
          title: '部',
          items: [{ itemKey: 'I-1', number: 1, title: '題', body: bodyOf(paragraph(text)) }],
        },
      ],
    });
    const [before, after] = [saying('前後、葛城'), saying('前\u200e\ufe0f\u{e0100}後、葛\u{e0100}城')];
    const { text } = await readPdf(await comparisonPdf(comparisonTable('題', before, after, 'changed'), noFigure, day));
    expect(text).toContain('前後、葛');
  });

  it('says which characters it cannot print', async () => {
    const emoji = { ...newer, label: '第7版😀' };
    await expect(comparisonPdf(comparisonTable('題', older, emoji, 'changed'), noFigure, day)).rejects.toMatchObject({
      name: 'MissingGlyph',
      found: [{ characters: ['😀'], item: null }],
    });
  });
});

describe('the Word file of a 新旧対照表', () => {
  const xmlOf = async (...given: Parameters<typeof comparisonDocx>): Promise<string> =>
    unzipped(Buffer.from(await comparisonDocx(...given)), 'word/document.xml');

  it('says exactly what the rows say, in their order', async () => {
    const text = squeezed(textOfXml(await xmlOf(table, noFigure)));
    expect(text).toBe(printedText);
  });

  it('underlines what changed and nothing else, and keeps merged cells', async () => {
    const xml = await xmlOf(table, noFigure);
    const underlined = [...xml.matchAll(/<w:r>(?:(?!<\/w:r>).)*<w:u w:val="single"\/>(?:(?!<\/w:r>).)*<\/w:r>/g)].map(
      ([one]) => textOfXml(one),
    );
    expect(underlined).toEqual(
      expect.arrayContaining(['35日間', '10日間', '対応の手順', '手順', '再委託先は事前に承認を得ます。']),
    );
    expect(underlined).not.toContain('保管します。');
    expect(xml).toContain('<w:gridSpan w:val="2"/>');
    expect(xml).toContain('<w:tblHeader/>');
  });

  it('has the figures in it, and opens also with control characters in the text', async () => {
    const figures = comparisonTable('題', withFigure('1'), withFigure('2'), 'changed');
    const load = () => Promise.resolve({ bytes: pixel, mediaType: 'image/png' });
    expect(await xmlOf(figures, load)).toContain('descr="全体構成"');
    const odd = { ...newer, label: '第7版\u000b<&>' };
    const xml = await xmlOf(comparisonTable('題', older, odd, 'changed'), noFigure);
    expect(xml).not.toContain('\u000b');
    expect(textOfXml(xml)).toContain('第7版<&>');
  });
});
