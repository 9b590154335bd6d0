import { createHash } from 'node:crypto';
import { canonicalHash, type Block, type Body } from '@app/content';
import { contentHashOf, coverageHashOf } from '@app/disclosures';
import type { Appearance } from '../appearance/domain/appearance';
import type { EditionDocument } from '../edition-document';

/** A made-up company's disclosure with one of everything that a body can hold. For specs. */

export const text = (value: string, ...marks: string[]): Block => ({
  type: 'text',
  text: value,
  ...(marks.length > 0
    ? { marks: marks.map((type) => (type.includes(':') ? { type: 'link', attrs: { href: type } } : { type })) }
    : {}),
});
export const paragraph = (...content: readonly (string | Block)[]): Block => ({
  type: 'paragraph',
  content: content.map((child) => (typeof child === 'string' ? text(child) : child)),
});
const note = (value: string): Block => ({ type: 'note', content: [text(value)] });
const item = (...content: readonly Block[]): Block => ({ type: 'listItem', content });
const bullets = (...items: readonly (string | Block)[]): Block => ({
  type: 'bulletList',
  content: items.map((child) => (typeof child === 'string' ? item(paragraph(child)) : child)),
});
const cell = (value: string, type = 'tableCell', spans = { colspan: 1, rowspan: 1 }): Block => ({
  type,
  attrs: spans,
  content: value === '' ? [{ type: 'paragraph' }] : value.split('\n').map((line) => paragraph(line)),
});
const head = (value: string): Block => cell(value, 'tableHeader');
const row = (...content: readonly Block[]): Block => ({ type: 'tableRow', content });

/** A grey chequered field, 240 × 120, as PNG. */
export const chequered = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAPAAAAB4CAAAAADp3SD7AAAAoElEQVR42u3YMREAMAwDsfBHVi4lEQIm4Jw8e9H688Ne2JXfAAMDAwMDAwMDAwMDAwMDAwPXgy/j0g8YGBgYGBgYGBgYGBgYGBgYuB+sWgIDAwMDAwMDAwMDAwMDAwMDt4FVS2BgYGBgYGBgYGBgYGBgYGDgNrBqCQwMDAwMDAwMDAwMDAwMDAzcBlYtgYGBgYGBgYGBgYGBgYGBgYHLfgvnBppSxprbFgAAAABJRU5ErkJggg==',
  'base64',
);
export const chequeredHash = createHash('sha256').update(chequered).digest('hex');

/** A company with a logo, a colour of its own, and two lines in the colophon. */
export const sampleAppearance: Appearance = {
  logo: { sha256: chequeredHash, mediaType: 'image/png' },
  accent: '#7a1f2b',
  colophon: '制作：みなと医療情報 広報室\n許可なく転載することを禁じます。',
};

const responsibilities: Block = {
  type: 'table',
  content: [
    row(
      head(''),
      head('医療機関（端末・院内ネットワーク）'),
      head('接続区間（VPN）'),
      head('専用領域'),
      head('処理領域'),
    ),
    row(
      head('医療データの管理責任'),
      cell('【医療機関】\n患者情報の漏えい時の責任と、当社に対する監督責任', 'tableCell', { colspan: 3, rowspan: 1 }),
      cell('【当社】\n仮名加工後のデータの漏えい時の責任'),
    ),
    row(
      head('安全管理責任'),
      cell('【医療機関】\n電子証明書とID・パスワードの管理'),
      cell('【当社】\nガイドラインに沿った対策を施す責任', 'tableCell', { colspan: 2, rowspan: 1 }),
      cell('【当社】\nインフラ・アプリケーション全般'),
    ),
  ],
};

const bodies: Record<string, Block[]> = {
  'I-1': [
    bullets('当社の機器とクラウドサービスには、日本国法が適用されます。', '国外法が適用される事業はありません。'),
  ],
  'I-2': [
    bullets(
      item(
        paragraph(
          '情報セキュリティ基本方針（',
          text('https://example.com/security', 'https://example.com/security'),
          '）',
        ),
      ),
      item(
        paragraph('ISO/IEC 27001に基づく規程を整備しています。'),
        bullets('登録証番号 : MNT-2031', '有効期限 : 2031年3月31日'),
      ),
      item(note('規程は社外秘のため公表していません。個別にお問い合わせください。')),
    ),
    note('方針は毎年4月に見直します。'),
  ],
  'II-1': [
    { type: 'heading', attrs: { level: 3 }, content: [text('端末と接続について')] },
    paragraph(
      '接続には',
      text('TLS 1.3', 'bold'),
      'を用い、',
      text('例外', 'italic'),
      'は認めません。',
      { type: 'hardBreak' },
      '詳細は次のとおりです。',
    ),
    {
      type: 'blockquote',
      content: [
        paragraph('【ガイドライン 第6.0版 遵守事項⑥】'),
        paragraph('（略）クライアント証明書を利用した認証を実施すること。'),
      ],
    },
    {
      type: 'figure',
      attrs: {
        sha256: chequeredHash,
        mediaType: 'image/png',
        alt: '端末から専用領域までの構成図',
        caption: '端末と専用領域の接続',
      },
    },
    responsibilities,
    paragraph(`識別子 ${'kaijisho-'.repeat(12)}end を用います。`),
  ],
  'II-2': [
    {
      type: 'orderedList',
      attrs: { style: 'circled', start: 1 },
      content: [
        item(
          paragraph('制度上の要求事項'),
          bullets('個人情報の保護に関する法律', '医療・介護関係事業者のためのガイダンス'),
        ),
        item(note('対象となる文書は取り扱っていません。')),
      ],
    },
    {
      type: 'orderedList',
      attrs: { style: 'decimal', start: 1 },
      content: [item(paragraph('一つ目の手順')), item(paragraph('二つ目の手順'))],
    },
    paragraph('葛󠄀城・髙橋・𠮷田・㈱・㎡も印刷できます。'),
  ],
};

