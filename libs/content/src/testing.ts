import fc from 'fast-check';
import { figureMediaTypes } from './attributes';
import type { Block, Body, Mark } from './body';
import { parseBody } from './parse-body';

/** Arbitrary bodies for property tests: every kind of node and mark, merged cells included; all of them canonical. */

const words = [
  '医療情報',
  '当社',
  'は',
  'を',
  '保管',
  '10日',
  '2025年1月28日',
  'ISMS',
  '※',
  '①',
  ' ',
  '、',
  '。',
  'VPN（専用線）',
  'a_b',
  '*',
  '1.',
  '-',
  '<b>',
  '&amp;',
  '|',
  '𠮷',
];
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((some) => some.join(''));

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constant({ type: 'bold' }),
  fc.constant({ type: 'italic' }),
  fc
    .constantFrom(
      'https://minato.example/',
      'http://minato.example/a?b=1&c=(2)',
      'mailto:info@minato.example',
      'tel:+81-3-0000-0000',
    )
    .map((href) => ({ type: 'link', attrs: { href } })),
);
const inline: fc.Arbitrary<Block> = fc.oneof(
  { weight: 5, arbitrary: text.map((one): Block => ({ type: 'text', text: one })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(text, fc.uniqueArray(mark, { selector: ({ type }) => type, minLength: 1, maxLength: 3 }))
      .map(([one, marks]): Block => ({ type: 'text', text: one, marks })),
  },
  { weight: 1, arbitrary: fc.constant<Block>({ type: 'hardBreak' }) },
);
const textBlock = (...types: readonly string[]): fc.Arbitrary<Block> =>
  fc.record({ type: fc.constantFrom(...types), content: fc.array(inline, { maxLength: 4 }) });

const figure: fc.Arbitrary<Block> = fc
  .record({
    sha256: fc.constantFrom('a'.repeat(64), '0'.repeat(64)),
    mediaType: fc.constantFrom(...figureMediaTypes),
    alt: text.filter((alt) => alt.trim() !== ''),
    caption: fc.oneof(fc.constant(''), text),
  })
  .map((attrs) => ({ type: 'figure', attrs }));

type Rectangle = { readonly row: number; readonly column: number; readonly height: number; readonly width: number };
type Wish = readonly [row: number, column: number, height: number, width: number];

/** A grid cut into rectangles, so that its spans always fit: those wished for that do, and what is left one by one. @returns those that begin in each row */
export const cutGrid = (rows: number, columns: number, wishes: readonly Wish[]): readonly (readonly Rectangle[])[] => {
  const taken = new Set<string>();
  const covered = ({ row, column, height, width }: Rectangle) =>
    Array.from({ length: height * width }, (_, i) => `${row + Math.floor(i / width)}:${column + (i % width)}`);
  const rectangles: Rectangle[] = [];
  const place = (one: Rectangle) => {
    const fits = one.row + one.height <= rows && one.column + one.width <= columns;
    if (!fits || covered(one).some((each) => taken.has(each))) return;
    covered(one).forEach((each) => taken.add(each));
    rectangles.push(one);
  };
  wishes.forEach(([row, column, height, width]) => place({ row, column, height, width }));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) place({ row, column, height: 1, width: 1 });
  return Array.from({ length: rows }, (_, row) =>
    rectangles.filter((one) => one.row === row).sort((a, b) => a.column - b.column),
  );
};

const table = (cellContent: fc.Arbitrary<readonly Block[]>): fc.Arbitrary<Block> =>
  fc
    .record({
      rows: fc.integer({ min: 1, max: 4 }),
      columns: fc.integer({ min: 1, max: 4 }),
      wishes: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), {
        maxLength: 3,
      }),
      contents: fc.array(cellContent, { minLength: 16, maxLength: 16 }),
      headerRow: fc.boolean(),
    })
    .map(({ rows, columns, wishes, contents, headerRow }) => ({
      type: 'table',
      content: cutGrid(rows, columns, wishes).map((cells, row) => ({
        type: 'tableRow',
        content: cells.map(({ column, height, width }) => ({
          type: headerRow && row === 0 ? 'tableHeader' : 'tableCell',
          attrs: { colspan: width, rowspan: height },
          content: contents[row * 4 + column] ?? [],
        })),
      })),
    }));

const { block } = fc.letrec<{ block: Block; item: Block }>((tie) => ({
  item: fc
    .tuple(textBlock('paragraph', 'note'), fc.array(tie('block'), { maxLength: 1 }))
    .map(([first, rest]) => ({ type: 'listItem', content: [first, ...rest] })),
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    textBlock('paragraph', 'paragraph', 'note', 'heading'),
    figure,
    fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map((content) => ({ type: 'bulletList', content })),
    fc
      .record({
        attrs: fc.record({ start: fc.constantFrom(1, 1, 3), style: fc.constantFrom('decimal', 'circled') }),
        content: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
      })
      .map((list) => ({ type: 'orderedList', ...list })),
    fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((content) => ({ type: 'blockquote', content })),
    // Cells rarely hold more than text: sixteen of them, nested, would be a book.
    table(
      fc.oneof(
        { weight: 15, arbitrary: textBlock('paragraph', 'paragraph', 'note').map((only) => [only]) },
        { weight: 1, arbitrary: fc.array(tie('block'), { minLength: 1, maxLength: 2 }) },
      ),
    ),
  ),
}));

const parsed = (json: unknown): Body => {
  const result = parseBody(json);
  if (!result.ok) throw new Error(`Not a body: ${JSON.stringify(result.problems)}`);
  return result.body;
};

/** Any body, in canonical form. */
export const bodies: fc.Arbitrary<Body> = fc
  .array(block, { maxLength: 5 })
  .map((content) => parsed({ type: 'doc', content }));

/** A body of paragraphs, one for each line. */
export const bodyOfLines = (...lines: readonly string[]): Body =>
  parsed({
    type: 'doc',
    content: lines.map((line) => ({
      type: 'paragraph',
      ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }),
    })),
  });
