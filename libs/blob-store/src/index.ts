export * from './blob-store';
export * from './blob-store.api.module';
export * from './blob.migrations';
export * from './contract';
export * from './postgres-blob-store';
