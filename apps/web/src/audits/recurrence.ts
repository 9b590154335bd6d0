import type { AuditKind, Recurrence } from './audits-api';

/** Periods to choose from; `custom` is a rule that somebody writes. */
export const periods = {
  once: null,
  monthly: 'FREQ=MONTHLY',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3',
  halfYearly: 'FREQ=MONTHLY;INTERVAL=6',
  yearly: 'FREQ=YEARLY',
  twoYearly: 'FREQ=YEARLY;INTERVAL=2',
} as const;
export type Period = keyof typeof periods | 'custom';

export const anchors: readonly Recurrence['anchor'][] = ['schedule', 'lastPerformed', 'lastApproval'];

/** How often an audit of a kind usually comes round, and from what that is counted. */
export const usual = (kind: AuditKind): { readonly period: Period; readonly anchor: Recurrence['anchor'] } => {
  switch (kind) {
    case 'vulnerabilityScan':
    case 'regulationReview':
      return { period: 'yearly', anchor: 'lastPerformed' };
    case 'documentReview':
      return { period: 'yearly', anchor: 'lastApproval' };
    case 'other':
      return { period: 'once', anchor: 'schedule' };
    default:
      return { period: 'yearly', anchor: 'schedule' };
  }
};

/** A rule that is a plain period, or null for one that says more. */
export const plainPeriod = (
  rule: string,
): { readonly unit: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'; readonly every: number } | null => {
  const found = /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?$/.exec(rule);
  if (!found) return null;
  return { unit: found[1] as 'DAILY', every: Number(found[2] ?? 1) };
};
