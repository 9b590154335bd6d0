import type * as contract from '@app/audits/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import { pages } from '../api/pages';
import type { Responsible } from '../reminding/responsible-field';

export type AuditList = z.infer<typeof contract.auditList>;
export type AuditView = z.infer<typeof contract.auditView>;
export type AuditKind = AuditView['kind'];
export type AuditResult = NonNullable<AuditView['lastPerformed']>['result'];
export type AuditHistoryEntry = z.infer<typeof contract.auditHistoryEntry>;
export type FollowUp = z.infer<typeof contract.followUpView>;
export type Recurrence = z.infer<typeof contract.recurrence>;
export type PlanAuditBody = z.input<typeof contract.planAuditBody>;
export type PerformAuditBody = z.input<typeof contract.performAuditBody>;
type AuditAnswer = z.infer<typeof contract.auditAnswer>;

export const auditKinds: readonly AuditKind[] = [
  'internalAudit',
  'managementReview',
  'vulnerabilityScan',
  'documentReview',
  'regulationReview',
  'supplierAudit',
  'drill',
  'other',
];
export const auditResults: readonly AuditResult[] = ['passed', 'passedWithFindings', 'failed'];

type Signal = { readonly signal?: AbortSignal };
type Answer = Promise<AuditAnswer>;

export const auditPath = (id: string): string => `/api/audits/${encodeURIComponent(id)}`;
const post = (id: string, what: string, body: unknown): Answer =>
  request(`${auditPath(id)}/${what}`, { method: 'POST', body });
const put = (id: string, what: string, body: unknown): Answer =>
  request(`${auditPath(id)}/${what}`, { method: 'PUT', body });

export const auditsApi = {
  list: (after: string, { signal }: Signal): Promise<AuditList> => request('/api/audits', { query: { after }, signal }),
  show: (id: string, { signal }: Signal = {}): Promise<AuditView> => request(auditPath(id), { signal }),
  plan: (body: PlanAuditBody): Answer => request('/api/audits', { method: 'POST', body }),
  reschedule: (id: string, newDueOn: string, reason: string): Answer => put(id, 'due', { newDueOn, reason }),
  perform: (id: string, body: PerformAuditBody): Answer => post(id, 'performance', body),
  skip: (id: string, reason: string): Answer => post(id, 'skip', { reason }),
  closeFollowUp: (id: string, followUpId: string, on: string, note: string): Answer =>
    post(id, `follow-ups/${encodeURIComponent(followUpId)}/closure`, { on, note }),
  cite: (id: string, citedBy: AuditView['citedBy']): Answer => put(id, 'citations', { citedBy }),
  nameResponsible: (id: string, responsible: Responsible | null): Answer => put(id, 'responsible', { responsible }),
  cancel: (id: string, reason: string): Answer => post(id, 'cancellation', { reason }),
};

export const auditQueries = {
  list: () => pages({ queryKey: ['audits', 'list'], page: (after, signal) => auditsApi.list(after, { signal }) }),
  show: (id: string) =>
    queryOptions({ queryKey: ['audits', id], queryFn: ({ signal }) => auditsApi.show(id, { signal }) }),
};
