import { hashBody, type Body } from '@app/content';
import fc from 'fast-check';
import type { Part, RevisionCause } from '../domain/disclosure';
import { parts, textBody, texts } from '../domain/examples';
import { findingsInHistory } from '../domain/history-findings';
import { randomBody } from '../as-of/random-life';
import { draftedRow } from './draft-history';

const withBody = (itemKey: string, body: Body, before: readonly Part[] = parts): readonly Part[] =>
  before.map((part) => ({
    ...part,
    items: part.items.map((item) => (item.itemKey === itemKey ? { ...item, body, bodyHash: hashBody(body) } : item)),
  }));
const lines = (...texts: readonly string[]): Body => ({
  type: 'doc',
  content: texts.flatMap((text) => textBody(text).content),
});
const lineOf = (before: Body, after: Body) =>
  draftedRow(withBody('II-1', before), withBody('II-1', after), []).historyText;
const cause = (...types: readonly RevisionCause['type'][]) => types.map((type) => ({ type }));

describe('the row of the revision history that is proposed', () => {
  it.each([
    [[texts.risk], [texts.risk, '委託先は年1回点検します。'], '委託先の記載を追加'],
    [[texts.risk, '委託先は年1回点検します。'], [texts.risk], '委託先の記載を削除'],
    [['日次で14日間保管します。'], ['日次で35日間保管します。'], '「14日間」を「35日間」に変更'],
    [
      [texts.risk],
      [texts.risk, '日次で別の地域に複製を保管しています。'],
      '「日次で別の地域に複製を保管しています」の記載を追加',
    ],
    [[''], ['TLS1.3で接続します。'], '本文を記載'],
  ])('tells %j → %j', (before, after, told) =>
    expect(lineOf(lines(...before), lines(...after))).toBe(`・II-1 リスク対応：${told}`),
  );

  it('tells of tables and figures as such', () => {
    const figure = {
      type: 'figure',
      attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt: '構成図', caption: '' },
    };
    expect(lineOf(lines(texts.risk), { type: 'doc', content: [...lines(texts.risk).content, figure] })).toBe(
      '・II-1 リスク対応：図を追加',
    );
  });

  it('does not tell many changes one by one', () => {
    const after = lines(
      texts.risk,
      ...['委託先', '監視', '保守', '廃棄'].map((topic) => `${topic}は年1回見直します。`),
    );
    expect(lineOf(lines(texts.risk), after)).toBe('・II-1 リスク対応：委託先の記載を追加、監視の記載を追加ほか');
  });

  it('begins with why', () => {
    const row = (causes: readonly RevisionCause[]) => draftedRow(parts, parts, causes).historyText;
    expect(row(cause('reorganisation', 'guidelineRevision'))).toBe('社内の組織変更およびガイドライン改定に伴う見直し');
    expect(row(cause('correction'))).toBe('誤記訂正');
    expect(row([{ type: 'other', note: '住所の変更' }])).toBe('住所の変更に伴う見直し');
  });

  it('is never complained of: it names what changed, by its title, and nothing else', () =>
    fc.assert(
      fc.property(fc.record({ 'I-1': randomBody, 'I-2': randomBody, 'II-1': randomBody }), (bodies) => {
        const after = Object.entries(bodies).reduce((all, [itemKey, body]) => withBody(itemKey, body, all), parts);
        const row = draftedRow(parts, after, cause('configurationChange'));
        const changed = row.lines.map(({ itemKey }) => ({ itemKey }));
        expect(findingsInHistory(row.historyText, after, changed)).toEqual([]);
      }),
    ));
});
