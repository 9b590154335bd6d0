import { hashBody } from '@app/content';
import { parts, textBody } from '../domain/examples';
import { comparisonOf, readSide } from './compare-disclosure';

const text = (label: string, changed: typeof parts = parts) => ({
  label,
  contentHash: null,
  historyText: '見直し',
  causes: [{ type: 'correction' as const }],
  parts: changed,
});
const withBackup = (words: string): typeof parts =>
  parts.map((part) => ({
    ...part,
    items: part.items.map((item) =>
      item.itemKey === 'I-2' ? { ...item, body: textBody(words), bodyHash: hashBody(textBody(words)) } : item,
    ),
  }));

describe('a comparison', () => {
  it('of a text with itself is empty', () => expect(comparisonOf(text('第1版'), text('第1版')).items).toEqual([]));

  it('shows the changed item alone, with what was removed and added', () => {
    const { items } = comparisonOf(text('第1版'), text('第2版', withBackup('日次で35日間保管します。')));
    expect(items.map(({ itemKey, kind }) => [itemKey, kind])).toEqual([['I-2', 'changed']]);
    expect(items[0]?.newHtml).toContain('<ins>');
    const runs = items[0]?.blocks.flatMap((block) => block.runs) ?? [];
    expect(
      runs
        .filter(({ kind }) => kind !== 'removed')
        .map((run) => run.text)
        .join(''),
    ).toBe('日次で35日間保管します。');
  });

  it('shows added and removed items as such', () => {
    const first = parts[0]!;
    const without = [{ ...first, items: first.items.slice(0, 1) }, parts[1]!];
    expect(comparisonOf(text('第1版', without), text('第2版')).items).toMatchObject([
      { itemKey: 'I-2', kind: 'added', oldHtml: '' },
    ]);
    expect(comparisonOf(text('第1版'), text('第2版', without)).items).toMatchObject([
      { itemKey: 'I-2', kind: 'removed', newHtml: '' },
    ]);
  });

  it('sees a renamed item', () => {
    const first = parts[0]!;
    const renamed = [
      { ...first, items: first.items.map((item, index) => (index === 0 ? { ...item, title: '新しい題' } : item)) },
      parts[1]!,
    ];
    expect(comparisonOf(text('第1版'), text('第2版', renamed)).items.map(({ itemKey }) => itemKey)).toEqual(['I-1']);
  });

  it('tells an item that only has another number from one that changed', () => {
    const first = parts[0]!;
    const inserted = { ...first.items[0]!, itemKey: 'I-new', title: '新しい項目' };
    const renumbered = [
      { ...first, items: [inserted, ...first.items].map((item, index) => ({ ...item, number: index + 1 })) },
      parts[1]!,
    ];
    const { items, renumbered: moved } = comparisonOf(text('第1版'), text('第2版', renumbered));
    expect(items.map(({ itemKey, kind, before }) => [itemKey, kind, before])).toEqual([['I-new', 'added', null]]);
    expect(moved.map(({ from, to }) => [from, to])).toEqual([
      ['I-1', 'I-2'],
      ['I-2', 'I-3'],
    ]);
  });

  it('tells the items of two disclosures by what they say, wherever they stand', () => {
    const first = parts[0]!;
    const swapped = [
      { ...first, items: first.items.toReversed().map((item, n) => ({ ...item, itemKey: `I-${n + 1}` })) },
    ];
    const { items } = comparisonOf(text('A', swapped), text('B', [first]), 'likeness');
    expect(items).toEqual([]);
  });
});

describe('a side of a comparison', () => {
  it.each([
    ['6', 6],
    ['draft', 'draft'],
    ['v12', 'v12'],
    ['minato@6', { disclosure: 'minato', side: 6 }],
    ['minato@inForce', { disclosure: 'minato', side: 'inForce' }],
    ['@6', null],
    ['minato@', null],
    ['minato@6@x', null],
    ['sixth', null],
  ])('%s is %j', (written, side) => expect(readSide(written)).toEqual(side));
});
