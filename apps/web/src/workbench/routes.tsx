import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const workbenchRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id',
      component: lazyRouteComponent(() => import('./workbench-page'), 'WorkbenchPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/items/$itemKey',
      component: lazyRouteComponent(() => import('./workbench-page'), 'WorkbenchItemPage'),
    }),
  ] as const;
