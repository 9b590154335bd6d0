export * from './business-day';
export * from './deadline';
export * from './local-date';
