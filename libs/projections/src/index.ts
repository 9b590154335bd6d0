export * from './advance';
export * from './check-projections';
export { projectionFailures, type ProjectionFailure } from './failures';
export * from './migration';
export * from './projection';
export * from './rebuild-projection';
export * from './run-projections';
export * from './view';
export * from './wait-for-position';
