import { canonicalJson } from '@app/canonical-json';
import { hash } from 'node:crypto';
import type { NewEvent, StreamName } from './event-store';

type PlacedEvent = NewEvent & { readonly stream: StreamName; readonly version: number };

/**
 * The RFC 8785 canonical JSON of an event: everything that is stored of it, its place in the stream included. Every reader and
 * writer of the log makes it, so its own seven keys, whose order is known, are written by hand.
 */
export const canonicalEvent = ({ id, type, schemaVersion, data, metadata, stream, version }: PlacedEvent): string =>
  `{"data":${canonicalJson(data)},"id":${JSON.stringify(id)},"metadata":${canonicalJson(metadata)},` +
  `"schemaVersion":${schemaVersion},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)},"version":${version}}`;

/** The link of a stream's chain: SHA-256 (hex) over the previous event's hash and the event's canonical JSON. */
export const hashOf = (previous: string | null, event: PlacedEvent): string =>
  hash('sha256', (previous ?? '') + canonicalEvent(event));
