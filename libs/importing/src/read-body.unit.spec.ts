import fc from 'fast-check';
import { renderHtml, textOf, toMarkdown, type Body } from '@app/content';
import { bodies } from '@app/content/testing';
import { readBody } from './read-body';

const letters = (body: Body): string =>
  textOf(body)
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '');

describe('a body exported as Markdown and read again', () => {
  it('has lost no letter and no digit, whatever it holds', () =>
    fc.assert(fc.property(bodies, (body) => expect(letters(readBody(toMarkdown(body)))).toBe(letters(body)))));

  it('is the same body when it is written as people write', () => {
    const body = readBody(`
次の**方針**を<b>定めて（公表して）</b>います。\\
二行目です。

#### 【補足】

- [方針](https://www.minato-cloud.example/policy)
  - 入れ子の項目
- 1. ではない、*強調*の項目

3. 三つ目
4. 四つ目

- ① 安全管理
  - ※ 対象外です。
- ② 電子保存

※ 規程は<https://www.minato-cloud.example/>にはありません。

> 引用です。

<table>
<tr><th rowspan="2"></th><th colspan="2">分担</th></tr>
<tr><td><p>医療機関</p><p>端末</p></td><td>当社</td></tr>
</table>

| 名称 | 期間 |
| --- | --- |
| 記録 | 5年<br>以上 |
`);
    expect(body.content.map(({ type }) => type)).toEqual([
      'paragraph',
      'heading',
      'bulletList',
      'orderedList',
      'orderedList',
      'note',
      'blockquote',
      'table',
      'table',
    ]);
    expect(readBody(toMarkdown(body))).toEqual(body);
  });

  it('never moves a cell of a table with merged cells', () => {
    const body = readBody('\t端末\t回線\tサーバ\n管理責任\t医療機関\t\t当社\n対策\t医療機関\t当社\t');
    expect(toMarkdown(body)).toContain('<td colspan="2"><p>医療機関</p></td><td><p>当社</p></td>');
    expect(renderHtml(readBody(toMarkdown(body)))).toBe(renderHtml(body));
  });
});
