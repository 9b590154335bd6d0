export * from './contract';
export * from './job';
export { openJobBoard, type FailedJob, type JobBoard, type NamedCounts, type ScheduledTurn } from './job-board';
export * from './jobs';
export { prepareQueue, QUEUE_SCHEMA, type JobsLog, type QueueCounts, type QueueLocation } from './queue';
