import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const organizationRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'organization',
      component: lazyRouteComponent(() => import('./organization-page'), 'OrganizationPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'organization/deputations',
      component: lazyRouteComponent(() => import('./deputations-page'), 'DeputationsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'organization/users',
      component: lazyRouteComponent(() => import('./users-page'), 'UsersPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'organization/appearance',
      component: lazyRouteComponent(() => import('./appearance-page'), 'AppearancePage'),
    }),
  ] as const;
