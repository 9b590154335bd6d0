import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export const editionsRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/editions',
      component: lazyRouteComponent(() => import('./editions-page'), 'EditionsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/editions/$n',
      component: lazyRouteComponent(() => import('./edition-page'), 'EditionPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/compare',
      /** `from`: an edition's number or `inForce`; `to`: an edition's number or `draft`. */
      validateSearch: (search: Record<string, unknown>): { from?: string; to?: string } => {
        const from = text(search['from']);
        const to = text(search['to']);
        return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      },
      component: lazyRouteComponent(() => import('../comparison/comparison-page'), 'ComparisonPage'),
    }),
  ] as const;
