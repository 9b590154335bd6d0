import { createRoute } from '@tanstack/react-router';
import { Page } from '../shell/page';
import type { ShellRoute } from '../shell/root';

export const activityRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'activity',
      component: () => <Page title="記録">準備中です。</Page>,
    }),
  ] as const;
