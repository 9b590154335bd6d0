import type { Decider } from './decider';
import {
  VersionConflict,
  type EventCodec,
  type EventMetadata,
  type EventStore,
  type LogPosition,
  type StreamName,
} from './event-store';
import { foldStream } from './fold-stream';

/** What a command came to. `position` is where a read model must have got to before it shows the effect. */
export type Handled<R> =
  | { readonly outcome: 'accepted'; readonly version: number; readonly position: LogPosition | null }
  | { readonly outcome: 'rejected'; readonly rejection: R };

/** A busy disclosure has a handful of writers; ten decisions in a row lost to others means something is wrong. */
const MAX_ATTEMPTS = 10;

/**
 * Read the stream, fold it, decide, append.
 *
 * `expected` is the version the caller was looking at (If-Match). With it, a conflict is the caller's to
 * resolve. Without it, the command means "on whatever is true now", so the decision is taken again.
 *
 * @throws VersionConflict when `expected` does not hold
 */
export const handle = async <C, S, E, R>(
  deps: { store: EventStore; decider: Decider<C, S, E, R>; codec: EventCodec<E>; newId: () => string },
  request: { stream: StreamName; command: C; metadata: EventMetadata; expected?: number | undefined },
): Promise<Handled<R>> => {
  const { store, decider, codec, newId } = deps;
  const { stream, command, metadata, expected } = request;

  for (let attempt = 1; ; attempt++) {
    const { state, last } = await foldStream(store, decider, codec, stream);
    if (expected !== undefined && expected !== (last?.version ?? 0)) {
      throw new VersionConflict(stream, expected, last?.version ?? 'no-stream');
    }

    const decision = decider.decide(command, state);
    if (decision.outcome === 'rejected') return decision;
    if (decision.events.length === 0) {
      return { outcome: 'accepted', version: last?.version ?? 0, position: last?.position ?? null };
    }

    try {
      const events = decision.events.map((event) => ({ id: newId(), metadata, ...codec.encode(event) }));
      return { outcome: 'accepted', ...(await store.append(stream, last?.version ?? 'no-stream', events)) };
    } catch (error) {
      const retry = error instanceof VersionConflict && expected === undefined && attempt < MAX_ATTEMPTS;
      if (!retry) throw error;
    }
  }
};

/** The state of a stream now. Throws what the codec throws on a malformed event. */
export const currentState = async <S, E>(
  store: EventStore,
  decider: { initialState: S; evolve: (state: S, event: E) => S },
  codec: EventCodec<E>,
  stream: StreamName,
): Promise<S> => (await foldStream(store, decider, codec, stream)).state;
