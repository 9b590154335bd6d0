import { squeezed } from '@app/publishing/testing/read-pdf';
import { toString } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { comparisonMarkdown } from './comparison-markdown';
import { comparisonTable, textsOf } from './comparison-table';
import { bodyOf, newer, older, paragraph } from './examples';

const read = (text: string) => unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).parse(text);
const said = (text: string): string => squeezed(toString(read(text), { includeHtml: false }));
const between = (before: string, after: string) => {
  const textOf = (label: string, value: string) => ({
    label,
    parts: [
      {
        number: 'I',
        title: '部',
        items: [{ itemKey: 'I-1', number: 1, title: '構成', body: bodyOf(paragraph(value)) }],
      },
    ],
  });
  return comparisonMarkdown(
    comparisonTable('ミナトクラウド', textOf('第1版', before), textOf('第2版', after), 'changed'),
  );
};

describe('the Markdown of a 新旧対照表', () => {
  it.each(['changed', 'all'] as const)(
    'says to a reader of Markdown what the rows say, in their order (%s)',
    (extent) => {
      const table = comparisonTable('ミナトクラウド', older, newer, extent);
      const remarks = new Set(table.rows.flatMap((row) => row.remarks));
      const expected = textsOf(table).map((text) => (remarks.has(text) ? `〔${text}〕` : text));
      expect(said(comparisonMarkdown(table)).replaceAll('／', '')).toBe(squeezed(expected.join('')));
    },
  );

  it('marks what changed and nothing else', () => {
    const text = comparisonMarkdown(comparisonTable('ミナトクラウド', older, newer, 'changed'));
    expect(text).toContain('<ins>35日間</ins>保管します。 | <del>10日間</del>保管します。');
    expect(text).toContain('（略）');
  });

  it('keeps one row in two cells, whatever characters the text has', () => {
    const text = between('費用は a|b です。', '費用は *a*|<b> `c` \\ です。');
    const [table] = read(text).children.filter(({ type }) => type === 'table');
    expect(
      table && 'children' in table && table.children.map((row) => 'children' in row && row.children.length),
    ).toEqual([2, 2, 2, 2]);
    expect(said(text)).toContain('費用は*a*|<b>`c`\\です。');
  });

  it('tells a wide space from a narrow one', () =>
    expect(between('品川　東京', '品川 東京')).toMatch(/品川.* .*東京.* \| .*品川.*　.*東京/));

  it('leaves out what did not change', () =>
    expect(between('同じ', '同じ')).toContain('| I-1　（略） | I-1　（略） |'));
});
