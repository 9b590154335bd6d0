import fc from 'fast-check';
import { parseBody, type Block, type Body } from '@app/content';
import { cutGrid } from '@app/content/testing';
import { chequered, chequeredHash, sampleEdition } from './sample-edition';
import type { EditionDocument } from '../edition-document';

/** Arbitrary editions for printing: everything that a body can hold, of every size, and the characters that are hard to read back. */

const repeated = (text: string, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: most }).map((times) => text.repeat(times));

const ordinary = '医療情報 当社 は を 保管します。 VPN（専用線） ISMS 10日 2025年1月28日 、 「 」 。 ・ （ ）'.split(
  ' ',
);
const marks = [
  'か\u3099 は\u309a e\u0301 ゛ ﾞ ﾟ 葛\u{e0100} ヾ ゞ ﾊ\uff9f\uff9e é',
  'あ\u3099 x\u0301 q\u0300\u0301 カ\u309a セ\u309a A\u20dd が\u3099',
  '-\u0301 \u00ad 情\u00ad報\u00ad',
].flatMap((line) => line.split(' '));
const kana = 'ｶﾞｷﾞｸﾞ ﾊﾟ ｱﾞ ｦﾞ ﾞﾞ ｳﾞ ﾜﾞ ｰﾞ ｡｢｣､･ ー ｧｨｩ ワ\u3099 ヷ う\u3099'.split(' ');
const spaces = [
  ' ',
  '  ',
  '\u3000',
  '\u3000\u3000',
  '\u00a0',
  '\u2003',
  '\u2002',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u200e',
  '\u200f',
  '\u061c',
  '\u034f',
  '\u180e',
  '\u3164',
  '\uffa0',
  '\u2061',
  '\ufe0f',
];
const signs = [
  '〜 ～ ― —— …… ‥ ‐ \u2011 – − - -- --- ... “ ” ‘ ’ " \' ~ # $ *',
  '_ ` @ \\ / // /* < > & = + % § ° ′ ″ 〃 々 〻 〆 ゝ 〳〵 〱 ﬁ ﬂ fi',
  'ffi fl Ⅲ ⅲ ① ⑳ ㊿ ㈱ ㎡ ℡ № ™ ½ ² １２ ＡＢ ￥ ¥ ＼ → ⇒ ∑ √ | ¦ ・・ ◦ •',
  '※ 1. (1) １．',
].flatMap((line) => line.split(' '));
const ideographs = '髙 﨑 神 𠮷 𩸽 一 ⼀ 二 ⼆ 丨 口 囗 ロ 凞 侮 侮 辶 ⻌ 艹 ⺾ 見 ⾒ ⻑ 戸 戶'.split(' ');
const long = [
  repeated('長い文がここに続きます。', 80),
  repeated('kaijisho-', 30),
  repeated('ｶﾞ', 60),
  repeated('1234567890', 12),
  repeated('か\u3099', 60),
  repeated('…', 12),
  repeated('-', 80),
  repeated('a\u200b', 60),
  repeated('word ', 60),
  repeated('「」（）', 30),
  repeated('https://example.com/a?b=c&d=', 6),
  repeated('　', 20),
  repeated('ー', 6),
];
const piece = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...ordinary) },
  ...[marks, kana, spaces, signs, ideographs].map((some) => ({ weight: 3, arbitrary: fc.constantFrom(...some) })),
  ...long.map((arbitrary) => ({ weight: 1, arbitrary })),
);
/** Text that may hold every hard case. */
const printable: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 6, arbitrary: fc.array(piece, { minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.array(piece, { minLength: 1, maxLength: 30 }) },
  )
  .map((some) => some.join(''));

const briefText = fc
  .array(fc.constantFrom(...ordinary, ...marks, ...kana, ...spaces, ...signs, ...ideographs), {
    minLength: 1,
    maxLength: 8,
  })
  .map((some) => some.join(''));
const href = fc.constantFrom(
  'https://example.com/案内?a=1&b=(2)',
  'https://example.com/',
  'https://example.com/%E3%81%82#ろ',
  'https://日本語.example/',
  'mailto:a@example.com',
  'tel:+81-45-000-0000',
  `https://example.com/${'long-'.repeat(50)}`,
);
const withMarks = fc
  .tuple(printable, fc.boolean(), fc.boolean(), fc.option(href, { nil: undefined }))
  .map(([text, bold, italic, link]): Block => ({
    ...{ type: 'text', text },
    marks: [
      ...(link === undefined ? [] : [{ type: 'link', attrs: { href: link } }]),
      ...(bold ? [{ type: 'bold' }] : []),
      ...(italic ? [{ type: 'italic' }] : []),
    ],
  }));
const inline: fc.Arbitrary<Block> = fc.oneof(
  { weight: 4, arbitrary: printable.map((text): Block => ({ type: 'text', text })) },
  { weight: 3, arbitrary: withMarks },
  { weight: 1, arbitrary: fc.constant<Block>({ type: 'hardBreak' }) },
);
const heading: fc.Arbitrary<Block> = briefText.map((text) => ({
  type: 'heading',
  attrs: { level: 3 },
  content: [{ type: 'text', text }],
}));
const brief: fc.Arbitrary<Block> = fc.tuple(briefText, fc.option(href, { nil: undefined })).map(([text, link]) => ({
  type: 'paragraph',
  content: [
    { type: 'text', text, ...(link === undefined ? {} : { marks: [{ type: 'link', attrs: { href: link } }] }) },
  ],
}));
const textBlock = (...types: readonly string[]): fc.Arbitrary<Block> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constantFrom(...types.filter((type) => type !== 'heading')),
        content: fc.array(inline, { maxLength: 4 }),
      }),
    },
    { weight: types.includes('heading') ? 1 : 0, arbitrary: heading },
  );

