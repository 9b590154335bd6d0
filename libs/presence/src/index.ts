export * from './contract';
export { PresenceApiModule } from './presence.api.module';
export { presenceMigrations } from './presence';
