export * from './migrations';
export * from './projections';
export * from './runtime.module';
export * from './settings';
