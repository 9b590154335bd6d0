export * from './domain/route';
export * from './route.schema';
