import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { colspanOf, parseBody, type Block } from '@app/content';
import type { AnomalyCode } from './anomalies';
import type { ImportedDisclosure } from './imported-disclosure';
import { readDisclosure } from './read-disclosure';
import { lostSegments, segmentsOf } from './testing';

const samples = join(__dirname, '../samples');
const seed = join(__dirname, '../../../../shared/seeds/disclosure-edition-6.md');

const read = (path: string): ImportedDisclosure => {
  const result = readDisclosure(readFileSync(path), path);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.disclosure;
};
const item = (disclosure: ImportedDisclosure, key: string) => {
  const found = disclosure.parts.flatMap(({ items }) => items).find(({ itemKey }) => itemKey === key);
  if (found === undefined) throw new Error(`No ${key}`);
  return found;
};
const lines = ({ anomalies }: ImportedDisclosure, code: AnomalyCode): readonly number[] =>
  anomalies.filter((anomaly) => anomaly.code === code).map(({ line }) => line);
const message = ({ anomalies }: ImportedDisclosure, code: AnomalyCode): string =>
  anomalies.find((anomaly) => anomaly.code === code)?.message ?? '';
const tables = (blocks: readonly Block[]): readonly Block[] =>
  blocks.flatMap((block) => (block.type === 'table' ? [block] : tables(block.content ?? [])));
const spans = (table: Block | undefined) => table?.content?.map((row) => row.content?.map(colspanOf));

const soundDisclosure = (disclosure: ImportedDisclosure) => {
  for (const { body } of disclosure.parts.flatMap(({ items }) => items)) {
    expect(parseBody(JSON.parse(JSON.stringify(body)))).toMatchObject({ ok: true, body });
  }
};

describe.each(['from-slides.md', 'written-by-hand.md'])('the sample %s', (name) => {
  const path = join(samples, name);
  it('is read without losing a word', () => expect(lostSegments(readFileSync(path, 'utf8'), read(path))).toEqual([]));
  it('is read into sound bodies', () => soundDisclosure(read(path)));
});

