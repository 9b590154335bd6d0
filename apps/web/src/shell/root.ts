import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';
import { queries } from '../api/queries';
import { Broken } from './error-boundary';
import { NotFound } from './not-found';
import { Shell } from './shell';

export const rootRoute = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

/**
 * The parent of every screen for which one must be signed in. Whoever is not goes to the sign-in page and comes back to the address
 * they wanted, so that links in mails work.
 */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: Broken,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(queries.session());
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401)) throw error;
      throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } });
    }
  },
});

/** What a feature's `routes.tsx` gets to hang its routes on. */
export type ShellRoute = typeof shellRoute;
