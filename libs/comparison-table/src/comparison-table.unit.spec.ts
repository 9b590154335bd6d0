import { cellText, comparisonTable, statementOf, textsOf, type TableRow } from './comparison-table';
import { bodyOf, newer, older, paragraph } from './examples';

const told = (row: TableRow): string =>
  [row.new, row.old].map((cell) => (typeof cell === 'string' ? statementOf(row, cell) : cellText(cell))).join(' | ');
const lined = (row: TableRow, side: 'new' | 'old'): readonly string[] => {
  const cell = row[side];
  if (typeof cell === 'string') return [];
  return cell.flatMap(({ runs }) => runs.filter(({ changed }) => changed).map(({ text }) => text));
};

describe('a 新旧対照表', () => {
  const { rows, ...table } = comparisonTable('ミナトクラウド', older, newer, 'changed');

  it('names both sides as offices do', () =>
    expect(table).toMatchObject({
      title: '新旧対照表',
      newLabel: '改正後　第7版',
      oldLabel: '改正前　第6版',
      legend: '（傍線部分は改正部分）',
      nothing: '改正部分はありません。',
    }));

  it('has what changed, 新設 and 削除 in the empty place, and 略 for the rest', () =>
    expect(rows.map(told)).toEqual([
      'I. 情報の公開 | I. 情報の公開',
      'I-1～I-2　（略） | I-1～I-2　（略）',
      'I-3　保管 | I-3　保管',
      '（略） | （略）',
      '35日間保管します。 | 10日間保管します。',
      '（略） | （略）',
      '（削除） | I-4　廃止する項目',
      '（削除） | 磁気テープで搬送します。',
      'I-4　再委託 | （新設）',
      '再委託先は事前に承認を得ます。\n年1回監査します。 | （新設）',
      'II. 安全管理 | II. 安全管理',
      'II-1　責任分界 | II-1　責任分界',
      '区分\t端末\t回線\t責任\t医療機関と当社 | 区分\t端末\t回線\t責任\t医療機関\t当社',
      'II-2　対応の手順 | II-2　手順',
      '（略） | （略）',
    ]));

  it('underlines exactly what changed', () => {
    const changed = rows.find((row) => told(row).startsWith('35日間'))!;
    expect([lined(changed, 'new'), lined(changed, 'old')]).toEqual([['35日間'], ['10日間']]);
    const renamed = rows.find((row) => told(row).startsWith('II-2'))!;
    expect([lined(renamed, 'new'), lined(renamed, 'old')]).toEqual([['対応の手順'], ['手順']]);
  });

  it('says that cells were merged', () =>
    expect(rows.flatMap(({ remarks }) => remarks)).toContainEqual(expect.stringContaining('横2列・縦1行を結合')));

  it('can have all of both texts', () => {
    const all = comparisonTable('ミナトクラウド', older, newer, 'all').rows.map(told);
    expect(all).toContain('年1回の研修を行います。 | 年1回の研修を行います。');
    expect(all.join()).not.toContain('（略）');
  });

  it('of equal texts has nothing but 略', () =>
    expect(comparisonTable('ミナトクラウド', older, older, 'changed').rows.map(told)).toEqual([
      'I. 情報の公開 | I. 情報の公開',
      'I-1～I-4　（略） | I-1～I-4　（略）',
      'II. 安全管理 | II. 安全管理',
      'II-1～II-2　（略） | II-1～II-2　（略）',
    ]));

  it('says where a paragraph moved, in both places', () => {
    const text = (...lines: readonly string[]) => ({
      label: '版',
      parts: [
        {
          number: 'I',
          title: '部',
          items: [{ itemKey: 'I-1', number: 1, title: '項', body: bodyOf(...lines.map(paragraph)) }],
        },
      ],
    });
    const [first, second, third] = [
      '再委託先は承認を得ます。',
      '入退室を記録して保管します。',
      '点検は四半期ごとに行います。',
    ];
    const moved = comparisonTable('題', text(first!, second!, third!), text(second!, third!, first!), 'changed');
    expect(moved.rows.slice(2).map(told)).toEqual([
      '（移動） | 再委託先は承認を得ます。',
      '（略） | （略）',
      '再委託先は承認を得ます。 | （移動）',
    ]);
  });
});

describe('a 対照表 of two disclosures', () => {
  const only = (itemKey: string, title: string, line: string) => ({
    label: itemKey,
    parts: [
      { number: 'I', title: '部', items: [{ itemKey, number: 1, title, body: bodyOf(paragraph(line)) }] },
      {
        number: itemKey,
        title: `${title}の部`,
        items: [{ itemKey: `${itemKey}-9`, number: 1, title: line, body: bodyOf() }],
      },
    ],
  });
  const table = comparisonTable(
    'ミナトクラウド',
    only('II', '入退室の管理', '入退室を記録して保管します。'),
    only('III', '再委託先', '料金は別紙のとおりです。'),
    'changed',
    'likeness',
  );

  it('does not say that one became the other', () => {
    expect(table).toMatchObject({
      ...{ title: '対照表', newLabel: 'III', oldLabel: 'II' },
      ...{ legend: '（傍線部分は異なる部分）', nothing: '異なる部分はありません。' },
    });
    expect(textsOf(table).join()).not.toMatch(/改正|新設|削除|新旧/);
  });

  it('says 該当なし of a part, an item and a text that only one of them has', () => {
    const absent = table.rows.filter((row) => row.new === '（該当なし）' || row.old === '（該当なし）');
    expect(new Set(absent.map(({ kind }) => kind))).toEqual(new Set(['part', 'item', 'text']));
    expect(absent.map(told)).toEqual(
      expect.arrayContaining(['（該当なし） | I-1　入退室の管理', '料金は別紙のとおりです。 | （該当なし）']),
    );
  });
});
