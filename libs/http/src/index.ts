export * from './access';
export * from './caller';
export * from './documented';
export * from './problem';
