export * from './certificates';
export * from './demo';
export * from './history';
export * from './people';
export * from './replay';
