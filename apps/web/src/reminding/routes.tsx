import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const remindingRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/reminders',
      component: lazyRouteComponent(() => import('./settings-page'), 'ReminderSettingsPage'),
    }),
  ] as const;
