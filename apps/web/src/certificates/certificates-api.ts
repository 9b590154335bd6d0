import type * as contract from '@app/certificates/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import { pages } from '../api/pages';
import { SOON_DAYS } from '../reminding/timeline';

export type CertificateList = z.infer<typeof contract.certificateList>;
export type CertificateView = z.infer<typeof contract.certificateView>;
export type CertificateHistoryEntry = z.infer<typeof contract.certificateHistoryEntry>;
export type CertificateAnswer = z.infer<typeof contract.certificateAnswer>;
export type RegisterCertificateBody = z.input<typeof contract.registerCertificateBody>;
export type RenewCertificateBody = z.input<typeof contract.renewCertificateBody>;
export type CorrectCertificateBody = z.input<typeof contract.correctCertificateBody>;
export type RenewalAnswer = z.infer<typeof contract.renewalAnswer>;
export type CitingDisclosure = z.infer<typeof contract.citingDisclosure>;
export type StartedRevisions = z.infer<typeof contract.startedRevisions>;
export type Citation = z.infer<typeof contract.citation>;
/** 維持審査, 更新審査. */
export type CertificateAudit = NonNullable<CertificateHistoryEntry['audit']>;
type Responsible = z.infer<typeof contract.responsible>;

type Signal = { readonly signal?: AbortSignal };
type Answer = Promise<CertificateAnswer>;

export const certificatePath = (id: string): string => `/api/certificates/${encodeURIComponent(id)}`;
const post = <T>(id: string, what: string, body: unknown): Promise<T> =>
  request(`${certificatePath(id)}/${what}`, { method: 'POST', body });
const put = <T>(id: string, what: string, body: unknown): Promise<T> =>
  request(`${certificatePath(id)}/${what}`, { method: 'PUT', body });

export const certificatesApi = {
  list: (after: string, { signal }: Signal): Promise<CertificateList> =>
    request('/api/certificates', { query: { after }, signal }),
  show: (id: string, { signal }: Signal): Promise<CertificateView> => request(certificatePath(id), { signal }),
  citing: (id: string, { signal }: Signal): Promise<{ readonly citing: readonly CitingDisclosure[] }> =>
    request(`${certificatePath(id)}/citing`, { signal }),
  register: (body: RegisterCertificateBody): Answer => request('/api/certificates', { method: 'POST', body }),
  renew: (id: string, body: RenewCertificateBody): Promise<RenewalAnswer> => post(id, 'renewal', body),
  startRevisions: (id: string, disclosureIds: readonly string[]): Promise<StartedRevisions> =>
    post(id, 'revisions', { disclosureIds }),
  correct: (id: string, body: CorrectCertificateBody): Answer => post(id, 'correction', body),
  cite: (id: string, citedBy: readonly Citation[]): Answer => put(id, 'citations', { citedBy }),
  nameResponsible: (id: string, responsible: Responsible | null): Answer => put(id, 'responsible', { responsible }),
  fileRenewal: (id: string, filedOn: string): Answer => post(id, 'renewal-application', { filedOn }),
  takeBackFiling: (id: string, reason: string): Answer => post(id, 'renewal-application/removal', { reason }),
  planAudit: (id: string, audit: CertificateAudit, dueOn: string): Answer => put(id, 'surveillance', { audit, dueOn }),
  passAudit: (id: string, audit: CertificateAudit, on: string, nextDueOn?: string): Answer =>
    post(id, 'surveillance/pass', { audit, on, ...(nextDueOn && { nextDueOn }) }),
  failAudit: (id: string, audit: CertificateAudit, on: string, reason: string): Answer =>
    post(id, 'surveillance/failure', { audit, on, reason }),
  withdraw: (id: string, reason: string): Answer => post(id, 'withdrawal', { reason }),
};

export const certificateQueries = {
  list: () =>
    pages({
      queryKey: ['certificates', 'list'],
      page: (after, signal) => certificatesApi.list(after, { signal }),
    }),
  show: (id: string) =>
    queryOptions({ queryKey: ['certificates', id], queryFn: ({ signal }) => certificatesApi.show(id, { signal }) }),
  citing: (id: string) =>
    queryOptions({
      queryKey: ['certificates', id, 'citing'],
      queryFn: ({ signal }) => certificatesApi.citing(id, { signal }),
    }),
};

/** Of each kind the audit that is to be passed next. */
export const plannedAudits = ({
  surveillance,
  renewalAudit,
}: CertificateView): Record<CertificateAudit, CertificateView['surveillance']> => ({
  surveillance,
  renewal: renewalAudit,
});

export type CertificateState = CertificateView['status'] | 'soon';

/** One whose renewal is being decided does not lapse soon: it stays valid until then. */
export const stateOf = ({
  status,
  daysLeft,
  deadlines,
}: Pick<CertificateView, 'status' | 'daysLeft' | 'deadlines'>): CertificateState => {
  if (status !== 'valid' || daysLeft > SOON_DAYS) return status;
  return deadlines.some(({ matter }) => matter === 'decision') ? 'renewalPending' : 'soon';
};