const tall = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="2000" viewBox="0 0 100 2000"><text x="5" y="90" font-family="Noto Sans JP">縦長の図 A&amp;B</text></svg>`;
const broad = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40" viewBox="0 0 900 40"><rect width="900" height="40" fill="#888"/></svg>`;
const pictures: Readonly<Record<string, { bytes: Uint8Array; mediaType: string }>> = {
  [chequeredHash]: { bytes: chequered, mediaType: 'image/png' },
  ['1'.repeat(64)]: { bytes: Buffer.from(tall), mediaType: 'image/svg+xml' },
  ['2'.repeat(64)]: { bytes: Buffer.from(broad), mediaType: 'image/svg+xml' },
};
const figure: fc.Arbitrary<Block> = fc
  .record({
    sha256: fc.constantFrom(...Object.keys(pictures)),
    alt: printable.filter((alt) => alt.trim() !== ''),
    caption: fc.oneof(fc.constant(''), briefText),
  })
  .map(({ sha256, ...rest }) => ({
    type: 'figure',
    attrs: {
      sha256,
      mediaType: pictures[sha256]?.mediaType ?? '',
      ...rest,
      alt: rest.alt.slice(0, 2000),
      caption: rest.caption.slice(0, 2000),
    },
  }));

const table = (cellContent: fc.Arbitrary<readonly Block[]>, most: number): fc.Arbitrary<Block> =>
  fc
    .record({
      rows: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: most }) },
      ),
      columns: fc.integer({ min: 1, max: 6 }),
      wishes: fc.array(
        fc.tuple(fc.nat(12), fc.nat(5), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 })),
        { maxLength: 8 },
      ),
      contents: fc.array(cellContent, { minLength: 1, maxLength: 14 }),
      heads: fc.constantFrom(0, 0, 1, 1, 2, 3),
      headColumn: fc.boolean(),
      headings: fc.array(brief, { minLength: 1, maxLength: 5 }),
    })
    .map(({ rows, columns, wishes, contents, heads, headColumn, headings }) => {
      let at = 0;
      return {
        type: 'table',
        content: cutGrid(rows, columns, wishes).map((cells, row) => ({
          type: 'tableRow',
          content: cells.map(({ column, height, width }) => ({
            type: row < heads || (headColumn && column === 0) ? 'tableHeader' : 'tableCell',
            attrs: { colspan: width, rowspan: height },
            content:
              row < heads
                ? [headings[at++ % headings.length] ?? { type: 'paragraph' }]
                : [...(contents[at++ % contents.length] ?? [])],
          })),
        })),
      };
    });

const several = (one: fc.Arbitrary<Block>, maxLength: number) => fc.array(one, { minLength: 1, maxLength });
const { block } = fc.letrec<{ block: Block; item: Block }>((tie) => ({
  item: fc
    .tuple(textBlock('paragraph', 'note'), fc.array(tie('block'), { maxLength: 2 }))
    .map(([first, rest]) => ({ type: 'listItem', content: [first, ...rest] })),
  block: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    textBlock('paragraph', 'paragraph', 'note', 'heading'),
    figure,
    several(tie('item'), 4).map((content) => ({ type: 'bulletList', content })),
    fc
      .record({
        attrs: fc.record({
          start: fc.constantFrom(0, 1, 1, 3, 48, 9999),
          style: fc.constantFrom('decimal', 'circled'),
        }),
        content: several(tie('item'), 4),
      })
      .map((list) => ({ type: 'orderedList', ...list })),
    several(tie('block'), 3).map((content) => ({ type: 'blockquote', content })),
    table(
      fc.oneof(
        { weight: 10, arbitrary: several(textBlock('paragraph', 'paragraph', 'note', 'heading'), 3) },
        { weight: 3, arbitrary: several(tie('block'), 3) },
      ),
      40,
    ),
  ),
}));

const parsed = (content: readonly Block[]): Body => {
  const result = parseBody({ type: 'doc', content });
  if (!result.ok) throw new Error(`Not a body: ${JSON.stringify(result.problems)}`);
  return result.body;
};

/** Bodies of some blocks each. */
export const anyBodies: fc.Arbitrary<Body> = fc
  .array(
    block.filter((one) => JSON.stringify(one).length < 6_000),
    { minLength: 1, maxLength: 5 },
  )
  .map(parsed);

/** The sample edition with those bodies for its items, a figure in them being one of those above. */
export const editionWith = (bodies: readonly Body[]): EditionDocument => ({
  ...sampleEdition,
  parts: [
    {
      number: 'I',
      title: '部',
      items: bodies.map((body, i) => ({
        itemKey: `I-${i + 1}`,
        number: i + 1,
        title: `項目${i + 1}`,
        body: { type: body.type, content: [...body.content] },
        bodyHash: '0'.repeat(64),
      })),
    },
  ],
  loadFigure: async (sha256) => pictures[sha256] ?? null,
});
