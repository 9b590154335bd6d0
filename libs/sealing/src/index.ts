export type { Finding, FindingType } from './finding';
export * from './merkle';
export * from './migration';
export { bytesOf, chainOf, GENESIS, headText, parseHead, sealOf, type Head, type Seal } from './seal';
export * from './seal-job';
export { isSignedBy, keyIdOf, newSealKeyPem, readSealKey, sealKeyFromPem, type SealKey } from './seal-key';
export { recordedKeys, sealedHead, type RecordedKey, type SealedHead } from './seal-rows';
export * from './sealed-places';
export * from './verify-log';
