import type { Body } from '@app/content/body';

/** What somebody typed into an item and has not saved, with the hash of the text it was typed over. */
export type Draft = { readonly body: Body; readonly basedOn: string; readonly at: string };

type Place = { readonly userId: string; readonly disclosureId: string; readonly itemKey: string };
type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefixOf = ({ userId, disclosureId }: Omit<Place, 'itemKey'>): string =>
  `kaijisho.draft.${userId}.${disclosureId}.`;
const nameOf = (place: Place): string => prefixOf(place) + place.itemKey;

/**
 * Unsaved text, one per person and item, on this device: it survives an ended session, a closed window and a conflict. People who
 * share a device do not see each other's.
 */
export const draftsOn = (shelf: Shelf) => ({
  /** @returns false when the device has no room or forbids it: then the text exists only on the screen. */
  keep: (place: Place, draft: Draft): boolean => {
    try {
      shelf.setItem(nameOf(place), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },

  find: (place: Place): Draft | null => {
    try {
      const kept = JSON.parse(shelf.getItem(nameOf(place)) ?? 'null') as Draft | null;
      return kept?.body?.type === 'doc' && Array.isArray(kept.body.content) && typeof kept.basedOn === 'string'
        ? kept
        : null;
    } catch {
      return null;
    }
  },

  forget: (place: Place): void => {
    try {
      shelf.removeItem(nameOf(place));
    } catch {
      // A shelf that cannot be written holds nothing to forget.
    }
  },

  /** The items of a disclosure that have unsaved text. */
  itemsWith: (disclosure: Omit<Place, 'itemKey'>): readonly string[] => {
    try {
      const prefix = prefixOf(disclosure);
      return Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? '')
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length));
    } catch {
      return [];
    }
  },
});

export type Drafts = ReturnType<typeof draftsOn>;
