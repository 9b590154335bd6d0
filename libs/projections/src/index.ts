export * from './advance';
export { projectionFailures, type ProjectionFailure } from './failures';
export { areHeld, haveBegun, holdProjections, releaseProjections } from './hold-projections';
export * from './migration';
export * from './projection';
export * from './rebuild';
export * from './run-projections';
export * from './view';
export * from './wait-for-position';
