export * from './migrations';
export * from './open-event-store';
export * from './projections';
export * from './runtime.module';
export * from './settings';
