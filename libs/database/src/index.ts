export * from './data-source';
export * from './pool';
