import type { LadderKey } from '@app/calendar';
import type { Ladder, Notice, Recipient } from './ladder';

const months = (...each: readonly number[]): readonly Notice[] => each.map((count) => ({ months: count }));
const days = (...each: readonly number[]): readonly Notice[] => each.map((count) => ({ days: count }));

/** Those who renew a certificate, and those who write what it is cited in. */
const ofCertificates: readonly Recipient[] = [
  { officer: 'managementOfficer' },
  { role: 'drafter' },
  { responsible: true },
];
/** Those who carry an audit out, and who answers for it. */
const ofAudits: readonly Recipient[] = [{ responsible: true }, { officer: 'managementOfficer' }];

const renewal = (before: readonly Notice[]): Ladder => ({
  before,
  overdueEveryDays: 1,
  businessDays: 'asIs',
  to: ofCertificates,
  escalateOverdue: { afterBusinessDays: 3, to: [{ role: 'administrator' }] },
});
const audit = (before: readonly Notice[]): Ladder => ({
  before,
  overdueEveryDays: 7,
  businessDays: 'asIs',
  to: ofAudits,
});

/** What holds until an administrator changes it, and the names under which screens show it. */
export const readyMadeLadders: Readonly<Record<LadderKey, { readonly name: string; readonly ladder: Ladder }>> = {
  isms: { name: 'ISMS の更新', ladder: renewal([...months(9, 6, 4, 2), ...days(30, 14, 7, 1, 0)]) },
  // Four months before its end, the window for applications opens.
  privacyMarkApplication: {
    name: 'プライバシーマークの更新申請',
    ladder: renewal([...months(6, 4, 2), ...days(30, 14, 7, 1, 0)]),
  },
  privacyMark: { name: 'プライバシーマークの有効期限', ladder: renewal(days(30, 7, 0)) },
  ismap: { name: 'ISMAP の更新', ladder: renewal([...months(6, 4, 2), ...days(30, 14, 7)]) },
  // The registration stays valid; monthly from the end of its term, until the decision is recorded.
  renewalDecision: {
    name: '更新申請の結果（ISMAP）',
    ladder: { before: [], overdueEveryDays: 30, businessDays: 'next', to: ofCertificates },
  },
  other: { name: 'その他の証明書の更新', ladder: renewal([...months(6, 2), ...days(30, 14, 7, 1, 0)]) },
  surveillance: {
    name: '維持審査・更新審査',
    ladder: { ...audit([...months(3), ...days(30, 7, 0)]), to: ofCertificates },
  },
  internalAudit: { name: '内部監査', ladder: audit([...months(3), ...days(30, 7, 0)]) },
  vulnerabilityScan: { name: '脆弱性診断', ladder: audit([...months(2), ...days(30, 14, 7, 0)]) },
  documentReview: { name: '文書見直し', ladder: audit([...months(2), ...days(30, 7, 0)]) },
  audit: { name: 'その他の監査・点検', ladder: audit([...months(2), ...days(30, 7, 0)]) },
  followUp: { name: '対応事項', ladder: audit(days(14, 7, 0)) },
};

/** The kinds of certificates that are there from the beginning. */
export const readyMadeKinds = [
  { kind: 'isms', name: 'ISMS認証', ladder: 'isms' },
  { kind: 'privacyMark', name: 'プライバシーマーク', ladder: 'privacyMark' },
  { kind: 'ismap', name: 'ISMAP', ladder: 'ismap' },
  { kind: 'other', name: 'その他', ladder: 'other' },
] as const;
