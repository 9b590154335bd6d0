export * from './contract';
export * from './domain/disclosure';
export * from './published-edition';
