import { hashOf, type EventStore, type LogPosition, type StoredEvent, type StreamName } from '@app/event-sourcing';

/** The newest event of a stream that was found to hold. */
export type Link = { readonly version: number; readonly hash: string | null };

const START: Link = { version: 0, hash: null };

/** How far each stream's chain has been followed: about a hundred bytes for each stream of the log. */
export class StreamChains {
  private readonly links = new Map<StreamName, Link>();

  /** @param since the chains are taken as they stand there; null to follow them from the beginning */
  constructor(
    private readonly store: EventStore,
    private readonly since: LogPosition | null,
  ) {}

  get size(): number {
    return this.links.size;
  }

  get streams(): Iterable<StreamName> {
    return this.links.keys();
  }

  /** What the event should follow on; looked up in the store where the chain is not followed from the beginning. */
  async before({ stream, version }: StoredEvent): Promise<Link> {
    const link = this.links.get(stream);
    if (link || this.since === null || version < 2) return link ?? START;
    const [previous] = await this.store.read(stream, version - 1);
    const known = previous?.version === version - 1 && previous.position <= this.since;
    return known ? { version: previous.version, hash: previous.hash } : START;
  }

  follow({ stream, version, hash }: StoredEvent): void {
    this.links.set(stream, { version, hash });
  }

  /** The hash that the event would have as the next one of `stream`. */
  hashIn(stream: StreamName, event: StoredEvent): string {
    const link = this.links.get(stream) ?? START;
    return nextHash(link, { ...event, stream, version: link.version + 1 });
  }
}

/** The hash of an event that follows on `link`. */
export const nextHash = (link: Link, event: StoredEvent): string => hashOf(link.hash, event);
