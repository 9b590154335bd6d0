import type { LogPosition, StoredEvent, StreamName } from '@app/event-sourcing';

/**
 * What does not hold:
 * - `EventChanged`: an event's content, or its place in its stream, is not what was recorded
 * - `EventDeleted`, `EventInserted`, `EventsReordered`, `StreamsSwapped` (events stand under another stream's name)
 * - `LogCut`: the end of the log is gone, below a seal or below the pinned head
 * - `StreamChainBroken`: an event's hash does not link it to the one before it in its stream
 * - `SealMissing`, `SealReplaced`, `BadSignature`: the seals themselves
 */
export type FindingType =
  | 'EventChanged'
  | 'EventDeleted'
  | 'EventInserted'
  | 'EventsReordered'
  | 'StreamsSwapped'
  | 'LogCut'
  | 'StreamChainBroken'
  | 'SealMissing'
  | 'SealReplaced'
  | 'BadSignature';

/** The first thing in the log that does not hold. */
export type Finding = {
  readonly type: FindingType;
  /** The number of the seal that shows it; null for events that no seal vouches for yet. */
  readonly seal: number | null;
  /** The event at which it shows; null when it is not about one that is there. */
  readonly event: { readonly stream: StreamName; readonly version: number; readonly position: LogPosition } | null;
  /** What it is and where, in a sentence. */
  readonly ja: string;
  readonly en: string;
};

export const finding = (
  type: FindingType,
  seal: number | null,
  event: StoredEvent | null,
  ja: string,
  en: string,
): Finding => ({
  type,
  seal,
  event: event && { stream: event.stream, version: event.version, position: event.position },
  ja,
  en,
});
