export * from './job';
export * from './jobs';
export { prepareQueue, QUEUE_SCHEMA, type JobsLog, type QueueCounts, type QueueLocation } from './queue';
