import { useSyncExternalStore } from 'react';
import { draftsOn, type Draft } from './drafts';

/** The drafts of this device, and a way to notice that one was kept or forgotten. */
const drafts = draftsOn(localStorage);
const listeners = new Set<() => void>();
const changed = (): void => listeners.forEach((listener) => listener());

type Place = Parameters<typeof drafts.find>[0];

export const keptDrafts = {
  find: drafts.find,
  keep: (place: Place, draft: Draft): boolean => {
    const kept = drafts.keep(place, draft);
    changed();
    return kept;
  },
  forget: (place: Place): void => {
    drafts.forget(place);
    changed();
  },
};

/** The keys of the items of which this person has unsaved text. */
export const useItemsWithDrafts = (userId: string, disclosureId: string): ReadonlySet<string> => {
  const keys = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      addEventListener('storage', listener);
      return () => {
        listeners.delete(listener);
        removeEventListener('storage', listener);
      };
    },
    () => drafts.itemsWith({ userId, disclosureId }).toSorted().join('\n'),
  );
  return new Set(keys === '' ? [] : keys.split('\n'));
};

/** Says when another tab has kept or forgotten a draft; a page that comes back from rest may have missed that. */
export const onOtherTab = (listener: () => void): (() => void) => {
  const woken = (): void => void (document.visibilityState === 'visible' && listener());
  addEventListener('storage', listener);
  addEventListener('pageshow', listener);
  document.addEventListener('visibilitychange', woken);
  return () => {
    removeEventListener('storage', listener);
    removeEventListener('pageshow', listener);
    document.removeEventListener('visibilitychange', woken);
  };
};
