import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Blob, BlobStore } from './blob-store';

/** Blobs in the database: they are backed up with what cites them. */
export class PostgresBlobStore implements BlobStore {
  constructor(private readonly dataSource: DataSource) {}

  async put(bytes: Uint8Array, mediaType: string): Promise<{ sha256: string; byteSize: number }> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.dataSource.query(
      // What was evidence without a meaning may be a figure later.
      `insert into blob (sha256, media_type, byte_size, bytes) values ($1, $2, $3, $4)
       on conflict (sha256) do update set media_type = excluded.media_type
         where blob.media_type = 'application/octet-stream' and excluded.media_type <> blob.media_type`,
      [sha256, mediaType, bytes.length, Buffer.from(bytes)],
    );
    return { sha256, byteSize: bytes.length };
  }

  async get(sha256: string): Promise<Blob | null> {
    const [row]: { bytes: Buffer; mediaType: string }[] = await this.dataSource.query(
      'select bytes, media_type as "mediaType" from blob where sha256 = $1',
      [sha256],
    );
    return row ?? null;
  }
}
