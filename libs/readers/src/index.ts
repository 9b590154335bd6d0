export { actorOf, decideReader } from './decide-reader';
export { forgetUnconfirmed } from './forget-unconfirmed';
export { askToFollow, confirmContact, eraseContact } from './reader-contacts';
export { allReaders, readersProjections, type ReaderView } from './readers';
export { READER_MAIL } from './mail-to-reader';
export { readerMails, recordReaderDelivery } from './reader-mails';
export { readerCodec } from './reader.codec';
export { readerMigrations } from './readers.migrations';
export { ReadersApiModule } from './readers.api.module';
