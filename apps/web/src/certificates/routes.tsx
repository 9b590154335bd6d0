import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';

export const certificatesRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'certificates',
      /** `id`: leads on to that certificate. */
      validateSearch: ({ id }: Record<string, unknown>): { id?: string } => (typeof id === 'string' ? { id } : {}),
      beforeLoad: ({ search }) => {
        if (search.id !== undefined)
          throw redirect({ to: '/certificates/$certificateId', params: { certificateId: search.id }, replace: true });
      },
      component: lazyRouteComponent(() => import('./certificates-page'), 'CertificatesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'certificates/new',
      component: lazyRouteComponent(() => import('./register-page'), 'RegisterPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'certificates/$certificateId',
      component: lazyRouteComponent(() => import('./certificate-page'), 'CertificatePage'),
    }),
  ] as const;
