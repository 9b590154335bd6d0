import fc from 'fast-check';
import type { Body } from './body';
import { compareBodies, type ComparedBlock } from './compare';
import { parseBody } from './parse-body';
import { bodies, bodyOfLines } from './testing';
import { textOf } from './text';

const bodyOf = (...content: readonly unknown[]): Body => {
  const parsed = parseBody({ type: 'doc', content });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.body;
};
const text = (value: string, ...marks: readonly unknown[]) => ({
  type: 'text',
  text: value,
  ...(marks.length === 0 ? {} : { marks }),
});
const paragraph = (value: string) => ({ type: 'paragraph', ...(value === '' ? {} : { content: [text(value)] }) });
const item = (value: string) => ({ type: 'listItem', content: [paragraph(value)] });
const cell = (value: string, attrs: object = {}) => ({ type: 'tableCell', attrs, content: [paragraph(value)] });
const table = (...rows: readonly (readonly unknown[])[]) => ({
  type: 'table',
  content: rows.map((content) => ({ type: 'tableRow', content })),
});

const oneSide = (blocks: readonly ComparedBlock[], side: 'removed' | 'added'): string =>
  blocks
    .filter(({ kind }) => ['same', 'changed', side, side === 'removed' ? 'movedAway' : 'movedHere'].includes(kind))
    .map(({ runs }) =>
      runs
        .filter(({ kind }) => kind === 'same' || kind === side)
        .map((run) => run.text)
        .join(''),
    )
    .join('\n');
/** `[-old-][+new+]` around what changed. */
const marked = (blocks: readonly ComparedBlock[]): string =>
  blocks
    .map(({ runs }) =>
      runs.map(({ kind, text: t }) => (kind === 'same' ? t : kind === 'removed' ? `[-${t}-]` : `[+${t}+]`)).join(''),
    )
    .join('\n');
const kinds = (blocks: readonly ComparedBlock[]) => blocks.map(({ kind }) => kind);

