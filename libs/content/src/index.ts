export * from './body';
export * from './canonical-hash';
