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
      path: 'organization/users',
      component: lazyRouteComponent(() => import('./users-page'), 'UsersPage'),
    }),
  ] as const;