describe('a comparison', () => {
  it('of a body with itself shows no change', () =>
    fc.assert(
      fc.property(bodies, (body) => {
        const blocks = compareBodies(body, body);
        expect(kinds(blocks)).toEqual(blocks.map(() => 'same'));
        expect(blocks.map(({ oldHtml, newHtml }) => oldHtml + newHtml).join('')).not.toMatch(/<(ins|del)>/);
      }),
    ));

  it('holds the whole old and the whole new text, in order', () =>
    fc.assert(
      fc.property(bodies, bodies, (before, after) => {
        const blocks = compareBodies(before, after);
        expect(oneSide(blocks, 'removed')).toBe(textOf(before));
        expect(oneSide(blocks, 'added')).toBe(textOf(after));
      }),
    ));

  it('shows every difference, whatever differs', () =>
    fc.assert(
      fc.property(bodies, bodies, (before, after) => {
        fc.pre(JSON.stringify(before) !== JSON.stringify(after));
        expect(kinds(compareBodies(before, after)).some((kind) => kind !== 'same')).toBe(true);
      }),
    ));

  it('changes whole words, dates and numbers', () => {
    const before = bodyOfLines(
      'お客様よりご提供頂いたデータは、当社契約のクラウドシステムで保管および日次でのバックアップを行い、10日または35日間の保持を行っております。診断実施年月は2023年4月です。',
    );
    const after = bodyOfLines(
      'お客様よりご提供いただいたデータは、当社契約のクラウドシステムで保管及び日次でのバックアップを行い、取得したバックアップは35日間保持しております。診断実施年月は2024年10月です。',
    );
    const shown = marked(compareBodies(before, after));
    expect(shown).toContain('診断実施年月は[-2023年4月-][+2024年10月+]です。');
    expect(shown).toContain('保管[-および-][+及び+]日次');
    expect(shown).toContain('お客様よりご提供');
  });

  it('finds the one sentence that changed among many, and leaves the others alone', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `第${i}の事項について、社内規程に基づき管理いたします。`);
    const blocks = compareBodies(
      bodyOfLines(...lines),
      bodyOfLines(...lines.with(20, '第20の事項について、社内基準に基づき管理いたします。')),
    );
    expect(kinds(blocks).filter((kind) => kind !== 'same')).toEqual(['changed']);
    expect(blocks[20]).toMatchObject({
      oldHtml: '<p>第20の事項について、社内<del>規程</del>に基づき管理いたします。</p>',
      newHtml: '<p>第20の事項について、社内<ins>基準</ins>に基づき管理いたします。</p>',
    });
  });

  it('tells an added block from a changed one', () => {
    const blocks = compareBodies(
      bodyOfLines('個人情報保護方針を公表しています。'),
      bodyOfLines('個人情報保護方針を公表しています。', '規程は社外秘です。'),
    );
    expect(kinds(blocks)).toEqual(['same', 'added']);
    expect(blocks[1]).toMatchObject({ oldHtml: '', newHtml: '<p><ins>規程は社外秘です。</ins></p>' });
  });

  it('says when a ① became a ②, because texts refer to it', () => {
    const list = (...items: readonly string[]) =>
      bodyOf({ type: 'orderedList', attrs: { style: 'circled' }, content: items.map(item) });
    const blocks = compareBodies(list('電子保存'), list('安全管理', '電子保存'));
    expect(kinds(blocks)).toEqual(['added', 'changed']);
    expect(marked(blocks)).toBe('[+① 安全管理+]\n[-① -][+② +]電子保存');
  });

  it('compares tables cell by cell', () => {
    const before = bodyOf(table([cell('責任'), cell('医療機関'), cell('当社')]));
    const after = bodyOf(table([cell('責任'), cell('医療機関と当社'), cell('当社')]));
    const [block] = compareBodies(before, after);
    expect(block?.newHtml).toBe(
      '<table><tbody><tr><td><p>責任</p></td><td class="changed"><p>医療機関<ins>と当社</ins></p></td><td><p>当社</p></td></tr></tbody></table>',
    );
  });

  it('draws a header that says nothing as a plain cell, in a table that changed and in one that is new', () => {
    const head = (value: string) => ({ ...cell(value), type: 'tableHeader' });
    const blank = { type: 'tableHeader', attrs: {}, content: [{ type: 'paragraph' }] };
    const before = bodyOf(table([blank, head('当社')], [cell('責任'), cell('なし')]));
    const after = bodyOf(table([blank, head('当社')], [cell('責任'), cell('あり')]));
    const tables = [...compareBodies(before, after), ...compareBodies(bodyOf(), after)];
    expect(tables.map(({ newHtml }) => newHtml.match(/<t[hd]\b/g))).toEqual(
      Array(2).fill(['<td', '<th', '<td', '<td']),
    );
  });

  it('says in words that cells were merged otherwise, although no text changed', () => {
    const before = bodyOf(table([cell('医療機関', { colspan: 3 }), cell('当社')]));
    const after = bodyOf(table([cell('医療機関', { colspan: 2 }), cell('当社', { colspan: 2 })]));
    const [block] = compareBodies(before, after);
    expect(block?.kind).toBe('changed');
    expect(block?.oldHtml).toContain('<del>［セル、横3列・縦1行を結合］</del>');
    expect(block?.newHtml).toContain('<ins>［セル、横2列・縦1行を結合］</ins>');
    expect(block?.remarks).toContain('1行目3列目「当社」：セル、結合なし → セル、横2列・縦1行を結合');
  });

  it('puts the rows of a table side by side when one was added', () => {
    const before = bodyOf(table([cell('窓口'), cell('平日')], [cell('電話'), cell('9時から')]));
    const after = bodyOf(
      table([cell('窓口'), cell('平日')], [cell('メール'), cell('終日')], [cell('電話'), cell('9時から')]),
    );
    const [block] = compareBodies(before, after);
    expect(marked([block!])).toBe('窓口\t平日[+\nメール\t終日+]\n電話\t9時から');
  });

  it('shows a link that leads elsewhere', () => {
    const link = (href: string) =>
      bodyOf({ type: 'paragraph', content: [text('方針', { type: 'link', attrs: { href } })] });
    const [block] = compareBodies(link('https://minato.example/old'), link('https://minato.example/new'));
    expect(block?.oldHtml).toBe(
      '<p><del><a href="https://minato.example/old" rel="noopener noreferrer">方針</a></del></p>',
    );
    expect(block?.newHtml).toBe(
      '<p><ins><a href="https://minato.example/new" rel="noopener noreferrer">方針</a></ins></p>',
    );
  });

  it('shows a figure whose image was replaced', () => {
    const figure = (digit: string) =>
      bodyOf({ type: 'figure', attrs: { sha256: digit.repeat(64), mediaType: 'image/png', alt: '全体構成図' } });
    const [block] = compareBodies(figure('a'), figure('b'), { figureUrl: (sha256) => `/f/${sha256.slice(0, 2)}` });
    expect(block).toMatchObject({
      kind: 'changed',
      oldHtml: '<figure><del><img src="/f/aa" alt="全体構成図"></del></figure>',
      newHtml: '<figure><ins><img src="/f/bb" alt="全体構成図"></ins></figure>',
    });
  });

  it('stays quick when a long text was written anew', () => {
    const lines = (word: string) =>
      Array.from({ length: 400 }, (_, i) => `${word}${i}について、${'社内の基準により管理いたします。'.repeat(5)}`);
    const began = performance.now();
    const blocks = compareBodies(bodyOfLines(...lines('前')), bodyOfLines(...lines('後')));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(oneSide(blocks, 'added')).toBe(lines('後').join('\n'));
  });
});
