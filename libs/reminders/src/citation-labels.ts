import { disclosureCodec, disclosureDecider } from '@app/disclosures';
import { currentState, type EventStore } from '@app/event-sourcing';

type Citation = { readonly disclosureId: string; readonly itemKey: string };

/** In words where something is cited; a disclosure is read once, so this is for one sweep or one question, not for longer. */
export type CitationLabels = (citedBy: readonly Citation[]) => Promise<readonly string[]>;

/** 「クラウドカルテ　I-7 プライバシーマーク認定又は…」 for each citation; the bare key where the item is not known. */
export const citationLabelsIn = (store: EventStore): CitationLabels => {
  const labels = new Map<string, Promise<(itemKey: string) => string>>();
  const labelsOf = (disclosureId: string) => {
    const known = labels.get(disclosureId) ?? labelsNow(store, disclosureId);
    labels.set(disclosureId, known);
    return known;
  };
  return (citedBy) =>
    Promise.all(citedBy.map(async ({ disclosureId, itemKey }) => (await labelsOf(disclosureId))(itemKey)));
};

const labelsNow = async (store: EventStore, disclosureId: string): Promise<(itemKey: string) => string> => {
  const state = await currentState(store, disclosureDecider, disclosureCodec, `disclosure-${disclosureId}`);
  if (state.status !== 'Registered') return (itemKey) => itemKey;
  const items = new Map(
    state.parts.flatMap(({ number, items: each }) =>
      each.map((item) => [item.itemKey, `${number}-${item.number} ${item.title}`] as const),
    ),
  );
  return (itemKey) => `${state.serviceName}　${items.get(itemKey) ?? itemKey}`;
};
