import { canonicalJson } from '@app/canonical-json';
import { canonicalEvent, hashOf, type StoredEvent, type StreamName } from '@app/event-sourcing';
import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * A log in a file: JSON Lines, compressed with zstd. See docs/operations.md.
 *
 *   {"format":"kaijisho.log","log":HASH OF THE FIRST EVENT,"version":1}
 *   {"event":CANONICAL EVENT,"hash":HASH,"number":1}
 *   …
 *   {"end":{"events":NUMBER,"sha256":OF ALL LINES BEFORE THIS ONE}}
 *
 * Every line is canonical JSON (RFC 8785), and nothing in it is of one store or of one day: equal logs have equal lines. What
 * stands between `"event":` and `,"hash"` is, byte for byte, what the event's hash is over.
 */
export const FORMAT = 'kaijisho.log';
export const FORMAT_VERSION = 1;

/** An event as every store has it: without the position that one store gave it. */
export type ArchivedEvent = Omit<StoredEvent, 'position'>;

export type ArchivedLine = {
  readonly event: Omit<ArchivedEvent, 'hash'>;
  readonly hash: string;
  /** The place in the log, from 1. */
  readonly number: number;
};

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string();
export const headerSchema = z.strictObject({ format: z.literal(FORMAT), log: sha256.nullable(), version: z.int() });
export const eventSchema = z.strictObject({
  event: z.strictObject({
    data: z.unknown(),
    id: z.guid(),
    metadata: z.looseObject({
      actor: z.looseObject({ id: text, name: text }),
      recordedAt: text,
      correlationId: text,
      causationId: text,
    }),
    schemaVersion: z.int().positive(),
    stream: z.string().includes('-'),
    type: text,
    version: z.int().positive(),
  }),
  hash: sha256,
  number: z.int().positive(),
});
export const endSchema = z.strictObject({ end: z.strictObject({ events: z.int().min(0), sha256 }) });

export const headerLine = (log: string | null): string => line({ format: FORMAT, log, version: FORMAT_VERSION });

/** Written by hand, so that the event is made canonical once. */
export const eventLine = (event: ArchivedEvent, number: number): string =>
  `{"event":${canonicalEvent(event)},"hash":"${event.hash}","number":${number}}\n`;

export const endLine = ({ events, sha256 }: Transcript): string => line({ end: { events, sha256 } });

const line = (value: object): string => `${canonicalJson(value)}\n`;

/** What was written to an archive, or read from it, so far: about a hundred bytes for each stream. */
export class Transcript {
  /** The last event; null before the first. */
  last: ArchivedEvent | null = null;
  events = 0;
  private readonly links = new Map<StreamName, Pick<ArchivedEvent, 'version' | 'hash'>>();
  private readonly hash = createHash('sha256');

  /** SHA-256 (hex) of all lines. */
  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  add(lines: string): void {
    this.hash.update(lines);
  }

  /** Whether the event follows on what its stream has so far and carries the hash that links it; if so it is the last one now. */
  follow(event: ArchivedEvent): boolean {
    const { stream, version, hash } = event;
    const previous = this.links.get(stream);
    if (version !== (previous?.version ?? 0) + 1 || hashOf(previous?.hash ?? null, event) !== hash) return false;
    this.links.set(stream, { version, hash });
    this.last = event;
    this.events++;
    return true;
  }
}
