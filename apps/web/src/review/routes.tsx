import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const reviewRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/review',
      component: lazyRouteComponent(() => import('./review-page'), 'ReviewPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'reviews',
      component: lazyRouteComponent(() => import('./reviews-page'), 'ReviewsPage'),
    }),
  ] as const;
