import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const activityRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'activity',
      validateSearch: ({ disclosure }: Record<string, unknown>): { disclosure?: string } =>
        typeof disclosure === 'string' ? { disclosure } : {},
      component: lazyRouteComponent(() => import('./activity-page'), 'ActivityPage'),
    }),
  ] as const;
