export * from './job';
export * from './jobs';
export type { JobsLog, QueueCounts, QueueLocation } from './queue';
