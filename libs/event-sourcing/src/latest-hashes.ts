import type { StoredEvent, StreamName } from './event-store';

type Link = Pick<StoredEvent, 'version' | 'hash'>;

/**
 * The newest hash that this process has seen of each stream, for as many streams as are in use: whoever appends has just
 * read, so the link to the previous event is at hand. A stored hash never changes, so an entry is at most old.
 */
export class LatestHashes {
  private recent = new Map<StreamName, Link>();
  private before = new Map<StreamName, Link>();

  constructor(private readonly capacity = 10_000) {}

  get(stream: StreamName, version: number): string | undefined {
    const link = this.recent.get(stream) ?? this.before.get(stream);
    return link?.version === version ? link.hash : undefined;
  }

  /** When half the capacity is full, what was not used since the last time is forgotten. */
  remember(stream: StreamName, { version, hash }: Link): void {
    this.recent.set(stream, { version, hash });
    if (this.recent.size * 2 < this.capacity) return;
    this.before = this.recent;
    this.recent = new Map();
  }

  /** For a stream of which the store says otherwise, as after a backup was restored under this process. */
  forget(stream: StreamName): void {
    this.recent.delete(stream);
    this.before.delete(stream);
  }
}
