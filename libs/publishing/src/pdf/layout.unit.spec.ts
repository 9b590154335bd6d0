import { phrasesOf } from './phrases';
import { columnWidths, headRows, placeCells } from './table-layout';

const cell = (text: string, type = 'tableCell', colspan = 1, rowspan = 1) => ({
  type,
  attrs: { colspan, rowspan },
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const table = (...rows: ReturnType<typeof cell>[][]) => ({
  type: 'table',
  content: rows.map((content) => ({ type: 'tableRow', content })),
});
const kept = (text: string) =>
  phrasesOf(text)
    .map((phrase) => phrase.text)
    .join('|');

describe('a heading', () => {
  it('may break between phrases, particles staying with their word', () =>
    expect(kept('財務諸表等に基づく経営の健全性')).toBe('財務諸表等に|基づく|経営の|健全性'));

  it('keeps foreign words whole', () => expect(kept('サイバー攻撃')).toBe('サイバー|攻撃'));

  it('leaves brackets and punctuation outside of what is kept whole', () =>
    expect(
      phrasesOf('「基本方針」、他')
        .filter((phrase) => /[「」、]/.test(phrase.text))
        .every((phrase) => !phrase.keep),
    ).toBe(true));

  it.each([
    'プライバシーマーク認定又はISMS 認証を取得状況',
    '',
    '  a  ',
    '①「」（）。、',
    'おおおおおおおおおおおおおおおおおおおお',
  ])('loses nothing of %p', (text) =>
    expect(
      phrasesOf(text)
        .map((phrase) => phrase.text)
        .join(''),
    ).toBe(text),
  );
});

describe('a table', () => {
  it('has its cells flow around those that span down and across', () => {
    const cells = placeCells(table([cell('a', 'tableCell', 1, 2), cell('b', 'tableCell', 2)], [cell('c'), cell('d')]));
    expect(cells.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [2, 1],
    ]);
  });

  it('repeats the rows that are only headings', () => {
    const heads = [cell('a', 'tableHeader'), cell('b', 'tableHeader')];
    expect(headRows(placeCells(table(heads, [cell('c', 'tableHeader'), cell('d')])))).toBe(1);
    expect(headRows(placeCells(table([cell('a'), cell('b')])))).toBe(0);
  });

  it('repeats nothing when a heading reaches into the text', () =>
    expect(headRows(placeCells(table([cell('a', 'tableHeader', 1, 2), cell('b', 'tableHeader')], [cell('c')])))).toBe(
      0,
    ));

  it('gives wide columns to much text, but not in proportion', () => {
    const [short = 0, long = 0] = columnWidths(placeCells(table([cell('項目'), cell('説明'.repeat(100))])));
    expect(long / short).toBeGreaterThan(2);
    expect(long / short).toBeLessThan(8);
  });

  it('gives equal columns to equal text', () =>
    expect(
      new Set(columnWidths(placeCells(table([cell('同じ長さの文'), cell('同じ長さの文'), cell('同じ長さの文')])))).size,
    ).toBe(1));
});
