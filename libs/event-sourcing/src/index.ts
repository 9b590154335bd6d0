export * from './clock';
export * from './codec';
export * from './decider';
export * from './event-hash';
export * from './event-store';
export * from './handle';
export * from './latest-hashes';
export * from './memory-event-store';