const body = (key: string): Body => ({ type: 'doc', content: bodies[key] ?? [] });
const itemOf = (itemKey: string, number: number, title: string) => ({
  itemKey,
  number,
  title,
  body: body(itemKey) as Body & { content: unknown[] },
  bodyHash: canonicalHash(body(itemKey)),
});

const parts = [
  {
    number: 'I',
    title: '外部保存を受託する事業者の選定にあたり最低限確認する必要がある内容',
    items: [
      itemOf('I-1', 1, '保存された情報を格納する情報機器等の国内法の適用状況'),
      itemOf('I-2', 2, '基本方針・取扱規程等の整備状況'),
    ],
  },
  {
    number: 'II',
    title: '医療機関等との共通理解を形成するために情報提供すべき内容',
    items: [itemOf('II-1', 1, 'リスク対応'), itemOf('II-2', 2, '制度上の要求事項への対応')],
  },
];
const cover = {
  service: 'minato-karte',
  serviceName: 'みなとカルテクラウド',
  title: 'サービス仕様適合開示書',
  issuer: {
    name: '株式会社みなと医療情報',
    postalCode: '231-0000',
    address: '神奈川県横浜市中区架空町1-2-3',
    tel: '045-000-0000',
  },
};
const causes: EditionDocument['causes'] = [{ type: 'reorganisation' }];
const historyText = '組織変更に伴う見直し ・I-2. 基本方針 ・II-1. リスク対応';
const contentHash = contentHashOf({ ...cover, parts }, 7, historyText, causes);

export const sampleEdition: EditionDocument = {
  disclosureId: 'disclosure-1',
  ...cover,
  number: 7,
  issuedOn: '2031-04-01',
  effectiveOn: '2031-04-15',
  historyText,
  origin: 'published',
  contentHash,
  causes,
  inForce: true,
  errata: [],
  parts,
  revisionHistory: [
    { number: 6, issuedOn: '2030-01-28', historyText: '接続方式の変更に伴う内容見直し' },
    { number: 7, issuedOn: '2031-04-01', historyText },
  ],
  signatures: [
    {
      step: 0,
      signer: { id: 'u-2', name: '森 千夏' },
      officer: { role: 'privacyOfficer', name: '森 千夏', department: '管理本部', title: 'コンプライアンス部長' },
      capacity: 'officer',
      onBehalfOf: null,
      meaning: 'review',
      statement: '第7版のうちI-1の変更箇所と本文を審査し、適切であると認めます。',
      contentHash,
      coverageHash: coverageHashOf(['I-1'], contentHash, parts, []),
      reauthentication: 'password',
      comment: '責任範囲を確認しました。',
      at: '2031-03-20T05:03:12.000Z',
      timeZone: 'Asia/Tokyo',
    },
    {
      step: 1,
      signer: { id: 'u-3', name: '髙橋 健一' },
      officer: { role: 'managementOfficer', name: '髙橋 健一', department: 'サービス企画本部', title: '本部長' },
      capacity: 'officer',
      onBehalfOf: null,
      meaning: 'approval',
      statement: '第7版の変更箇所と全文を確認し、承認します。',
      contentHash,
      coverageHash: contentHash,
      reauthentication: 'password',
      at: '2031-03-22T15:41:55.000Z',
      timeZone: 'Asia/Tokyo',
    },
    {
      step: 2,
      signer: { id: 'u-4', name: '岡田 葵' },
      officer: { role: null, name: '岡田 葵', department: '', title: '' },
      capacity: 'officer',
      onBehalfOf: {
        person: { id: 'u-5', name: '石井 修' },
        officer: { role: 'operationsOfficer', name: '石井 修', department: 'サービス運用部', title: '部長' },
        deputation: { id: 'dp-1', from: '2031-03-01', until: '2031-03-31' },
      },
      meaning: 'acknowledgement',
      statement: '石井 修の代理として、第7版の変更箇所と全文を確認しました。',
      contentHash,
      coverageHash: contentHash,
      reauthentication: 'password',
      at: '2031-03-24T01:00:00.000Z',
      timeZone: 'Asia/Tokyo',
    },
  ],
  postReviews: [
    {
      step: 3,
      reader: { id: 'u-6', name: '上田 真一' },
      officer: { role: 'systemAdministrator', name: '上田 真一', department: '開発部', title: '部長' },
      capacity: 'officer',
      onBehalfOf: null,
      statement: '承認された第7版の変更箇所と全文を後閲しました。',
      contentHash,
      at: '2031-03-25T01:00:00.000Z',
      afterPublication: false,
    },
  ],
  waivers: [],
  loadFigure: async (sha256) => (sha256 === chequeredHash ? { bytes: chequered, mediaType: 'image/png' } : null),
};

/** The sample with another body for its first item. */
export const withFirstBody = (...content: readonly Block[]): EditionDocument => ({
  ...sampleEdition,
  parts: parts.map((part, p) => ({
    ...part,
    items: part.items.map((one, i) =>
      p === 0 && i === 0 ? { ...one, body: { type: 'doc' as const, content: [...content] } } : one,
    ),
  })),
});
