import { createRoute } from '@tanstack/react-router';
import { Page } from '../shell/page';
import type { ShellRoute } from '../shell/root';

export const organizationRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'organization',
      component: () => <Page title="組織">準備中です。</Page>,
    }),
  ] as const;
