import type * as routes from '@app/routes/contract';
import type { RouteTemplate, RoutingRule } from '@app/routes/domain/register';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import type { CommandAnswer } from '../api/types';

export type { RouteTemplate, RoutingRule };
export type RoutesView = z.infer<typeof routes.routesView>;
export type TemplateBody = z.infer<typeof routes.templateBody>;
export type RuleBody = z.infer<typeof routes.ruleBody>;

const template = (id: string): string => `/api/routes/templates/${encodeURIComponent(id)}`;
const rule = (id: string): string => `/api/routes/rules/${encodeURIComponent(id)}`;
type Answer = Promise<CommandAnswer>;

export const routingApi = {
  routes: ({ signal }: { signal?: AbortSignal }): Promise<RoutesView> => request('/api/routes', { signal }),
  saveTemplate: (id: string, body: TemplateBody): Answer => request(template(id), { method: 'PUT', body }),
  retireTemplate: (id: string): Answer => request(`${template(id)}/retirement`, { method: 'POST', body: {} }),
  saveRule: (id: string, body: RuleBody): Answer => request(rule(id), { method: 'PUT', body }),
  removeRule: (id: string): Answer => request(rule(id), { method: 'DELETE' }),
  choose: (disclosureId: string, templateId: string): Answer =>
    request(`/api/disclosures/${encodeURIComponent(disclosureId)}/route`, { method: 'PUT', body: { templateId } }),
};

export const routingQueries = {
  routes: () => queryOptions({ queryKey: ['routes'], queryFn: routingApi.routes }),
};
