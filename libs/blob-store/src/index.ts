export * from './blob-store';
export * from './blob-store.api.module';
export * from './blob.migrations';
export * from './contract';
export { MOST_FILES, type Evidence } from './domain/evidence';
export { evidenceRoutes } from './evidence-routes';
export { FIGURE_POLICY, isPictureType, readPicture } from './picture';
export * from './postgres-blob-store';
