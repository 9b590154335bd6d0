export type { Finding, FindingType } from './finding';
export * from './merkle';
export * from './migration';
export { chainOf, GENESIS, headText, parseHead, sealOf, type Head, type Seal } from './seal';
export * from './seal-job';
export { isSignedBy, keyIdOf, newSealKeyPem, readSealKey, sealKeyFromPem, type SealKey } from './seal-key';
export { sealedHead, type SealedHead } from './seal-rows';
export * from './verify-log';
