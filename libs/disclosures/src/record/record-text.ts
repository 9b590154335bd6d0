import type { OnBehalfOf } from '../domain/signature';
import { meaningNames, officeNames, quoted, signerName } from '../words';
import type { SignatureRecord } from './signature-record';

/** The record for people to read, a line per fact. */
export const recordText = (record: SignatureRecord): string =>
  [
    `${quoted(record.serviceName)} ${record.title} 第${record.editionNumber}版`,
    `内容ハッシュ　${record.contentHash ?? '（提出前）'}`,
    headOf(record),
    `起草　${record.authors.map(({ name }) => name).join('、')}`,
    '',
    '署名',
    ...(record.signatures.length === 0 ? ['　なし'] : []),
    ...record.signatures.flatMap((signature) => [
      [
        `　第${signature.step + 1}段階 ${meaningNames[signature.meaning].ja}`,
        signerName(signature),
        `${signature.officer.department} ${signature.officer.title}`.trim(),
        capacityText[signature.capacity],
        signature.standing === 'void'
          ? `（無効${signature.voidBy === null ? '' : `：${voidText[signature.voidBy]}`}）`
          : '',
      ]
        .filter((text) => text !== '')
        .join('　'),
      ...(signature.onBehalfOf === null ? [] : deputationLines(signature.onBehalfOf, record.disclosureId)),
      `　　${timeIn(signature.timeZone, signature.at)}（${signature.timeZone}）　本人確認：パスワードの再入力`,
      ...(signature.statement === null ? [] : [`　　${signature.statement}`]),
      ...(signature.comment === undefined ? [] : [`　　所見　${signature.comment}`]),
      `　　内容 ${signature.contentHash}`,
      `　　対象 ${signature.coverageHash}`,
      `　　記録 ${signature.place.version} ${signature.place.hash}`,
    ]),
    ...(record.postReviews.length === 0 ? [] : ['', '後閲']),
    ...record.postReviews.flatMap((read) => [
      `　${signerName(read)}　${timeIn(OFFICE, read.at)}　${read.statement}`,
      ...(read.onBehalfOf === null ? [] : deputationLines(read.onBehalfOf, record.disclosureId)),
      ...(read.comment === undefined ? [] : [`　　所見　${read.comment}`]),
    ]),
    '',
    '経過（日本時間）',
    ...record.course.map(({ at, by, sentence }) => `　${timeIn(OFFICE, at)}　${by.name}　${sentence}`),
  ].join('\n');

/** Where the company is; a signature says its own time zone. */
const OFFICE = 'Asia/Tokyo';

/** What became of it. */
const headOf = ({ published, ended }: SignatureRecord): string => {
  if (published !== null) return `公開　${published.by.name}　${timeIn(OFFICE, published.at)}`;
  if (ended === null) return '未公開';
  const { how, by, at, reason } = ended;
  return `${voidText[how]}　${by.name}　${timeIn(OFFICE, at)}${reason === null ? '' : `　理由：${reason}`}`;
};

const voidText: Readonly<Record<NonNullable<SignatureRecord['signatures'][number]['voidBy']>, string>> = {
  returned: '差戻し',
  recalled: '引戻し',
  rejected: '却下',
  withdrawn: '取下げ',
  changed: '本文の変更',
};

/** Under which deputation: its days and, where the record has it, what it extended to. */
const deputationLines = (
  { deputation: { from, until, scope } }: OnBehalfOf,
  disclosureId: string,
): readonly string[] => {
  const period = `　　代理の期間　${from} ～ ${until}`;
  if (!scope) return [period];
  const { roles, disclosureIds } = scope;
  const offices = roles === 'all' ? 'すべての役職' : roles.map((role) => officeNames[role].ja).join('、');
  const others = disclosureIds === 'all' ? 0 : disclosureIds.filter((id) => id !== disclosureId).length;
  const disclosures =
    disclosureIds === 'all' ? 'すべての開示書' : `この開示書${others === 0 ? '' : `とほかの${others}件`}`;
  return [period, `　　代理の範囲　${offices}／${disclosures}`];
};

const timeIn = (timeZone: string, at: string): string =>
  new Intl.DateTimeFormat('ja-JP', { timeZone, dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));

/** What somebody who holds none of the offices that were asked signed as. */
const capacityText: Readonly<Record<SignatureRecord['signatures'][number]['capacity'], string>> = {
  officer: '',
  named: '',
  reassigned: '担当者の変更による署名者',
  escalated: '期限の超過による署名者',
};
