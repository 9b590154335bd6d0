import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const importingRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'import',
      component: lazyRouteComponent(() => import('./import-page'), 'ImportPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/import',
      /** `file`: one that was brought before. */
      validateSearch: ({ file }: Record<string, unknown>): { readonly file?: string } =>
        typeof file === 'string' ? { file } : {},
      component: lazyRouteComponent(() => import('./proposals-page'), 'ProposalsPage'),
    }),
  ] as const;
