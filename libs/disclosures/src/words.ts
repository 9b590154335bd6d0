import { officeNames } from '@app/officers/domain/officer-role';
import type { Meaning, RouteStep, Signatories } from '@app/routes/domain/route';
import type { RevisionCause } from './domain/disclosure';
import type { OfficerAsOfThen } from './domain/signature';

/** The glossary's words for what the code names in English. */

export { officeNames };

export const meaningNames: Readonly<Record<Meaning, { ja: string; en: string }>> = {
  review: { ja: '審査', en: 'review' },
  approval: { ja: '承認', en: 'approval' },
  acknowledgement: { ja: '確認', en: 'acknowledgement' },
  postReview: { ja: '後閲', en: 'post-review' },
};

export const causeNames: Readonly<Record<RevisionCause['type'], string>> = {
  reorganisation: '組織変更',
  guidelineRevision: 'ガイドライン改定',
  configurationChange: '構成変更',
  certificateRenewal: '証明書更新',
  trackRecordUpdate: '実績更新',
  correction: '誤記訂正',
  other: 'その他',
};

/** 「…」 around a name, unless it comes with them: covers print the service's name in quotes more often than not. */
export const quoted = (name: string): string => (/^「.*」$/.test(name) ? name : `「${name}」`);

/** Who may sign a step, in words: 「管理責任者」「山田 太郎さん、鈴木 花子さん」. */
export const signatoriesNames = (signatories: readonly Signatories[]): { readonly ja: string; readonly en: string } => {
  return { ja: named(signatories, 'ja').join('または'), en: named(signatories, 'en').join(' or ') };
};

const named = (signatories: readonly Signatories[], language: 'ja' | 'en'): readonly string[] =>
  signatories.flatMap((each) =>
    each.kind === 'role'
      ? [officeNames[each.role][language]]
      : each.people.map(({ name }) => (language === 'ja' ? `${name}さん` : name)),
  );

/** Who has to sign a step, in words: 「山田 太郎さんまたは鈴木 花子さん」「山田 太郎さん、鈴木 花子さん、森 一さんのうち2名」. */
export const whoSigns = ({ signatories, quorum }: Pick<RouteStep, 'signatories' | 'quorum'>): string => {
  const names = named(signatories, 'ja');
  if (quorum.kind === 'n') return `${names.join('、')}のうち${quorum.n}名`;
  return quorum.kind === 'all' && names.length > 1 ? `${names.join('、')}の全員` : names.join('または');
};

/** 「管理責任者 山本 隆」, or the name alone of who held no office. */
export const officerName = ({ role, name }: OfficerAsOfThen): string =>
  role === null ? name : `${officeNames[role].ja} ${name}`;

/** 「管理責任者 山本 隆」, of a deputy 「高橋 恵子（個人情報保護責任者 佐藤 真央の代理）」. */
export const signerName = ({
  officer,
  onBehalfOf,
}: {
  readonly officer: OfficerAsOfThen;
  readonly onBehalfOf: { readonly officer: OfficerAsOfThen } | null;
}): string =>
  onBehalfOf === null ? officerName(officer) : `${officer.name}（${officerName(onBehalfOf.officer)}の代理）`;
