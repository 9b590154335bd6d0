import { canonicalHash } from '@app/content';
import { parts, textBody } from './examples';
import { findingsOf, waiverOf } from './lint';

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
      attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt: '構成図', caption: '図1 構成' },
    };
    const body = { type: 'doc', content: [...textBody('下図の構成です。').content, figure] } as const;
    const illustrated = parts.map((part) => ({ ...part, items: part.items.map((item) => ({ ...item, body })) }));
    expect(findingsOf(illustrated)).toEqual([]);
  });

  it('advises to write the caption of a figure that came without', () => {
    const figure = {
      type: 'figure',
      attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt: '構成図', caption: '' },
    };
    const [found, ...others] = findingsOf(
      parts
        .slice(1)
        .map((part) => ({ ...part, items: [{ ...part.items[0]!, body: { type: 'doc', content: [figure] } }] })),
    );
    expect(found).toMatchObject({ ruleId: 'FIGURE_WITHOUT_CAPTION', severity: 'advice', itemKey: 'II-1' });
    expect(found?.message).toContain('図「構成図」に題がありません');
    expect(others).toEqual([]);
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

  it('tells a finding from another one of the same words elsewhere in the item: its waiver is of the first alone', () => {
    const [before] = findingsOf(withText('下図の構成で接続します。'));
    const [moved] = findingsOf(withText('下図の手順で復旧します。'));
    const [both] = findingsOf(withText('下図の構成で接続します。下図の手順で復旧します。'));
    const [another] = findingsOf(withText('下図の構成で接続します。右図の手順で復旧します。'));
    const all = [before, moved, both, another];
    expect(new Set(all.map((finding) => finding?.id)).size).toBe(4);
    expect(all.filter((finding) => waiverOf(finding!, [{ findingId: before!.id }]))).toEqual([before]);
  });

  it('knows the waivers that were given before its id told the clauses apart', () => {
    const [found] = findingsOf(withText('次ページの通りです。'));
    expect(found?.formerId).toBe(`PAGE_REFERENCE:II-1:${canonicalHash('次ページ').slice(0, 12)}`);
    expect(waiverOf(found!, [{ findingId: found!.formerId }])).toBeDefined();
  });
});
