import { createRoute } from '@tanstack/react-router';
import { Page } from '../shell/page';
import type { ShellRoute } from '../shell/root';

export const reviewRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/review',
      component: () => <Page title="承認">準備中です。</Page>,
    }),
  ] as const;
