import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BLOB_STORE } from './blob-store';
import { PostgresBlobStore } from './postgres-blob-store';

@Module({
  providers: [
    {
      provide: BLOB_STORE,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new PostgresBlobStore(dataSource),
    },
  ],
  exports: [BLOB_STORE],
})
export class BlobStoreApiModule {}
