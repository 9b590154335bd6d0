import { called, eventsAfter, type EventStore, type StoredEvent, type StreamName } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { finding, type Finding } from './finding';
import type { LogReader } from './log-reader';
import type { Seal } from './seal';
import { isSealedAfter } from './seal-rows';
import { nextHash, type StreamChains } from './stream-chains';

type Place = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  /** Stands before the event in question; everything up to it holds. */
  readonly reader: LogReader;
  readonly chains: StreamChains;
};

/**
 * What has happened at the place `index` of a seal, where not the sealed event stands but `event`, or none up to the
 * seal's end. Reads on through the log, to see where the sealed one has gone.
 */
export const diagnoseSealed = async (
  { store, dataSource, reader, chains }: Place,
  seal: Seal,
  index: number,
  event: StoredEvent | undefined,
): Promise<Finding> => {
  const { batch, leaves, last, size } = seal;
  const [sealed, following] = [leaves[index], new Set(leaves.slice(index + 1))];
  const place = {
    ja: `封印${batch}の${size}件中${index + 1}件目`,
    en: `Event ${index + 1} of ${size} of seal ${batch}`,
  };
  const ahead = await lookAhead(store, reader, (other) => other.hash === sealed);

  if (event === undefined) {
    if (ahead.found) return moved(batch, ahead.found, place);
    if (ahead.last !== null) return deleted(batch, null, place);
    const end = reader.position;
    return finding(
      'LogCut',
      batch,
      null,
      `記録の末尾が切り取られています。封印${batch}は${last}までを封じていますが、記録は${end ?? '空'}で終わっています。`,
      `The end of the log has been cut off: seal ${batch} vouches for events up to ${last}, the log ends at ${end ?? 'its beginning'}.`,
    );
  }

  const sealedLater = following.has(event.hash) || (await isSealedAfter(dataSource, batch, event.hash));
  if (sealed === undefined) return sealedLater ? moved(batch, event, place) : inserted(batch, event);

  const origin = originOf(chains, ahead.streams, event, sealed);
  if (origin) return swapped(batch, event, origin);
  const link = await chains.before(event);
  if (event.hash === sealed) {
    const next = link.version + 1;
    // What was missing when the seal was made is no change of what was sealed.
    if (event.version !== next && nextHash(link, { ...event, version: next }) !== sealed)
      return broken(batch, event, next);
    if (nextHash(link, event) !== sealed) return changed(batch, event);
    return moved(batch, event, place); // alone in its right place in the order, but at another position
  }
  if (event.version === link.version + 1 && nextHash(link, event) === sealed) return unlinked(batch, event);
  if (ahead.found) return sealedLater ? moved(batch, event, place) : inserted(batch, event);
  return sealedLater ? deleted(batch, event, place) : changed(batch, event);
};

/** What has happened to an event that no seal vouches for, and that does not follow on the one before it in its stream. */
export const diagnoseUnsealed = async ({ store, reader, chains }: Place, event: StoredEvent): Promise<Finding> => {
  const link = await chains.before(event);
  const version = link.version + 1;
  const ahead = await lookAhead(store, reader, (other) => other.stream === event.stream && other.version === version);
  const origin = originOf(chains, ahead.streams, event, event.hash);
  if (origin) return swapped(null, event, origin);
  if (event.version < version) return inserted(null, event);
  if (event.version === version) return changed(null, event);
  if (nextHash(link, { ...event, version }) === event.hash) return changed(null, event);
  if (ahead.found) return moved(null, event, { ja: called(event), en: called(event) });
  const missing = called({ stream: event.stream, version });
  return deleted(null, event, { ja: missing, en: missing });
};

/** One reading of the rest of the log: where something is, which streams there are, and what the last event is. */
const lookAhead = async (store: EventStore, { position }: LogReader, wanted: (event: StoredEvent) => boolean) => {
  const streams = new Set<StreamName>();
  let found: StoredEvent | null = null;
  let last: StoredEvent | null = null;
  for await (const event of eventsAfter(store, position)) {
    streams.add(event.stream);
    if (wanted(event)) found ??= event;
    last = event;
  }
  return { streams, found, last };
};

/** The stream in which the event has the hash that it should have, when that is not the one under whose name it stands. */
const originOf = (
  chains: StreamChains,
  ahead: ReadonlySet<StreamName>,
  event: StoredEvent,
  hash: string,
): StreamName | undefined =>
  [...new Set([...chains.streams, ...ahead])].find(
    (stream) => stream !== event.stream && chains.hashIn(stream, event) === hash,
  );

type InWords = { readonly ja: string; readonly en: string };

const shownBy = (seal: number | null): InWords =>
  seal === null ? { ja: '', en: '' } : { ja: `（封印${seal}）`, en: ` (seal ${seal})` };

const changed = (seal: number | null, event: StoredEvent): Finding =>
  finding(
    'EventChanged',
    seal,
    event,
    `イベント${called(event)}が、記録された後に書き換えられています${shownBy(seal).ja}。`,
    `Event ${called(event)} has been changed since it was recorded${shownBy(seal).en}.`,
  );

const unlinked = (seal: number, event: StoredEvent): Finding =>
  finding(
    'StreamChainBroken',
    seal,
    event,
    `イベント${called(event)}の内容は記録どおりですが、ストリームの連鎖をなすハッシュが書き換えられています${shownBy(seal).ja}。`,
    `Event ${called(event)} is as it was recorded, but its hash in the chain of its stream has been changed${shownBy(seal).en}.`,
  );

const broken = (seal: number, event: StoredEvent, expected: number): Finding =>
  finding(
    'StreamChainBroken',
    seal,
    event,
    `ストリームの連鎖が切れています。${event.stream}の${expected}番があるべきところに${event.version}番があり、封印${seal}の時点ですでにそうでした。`,
    `The chain of ${event.stream} is broken: version ${event.version} stands where version ${expected} belongs, and did so when seal ${seal} was made.`,
  );

const inserted = (seal: number | null, event: StoredEvent): Finding =>
  finding(
    'EventInserted',
    seal,
    event,
    `イベント${called(event)}は、後から差し込まれたものです${shownBy(seal).ja}。`,
    `Event ${called(event)} has been inserted afterwards${shownBy(seal).en}.`,
  );

const deleted = (seal: number | null, event: StoredEvent | null, place: InWords): Finding =>
  finding(
    'EventDeleted',
    seal,
    event,
    `イベントが削除されています：${place.ja}${event ? `（次にあるのは${called(event)}）` : ''}。`,
    `An event has been deleted: ${place.en}${event ? ` (what follows is ${called(event)})` : ''}.`,
  );

const moved = (seal: number | null, event: StoredEvent, place: InWords): Finding =>
  finding(
    'EventsReordered',
    seal,
    event,
    `イベントの順序が入れ替えられています：${place.ja}。${called(event)}は今、${event.position}にあります。`,
    `Events have been reordered: ${place.en}. ${called(event)} stands at ${event.position} now.`,
  );

const swapped = (seal: number | null, event: StoredEvent, origin: StreamName): Finding =>
  finding(
    'StreamsSwapped',
    seal,
    event,
    `ストリームが取り替えられています。${called(event)}にあるのは、${origin}に記録されたイベントです${shownBy(seal).ja}。`,
    `Streams have been swapped: what stands at ${called(event)} was recorded in ${origin}${shownBy(seal).en}.`,
  );
