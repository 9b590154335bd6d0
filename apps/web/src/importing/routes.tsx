import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const importingRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'import',
      component: lazyRouteComponent(() => import('./import-page'), 'ImportPage'),
    }),
  ] as const;
