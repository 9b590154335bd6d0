import type { StoredEvent, StreamName } from './event-store';

type Link = Pick<StoredEvent, 'version' | 'hash'>;

/**
 * The newest hash that this process has seen of each stream, for as many streams as are in use: whoever appends has just
 * read, so the link to the previous event is at hand. A stored hash never changes, so an entry is never wrong, at most old.
 */
export class LatestHashes {
  private readonly links = new Map<StreamName, Link>();

  constructor(private readonly capacity = 10_000) {}

  get(stream: StreamName, version: number): string | undefined {
    const link = this.links.get(stream);
    return link?.version === version ? link.hash : undefined;
  }

  remember(stream: StreamName, { version, hash }: Link): void {
    this.links.delete(stream); // a Map keeps the order of insertion: the first key is the one unused for longest
    this.links.set(stream, { version, hash });
    const oldest = this.links.keys().next();
    if (this.links.size > this.capacity && !oldest.done) this.links.delete(oldest.value);
  }
}
