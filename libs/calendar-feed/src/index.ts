export { calendarOf, type CalendarEntry } from './calendar';
export { CalendarFeedApiModule } from './calendar-feed.api.module';
export * from './contract';
export { calendarFeedMigrations } from './feed-addresses';
