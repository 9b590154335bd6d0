import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDisclosure } from '@app/importing';
import type { DisclosureEvent, Part } from '../domain/disclosure';
import { decide } from '../domain/disclosure.decider';
import { at, described, drafter, drafting, parts, ready, stateAfter } from '../domain/examples';
import { findingsInHistory } from '../domain/history-findings';
import { findingsIn } from '../domain/lint';

/** I-1 国内法の適用状況, I-2 バックアップ, II-1 リスク対応 */
const found = (historyText: string, ...changed: readonly string[]) =>
  findingsInHistory(
    historyText,
    parts,
    changed.map((itemKey) => ({ itemKey })),
  ).map(({ ruleId, itemKey }) => [ruleId, itemKey]);

describe('a row of the revision history, held against what changed', () => {
  it.each([
    '接続方式の変更に伴う見直し',
    'II-1を見直し',
    '「II-1. リスク対応」に説明を追記',
    '接続方式の変更に伴う見直し ・II-1. リスク対応',
    'Ⅱ－１．リスク対応の見直し',
    '・II-1（脆弱性診断の結果）',
    'II-1 リスク対応：「TLS1.2」を「TLS1.3」に変更',
    '「リスク対応」に説明を追記',
    'II-1. 記載の見直し',
    'II-1 説明を追記',
    '（II-1. リスク対応）',
    '',
  ])('is sound: %s', (text) => expect(found(text, 'II-1')).toEqual([]));

  it.each([
    '「II-1. リスク対応概要」に説明を追記',
    '・II-1. リスク対応概要',
    'II-1 リスク対応概要：説明を追記',
    'II-1「リスク対応概要」に説明を追記',
  ])('calls an item by another title: %s', (text) =>
    expect(found(text, 'II-1')).toEqual([['HISTORY_TITLE_WRONG', 'II-1']]),
  );

  it.each(['API-2 を追加', 'AI-10の導入', 'KVI-300 に更新', 'TV-2024 への切替え', 'II-100番の通知'])(
    'has names of products, which are no items: %s',
    (text) => expect(found(text, 'II-1')).toEqual([]),
  );

  it('has the number of one item and the title of another', () => {
    const [finding] = findingsInHistory('「I-2. リスク対応」に説明を追記', parts, [{ itemKey: 'II-1' }]);
    expect(finding).toMatchObject({ ruleId: 'HISTORY_TITLE_WRONG', itemKey: 'I-2', severity: 'blocking' });
    expect(finding?.message).toContain('I-2の題名は「バックアップ」です');
    expect(finding?.message).toContain('この題名の項目はII-1です');
  });

  it('names an item that is not there', () =>
    expect(found('II-40を見直し', 'II-1').map(([rule]) => rule)).toEqual(['HISTORY_TITLE_WRONG']));

  it('names an item that did not change, once however often', () =>
    expect(found('I-2、II-1を見直し（I-2. バックアップ）', 'II-1')).toEqual([['HISTORY_ITEM_UNCHANGED', 'I-2']]));

  it('omits an item that changed, when it names others', () =>
    expect(found('・II-1. リスク対応', 'II-1', 'I-2')).toEqual([['HISTORY_ITEM_OMITTED', 'I-2']]));

  it('does not omit what it calls by title alone, or in a range', () => {
    expect(found('II-1とバックアップの見直し', 'II-1', 'I-2')).toEqual([]);
    expect(found('I-1～2を見直し', 'I-1', 'I-2')).toEqual([]);
  });

  it('is complained of in the words that were written', () => {
    const [finding] = findingsInHistory('「II-1. リスク対応概要」に説明を追記', parts, [{ itemKey: 'II-1' }]);
    expect(finding?.message).toBe(
      '改訂履歴の文に「II-1. リスク対応概要」とありますが、II-1の題名は「リスク対応」です。番号と題名を改めてください。',
    );
  });

  it('stops the submission when a title is wrong, until it is mended or waived', () => {
    const wrong = {
      ...described,
      data: { ...described.data, historyText: '「II-1. リスク対応概要」に追記' },
    } as DisclosureEvent;
    const state = stateAfter(...ready.slice(0, -1), wrong);
    const [finding] = findingsIn(state);
    expect(finding).toMatchObject({ ruleId: 'HISTORY_TITLE_WRONG' });
    const waive = { type: 'WaiveFinding', findingId: finding!.id, reason: '通称です。', by: drafter, at } as const;
    expect(decide(waive, state)).toMatchObject({ outcome: 'accepted', events: [{ type: 'FindingWaived' }] });
  });

  it('is not looked at when no revision is open', () =>
    expect(findingsIn(stateAfter(...drafting.slice(0, 2)))).toEqual([]));

  const seed = join(__dirname, '..', '..', '..', '..', '..', 'shared', 'seeds', 'disclosure-edition-6.md');
  (existsSync(seed) ? it : it.skip)('of the real fourth edition calls II-4 by a title that it does not have', () => {
    const read = readDisclosure(readFileSync(seed), 'disclosure-edition-6.md');
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    const { editions, parts: real } = read.disclosure;
    const wrongIn = (number: number) =>
      findingsInHistory(
        editions.find((row) => row.number === number)?.historyText ?? '',
        real as unknown as readonly Part[],
        [{ itemKey: 'II-3' }, { itemKey: 'II-4' }],
      ).map(({ ruleId, itemKey }) => [ruleId, itemKey]);
    expect(wrongIn(4)).toContainEqual(['HISTORY_TITLE_WRONG', 'II-4']);
    for (const number of [1, 2, 3, 5, 6]) expect(wrongIn(number)).toEqual([]);
  });
});
