import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { NewEvent, StreamName } from './event-store';

type PlacedEvent = NewEvent & { readonly stream: StreamName; readonly version: number };

/** The RFC 8785 canonical JSON of an event: everything that is stored of it, its place in the stream included. */
export const canonicalEvent = ({ id, type, schemaVersion, data, metadata, stream, version }: PlacedEvent): string =>
  canonicalize({ id, type, schemaVersion, data, metadata, stream, version }) ?? '';

/** The link of a stream's chain: SHA-256 (hex) over the previous event's hash and the event's canonical JSON. */
export const hashOf = (previous: string | null, event: PlacedEvent): string =>
  hash('sha256', (previous ?? '') + canonicalEvent(event));
