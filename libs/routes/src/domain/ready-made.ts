import type { RoutingRule } from './register';
import type { RuleStep } from './route';

const reviewBy = (role: 'privacyOfficer' | 'systemAdministrator' | 'operationsOfficer'): RuleStep => ({
  signatories: [{ kind: 'role', role }],
  meaning: 'review',
  quorum: { kind: 'any' },
  dueInBusinessDays: 5,
  escalation: null,
});

/**
 * Rules to begin with, by the items of the standard form (26 items in two parts, which keep these keys when they are
 * imported). They do nothing until an administrator saves them.
 */
export const readyMadeRules: readonly RoutingRule[] = [
  {
    ruleId: 'personal-data',
    name: '個人情報の取扱い',
    // 方針と規程, 個人データの実績, 患者等への説明, 制度上の要求事項
    itemKeys: ['I-2', 'I-5', 'II-13', 'II-16'],
    step: reviewBy('privacyOfficer'),
    place: 'beforeApproval',
    active: false,
  },
  {
    ruleId: 'configuration',
    name: '構成・ネットワーク・リスク',
    // バックアップ, 設置場所, 点検の結果, 全体構成図, リスク対応, 機器の管理, 対応策の運用, 記憶媒体
    itemKeys: ['I-3', 'I-9', 'II-2', 'II-3', 'II-4', 'II-8', 'II-9', 'II-11'],
    step: reviewBy('systemAdministrator'),
    place: 'beforeApproval',
    active: false,
  },
  {
    ruleId: 'operations',
    name: '組織・運用',
    // 実施体制, 運用管理能力, 運用管理規程, 提供の体制, 文書の管理, 事故, 危機管理, 監査, 問い合わせ窓口
    itemKeys: ['I-4', 'I-8', 'II-1', 'II-6', 'II-7', 'II-10', 'II-12', 'II-14', 'II-15'],
    step: reviewBy('operationsOfficer'),
    place: 'beforeApproval',
    active: false,
  },
];
