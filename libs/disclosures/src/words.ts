import type { RevisionCause, SignatureMeaning } from './domain/disclosure';

/** The glossary's words for what the code names in English. */

export { officeNames } from '@app/officers/domain/officer-role';

export const meaningNames: Readonly<Record<SignatureMeaning, { ja: string; en: string }>> = {
  review: { ja: '審査', en: 'review' },
  approval: { ja: '承認', en: 'approval' },
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
