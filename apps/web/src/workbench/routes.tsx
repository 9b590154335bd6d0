import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';
import { COMMENTS } from './comments-hash';

export const workbenchRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id',
      /** `item`: in the mail about a comment that names the reader; leads to the comments of that item. */
      validateSearch: ({ item }: Record<string, unknown>): { readonly item?: string } =>
        typeof item === 'string' ? { item } : {},
      beforeLoad: ({ params, search: { item } }) => {
        if (item === undefined) return;
        const to = { id: params.id, itemKey: item };
        throw redirect({ to: '/disclosures/$id/items/$itemKey', params: to, hash: COMMENTS, replace: true });
      },
      component: lazyRouteComponent(() => import('./workbench-page'), 'WorkbenchPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/items/$itemKey',
      component: lazyRouteComponent(() => import('./workbench-page'), 'WorkbenchItemPage'),
    }),
  ] as const;
