export * from './business-day';
export * from './local-date';
