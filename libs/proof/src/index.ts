export { isSame } from './differences';
export * from './edition';
export * from './finding';
export * from './instructions';
export * from './make-proof';
export * from './proof';
export * from './read-proof';
export * from './trusted-keys';
export * from './verify-proof';
