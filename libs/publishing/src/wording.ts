import { officeNames, type EditionView } from '@app/disclosures';

export const editionName = (number: number): string => `第${number}版`;

/** An instant in the zone of the signature: `2025年12月20日 14時03分12秒（Asia/Tokyo、UTC+09:00）`. */
export const instantText = (instant: string, timeZone: string): string => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const offset = part['timeZoneName'] === 'GMT' ? 'UTC' : part['timeZoneName']?.replace('GMT', 'UTC');
  return `${part['year']}年${part['month']}月${part['day']}日 ${part['hour']}時${part['minute']}分${part['second']}秒（${timeZone}、${offset}）`;
};

/** The record of a signature as it is printed, without its hash: a label and what was recorded, if anything was. */
export const signatureFacts = ({
  officer,
  at,
  timeZone,
  comment,
}: EditionView['signatures'][number]): readonly (readonly [label: string, value: string | undefined])[] => [
  ['役割', officeNames[officer.role].ja],
  ['所属・役職', [officer.department, officer.title].filter(Boolean).join('　')],
  ['氏名', officer.name],
  ['署名日時', instantText(at, timeZone)],
  ['本人確認', 'パスワードの再入力'],
  ['所見', comment],
];

/** What stands in place of signatures, or before them. */
export const approvalIntroduction = (edition: Pick<EditionView, 'origin' | 'signatures' | 'number'>): string => {
  if (edition.signatures.length > 0) {
    return `${editionName(edition.number)}は、次の責任者が、記載の内容ハッシュで特定される本文を確認し、本人確認のうえ署名したものです。氏名・所属・役職は署名した時点のものです。`;
  }
  return edition.origin === 'imported'
    ? `${editionName(edition.number)}は、既存の開示書を取り込んだものです。取込み前に行われた審査・承認の署名は、この記録に含まれません。`
    : `${editionName(edition.number)}に署名の記録はありません。`;
};

/** 改訂内容 is one text; its points (・) and its lines begin on lines of their own. */
export const historyLines = (text: string): string[] => text.split(/\r?\n|\s+(?=・)/).filter((line) => line !== '');
