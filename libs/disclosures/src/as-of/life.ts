import type { Body } from '@app/content';
import type { EventStore, LogPosition, StoredEvent, StreamName } from '@app/event-sourcing';
import { disclosureCodec } from '../disclosure.codec';
import { evolve, initialState, type Disclosure, type DisclosureEvent, type Instant } from '../domain/disclosure';
import { itemOf } from '../domain/lint';
import { readingBlocksOnce } from './reading-blocks-once';

/** An event at its place: number `version` of the disclosure's own stream, `position` in the whole log. */
export type Recorded = {
  readonly event: DisclosureEvent;
  readonly version: number;
  readonly position: LogPosition;
  /** When it was recorded; never before the events before it, whatever a clock that was set back says. */
  readonly at: Instant;
};

/** Everything that happened to a disclosure, oldest first, folded once: any moment of it is near a checkpoint. */
export type Life = {
  readonly length: number;
  readonly recorded: readonly Recorded[];
  /** The state after every `STRIDE` events, from none on. */
  readonly checkpoints: readonly Disclosure[];
  /** Of the last event: it stands for the whole history before it. */
  readonly hash: string | null;
};

/** A moment costs folding half of so many events; a state shares all but a few hundred bytes with the one before. */
const STRIDE = 64;
/** So many events are kept in a process, and the life that was asked for last at least. One is as large as the item that it revises. */
const CAPACITY = 40_000;

const nothing: Life = { length: 0, recorded: [], checkpoints: [initialState], hash: null };

/** The life of a disclosure as these events tell it, oldest first. Pure. @throws what the codec throws on a malformed event */
export const livedThrough = (events: readonly StoredEvent[], before: Life = nothing): Life => {
  if (events.length === 0) return before;
  const recorded = [...before.recorded];
  const checkpoints = [...before.checkpoints];
  let state = stateAfter(before, before.length);
  for (const stored of events) {
    const { version, position, metadata } = stored;
    const event = sharing(disclosureCodec.decode(stored), state);
    const earlier = recorded.at(-1)?.at ?? '';
    recorded.push({ event, version, position, at: metadata.recordedAt > earlier ? metadata.recordedAt : earlier });
    state = evolve(state, event);
    if (recorded.length % STRIDE === 0) checkpoints.push(state);
  }
  return { length: recorded.length, recorded, checkpoints, hash: events.at(-1)?.hash ?? null };
};

/** An edit leaves most blocks of an item as they are: those are kept once, or a long life would take five times the memory. */
const sharing = (event: DisclosureEvent, state: Disclosure): DisclosureEvent => {
  const before =
    event.type === 'ItemRevised' && state.status === 'Registered' && itemOf(state.parts, event.data.itemKey);
  if (!before || event.type !== 'ItemRevised') return event;
  return { ...event, data: { ...event.data, body: withBlocksOf(before.body, event.data.body) } };
};

/** The same body, made of the blocks of another one where they are equal: from its beginning on, and from its end. */
const withBlocksOf = ({ content: old }: Body, body: Body): Body => {
  const content = [...body.content];
  const shorter = Math.min(old.length, content.length);
  let [head, tail] = [0, 0];
  for (; head < shorter && isEqual(old[head], content[head]); head++) content[head] = old[head]!;
  for (; tail < shorter - head && isEqual(old.at(-1 - tail), content.at(-1 - tail)); tail++)
    content[content.length - 1 - tail] = old.at(-1 - tail)!;
  return { ...body, content };
};

/** Of JSON. Asked for often: arrays have no list of keys. */
const isEqual = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other))
    return Array.isArray(one) && Array.isArray(other) && areEqual(one, other);
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const key of keys) if (!isEqual(one[key as never], other[key as never])) return false;
  return true;
};

const areEqual = (some: readonly unknown[], others: readonly unknown[]): boolean => {
  if (some.length !== others.length) return false;
  for (let index = 0; index < some.length; index++) if (!isEqual(some[index], others[index])) return false;
  return true;
};

/** What was true after the first `version` events. Equal to folding them. */
export const stateAfter = (life: Life, version: number): Disclosure => {
  const checkpoint = Math.floor(version / STRIDE);
  return life.recorded
    .slice(checkpoint * STRIDE, version)
    .reduce((state, { event }) => evolve(state, event), life.checkpoints[checkpoint] ?? initialState);
};

/** How many events were recorded by that instant. */
export const versionAt = ({ recorded }: Life, instant: Instant): number => {
  const time = Date.parse(instant);
  let [known, unknown] = [0, recorded.length];
  while (known < unknown) {
    const middle = (known + unknown) >> 1;
    if (Date.parse(recorded[middle]!.at) <= time) known = middle + 1;
    else unknown = middle;
  }
  return known;
};

/** The lives that this process knows, of a store; the first is the one asked for longest ago. */
const known = new WeakMap<EventStore, Map<StreamName, Promise<Life>>>();

/**
 * The life of a disclosure until now; of length 0 when there is none. The first question reads all of it, the next ones
 * what is new. As in `foldStream`, the last known event is read again: another hash means another history, read anew.
 */
export const lifeOf = (store: EventStore, disclosureId: string): Promise<Life> => {
  const stream: StreamName = `disclosure-${disclosureId}`;
  const lives = known.get(store) ?? new Map<StreamName, Promise<Life>>();
  known.set(store, lives);
  // One after the other: of two questions at once the second finds what the first has read.
  const life = (lives.get(stream) ?? Promise.resolve(nothing))
    .catch(() => nothing)
    .then((before) => broughtUpToDate(store, stream, before));
  lives.delete(stream);
  lives.set(stream, life);
  void life.then(
    () => forgetTheOldest(lives),
    () => lives.get(stream) === life && lives.delete(stream),
  );
  return life;
};

const broughtUpToDate = async (store: EventStore, stream: StreamName, before: Life): Promise<Life> => {
  if (before.length > 0) {
    const [joint, ...newer] = await store.read(stream, before.length, readingBlocksOnce());
    if (joint?.hash === before.hash) return livedThrough(newer, before);
  }
  return livedThrough(await store.read(stream, 1, readingBlocksOnce()));
};

const forgetTheOldest = async (lives: Map<StreamName, Promise<Life>>): Promise<void> => {
  const entries = await Promise.all(
    [...lives].map(async ([stream, life]) => ({ stream, life, ...(await settled(life)) })),
  );
  let total = entries.reduce((sum, { length }) => sum + length, 0);
  for (const { stream, life, length } of entries.slice(0, -1)) {
    if (total <= CAPACITY && length > 0) continue;
    if (lives.get(stream) === life) lives.delete(stream);
    total -= length;
  }
};

const settled = (life: Promise<Life>): Promise<{ length: number }> => life.catch(() => nothing);
