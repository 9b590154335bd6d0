export * from './migration';
export * from './postgres-event-store';
