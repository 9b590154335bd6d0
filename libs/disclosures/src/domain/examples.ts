import { canonicalHash, type Body } from '@app/content';
import type { DisclosureEvent, HistoryRow, OfficerAsOfThen, Part, Person } from './disclosure';

/** Facts for specs: a disclosure of two parts and three items, and the people around it. */

export const at = '2030-01-02T00:00:00.000Z';
export const drafter: Person = { id: 'drafter', name: '起草 花子' };
export const colleague: Person = { id: 'colleague', name: '同僚 次郎' };
export const privacy: Person = { id: 'privacy', name: '保護 一郎' };
export const management: Person = { id: 'management', name: '管理 三郎' };

export const privacyOffice: OfficerAsOfThen = {
  role: 'privacyOfficer',
  name: privacy.name,
  department: '管理本部',
  title: '法務部長',
};
export const managementOffice: OfficerAsOfThen = {
  role: 'managementOfficer',
  name: management.name,
  department: '事業本部',
  title: '本部長',
};

export const textBody = (text: string): Body => ({
  type: 'doc',
  content: text === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
export const hashOfText = (text: string) => canonicalHash(textBody(text));
const item = (itemKey: string, number: number, title: string, text: string) => ({
  itemKey,
  number,
  title,
  body: textBody(text),
  bodyHash: hashOfText(text),
});

export const texts = { law: '日本国法が適用されます。', backup: '日次で保管します。', risk: 'TLS1.3で接続します。' };
export const parts: readonly Part[] = [
  {
    number: 'I',
    title: '最低限確認する内容',
    items: [item('I-1', 1, '国内法の適用状況', texts.law), item('I-2', 2, 'バックアップ', texts.backup)],
  },
  { number: 'II', title: '情報提供すべき内容', items: [item('II-1', 1, 'リスク対応', texts.risk)] },
];
export const editions: readonly HistoryRow[] = [
  { number: 1, issuedOn: '2028-04-01', historyText: '初版発行' },
  { number: 2, issuedOn: '2029-04-01', historyText: '組織変更に伴う見直し' },
];

export const registered: DisclosureEvent = {
  type: 'DisclosureRegistered',
  data: {
    disclosureId: 'd1',
    service: 'minato',
    serviceName: 'みなと医療クラウド',
    title: 'サービス仕様適合開示書',
    issuer: { name: '株式会社みなと' },
    by: drafter,
    at,
  },
};
export const imported: DisclosureEvent = {
  type: 'DisclosureImported',
  data: {
    source: { fileName: 'a.md', sha256: 'a'.repeat(64), byteSize: 9, mediaType: 'text/markdown', encoding: 'utf-8' },
    parts,
    editions,
    edition: { number: 2, issuedOn: '2029-04-01' },
    anomalies: [],
    by: drafter,
    at,
  },
};
export const started: DisclosureEvent = {
  type: 'RevisionStarted',
  data: { revisionId: 'r3', editionNumber: 3, causes: [{ type: 'configurationChange' }], by: drafter, at },
};
export const revised = (itemKey: string, from: string, to: string, by: Person = drafter): DisclosureEvent => ({
  type: 'ItemRevised',
  data: { itemKey, body: textBody(to), bodyHash: hashOfText(to), basedOn: hashOfText(from), by, at },
});
export const described: DisclosureEvent = {
  type: 'RevisionDescribed',
  data: { historyText: '接続方式の変更に伴う見直し', causes: [{ type: 'configurationChange' }], by: drafter, at },
};
