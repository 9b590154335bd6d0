import { createRoute } from '@tanstack/react-router';
import { Page } from '../shell/page';
import type { ShellRoute } from '../shell/root';

export const editionsRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/editions',
      component: () => <Page title="版・公開">準備中です。</Page>,
    }),
  ] as const;
