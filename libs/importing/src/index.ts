export { anomalyCodes, type AnomalyCode } from './anomalies';
export { decode, MAX_FILE_BYTES } from './decode';
export * from './import-problem';
export * from './imported-disclosure';
export * from './read-body';
export * from './read-disclosure';
export { PDF_PAGES, PDF_READER, type PdfInside, type PdfReader } from './read-pdf';
export { packZip, readZip } from './zip';
