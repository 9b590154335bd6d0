import { diffArrays } from 'diff';
import { wordsOf } from './words';

/** What stands opposite what; a side that is missing was removed or added. */
export type Pair<T> =
  | { readonly old: T; readonly new: T }
  | { readonly old: T; readonly new: null }
  | { readonly old: null; readonly new: T };

type Alignment<T> = {
  /** Equal keys stand opposite each other. */
  readonly key: (one: T) => string;
  /** What may be paired at all, e.g. paragraphs with notes but not with tables. */
  readonly kind: (one: T) => string;
  readonly text: (one: T) => string;
};

const TIMEOUT = 1_000;
/** Largest number of comparisons between the blocks of one changed stretch. */
const MAX_COMPARISONS = 10_000;
/** Texts that have less than this part of their words in common are different texts. */
const ALIKE = 0.3;

/** Puts two sequences side by side: first what is equal, then in between what is alike, in order. */
export const align = <T>(
  before: readonly T[],
  after: readonly T[],
  { key, kind, text }: Alignment<T>,
): readonly Pair<T>[] => {
  const changes = diffArrays(before.map(key), after.map(key), { timeout: TIMEOUT }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  const bags = new Map<T, Bag>();
  const bagOf = (one: T): Bag => {
    const known = bags.get(one) ?? bag(text(one));
    bags.set(one, known);
    return known;
  };
  const likeness = (a: T, b: T): number => (kind(a) === kind(b) ? shared(bagOf(a), bagOf(b)) : -1);

  const pairs: Pair<T>[] = [];
  let [i, j] = [0, 0];
  let [oldStretch, newStretch]: [T[], T[]] = [[], []];
  const closeStretch = () => {
    pairs.push(...pairAlike(oldStretch, newStretch, likeness));
    [oldStretch, newStretch] = [[], []];
  };
  for (const { added, removed, value } of changes) {
    if (removed) oldStretch.push(...before.slice(i, (i += value.length)));
    else if (added) newStretch.push(...after.slice(j, (j += value.length)));
    else {
      closeStretch();
      for (let n = 0; n < value.length; n++) pairs.push({ old: before[i++]!, new: after[j++]! });
    }
  }
  closeStretch();
  return pairs;
};

/** The pairing in order with the greatest sum of likeness; one against one of the same kind is always a pair. */
const pairAlike = <T>(
  before: readonly T[],
  after: readonly T[],
  likeness: (a: T, b: T) => number,
): readonly Pair<T>[] => {
  const apart = (): Pair<T>[] => [
    ...before.map((old) => ({ old, new: null })),
    ...after.map((one) => ({ old: null, new: one })),
  ];
  const [rows, columns] = [before.length, after.length];
  if (rows === 0 || columns === 0 || rows * columns > MAX_COMPARISONS) return apart();
  const least = rows === 1 && columns === 1 ? 0 : ALIKE;

  const like = before.map((a) => after.map((b) => likeness(a, b)));
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
  const score = (i: number, j: number): number => best[i]![j]!;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const value = like[i]![j]!;
      const paired = value >= least ? value + score(i + 1, j + 1) : 0;
      best[i]![j] = Math.max(paired, score(i + 1, j), score(i, j + 1));
    }
  }

  const pairs: Pair<T>[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const value = like[i]?.[j] ?? -1;
    if (i < rows && j < columns && value >= least && score(i, j) === value + score(i + 1, j + 1)) {
      pairs.push({ old: before[i++]!, new: after[j++]! });
    } else if (i < rows && (j === columns || score(i, j) === score(i + 1, j))) {
      pairs.push({ old: before[i++]!, new: null });
    } else {
      pairs.push({ old: null, new: after[j++]! });
    }
  }
  return pairs;
};

type Bag = { readonly words: ReadonlyMap<string, number>; readonly size: number };

const bag = (text: string): Bag => {
  const words = wordsOf(text.slice(0, 5_000)).filter((word) => word.trim() !== '');
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { words: counts, size: words.length };
};

/** Dice coefficient of the words of two texts, 0 … 1. */
const shared = (a: Bag, b: Bag): number => {
  if (a.size + b.size === 0) return 1;
  let both = 0;
  for (const [word, count] of a.words) both += Math.min(count, b.words.get(word) ?? 0);
  return (2 * both) / (a.size + b.size);
};
