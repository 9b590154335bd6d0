import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const auditsRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'audits',
      component: lazyRouteComponent(() => import('./audits-page'), 'AuditsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'audits/new',
      component: lazyRouteComponent(() => import('./plan-page'), 'PlanPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'audits/$auditId',
      component: lazyRouteComponent(() => import('./audit-page'), 'AuditPage'),
    }),
  ] as const;
