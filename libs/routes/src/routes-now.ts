import { currentState, type EventStore, type StreamName } from '@app/event-sourcing';
import { evolve, initialState, type RouteRegister } from './domain/register';
import { routeCodec } from './route.codec';

/** One company per installation. */
export const ROUTES_STREAM: StreamName = 'routes-company';

/** The register from the log itself, so that a submission never follows a read model that lags. */
export const routesNow = (store: EventStore): Promise<RouteRegister> =>
  currentState(store, { initialState, evolve }, routeCodec, ROUTES_STREAM);
