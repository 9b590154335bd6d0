import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const routingRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/routes',
      component: lazyRouteComponent(() => import('./routes-page'), 'RoutesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/routes/templates/$templateId',
      component: lazyRouteComponent(() => import('./template-page'), 'TemplatePage'),
    }),
  ] as const;
