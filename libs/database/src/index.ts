export * from './data-source';
export * from './pool';
export * from './roles';
