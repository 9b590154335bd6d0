import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

/** Only an address of our own: a mail or a page elsewhere must not send people away through our sign-in. */
const ownAddress = (to: unknown): string | undefined =>
  typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined;

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } => {
    const own = ownAddress(to);
    return own === undefined ? {} : { to: own };
  },
  component: lazyRouteComponent(() => import('./login-page'), 'LoginPage'),
});

/** From the mail of a reset; the token is the fragment. */
export const passwordChoiceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password-reset',
  component: lazyRouteComponent(() => import('./password-choice-page'), 'PasswordChoicePage'),
});
