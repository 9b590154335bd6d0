export * from './contract';
export { search } from './search';
export { SearchApiModule } from './search.api.module';
export { searchedRecords } from './searched-records';
export { searchedTexts, searchMigrations } from './searched-texts';
