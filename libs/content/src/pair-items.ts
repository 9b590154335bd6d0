import { align } from './align';
import type { Body } from './body';
import { textOf } from './text';

/** An item of one state of a document, with where it stands. */
export type PlacedItem = {
  readonly itemKey: string;
  readonly partNumber: string;
  readonly number: number;
  readonly title: string;
  readonly body: Body;
};

/** An item as it was and as it is; one side is null when it was added or removed. */
export type ItemPair<T> =
  | { readonly before: T; readonly after: T }
  | { readonly before: T; readonly after: null }
  | { readonly before: null; readonly after: T };

/**
 * Which item became which, in the order of the newer state; what was removed stands where it was. By key in two states of
 * one document; by title and wording (`likeness`) in two files, where a key is only the number that an item happens to have.
 */
export const pairItems = <T extends PlacedItem>(
  older: readonly T[],
  newer: readonly T[],
  by: 'key' | 'likeness',
): readonly ItemPair<T>[] => {
  const beforeOf = by === 'key' ? pairedByKey(older, newer) : pairedByLikeness(older, newer);
  const kept = new Set(beforeOf.values());
  const pairs: ItemPair<T>[] = newer.map((after) => {
    const before = beforeOf.get(after);
    return before === undefined ? { before: null, after } : { before, after };
  });
  older.forEach((before, i) => {
    if (kept.has(before)) return;
    const at = pairs.findIndex((pair) => pair.before === (older[i - 1] ?? null) && i > 0);
    pairs.splice(i === 0 ? 0 : at + 1, 0, { before, after: null });
  });
  return pairs;
};

const pairedByKey = <T extends PlacedItem>(older: readonly T[], newer: readonly T[]): Map<T, T> => {
  const known = new Map(older.map((item) => [item.itemKey, item]));
  return new Map(
    newer.flatMap((item) => {
      const before = known.get(item.itemKey);
      return before === undefined ? [] : [[item, before] as const];
    }),
  );
};

const pairedByLikeness = <T extends PlacedItem>(older: readonly T[], newer: readonly T[]): Map<T, T> => {
  const wording = ({ title, body }: T): string => `${title}\n${title}\n${textOf(body)}`;
  const titled = new Map(older.map((item) => [item.title, item]));
  const isUnique = (items: readonly T[], title: string): boolean =>
    items.filter((item) => item.title === title).length === 1;
  const paired = new Map<T, T>();
  for (const item of newer) {
    const before = titled.get(item.title);
    if (before !== undefined && isUnique(older, item.title) && isUnique(newer, item.title)) paired.set(item, before);
  }
  const taken = new Set(paired.values());
  const [olds, news] = [older.filter((item) => !taken.has(item)), newer.filter((item) => !paired.has(item))];
  for (const pair of align(olds, news, { key: wording, kind: () => 'text', text: wording, rewritten: 'none' })) {
    const old = pair.old ?? pair.moved;
    if (pair.new !== null && old !== null) paired.set(news[pair.new]!, olds[old]!);
  }
  return paired;
};
