import { createRoute } from '@tanstack/react-router';
import { Page } from '../shell/page';
import type { ShellRoute } from '../shell/root';

export const certificatesRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'certificates',
      component: () => <Page title="証明書">準備中です。</Page>,
    }),
  ] as const;
