import { diffArrays } from 'diff';
import { wordsOf } from './words';

/**
 * What stands opposite what, by place in the two sequences; a side that is missing was removed or added, and `moved` says
 * where it went or came from.
 */
export type Pair =
  | { readonly old: number; readonly new: number }
  | { readonly old: number; readonly new: null; readonly moved: number | null }
  | { readonly old: null; readonly new: number; readonly moved: number | null };

type Alignment<T> = {
  /** Equal keys stand opposite each other. */
  readonly key: (one: T) => string;
  /** What may be paired at all, e.g. paragraphs with notes but not with tables. */
  readonly kind: (one: T) => string;
  readonly text: (one: T) => string;
  /** Where as many were removed as were added in one place, whether they are taken for the same ones, rewritten. */
  readonly rewritten?: 'none' | 'one' | 'all';
  /** Only what has the same form can have been rewritten. */
  readonly form?: (one: T) => string;
};

const TIMEOUT = 1_000;
/** Largest number of comparisons between the items of one changed stretch, and between all that changed. */
const MAX_COMPARISONS = 10_000;
const MAX_COMPARISONS_OF_MOVED = 40_000;
/** Texts that have less than this part of their words in common are different texts. */
const ALIKE = 0.3;
/** What has at least this part in common may be the same one at another place. */
const SURELY_ALIKE = 0.6;
/** Shorter texts are found at two places by chance; in characters. */
const MOVABLE = { equal: 4, alike: 16 };

/**
 * Puts two sequences side by side: first what is equal, then what is much alike wherever it stands, then in between what
 * is alike, in order. As few as can be have moved; of two that changed places it is the shorter one.
 */
export const align = <T>(before: readonly T[], after: readonly T[], alignment: Alignment<T>): readonly Pair[] => {
  const { key, kind, text, rewritten = 'one', form = kind } = alignment;
  const [oldKeys, newKeys] = [before.map(key), after.map(key)];
  const likenessOf = likeness(before, after, kind, text);
  const bonds = equals(oldKeys, newKeys);
  bondAlike(before.length, after.length, bonds, likenessOf);

  const lengths = before.map((one) => text(one).trim().length);
  // As few as possible have moved, and of as many the shorter ones; what is hardly a text binds nothing.
  const weights = lengths.map((length) => (length < MOVABLE.equal ? 0.1 : 1 + Math.min(length, 500) / 1_000));
  const inPlace = heaviestInOrder(bonds, weights);
  const moves = new Map<number, number>();
  for (const [old, one] of bonds) {
    if (inPlace.has(old)) continue;
    const least = oldKeys[old] === newKeys[one] ? MOVABLE.equal : MOVABLE.alike;
    if (lengths[old]! >= least || kind(before[old]!) !== 'text') moves.set(old, one);
  }
  const movedHere = new Map([...moves].map(([old, one]) => [one, old]));

  const pairs: Pair[] = [];
  let [oldFrom, newFrom] = [0, 0];
  const closeGap = (oldTo: number, newTo: number): void => {
    const olds = range(oldFrom, oldTo);
    const news = range(newFrom, newTo);
    const inGap = pairAlike(
      olds.filter((i) => !moves.has(i)),
      news.filter((i) => !movedHere.has(i)),
      likenessOf,
      rewritten,
      (old, one) => form(before[old]!) === form(after[one]!),
    );
    pairs.push(...merged(olds, news, inGap, moves, movedHere));
  };
  for (const [old, one] of [...inPlace].sort(([a], [b]) => a - b)) {
    closeGap(old, one);
    pairs.push({ old, new: one });
    [oldFrom, newFrom] = [old + 1, one + 1];
  }
  closeGap(before.length, after.length);
  return pairs;
};

type Likeness = (old: number, one: number) => number;

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** The pairs of a gap with what stands alone between them, what is gone before what is new. */
const merged = (
  olds: readonly number[],
  news: readonly number[],
  inGap: readonly (readonly [number, number])[],
  moves: ReadonlyMap<number, number>,
  movedHere: ReadonlyMap<number, number>,
): readonly Pair[] => {
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  const alone = (oldTo: number, newTo: number): void => {
    for (; i < olds.length && olds[i]! < oldTo; i++)
      pairs.push({ old: olds[i]!, new: null, moved: moves.get(olds[i]!) ?? null });
    for (; j < news.length && news[j]! < newTo; j++)
      pairs.push({ old: null, new: news[j]!, moved: movedHere.get(news[j]!) ?? null });
  };
  for (const [old, one] of inGap) {
    alone(old, one);
    pairs.push({ old, new: one });
    [i, j] = [i + 1, j + 1];
  }
  alone(Infinity, Infinity);
  return pairs;
};

/** Equal ones: in order as many as there can be, then those that are left, wherever they are. */
const equals = (before: readonly string[], after: readonly string[]): Map<number, number> => {
  const bonds = new Map<number, number>();
  const taken = new Set<number>();
  const changes = diffArrays([...before], [...after], { timeout: TIMEOUT }) ?? [];
  let [i, j] = [0, 0];
  for (const { added, removed, value } of changes) {
    if (removed) i += value.length;
    else if (added) j += value.length;
    else
      for (let n = 0; n < value.length; n++) {
        bonds.set(i++, j);
        taken.add(j++);
      }
  }
  const left = new Map<string, number[]>();
  after.forEach((key, one) => {
    if (!taken.has(one)) left.set(key, [...(left.get(key) ?? []), one]);
  });
  before.forEach((key, old) => {
    const one = bonds.has(old) ? undefined : left.get(key)?.shift();
    if (one !== undefined) bonds.set(old, one);
  });
  return bonds;
};

