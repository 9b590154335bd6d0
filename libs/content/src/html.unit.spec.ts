import fc from 'fast-check';
import type { Block, Body } from './body';
import { renderHtml } from './html';
import { bodies } from './testing';

const text = (value: string, ...marks: NonNullable<Block['marks']>[number][]): Block => ({
  type: 'text',
  text: value,
  ...(marks.length === 0 ? {} : { marks }),
});
const paragraph = (...content: Block[]): Block => ({ type: 'paragraph', content });
const htmlOf = (...content: Block[]): string =>
  renderHtml({ type: 'doc', content } satisfies Body, { figureUrl: (sha256) => `/figures/${sha256.slice(0, 4)}` });

describe('the HTML of a body', () => {
  it('escapes what was typed', () =>
    expect(htmlOf(paragraph(text('<script>alert("&")</script>')))).toBe(
      '<p>&#60;script&#62;alert(&#34;&#38;&#34;)&#60;/script&#62;</p>',
    ));

  it('never links to anything but pages, mail and telephones, even from a body nobody parsed', () =>
    expect(htmlOf(paragraph(text('罠', { type: 'link', attrs: { href: 'javascript:alert(1)' } })))).toBe('<p>罠</p>'));

  it('writes the marks of ①-lists and notes as text', () => {
    const list: Block = {
      type: 'orderedList',
      attrs: { start: 2, style: 'circled' },
      content: [{ type: 'listItem', content: [{ type: 'note', content: [text('対象外')] }] }],
    };
    expect(htmlOf(list)).toBe(
      '<ol class="circled" start="2"><li><p class="note"><span class="mark">②</span> <span class="mark">※</span> 対象外</p></li></ol>',
    );
  });

  it('says what the header cells of a table head, and keeps merged cells', () => {
    const cell = (type: string, value: string, attrs: Record<string, unknown>): Block => ({
      type,
      attrs,
      content: [paragraph(text(value))],
    });
    const table: Block = {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [
            cell('tableHeader', '', { colspan: 1, rowspan: 1 }),
            cell('tableHeader', '分担', { colspan: 2, rowspan: 1 }),
          ],
        },
        {
          type: 'tableRow',
          content: [
            cell('tableHeader', '責任', { colspan: 1, rowspan: 1 }),
            cell('tableCell', '当社', { colspan: 2, rowspan: 1 }),
          ],
        },
      ],
    };
    expect(htmlOf(table)).toContain('<th scope="colgroup" colspan="2"><p>分担</p></th>');
    expect(htmlOf(table)).toContain('<th scope="row"><p>責任</p></th><td colspan="2"><p>当社</p></td>');
  });

  it('has no header that says nothing', () => {
    const cell = (type: string, ...content: Block[]): Block => ({ type, content: [paragraph(...content)] });
    const row = { type: 'tableRow', content: [cell('tableHeader'), cell('tableHeader', text('当社'))] };
    expect(htmlOf({ type: 'table', content: [row] })).toContain(
      '<tr><td><p></p></td><th scope="col"><p>当社</p></th></tr>',
    );
  });

  it('takes figures from where it is told to', () =>
    expect(htmlOf({ type: 'figure', attrs: { sha256: 'abcd'.repeat(16), alt: '"構成"', caption: '図1' } })).toBe(
      '<figure><img src="/figures/abcd" alt="&#34;構成&#34;"><figcaption>図1</figcaption></figure>',
    ));

  it('is balanced and holds no tags but its own, whatever the body', () =>
    fc.assert(
      fc.property(bodies, (body) => {
        const open: string[] = [];
        for (const [, closing, tag] of renderHtml(body).matchAll(/<(\/?)([a-z0-9]+)[^<>]*>/g)) {
          if (tag === 'br' || tag === 'img') continue;
          if (closing === '') open.push(tag!);
          else expect(open.pop()).toBe(tag);
        }
        expect(open).toEqual([]);
      }),
    ));
});
