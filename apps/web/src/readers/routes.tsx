import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const readersRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'readers',
      component: lazyRouteComponent(() => import('./readers-page'), 'ReadersPage'),
    }),
  ] as const;
