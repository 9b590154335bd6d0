import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BLOB_STORE } from './blob-store';
import { FiguresController } from './figures.controller';
import { PostgresBlobStore } from './postgres-blob-store';

const blobStore = {
  provide: BLOB_STORE,
  inject: [DataSource],
  useFactory: (dataSource: DataSource) => new PostgresBlobStore(dataSource),
};

/** The store alone, for a process without HTTP. */
@Module({ providers: [blobStore], exports: [BLOB_STORE] })
export class BlobStoreModule {}

@Module({ imports: [BlobStoreModule], controllers: [FiguresController], exports: [BlobStoreModule] })
export class BlobStoreApiModule {}
