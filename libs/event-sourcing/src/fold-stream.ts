import type { EventCodec, EventStore, StoredEvent, StreamName } from './event-store';

/** The event with which a stream ends, as much of it as is needed to go on from there. */
type Last = Pick<StoredEvent, 'version' | 'position' | 'hash'>;
type Kept = { readonly evolve: unknown; readonly state: unknown; readonly last: Last };

/** Shorter streams are read and folded in a few milliseconds. See docs/adr/0008-no-stored-snapshots.md. */
const LONG = 500;
/** So many streams are worked on at the same time; a state may have a megabyte. */
const CAPACITY = 20;

/** What this process last made of the long streams of a store. A Map keeps the order of insertion: the first is the one unused for longest. */
const keptOf = new WeakMap<EventStore, Map<StreamName, Kept>>();

/**
 * A stream's state, and its last event (undefined for a stream that is not there).
 *
 * The state of a long stream is kept in this process, and then only newer events are read. Events never change, so it is
 * at most old; should the store hold another history (a backup was restored), the hash of the last event says so.
 *
 * @throws what the codec throws on a malformed event
 */
export const foldStream = async <S, E>(
  store: EventStore,
  { initialState, evolve }: { readonly initialState: S; readonly evolve: (state: S, event: E) => S },
  codec: EventCodec<E>,
  stream: StreamName,
): Promise<{ readonly state: S; readonly last: Last | undefined }> => {
  const kept = keptOf.get(store) ?? new Map<StreamName, Kept>();
  keptOf.set(store, kept);
  const fold = (state: S, events: readonly StoredEvent[]): S =>
    events.reduce((folded, stored) => evolve(folded, codec.decode(stored)), state);

  const before = kept.get(stream);
  if (before?.evolve === evolve) {
    const [joint, ...newer] = await store.read(stream, before.last.version);
    if (joint?.hash === before.last.hash) {
      const now = { state: fold(before.state as S, newer), last: newer.at(-1) ?? joint };
      keep(kept, stream, { evolve, ...now });
      return now;
    }
    kept.delete(stream);
  }
  const history = await store.read(stream);
  const now = { state: fold(initialState, history), last: history.at(-1) };
  if (now.last && history.length >= LONG) keep(kept, stream, { evolve, state: now.state, last: now.last });
  return now;
};

const keep = (kept: Map<StreamName, Kept>, stream: StreamName, { evolve, state, last }: Kept): void => {
  const { version, position, hash } = last;
  const known = kept.get(stream);
  // Of two commands at once the one that has read less may come last.
  if (known && known.evolve === evolve && known.last.version > version) return;
  kept.delete(stream);
  kept.set(stream, { evolve, state, last: { version, position, hash } });
  const [oldest] = kept.keys();
  if (kept.size > CAPACITY && oldest !== undefined) kept.delete(oldest);
};
