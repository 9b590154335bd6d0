import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const searchRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'search',
      validateSearch: ({ q }: Record<string, unknown>): { readonly q?: string } =>
        q === undefined || q === '' ? {} : { q: String(q).slice(0, 200) },
      component: lazyRouteComponent(() => import('./search-page'), 'SearchPage'),
    }),
  ] as const;
