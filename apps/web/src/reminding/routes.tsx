import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';
import { readLedgerQuery, readNextSearch } from './search';

export const remindingRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'deadlines',
      component: lazyRouteComponent(() => import('./deadlines-page'), 'DeadlinesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'reminders',
      validateSearch: readNextSearch,
      component: lazyRouteComponent(() => import('./next-mails-page'), 'NextMailsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'reminders/ledger',
      validateSearch: readLedgerQuery,
      component: lazyRouteComponent(() => import('./ledger-page'), 'LedgerPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/reminders',
      component: lazyRouteComponent(() => import('./settings-page'), 'ReminderSettingsPage'),
    }),
  ] as const;
