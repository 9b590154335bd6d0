import { disclosureCodec, disclosureDecider, itemsOf, type Edition, type Registered } from '@app/disclosures';
import { currentState, type EventStore } from '@app/event-sourcing';
import type { AuditKind, Citation, Watch } from './domain/audit';
import type { Recurrence } from './domain/recurrence';

/** The items of the standard form that say how the service hangs together: 設置場所, 全体構成図, 機器の管理. */
export const networkItems = ['I-9', 'II-3', 'II-8'] as const;

/** What an audit watches when nobody says so, see `planAuditBody`. */
export const usualWatches = (
  kind: AuditKind,
  recurrence: Recurrence | null,
  citedBy: readonly Citation[],
): readonly Omit<Watch, 'edition'>[] => {
  const cited = [...new Set(citedBy.map(({ disclosureId }) => disclosureId))];
  if (recurrence?.anchor === 'lastApproval') return cited.map((disclosureId) => ({ disclosureId, itemKeys: [] }));
  if (kind !== 'vulnerabilityScan') return [];
  return cited.map((disclosureId) => ({ disclosureId, itemKeys: networkItems }));
};

/** What is watched, beginning with the editions that there are now. */
export const fromNowOn = (store: EventStore, watches: readonly Omit<Watch, 'edition'>[]): Promise<readonly Watch[]> =>
  Promise.all(
    watches.map(async (watch) => {
      const newest = (await watchedDisclosure(store, watch.disclosureId))?.editions.at(-1);
      return { ...watch, edition: newest?.number ?? 0 };
    }),
  );

/** The disclosure from the log itself; null when there is none. */
export const watchedDisclosure = async (store: EventStore, disclosureId: string): Promise<Registered | null> => {
  const state = await currentState(store, disclosureDecider, disclosureCodec, `disclosure-${disclosureId}`);
  return state.status === 'Registered' ? state : null;
};

/** The keys of the watched items whose text in the newest edition is not that of the edition that was taken into account. */
export const changedItems = (
  { editions }: Pick<Registered, 'editions'>,
  { itemKeys, edition }: Watch,
): readonly string[] => {
  const newest = editions.at(-1);
  if (newest === undefined || newest.number <= edition) return [];
  const before = hashes(editions.find(({ number }) => number === edition));
  const after = hashes(newest);
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => (itemKeys.length === 0 || itemKeys.includes(key)) && before.get(key) !== after.get(key),
  );
};

const hashes = (edition: Edition | undefined): ReadonlyMap<string, string> =>
  new Map(itemsOf(edition?.parts ?? []).map(({ itemKey, bodyHash }) => [itemKey, bodyHash]));
