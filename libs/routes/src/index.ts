export * from './contract';
export { DecideRoutes, type RouteCommandRejection } from './decide-routes';
export { readyMadeRules } from './domain/ready-made';
export {
  chosenTemplate,
  rulePlaces,
  STANDARD_TEMPLATE,
  type RouteEvent,
  type RouteRegister,
  type RouteTemplate,
  type RoutingRule,
} from './domain/register';
export { routeDecider, type RouteCommand, type RouteRejection } from './domain/register.decider';
export * from './domain/route';
export { routeFor } from './domain/route-for';
export { routeCodec } from './route.codec';
export * from './route.schema';
export { RoutesApiModule } from './routes.api.module';
export { ROUTES_STREAM, routesNow } from './routes-now';
