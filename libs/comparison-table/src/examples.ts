import type { Block, Body } from '@app/content';
import { parseBody } from '@app/content';
import type { ComparedText } from './comparison-table';

/** Facts for specs: two states of a small disclosure. */

const text = (value: string): Block => ({ type: 'text', text: value });
export const paragraph = (value: string): Block => ({ type: 'paragraph', content: [text(value)] });
const cell = (value: string, type = 'tableCell', colspan = 1): Block => ({
  type,
  attrs: { colspan, rowspan: 1 },
  content: [paragraph(value)],
});
const table = (...rows: readonly (readonly Block[])[]): Block => ({
  type: 'table',
  content: rows.map((content) => ({ type: 'tableRow', content })),
});
const list = (...items: readonly string[]): Block => ({
  type: 'orderedList',
  attrs: { start: 1, style: 'circled' },
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
});

export const bodyOf = (...content: readonly Block[]): Body => {
  const parsed = parseBody({ type: 'doc', content });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.body;
};

const item = (itemKey: string, number: number, title: string, ...content: readonly Block[]) => ({
  ...{ itemKey, number, title },
  body: bodyOf(...content),
});
const head = [cell('区分', 'tableHeader'), cell('端末', 'tableHeader'), cell('回線', 'tableHeader')];

export const older: ComparedText = {
  label: '第6版',
  parts: [
    {
      number: 'I',
      title: '情報の公開',
      items: [
        item('I-1', 1, '方針の公開', paragraph('方針は当社のサイトで公開しています。')),
        item('I-2', 2, '教育', paragraph('年1回の研修を行います。')),
        item(
          'I-3',
          3,
          '保管',
          paragraph('日次で取得します。'),
          paragraph('10日間保管します。'),
          paragraph('国内で保管します。'),
        ),
        item('I-4', 4, '廃止する項目', paragraph('磁気テープで搬送します。')),
      ],
    },
    {
      number: 'II',
      title: '安全管理',
      items: [
        item('II-1', 1, '責任分界', table(head, [cell('責任'), cell('医療機関'), cell('当社')])),
        item('II-2', 2, '手順', list('検知', '復旧')),
      ],
    },
  ],
};

export const newer: ComparedText = {
  label: '第7版',
  parts: [
    {
      number: 'I',
      title: '情報の公開',
      items: [
        older.parts[0]!.items[0]!,
        older.parts[0]!.items[1]!,
        item(
          'I-3',
          3,
          '保管',
          paragraph('日次で取得します。'),
          paragraph('35日間保管します。'),
          paragraph('国内で保管します。'),
        ),
        item('I-5', 4, '再委託', paragraph('再委託先は事前に承認を得ます。'), paragraph('年1回監査します。')),
      ],
    },
    {
      number: 'II',
      title: '安全管理',
      items: [
        item('II-1', 1, '責任分界', table(head, [cell('責任'), cell('医療機関と当社', 'tableCell', 2)])),
        item('II-2', 2, '対応の手順', list('検知', '復旧')),
      ],
    },
  ],
};
