import type * as contract from '@app/certificates/contract';
import type * as reminders from '@app/reminders/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';

export type CertificateList = z.infer<typeof contract.certificateList>;
export type CertificateView = z.infer<typeof contract.certificateView>;
export type CertificateAnswer = z.infer<typeof contract.certificateAnswer>;
export type RegisterCertificateBody = z.input<typeof contract.registerCertificateBody>;
export type RenewCertificateBody = z.input<typeof contract.renewCertificateBody>;
export type Citation = z.infer<typeof contract.citation>;
export type ReminderLedger = z.infer<typeof reminders.reminderLedger>;
export type ReminderView = z.infer<typeof reminders.reminderView>;

const path = (id: string): string => `/api/certificates/${encodeURIComponent(id)}`;

export const certificatesApi = {
  list: ({ signal }: { signal?: AbortSignal }): Promise<CertificateList> => request('/api/certificates', { signal }),
  show: (id: string, { signal }: { signal?: AbortSignal }): Promise<CertificateView> => request(path(id), { signal }),
  ledger: ({ signal }: { signal?: AbortSignal }): Promise<ReminderLedger> => request('/api/reminders', { signal }),
  register: (body: RegisterCertificateBody): Promise<CertificateAnswer> =>
    request('/api/certificates', { method: 'POST', body }),
  renew: (id: string, body: RenewCertificateBody): Promise<CertificateAnswer> =>
    request(`${path(id)}/renewal`, { method: 'POST', body }),
  withdraw: (id: string, reason: string): Promise<CertificateAnswer> =>
    request(`${path(id)}/withdrawal`, { method: 'POST', body: { reason } }),
};

export const certificateQueries = {
  list: () => queryOptions({ queryKey: ['certificates'], queryFn: certificatesApi.list }),
  show: (id: string) =>
    queryOptions({ queryKey: ['certificates', id], queryFn: ({ signal }) => certificatesApi.show(id, { signal }) }),
  ledger: () => queryOptions({ queryKey: ['reminders'], queryFn: certificatesApi.ledger }),
};

/** Days before the expiry from which the register calls it 期限間近. */
export const SOON_DAYS = 60;

export type CertificateState = CertificateView['status'] | 'soon';

export const stateOf = ({ status, daysLeft }: Pick<CertificateView, 'status' | 'daysLeft'>): CertificateState =>
  status === 'valid' && daysLeft <= SOON_DAYS ? 'soon' : status;
