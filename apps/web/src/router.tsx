import { createRouter } from '@tanstack/react-router';
import { activityRoutes } from './activity/routes';
import { queryClient } from './api/query-client';
import { auditsRoutes } from './audits/routes';
import { certificatesRoutes } from './certificates/routes';
import { editionsRoutes } from './editions/routes';
import { homeRoutes } from './home/routes';
import { importingRoutes } from './importing/routes';
import { operationsRoutes } from './operations/routes';
import { organizationRoutes } from './organization/routes';
import { readersRoutes } from './readers/routes';
import { remindingRoutes } from './reminding/routes';
import { reviewRoutes } from './review/routes';
import { routingRoutes } from './routing/routes';
import { searchInAddress } from './search-in-address';
import { searchRoutes } from './search/routes';
import { loginRoute, passwordChoiceRoute } from './session/routes';
import { rootRoute, shellRoute } from './shell/root';
import { timeMachineRoutes } from './time-machine/routes';
import { workbenchRoutes } from './workbench/routes';

const routeTree = rootRoute.addChildren([
  loginRoute,
  passwordChoiceRoute,
  shellRoute.addChildren([
    ...homeRoutes(shellRoute),
    ...importingRoutes(shellRoute),
    ...workbenchRoutes(shellRoute),
    ...timeMachineRoutes(shellRoute),
    ...reviewRoutes(shellRoute),
    ...editionsRoutes(shellRoute),
    ...certificatesRoutes(shellRoute),
    ...auditsRoutes(shellRoute),
    ...readersRoutes(shellRoute),
    ...organizationRoutes(shellRoute),
    ...activityRoutes(shellRoute),
    ...routingRoutes(shellRoute),
    ...remindingRoutes(shellRoute),
    ...operationsRoutes(shellRoute),
    ...searchRoutes(shellRoute),
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  stringifySearch: searchInAddress,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
