export * from './contract';
export * from './domain/certificate';
