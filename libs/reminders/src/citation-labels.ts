import type { Citation } from '@app/certificates';
import { disclosureCodec, disclosureDecider } from '@app/disclosures';
import { currentState, type EventStore } from '@app/event-sourcing';

/** 「クラウドカルテ　I-7 プライバシーマーク認定又は…」 for each citation; the bare key where the item is not known. */
export const citationLabels = (store: EventStore, citedBy: readonly Citation[]): Promise<readonly string[]> =>
  Promise.all(
    citedBy.map(async ({ disclosureId, itemKey }) => {
      const state = await currentState(store, disclosureDecider, disclosureCodec, `disclosure-${disclosureId}`);
      if (state.status !== 'Registered') return itemKey;
      for (const { number, items } of state.parts) {
        const item = items.find((each) => each.itemKey === itemKey);
        if (item) return `${state.serviceName}　${number}-${item.number} ${item.title}`;
      }
      return `${state.serviceName}　${itemKey}`;
    }),
  );
