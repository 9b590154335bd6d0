export { anomalyCodes, type AnomalyCode } from './anomalies';
export { decode, MAX_FILE_BYTES } from './decode';
export * from './import-problem';
export * from './imported-disclosure';
export * from './read-body';
export * from './read-disclosure';
export { packZip, readZip } from './zip';
