import { hashOf } from './event-hash';
import { ChainBroken, type StoredEvent } from './event-store';

/**
 * Follows the chain of a stream that is read from its beginning, event by event.
 * @throws ChainBroken from the function that is answered
 */
export const chainFollower = (
  followsOn: (previous: string | null, event: StoredEvent) => boolean = (previous, event) =>
    hashOf(previous, event) === event.hash,
): ((event: StoredEvent) => StoredEvent) => {
  let version = 0;
  let previous: string | null = null;
  return (event) => {
    version++;
    if (event.version !== version || !followsOn(previous, event)) throw new ChainBroken(event.stream, version);
    previous = event.hash;
    return event;
  };
};
