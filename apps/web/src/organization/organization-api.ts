import type * as identity from '@app/identity/contract';
import type * as officers from '@app/officers/contract';
import type * as appearance from '@app/publishing/appearance/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import type { CommandAnswer, UserRole } from '../api/types';

export type OfficersView = z.infer<typeof officers.officersView>;
export type OfficeView = z.infer<typeof officers.officeView>;
export type AppointBody = z.infer<typeof officers.appointBody>;
export type DeputationsView = z.infer<typeof officers.deputationsView>;
export type DeputationView = z.infer<typeof officers.deputationView>;
export type GrantDeputationBody = z.infer<typeof officers.grantDeputationBody>;
export type EndOfficeBody = z.infer<typeof officers.endOfficeBody>;
export type UserView = z.infer<typeof identity.userView>;
export type AppearanceView = z.infer<typeof appearance.appearanceView>;
export type AppearanceBody = z.infer<typeof appearance.appearanceBody>;
export type NewUserBody = z.infer<typeof identity.newUserBody>;

const command = (path: string, body: unknown = {}, method: 'POST' | 'PUT' = 'POST'): Promise<CommandAnswer> =>
  request(path, { method, body });
const user = (id: string): string => `/api/users/${encodeURIComponent(id)}`;

export const organizationApi = {
  officers: ({ signal }: { signal?: AbortSignal }): Promise<OfficersView> => request('/api/officers', { signal }),
  appoint: (body: AppointBody) => command('/api/officers/appointments', body),
  end: (body: EndOfficeBody) => command('/api/officers/endings', body),
  deputations: ({ signal }: { signal?: AbortSignal }): Promise<DeputationsView> =>
    request('/api/deputations', { signal }),
  grantDeputation: (body: GrantDeputationBody) => command('/api/deputations', body),
  endDeputation: (id: string, on: string) => command(`/api/deputations/${encodeURIComponent(id)}/ending`, { on }),
  appearance: ({ signal }: { signal?: AbortSignal }): Promise<AppearanceView> => request('/api/appearance', { signal }),
  changeAppearance: (body: AppearanceBody) => command('/api/appearance', body, 'PUT'),
  users: ({ signal }: { signal?: AbortSignal }): Promise<readonly UserView[]> => request('/api/users', { signal }),
  addUser: (body: NewUserBody) => command('/api/users', body),
  changeRoles: (id: string, roles: readonly UserRole[]) => command(`${user(id)}/roles`, { roles }, 'PUT'),
  disable: (id: string) => command(`${user(id)}/disable`),
  enable: (id: string) => command(`${user(id)}/enable`),
  resetPassword: (id: string) => command(`${user(id)}/password-reset`),
};

export const organizationQueries = {
  officers: () => queryOptions({ queryKey: ['officers'], queryFn: organizationApi.officers }),
  deputations: () => queryOptions({ queryKey: ['deputations'], queryFn: organizationApi.deputations }),
  appearance: () => queryOptions({ queryKey: ['appearance'], queryFn: organizationApi.appearance }),
  /** Administrators only. */
  users: () => queryOptions({ queryKey: ['users'], queryFn: organizationApi.users }),
};
