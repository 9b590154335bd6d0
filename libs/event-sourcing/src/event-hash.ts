import { canonicalJson } from '@app/canonical-json';
import { hash } from 'node:crypto';
import type { NewEvent, StreamName } from './event-store';

type Place = { readonly stream: StreamName; readonly version: number };
type PlacedEvent = NewEvent & Place;

/** The two parts of an event that differ in shape, as RFC 8785 canonical JSON. */
export type CanonicalParts = { readonly data: string; readonly metadata: string };

/** What PostgreSQL cannot hold in a text, as canonical JSON writes it: U+0000, and halves of surrogate pairs. */
const UNTRANSLATABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;
const isUntranslatable = (json: string): boolean => json.includes('\\u') && UNTRANSLATABLE.test(json);

/**
 * What a store writes of an event. Every store refuses what the read models, all of them in PostgreSQL, could not hold: they would stand
 * still before it.
 * @throws Error with PostgreSQL's code `22P05`, when a text has U+0000 or half a surrogate pair in it, or it is no JSON
 */
export const canonicalParts = ({ data, metadata }: NewEvent): CanonicalParts => {
  const parts = { data: canonicalJson(data), metadata: canonicalJson(metadata) };
  if (isUntranslatable(parts.data) || isUntranslatable(parts.metadata))
    throw Object.assign(new Error('A text has U+0000 or half a surrogate pair in it'), { code: '22P05' });
  return parts;
};

const canonicalText = (
  { id, type, schemaVersion, stream, version }: Omit<PlacedEvent, keyof CanonicalParts>,
  { data, metadata }: CanonicalParts,
): string =>
  `{"data":${data},"id":${JSON.stringify(id)},"metadata":${metadata},` +
  `"schemaVersion":${schemaVersion},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)},"version":${version}}`;

/**
 * The RFC 8785 canonical JSON of an event: everything that is stored of it, its place in the stream included. Every reader and
 * writer of the log makes it, so its own seven keys, whose order is known, are written by hand.
 */
export const canonicalEvent = (event: PlacedEvent): string =>
  canonicalText(event, { data: canonicalJson(event.data), metadata: canonicalJson(event.metadata) });

/** The link of a stream's chain: SHA-256 (hex) over the previous event's hash and the event's canonical JSON. */
export const hashOf = (previous: string | null, event: PlacedEvent): string =>
  hash('sha256', (previous ?? '') + canonicalEvent(event));

/** As `hashOf`, for whoever has the canonical parts at hand. */
export const hashOfParts = (
  previous: string | null,
  event: Omit<PlacedEvent, keyof CanonicalParts>,
  parts: CanonicalParts,
): string => hash('sha256', (previous ?? '') + canonicalText(event, parts));
