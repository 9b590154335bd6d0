export * from './export-log';
export * from './import-log';
export * from './refused';