describe('what was copied out of slides', () => {
  const disclosure = read(join(samples, 'from-slides.md'));

  it('has its cover, edition, issuer and history', () => {
    expect(disclosure).toMatchObject({
      title: 'サービス仕様適合開示書',
      serviceName: '「さくら健診クラウド」',
      edition: { number: 3, issuedOn: '2024-11-05' },
      issuer: {
        name: 'さくら健診株式会社',
        postalCode: '100-0000',
        address: '東京都千代田区桜一丁目1番1号',
        tel: '03-0000-0000',
        fax: '03-0000-0001',
      },
      editions: [
        { number: 1, issuedOn: '2022-04-01', historyText: '初版' },
        {
          number: 2,
          issuedOn: '2023-06-01',
          historyText: '「II-2. リスク対応概要」を追記\n・通信の保護\n・責任の分担',
        },
        { number: 3, issuedOn: '2024-11-05', historyText: '構成の変更に伴う見直し' },
      ],
    });
  });

  it('has its parts and items, whether they were headings or list entries', () =>
    expect(
      disclosure.parts.map((part) => [
        part.number,
        part.title,
        part.items.map(({ itemKey, title }) => [itemKey, title]),
      ]),
    ).toEqual([
      [
        'I',
        '選定にあたり確認いただく内容',
        [
          ['I-1', '国内法の適用'],
          ['I-2', '方針と規程'],
          ['I-3', 'バックアップ'],
        ],
      ],
      [
        'II',
        '共通理解のために提供する内容',
        [
          ['II-1', '全体構成図'],
          ['II-2', 'リスク対応'],
          ['II-3', '提供体制'],
          ['II-4', '要求事項への対応'],
        ],
      ],
    ]));

  it('has each text under its item', () => {
    expect(item(disclosure, 'I-2').text).toBe(
      '・個人情報の取扱方針 (https://sakura.example/privacy_policy.html)\n・窓口は https://sakura.example/contactをご覧ください。\n※ 手順書は公開していません。',
    );
    expect(item(disclosure, 'I-3').text).toBe('・毎日、夜間に取得します。');
    expect(item(disclosure, 'II-4').text).toBe(
      '・① 安全管理\n  ・健診データの取扱いに関する指針\n・② 電子保存\n  ※ ①に含めて対応します。\n・「I-1. 方針と規程」もご覧ください。',
    );
  });

  it('links an address only as far as it goes', () =>
    expect(JSON.stringify(item(disclosure, 'I-2').body)).toContain(
      '"text":"https://sakura.example/contact","marks":[{"type":"link","attrs":{"href":"https://sakura.example/contact"}}]',
    ));

  it('understands stars between Japanese brackets and letters', () =>
    expect(JSON.stringify(item(disclosure, 'II-2').body)).toContain(
      '"text":"VPN（専用線）","marks":[{"type":"bold"}]',
    ));

  it('has the table with its merged cells, as guesses for a person to confirm', () => {
    expect(spans(tables(item(disclosure, 'II-2').body.content)[0])).toEqual([
      [1, 1, 1, 1],
      [1, 2, 1],
      [1, 1, 2],
    ]);
    expect(lines(disclosure, 'COLSPAN_INFERRED')).toEqual([50, 51]);
    expect(message(disclosure, 'COLSPAN_INFERRED')).toContain('横2列の結合と推定しました');
  });

  it('says what was mended and what a person has to look at, with the line', () => {
    expect(lines(disclosure, 'PART_HEADING_REPEATED')).toEqual([35, 43]);
    expect(lines(disclosure, 'ITEM_HEADING_REPEATED')).toEqual([45]);
    expect(lines(disclosure, 'ROMAN_VARIANT')).toEqual([31, 43]);
    expect(lines(disclosure, 'HEADING_LEVEL_VARIES')).toEqual([31]);
    expect(message(disclosure, 'PAGE_COUNTER_REMOVED')).toContain('[2/3]');
    expect(lines(disclosure, 'ITEMS_AS_LIST')).toEqual([21]);
    expect(lines(disclosure, 'NUMBERED_LINE_SWALLOWED')).toEqual([28]);
    expect(lines(disclosure, 'DOUBLE_ESCAPED_UNDERSCORE')).toEqual([24]);
    expect(lines(disclosure, 'TAB_TABLE')).toEqual([49, 69]);
    expect(lines(disclosure, 'HTML_IN_CELL')).toEqual([50]);
    expect(lines(disclosure, 'CELL_SPACE_UNCLEAR')).toEqual([50, 50, 50]);
    expect(lines(disclosure, 'DOUBLE_BULLET')).toEqual([53]);
    expect(lines(disclosure, 'TOC_NESTED_NUMBERS')).toEqual([9]);
    expect(lines(disclosure, 'END_MARK_REMOVED')).toEqual([67]);
  });

  it('has with each anomaly the item that its line belongs to, and none with what is outside of the items', () => {
    const about = (code: AnomalyCode) =>
      disclosure.anomalies.filter((anomaly) => anomaly.code === code).map(({ itemKey }) => itemKey);
    expect(about('DOUBLE_ESCAPED_UNDERSCORE')).toEqual(['I-2']);
    expect(about('NUMBERED_LINE_SWALLOWED')).toEqual(['I-3']);
    expect(about('ROMAN_VARIANT')).toEqual([undefined, 'II-2']);
    expect(about('TAB_TABLE')).toEqual(['II-2', undefined]);
    expect(about('DOUBLE_BULLET')).toEqual(['II-2']);
    expect(about('WRONG_CROSS_REFERENCE')).toEqual(['II-4']);
    expect(about('TOC_NESTED_NUMBERS')).toEqual([undefined]);
    expect(about('END_MARK_REMOVED')).toEqual([undefined]);
  });

  it('says what is missing and what refers to nothing', () => {
    expect(
      disclosure.anomalies.filter(({ code }) => code === 'FIGURE_MISSING').map(({ message: text }) => text.slice(0, 4)),
    ).toEqual(['II-1', 'II-2', 'II-3']);
    const dangling = disclosure.anomalies.filter(({ code }) => code === 'DANGLING_REFERENCE');
    expect(dangling.map(({ message: text }) => /の「(.+?)」が指す/.exec(text)?.[1])).toEqual(['下図', '次ページ']);
    expect(message(disclosure, 'WRONG_CROSS_REFERENCE')).toBe(
      'II-4 の参照「I-1. 方針と規程」は番号と項目名が合いません。「I-2. 方針と規程」のことと思われます。直してください。',
    );
    expect(message(disclosure, 'HISTORY_NAMES_UNKNOWN_ITEM')).toContain(
      '「II-2. リスク対応概要」という項目はありません',
    );
  });
});

