import type { Block } from '@app/content';
import { comparisonHtml } from './comparison-html';
import { comparisonTable, textsOf } from './comparison-table';
import { bodyOf, newer, older, paragraph } from './examples';
import { readHtml } from '@app/publishing/testing/read-html';

const table = comparisonTable('ミナトクラウド', older, newer, 'changed');
const noFigure = () => Promise.resolve(null);
const squeezed = (text: string): string => text.replace(/\s+/g, '');
const printed = (one: typeof table): string => {
  const remarks = new Set(one.rows.flatMap((row) => row.remarks));
  return squeezed(
    textsOf(one)
      .map((text) => (remarks.has(text) ? `〔${text}〕` : text))
      .join(''),
  );
};
const ofOne = (label: string, title: string, ...content: readonly Block[]) => ({
  label,
  parts: [{ number: 'I', title: '部', items: [{ itemKey: 'I-1', number: 1, title, body: bodyOf(...content) }] }],
});
const figureOf = (digit: string) =>
  ofOne(`第${digit}版`, '構成', {
    type: 'figure',
    attrs: { sha256: digit.repeat(64), mediaType: 'image/png', alt: '全体構成', caption: `図${digit}` },
  });

describe('the HTML of a 新旧対照表', () => {
  it.each(['changed', 'all'] as const)('says exactly what the rows say, in their order (%s)', async (extent) => {
    const one = comparisonTable('ミナトクラウド', older, newer, extent);
    expect(readHtml(await comparisonHtml(one, noFigure))).toBe(printed(one));
  });

  it('underlines what changed and nothing else, and keeps merged cells', async () => {
    const html = await comparisonHtml(table, noFigure);
    const inserted = [...html.matchAll(/<ins>(.*?)<\/ins>/g)].map(([, text]) => text);
    const removed = [...html.matchAll(/<del>(.*?)<\/del>/g)].map(([, text]) => text);
    expect(inserted).toEqual(expect.arrayContaining(['35日間', '再委託先は事前に承認を得ます。']));
    expect(removed).toEqual(expect.arrayContaining(['10日間', '手順']));
    expect([...inserted, ...removed]).not.toContain('保管します。');
    expect(html).toMatch(/<td class="changed" colspan="2" rowspan="1">/);
  });

  it('has the figures in it, and names one that is not stored', async () => {
    const figures = comparisonTable('題', figureOf('1'), figureOf('2'), 'changed');
    const load = () => Promise.resolve({ bytes: Buffer.from('png'), mediaType: 'image/png' as const });
    const html = await comparisonHtml(figures, load);
    expect(html).toContain('<ins><img src="data:image/png;base64,cG5n" alt="全体構成"></ins>');
    expect(readHtml(await comparisonHtml(figures, noFigure))).toContain('［図：全体構成］図2');
  });

  it('needs nothing but itself, whatever the texts say', async () => {
    const mark = '<script src="https://example.jp/x.js" onload=go()>&"';
    const odd = comparisonTable(mark, ofOne(mark, mark, paragraph(mark)), ofOne('新', '題', paragraph('文')), 'all');
    const html = await comparisonHtml(odd, noFigure);
    expect(readHtml(html)).toBe(printed(odd));
    expect(html).not.toMatch(/<script|<link|<iframe|url\(|src="(?!data:)/);
    expect(html).toContain("default-src 'none'");
  });

  it('says so when nothing changed', async () => {
    const nothing = { ...table, rows: [] };
    expect(readHtml(await comparisonHtml(nothing, noFigure))).toBe(
      `${printed({ ...nothing, newLabel: '', oldLabel: '' })}改正部分はありません。`,
    );
  });
});