/** Adds the bonds between what is left and much alike, the most alike first. */
const bondAlike = (olds: number, news: number, bonds: Map<number, number>, likenessOf: Likeness): void => {
  const taken = new Set(bonds.values());
  const oldsLeft = range(0, olds).filter((i) => !bonds.has(i));
  const newsLeft = range(0, news).filter((i) => !taken.has(i));
  if (oldsLeft.length * newsLeft.length > MAX_COMPARISONS_OF_MOVED) return;
  const candidates = oldsLeft.flatMap((old) =>
    newsLeft.flatMap((one) => {
      const value = likenessOf(old, one);
      return value >= SURELY_ALIKE ? [{ old, one, value }] : [];
    }),
  );
  candidates.sort((a, b) => b.value - a.value || Math.abs(a.old - a.one) - Math.abs(b.old - b.one));
  for (const { old, one } of candidates) {
    if (bonds.has(old) || taken.has(one)) continue;
    bonds.set(old, one);
    taken.add(one);
  }
};

/** The bonds that do not cross each other and weigh the most together (heaviest increasing subsequence, Fenwick tree). */
const heaviestInOrder = (
  bonds: ReadonlyMap<number, number>,
  weights: readonly number[],
): ReadonlyMap<number, number> => {
  type Chain = { readonly old: number; readonly one: number; readonly weight: number; readonly before: Chain | null };
  const inOrder = [...bonds].sort(([a], [b]) => a - b);
  const size = Math.max(0, ...bonds.values()) + 2;
  const tree: (Chain | null)[] = Array<Chain | null>(size + 1).fill(null);
  let best: Chain | null = null;
  for (const [old, one] of inOrder) {
    let before: Chain | null = null;
    for (let i = one; i > 0; i -= i & -i) {
      const chain: Chain | null = tree[i] ?? null;
      if (chain !== null && chain.weight > (before?.weight ?? 0)) before = chain;
    }
    const chain: Chain = { old, one, weight: (before?.weight ?? 0) + weights[old]!, before };
    for (let i = one + 1; i <= size; i += i & -i) {
      if ((tree[i]?.weight ?? 0) < chain.weight) tree[i] = chain;
    }
    if (chain.weight > (best?.weight ?? 0)) best = chain;
  }
  const kept = new Map<number, number>();
  for (let chain = best; chain !== null; chain = chain.before) kept.set(chain.old, chain.one);
  return kept;
};

/** The pairing in order with the greatest sum of likeness; then what can only be a rewritten one. */
const pairAlike = (
  olds: readonly number[],
  news: readonly number[],
  likenessOf: Likeness,
  rewritten: 'none' | 'one' | 'all',
  areOfOneForm: (old: number, one: number) => boolean,
): readonly (readonly [number, number])[] => {
  const [rows, columns] = [olds.length, news.length];
  if (rows === 0 || columns === 0) return [];
  const like = rows * columns > MAX_COMPARISONS ? [] : olds.map((a) => news.map((b) => likenessOf(a, b)));
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
  const score = (i: number, j: number): number => best[i]![j]!;
  if (like.length > 0) {
    for (let i = rows - 1; i >= 0; i--) {
      for (let j = columns - 1; j >= 0; j--) {
        const value = like[i]![j]!;
        const paired = value >= ALIKE ? value + score(i + 1, j + 1) : 0;
        best[i]![j] = Math.max(paired, score(i + 1, j), score(i, j + 1));
      }
    }
  }
  const found: [number, number][] = [];
  let [i, j] = [0, 0];
  let [oldFrom, newFrom] = [0, 0];
  const rewrittenUpTo = (oldTo: number, newTo: number): void => {
    const [gone, come] = [olds.slice(oldFrom, oldTo), news.slice(newFrom, newTo)];
    if (rewritten === 'none' || gone.length !== come.length || (rewritten === 'one' && gone.length > 1)) return;
    gone.forEach((old, n) => {
      if (likenessOf(old, come[n]!) >= 0 && areOfOneForm(old, come[n]!)) found.push([old, come[n]!]);
    });
  };
  while (like.length > 0 && i < rows && j < columns) {
    const value = like[i]![j]!;
    if (value >= ALIKE && score(i, j) === value + score(i + 1, j + 1)) {
      rewrittenUpTo(i, j);
      found.push([olds[i++]!, news[j++]!]);
      [oldFrom, newFrom] = [i, j];
    } else if (score(i, j) === score(i + 1, j)) i++;
    else j++;
  }
  rewrittenUpTo(rows, columns);
  return found;
};

type Bag = { readonly words: ReadonlyMap<string, number>; readonly size: number };

/** Dice coefficient of the words of two, 0 … 1; -1 for two that cannot be paired. */
const likeness = <T>(
  before: readonly T[],
  after: readonly T[],
  kind: (one: T) => string,
  text: (one: T) => string,
): Likeness => {
  const bags = new Map<T, Bag>();
  const bagOf = (one: T): Bag => {
    const known = bags.get(one) ?? bag(text(one));
    bags.set(one, known);
    return known;
  };
  return (old, one) => {
    const [a, b] = [before[old]!, after[one]!];
    return kind(a) === kind(b) ? sharedPart(bagOf(a), bagOf(b)) : -1;
  };
};

export const likenessOfTexts = (a: string, b: string): number => sharedPart(bag(a), bag(b));

const bag = (text: string): Bag => {
  const words = wordsOf(text.slice(0, 5_000)).filter((word) => word.trim() !== '');
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { words: counts, size: words.length };
};

const sharedPart = (a: Bag, b: Bag): number => {
  if (a.size + b.size === 0) return 1;
  let both = 0;
  for (const [word, count] of a.words) both += Math.min(count, b.words.get(word) ?? 0);
  return (2 * both) / (a.size + b.size);
};
