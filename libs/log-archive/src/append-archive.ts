import {
  called,
  eventsAfter,
  type Append,
  type EventStore,
  type LogPosition,
  type NewEvent,
  type StoredEvent,
} from '@app/event-sourcing';
import type { ArchivedEvent } from './archive';
import { readArchive } from './read-archive';
import { MoveRefused } from './refused';

const EVENTS_AT_ONCE = 500;
/** KurrentDB takes 1 MB in a request, unless it is told otherwise. */
const MOST_CHARACTERS = 250_000;

/** How far through an archive something has come; `share` is 0 to 1. */
export type ArchiveProgress = (events: number, share: number) => void;

export type Compared = {
  /** How many events the archive has. */
  readonly events: number;
  /** How many of them, from the first on, the store has too. */
  readonly stored: number;
  /** Of the archive, as `Exported` has it. */
  readonly sha256: string;
  /** Where the last of those lies; null when the store has none. */
  readonly position: LogPosition | null;
};

/**
 * Reads an archive from beginning to end, everything in it verified, and a log beside it.
 * @throws MoveRefused when the archive does not hold, or when the log has an event that is not the archive's at that place
 */
export const compareWithArchive = async (
  store: EventStore,
  path: string,
  onProgress: ArchiveProgress = () => {},
): Promise<Compared> => {
  const log = eventsAfter(store, null);
  let [events, stored] = [0, 0];
  let position: LogPosition | null = null;
  let sha256 = '';
  for await (const part of readArchive(path)) {
    for (const event of part.events) {
      const next = stored === events ? await log.next() : undefined;
      events++;
      if (next?.done !== false) continue;
      if (next.value.hash !== event.hash) throw notEmpty(next.value, path);
      stored++;
      position = next.value.position;
    }
    sha256 = part.sha256;
    onProgress(events, part.share);
  }
  const next = stored === events ? await log.next() : undefined;
  if (next?.done === false) throw notEmpty(next.value, path);
  return { events, stored, sha256, position };
};

/**
 * Appends the events of an archive to a log that has the first `stored` of them, one request after the other, so that the
 * log's order is the archive's. A request that is repeated after a crash is "already so", because it begins and ends where it did.
 * Answers where the last event lies; null when there was nothing to append.
 */
export const appendArchive = async (
  store: EventStore,
  path: string,
  stored: number,
  onProgress: ArchiveProgress = () => {},
): Promise<LogPosition | null> => {
  let position: LogPosition | null = null;
  let before = 0;
  for await (const { events, share } of readArchive(path)) {
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
      const missing = events.slice(Math.max(from, stored - before), from + EVENTS_AT_ONCE);
      if (missing.length > 0) position = await appendInOrder(store, missing);
    }
    before += events.length;
    onProgress(Math.max(before, stored), share);
  }
  return position;
};

/** All in one request where the store can: a server may be too old for several streams at once, or refuse so much. */
const appendInOrder = async (store: EventStore, events: readonly ArchivedEvent[]): Promise<LogPosition> => {
  const [first, ...others] = appendsOf(events) as [Append, ...Append[]];
  if (others.length > 0) {
    const appended = await store.appendMany([first, ...others]).catch(() => []); // alone they fail as well, if it was not that
    const last = appended.at(-1);
    if (last) return last.position;
  }
  let { position } = await store.append(first.stream, first.expected, first.events);
  for (const { stream, expected, events } of others) ({ position } = await store.append(stream, expected, events));
  return position;
};

/** An append for every run of events of one stream, shorter ones where the events are large. */
const appendsOf = (events: readonly ArchivedEvent[]): readonly Append[] => {
  const appends: (Append & { readonly events: NewEvent[] })[] = [];
  let characters = 0;
  for (const { stream, version, hash: _, ...event } of events) {
    const last = appends.at(-1);
    const size = JSON.stringify(event.data).length;
    characters += size;
    if (last?.stream === stream && characters <= MOST_CHARACTERS) last.events.push(event);
    else {
      appends.push({ stream, expected: version === 1 ? 'no-stream' : version - 1, events: [event] });
      characters = size;
    }
  }
  return appends;
};

const notEmpty = (event: StoredEvent, path: string): MoveRefused =>
  new MoveRefused(
    `取り込み先の記録が空ではありません。${called(event)}は${path}のこの位置のイベントではありません。空の記録に取り込んでください。`,
    `The log is not empty: its event ${called(event)} is not the one that ${path} has at this place. Import into an empty log.`,
  );
