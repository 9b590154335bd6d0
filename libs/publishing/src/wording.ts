import { inJapanese } from '@app/calendar';
import { officeNames, officerName, type EditionView } from '@app/disclosures';

export const editionName = (number: number): string => `第${number}版`;

/** Below the title of a file that an importer reads back: `第7版 2031年4月1日発行（2031年4月15日施行）`. The day of issue stands first: by that it is read. */
export const coverLine = ({
  number,
  issuedOn,
  effectiveOn,
}: Pick<EditionView, 'number' | 'issuedOn' | 'effectiveOn'>): string =>
  `${editionName(number)} ${inJapanese(issuedOn)}発行（${inJapanese(effectiveOn)}施行）`;

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

type SignatureView = EditionView['signatures'][number];
type PostReviewView = EditionView['postReviews'][number];
type Facts = readonly (readonly [label: string, value: string | undefined])[];

/** The record of a signature as it is printed, without its hashes: a label and what was recorded, if anything was. */
export const signatureFacts = (signature: SignatureView): Facts => [
  ...signerFacts(signature),
  ['署名文', signature.statement ?? undefined],
  ['署名日時', instantText(signature.at, signature.timeZone)],
  ['本人確認', 'パスワードの再入力'],
  ['所見', signature.comment],
];

/** The record of a 後閲 as it is printed: read while signed in, and not confirmed again. */
export const postReviewFacts = (postReview: PostReviewView): Facts => [
  ...signerFacts(postReview),
  ['記録文', postReview.statement],
  ['後閲日時', instantText(postReview.at, 'Asia/Tokyo')],
  ['所見', postReview.comment],
];

/** Who it was, as of then; of a deputy both names, and the deputation's period. */
const signerFacts = ({
  officer,
  capacity,
  onBehalfOf,
}: Pick<SignatureView, 'officer' | 'capacity' | 'onBehalfOf'>): Facts => [
  ['役割', officer.role === null ? undefined : officeNames[officer.role].ja],
  ['所属・役職', [officer.department, officer.title].filter(Boolean).join('　')],
  ['氏名', officer.name],
  ['立場', capacityText[capacity]],
  ['代理される方', onBehalfOf === null ? undefined : principalText(onBehalfOf)],
  ['代理の期間', onBehalfOf === null ? undefined : periodText(onBehalfOf.deputation)],
];

const capacityText: Readonly<Record<SignatureView['capacity'], string | undefined>> = {
  officer: undefined,
  named: undefined,
  reassigned: '担当者の変更による署名者',
  escalated: '期限の超過による署名者',
};

const principalText = ({ officer }: NonNullable<SignatureView['onBehalfOf']>): string =>
  `${officerName(officer)}${officer.department + officer.title === '' ? '' : `（${[officer.department, officer.title].filter(Boolean).join('　')}）`}`;

const periodText = ({ from, until }: { readonly from: string; readonly until: string }): string =>
  `${inJapanese(from)}から${inJapanese(until)}まで`;

/** 後閲 as it is part of the edition: what was read before the publication. The same edition is printed the same at any time. */
export const printedPostReviews = ({ postReviews }: Pick<EditionView, 'postReviews'>): readonly PostReviewView[] =>
  postReviews.filter(({ afterPublication }) => !afterPublication);

/** The hashes of a signature: of the whole text, and where it vouches for a part of it, of that. */
export const signatureHashes = ({
  contentHash,
  coverageHash,
}: Pick<SignatureView, 'contentHash' | 'coverageHash'>): readonly (readonly [label: string, hash: string])[] => [
  ['内容ハッシュ', contentHash],
  ...(coverageHash === contentHash ? [] : [['対象のハッシュ', coverageHash] as const]),
];

/** What stands in place of signatures, or before them. */
export const approvalIntroduction = (
  edition: Pick<EditionView, 'origin' | 'signatures' | 'number' | 'contentHash'>,
): string => {
  if (edition.signatures.length > 0) {
    const carriedOver = edition.signatures.some(({ contentHash }) => contentHash !== edition.contentHash);
    return `${editionName(edition.number)}は、次の責任者が、記載の内容ハッシュで特定される本文を確認し、本人確認のうえ署名したものです。氏名・所属・役職は署名した時点のものです。${carriedOver ? '内容ハッシュがこの版と異なる署名は、その対象とした項目が署名の後に変わっていないため、引き継いだものです。' : ''}`;
  }
  return edition.origin === 'imported'
    ? `${editionName(edition.number)}は、既存の開示書を取り込んだものです。取込み前に行われた審査・承認の署名は、この記録に含まれません。`
    : `${editionName(edition.number)}に署名の記録はありません。`;
};

/** 改訂内容 is one text; its points (・) and its lines begin on lines of their own. */
export const historyLines = (text: string): string[] => text.split(/\r?\n|\s+(?=・)/).filter((line) => line !== '');
