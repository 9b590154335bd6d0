import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const reviewRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/review',
      /** `v`: where the disclosure's stream was when the mail with the link was written. */
      validateSearch: (search: Record<string, unknown>): { readonly v?: number } =>
        Number.isInteger(Number(search['v'] ?? NaN)) ? { v: Number(search['v']) } : {},
      component: lazyRouteComponent(() => import('./review-page'), 'ReviewPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'reviews',
      component: lazyRouteComponent(() => import('./reviews-page'), 'ReviewsPage'),
    }),
  ] as const;
