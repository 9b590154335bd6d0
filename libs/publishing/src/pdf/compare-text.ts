import { asPrinted } from './glyphs';
import type { Piece, Spanning } from './printed-text';
import { squeezed } from './read-pdf';

/** Where a PDF shows something else than it should. */
export type TextDifference = {
  /** Counts from 1. */
  readonly page: number;
  /** Where in the edition: `II-4`, `改訂履歴`. */
  readonly place: string;
  /** What should stand there and what does, from a few characters before the difference on. */
  readonly expected: string;
  readonly found: string;
};

/** What is printed alike is read alike: one form for characters with one glyph, and one for what is composed. */
const alike = (text: string): string =>
  asPrinted(asPrinted(squeezed(text)).normalize('NFC')).replace(/[ﬁﬂ]/g, (ligature) => ligature.normalize('NFKC'));

/** The same; of a letter and a mark that has no character of its own a reader of the PDF may see each as the whole. */
export const comparable = (text: string): string => alike(text).replace(/(\P{M}(?:[\uff9e\uff9f]|\p{M}+))\1+/gu, '$1');

/** Enough for any row that a page cuts; whoever makes a PDF in which it is not gets a difference for an answer. */
const MAX_TRIES = 20_000;
/** So many pieces of cells at most in rows that a page cuts or cells span; as deep goes the search. */
const MAX_DEPTH = 2_500;

/**
 * Whether the pages show those pieces and nothing else, white space aside. Answers the first difference, or null.
 * Where a page ends within a row of a table, its cells may go on one after the other on the next page.
 */
export const compareText = (given: readonly string[], wanted: readonly Piece[]): TextDifference | null =>
  // As it is first: of what is repeated on purpose, half may stand in the next cell or on the next page.
  compareAs(alike, given, wanted) && compareAs(comparable, given, wanted);

/** `compareText` of texts that are compared in that form. */
export const compareAs = (
  form: (text: string) => string,
  given: readonly string[],
  wanted: readonly Piece[],
): TextDifference | null => {
  const pages = given.map(form);
  const pieces = wanted.map(({ place, cells, spanning = [] }) => ({
    place,
    cells: cells.map(form),
    spanning: spanning.map((span) => ({ ...span, cell: form(span.cell) })),
  }));
  const text = pages.join('');
  const ends = pages.reduce<number[]>((all, page) => [...all, (all.at(-1) ?? 0) + page.length], []);
  const differs = (at: number, place: string, expected: string): TextDifference => ({
    page: Math.min(pages.length, 1 + ends.filter((end) => end <= at).length),
    place,
    expected,
    found: text.slice(at, at + 40),
  });
  let at = 0;
  for (const { place, cells, spanning } of pieces) {
    const whole = cells.join('');
    if (spanning.length === 0 && text.startsWith(whole, at)) {
      at += whole.length;
      continue;
    }
    const end = cells.length + spanning.length > 1 ? endOfCutRow(text, ends, at, cells, spanning) : null;
    if (end === null) {
      let same = 0;
      while (same < whole.length && text[at + same] === whole[same]) same++;
      const from = Math.max(0, same - 12);
      return differs(at + from, place, whole.slice(from, from + 40));
    }
    at = end;
  }
  return at === text.length ? null : differs(at, '文末', '');
};

/**
 * Where cells that pages cut end in the text; null when the text is not theirs. On each page the cells go on in their order; one
 * that spans rows may stand anywhere between the end of its first row and the end of its last.
 */
const endOfCutRow = (
  text: string,
  ends: readonly number[],
  start: number,
  cells: readonly string[],
  spanning: readonly Spanning[],
): number | null => {
  let tries = MAX_TRIES;
  const all = [...cells, ...spanning.map(({ cell }) => cell)];
  const sameFrom = (at: number, end: number, index: number, done: number): number => {
    const wanted = all[index] ?? '';
    let same = 0;
    while (done + same < wanted.length && at + same < end && text[at + same] === wanted[done + same]) same++;
    return same;
  };
  /** `passed`: how many of the cells that span no rows were passed on this page; `used`: the spanning ones that stand on it. */
  const goOn = (
    from: number,
    done: readonly number[],
    before: number,
    used: readonly number[],
    page: number,
    depth: number,
  ): number | null => {
    if (tries-- <= 0 || depth > MAX_DEPTH) return null;
    if (done.every((length, i) => length === all[i]?.length)) return from;
    const end = ends[page] ?? text.length;
    if (from === end) return page + 1 < ends.length ? goOn(from, done, 0, [], page + 1, depth + 1) : null;
    const take = (index: number, passed: number, using: readonly number[]): number | null => {
      const length = done[index] ?? 0;
      for (let taken = sameFrom(from, end, index, length); taken > 0; taken--) {
        const found = goOn(from + taken, done.with(index, length + taken), passed, using, page, depth + 1);
        if (found !== null) return found;
      }
      return null;
    };
    for (let passed = before; passed <= cells.length; passed++) {
      for (const [s, { after, before: last }] of spanning.entries()) {
        if (used.includes(s) || passed < after || passed > last) continue;
        const found = take(cells.length + s, passed, [...used, s]);
        if (found !== null) return found;
      }
      const found = passed < cells.length ? take(passed, passed + 1, used) : null;
      if (found !== null) return found;
    }
    return null;
  };
  const page = ends.findIndex((end) => end > start);
  return page === -1
    ? null
    : goOn(
        start,
        all.map(() => 0),
        0,
        [],
        page,
        0,
      );
};
