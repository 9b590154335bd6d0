import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

/** The editor comes with the first of these pages, not with the first load. */
const page = lazyRouteComponent(() => import('./workbench-page'), 'WorkbenchPage');

export const workbenchRoutes = (parent: ShellRoute) =>
  [
    createRoute({ getParentRoute: () => parent, path: 'disclosures/$id', component: page }),
    createRoute({ getParentRoute: () => parent, path: 'disclosures/$id/items/$itemKey', component: page }),
  ] as const;