describe('what was written by hand', () => {
  const disclosure = read(join(samples, 'written-by-hand.md'));

  it('keeps Markdown and HTML tables with their spans', () => {
    const [pipes, html] = tables(item(disclosure, 'I-2').body.content);
    expect(spans(pipes)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(html?.content?.[0]?.content?.map(({ attrs }) => attrs)).toEqual([
      { colspan: 1, rowspan: 2 },
      { colspan: 2, rowspan: 1 },
    ]);
  });

  it('makes lists and notes of lines that begin like them', () =>
    expect(item(disclosure, 'II-2').body.content.map(({ type }) => type)).toEqual(['bulletList', 'note']));

  it('keeps the text of what a body cannot hold, and says so', () => {
    expect(item(disclosure, 'II-1').text).toContain(
      '運用の記録は毎月毎週お送りします。LOG-01 をご確認ください。［注1］',
    );
    expect(item(disclosure, 'I-2').text).toContain('［図：保管の流れ］図1 保管の流れ');
    expect(message(disclosure, 'LINK_REMOVED')).toContain('javascript:alert(1)');
    expect(lines(disclosure, 'FORMATTING_REMOVED')).toHaveLength(2);
    expect(lines(disclosure, 'FIGURE_MISSING')).toHaveLength(1);
  });

  it('quotes the sentences that belong to no item', () =>
    expect(
      disclosure.anomalies.filter(({ code }) => code === 'TEXT_WITHOUT_PLACE').map(({ message: text }) => text),
    ).toEqual([
      expect.stringContaining('この文書は、医療機関の担当の方に向けて書いています。'),
      expect.stringContaining('本書の著作権は当社にあります。'),
    ]));

  it('finds the issuer although it is written over several lines', () =>
    expect(disclosure.issuer).toEqual({
      name: 'もみじ画像共有合同会社',
      postalCode: '100-0001',
      address: '東京都千代田区紅葉町2番地',
      tel: '03-0000-0002',
    }));
});

const onSeed = existsSync(seed) ? describe : describe.skip;
if (!existsSync(seed)) console.info(`Skipped: the real disclosure is not at ${seed}`);

onSeed('the real disclosure', () => {
  const source = existsSync(seed) ? readFileSync(seed, 'utf8') : '';
  const disclosure = existsSync(seed) ? read(seed) : (undefined as never);

  it('is read without losing a word', () => {
    expect(segmentsOf(source).length).toBeGreaterThan(150);
    expect(lostSegments(source, disclosure)).toEqual([]);
  });

  it('is read into sound bodies', () => soundDisclosure(disclosure));

  it('has 10 and 16 items, the sixth edition, six rows of history', () => {
    expect(disclosure).toMatchObject({
      serviceName: '「クラウドサービス」',
      edition: { number: 6, issuedOn: '2025-01-28' },
    });
    expect(disclosure.parts.map(({ number, items }) => [number, items.length])).toEqual([
      ['I', 10],
      ['II', 16],
    ]);
    expect(disclosure.editions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(disclosure.issuer).toMatchObject({ postalCode: '101-0053', tel: '03-5283-6911', fax: '03-5283-6811' });
  });

  it('has the table of responsibilities with its merged cells', () =>
    expect(spans(tables(item(disclosure, 'II-4').body.content)[0])).toEqual([
      [1, 1, 1, 1, 1],
      [1, 3, 1],
      [1, 1, 2, 1],
    ]));

  it('has every sort of anomaly that a reader found in it', () => {
    const codes = new Set(disclosure.anomalies.map(({ code }) => code));
    const expected: AnomalyCode[] = [
      ...([
        'PART_HEADING_REPEATED',
        'ITEM_HEADING_REPEATED',
        'ROMAN_VARIANT',
        'HEADING_LEVEL_VARIES',
        'PAGE_COUNTER_REMOVED',
      ] as const),
      ...([
        'TAB_TABLE',
        'COLSPAN_INFERRED',
        'HTML_IN_CELL',
        'CELL_SPACE_UNCLEAR',
        'DOUBLE_BULLET',
        'DOUBLE_ESCAPED_UNDERSCORE',
      ] as const),
      ...([
        'TOC_NESTED_NUMBERS',
        'FIGURE_MISSING',
        'DANGLING_REFERENCE',
        'WRONG_CROSS_REFERENCE',
        'HISTORY_NAMES_UNKNOWN_ITEM',
      ] as const),
    ];
    expect(expected.filter((code) => !codes.has(code))).toEqual([]);
    expect(lines(disclosure, 'PART_HEADING_REPEATED')).toHaveLength(7);
    expect(message(disclosure, 'WRONG_CROSS_REFERENCE')).toContain(
      '「I-2. 医療情報等の安全管理に係る基本方針・取扱規程等の整備状況」のことと思われます',
    );
  });
});
