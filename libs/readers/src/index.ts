export { allReaders, readersProjections, type ReaderView } from './readers';
export { READER_MAIL, readerMails, recordReaderDelivery } from './reader-mails';
export { readerCodec } from './reader.codec';
export { readerMigrations } from './readers.migrations';
export { ReadersApiModule } from './readers.api.module';
