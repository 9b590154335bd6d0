import fc from 'fast-check';
import { blocksOf } from './blocks';
import type { Block, Body } from './body';
import { bodies } from './testing';
import { textOf } from './text';

const text = (value: string): Block => ({ type: 'text', text: value });
const paragraph = (value: string): Block => ({ type: 'paragraph', content: [text(value)] });
const item = (...content: Block[]): Block => ({ type: 'listItem', content });
const cell = (value: string, attrs: Record<string, unknown> = {}): Block => ({
  type: 'tableCell',
  attrs,
  content: [paragraph(value)],
});

describe('the text of a body', () => {
  const body: Body = {
    type: 'doc',
    content: [
      paragraph('次のとおりです。'),
      {
        type: 'orderedList',
        attrs: { start: 1, style: 'circled' },
        content: [
          item(paragraph('安全管理'), {
            type: 'bulletList',
            content: [item(paragraph('法令')), item(paragraph('指針'), paragraph('続き'))],
          }),
          item({ type: 'note', content: [text('対象外です。')] }),
        ],
      },
      { type: 'orderedList', attrs: { start: 3, style: 'decimal' }, content: [item(paragraph('三つ目'))] },
      { type: 'note', content: [text('規程は'), { type: 'hardBreak' }, text('社外秘です。')] },
      {
        type: 'table',
        content: [
          { type: 'tableRow', content: [cell('責任', { rowspan: 2 }), cell('医療機関', { colspan: 2 }), cell('当社')] },
          { type: 'tableRow', content: [cell('端末'), cell('回線'), cell('基盤')] },
        ],
      },
      {
        type: 'figure',
        attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt: '構成の図', caption: '図1　全体構成' },
      },
    ],
  };

  it('keeps marks, nesting, and the columns of tables', () =>
    expect(textOf(body)).toBe(
      [
        '次のとおりです。',
        '① 安全管理',
        '  ・法令',
        '  ・指針',
        '    続き',
        '② ※ 対象外です。',
        '3. 三つ目',
        '※ 規程は',
        '社外秘です。',
        '責任\t医療機関\t\t当社',
        '\t端末\t回線\t基盤',
        '［図：構成の図］図1　全体構成',
      ].join('\n'),
    ));

  it('has every text node in it', () =>
    fc.assert(
      fc.property(bodies, (some) => {
        const read = textOf(some);
        for (const one of textsIn(some.content)) expect(read).toContain(one);
      }),
    ));

  it('comes from blocks whose paths lead to them', () =>
    fc.assert(
      fc.property(bodies, (some) => {
        for (const { path, node } of blocksOf(some)) {
          expect(path.reduce<Block>((at, index) => at.content![index]!, some)).toBe(node);
        }
      }),
    ));
});

const textsIn = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => (block.text === undefined ? textsIn(block.content ?? []) : [block.text]));
