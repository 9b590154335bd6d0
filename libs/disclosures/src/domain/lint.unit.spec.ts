import { parts, textBody } from './examples';
import { findingsOf } from './lint';

const withText = (text: string) =>
  parts.map((part) => ({
    ...part,
    items: part.items.map((item) => (item.itemKey === 'II-1' ? { ...item, body: textBody(text) } : item)),
  }));
const found = (text: string) => findingsOf(withText(text)).map(({ ruleId, severity }) => [ruleId, severity]);

describe('the check of a text', () => {
  it('finds nothing in a sound text', () => expect(findingsOf(parts)).toEqual([]));

  it('finds an item without text', () => expect(found('')).toEqual([['ITEM_EMPTY', 'blocking']]));

  it('finds a mention of a figure that is not there', () =>
    expect(found('下図の構成で接続します。')).toEqual([['FIGURE_MISSING', 'blocking']]));

  it('does not miss the figure when it is there', () => {
    const figure = {
      type: 'figure',
      attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt: '構成図', caption: '' },
    };
    const body = { type: 'doc', content: [...textBody('下図の構成です。').content, figure] } as const;
    const illustrated = parts.map((part) => ({ ...part, items: part.items.map((item) => ({ ...item, body })) }));
    expect(findingsOf(illustrated)).toEqual([]);
  });

  it('advises against references by page', () =>
    expect(found('次ページの通りです。')).toEqual([['PAGE_REFERENCE', 'advice']]));

  it('finds a cross-reference whose number and title disagree, and names the item that was meant', () => {
    const [finding] = findingsOf(withText('「Ⅰ-1. バックアップ」を参照ください。'));
    expect(finding).toMatchObject({ ruleId: 'CROSS_REFERENCE_WRONG', itemKey: 'II-1' });
    expect(finding?.message).toContain('I-2');
  });

  it('accepts a cross-reference that is right, in whichever numerals', () =>
    expect(found('「Ⅰ－２．バックアップ」を参照ください。')).toEqual([]));

  it('gives a finding the same id as long as the place is the same', () => {
    const [before] = findingsOf(withText('次ページの通りです。'));
    const [after] = findingsOf(withText('文を足しても、次ページの通りです。'));
    expect(after?.id).toBe(before?.id);
  });
});
