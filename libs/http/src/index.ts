export * from './access';
export * from './caller';
export * from './documented';
export * from './problem';
export * from './problem-filter';
export * from './product';
export * from './raw-body';
export * from './read-your-writes';
