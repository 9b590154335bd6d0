import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const operationsRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/jobs',
      component: lazyRouteComponent(() => import('./jobs-page'), 'JobsPage'),
    }),
  ] as const;
