import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { NewEvent, StreamName } from './event-store';

/**
 * The link of a stream's chain: SHA-256 (hex) over the previous event's hash and the RFC 8785 canonical JSON of the event.
 * Everything that is stored of the event is under the hash, its place in the stream included.
 */
export const hashOf = (
  previous: string | null,
  { id, type, schemaVersion, data, metadata, stream, version }: NewEvent & { stream: StreamName; version: number },
): string =>
  createHash('sha256')
    .update(previous ?? '')
    .update(canonicalize({ id, type, schemaVersion, data, metadata, stream, version }) ?? '')
    .digest('hex');
