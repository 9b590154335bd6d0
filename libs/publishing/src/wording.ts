import type { EditionView } from '@app/disclosures';

type Signature = EditionView['signatures'][number];

export const roleNames: Record<Signature['officer']['role'], string> = {
  managementOfficer: '管理責任者',
  privacyOfficer: '個人情報保護責任者',
  systemAdministrator: 'システム管理者',
  operationsOfficer: '運用管理責任者',
};

export const meaningNames: Record<Signature['meaning'], string> = { review: '審査', approval: '承認' };

export const causeNames: Record<EditionView['causes'][number]['type'], string> = {
  reorganisation: '組織変更',
  guidelineRevision: 'ガイドライン改定',
  configurationChange: '構成変更',
  certificateRenewal: '証明書更新',
  trackRecordUpdate: '実績更新',
  correction: '誤記訂正',
  other: 'その他',
};

export const editionName = (number: number): string => `第${number}版`;

/** `2025-01-28` → `2025年1月28日`. */
export const dateText = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/** An instant in the zone of the signature: `2025年12月20日 14時03分12秒（Asia/Tokyo、UTC+09:00）`. */
export const instantText = (instant: string, timeZone: string): string => {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', timeZoneName: 'longOffset' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const part = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const offset = part['timeZoneName'] === 'GMT' ? 'UTC' : part['timeZoneName']?.replace('GMT', 'UTC');
  return `${part['year']}年${part['month']}月${part['day']}日 ${part['hour']}時${part['minute']}分${part['second']}秒（${timeZone}、${offset}）`;
};

/** What stands in place of signatures, or before them. */
export const approvalIntroduction = (edition: Pick<EditionView, 'origin' | 'signatures' | 'number'>): string => {
  if (edition.signatures.length > 0) {
    return `${editionName(edition.number)}は、次の責任者が、記載の内容ハッシュで特定される本文を確認し、本人確認のうえ署名したものです。氏名・所属・役職は署名した時点のものです。`;
  }
  return edition.origin === 'imported'
    ? `${editionName(edition.number)}は、既存の開示書を取り込んだものです。取込み前に行われた審査・承認の署名は、この記録に含まれません。`
    : `${editionName(edition.number)}に署名の記録はありません。`;
};
