import { canonicalJson } from '@app/canonical-json';
import { diffArrays } from 'diff';
import type { Block, Mark } from './body';
import { wordsOf } from './words';

export type RunKind = 'same' | 'removed' | 'added';
/** A run of text in a difference: `same` and `removed` make the old text, `same` and `added` the new one. */
export type Run = { readonly kind: RunKind; readonly text: string };
/** A run whose text has one formatting; the text of a line break is a newline. */
export type Piece = Run & { readonly marks: readonly Mark[] };

/** Beyond these the words are not looked at: the whole is replaced. In characters, and in milliseconds. */
const MAX_CHARACTERS = 20_000;
const TIMEOUT = 1_000;

/** What changed between the texts of two blocks, word by word; a word whose formatting or link changed has changed. */
export const compareInline = (before: readonly Block[], after: readonly Block[]): readonly Piece[] =>
  comparePieces(piecesOf(before, 'same'), piecesOf(after, 'same'));

export const comparePieces = (before: readonly Piece[], after: readonly Piece[]): readonly Piece[] => {
  const replacement = (): readonly Piece[] => [...as('removed', before), ...as('added', after)];
  if (length(before) + length(after) > MAX_CHARACTERS) return replacement();
  const [olds, news] = [tokensOf(before), tokensOf(after)];
  const changes = diffArrays(
    olds.map(({ text }) => text),
    news.map(({ text }) => text),
    { timeout: TIMEOUT },
  );
  if (changes === undefined) return replacement();
  let [i, j] = [0, 0];
  const pieces = changes.flatMap(({ added, removed, value }) =>
    value.flatMap((): Piece[] => {
      if (removed) return [{ ...olds[i++]!, kind: 'removed' }];
      if (added) return [{ ...news[j++]!, kind: 'added' }];
      const [old, one] = [olds[i++]!, news[j++]!];
      if (isSameFormat(old.marks, one.marks)) return [one];
      return [
        { ...old, kind: 'removed' },
        { ...one, kind: 'added' },
      ];
    }),
  );
  const tidy = tidied(withoutIslands(slid(pieces)));
  return isRewritten(tidy) ? replacement() : tidy;
};

const as = (kind: RunKind, pieces: readonly Piece[]): readonly Piece[] => pieces.map((piece) => ({ ...piece, kind }));

/** Everything out, everything in. */
export const replaced = (before: readonly Block[], after: readonly Block[]): readonly Piece[] => [
  ...piecesOf(before, 'removed'),
  ...piecesOf(after, 'added'),
];

export const piecesOf = (nodes: readonly Block[], kind: RunKind): readonly Piece[] =>
  nodes.map((node) => ({ kind, text: node.type === 'hardBreak' ? '\n' : (node.text ?? ''), marks: node.marks ?? [] }));

/** The nodes of one side of a difference, in canonical form: the other way from `piecesOf`. */
export const nodesOf = (pieces: readonly Piece[], side: 'removed' | 'added'): readonly Block[] => {
  const nodes: Block[] = [];
  for (const { kind, text, marks } of pieces) {
    if (kind !== 'same' && kind !== side) continue;
    const last = nodes.at(-1);
    const marked = marks.length === 0 ? {} : { marks };
    if (text === '\n') nodes.push({ type: 'hardBreak', ...marked });
    else if (last?.type === 'text' && isSameFormat(last.marks ?? [], marks))
      nodes[nodes.length - 1] = { ...last, text: (last.text ?? '') + text };
    else nodes.push({ type: 'text', text, ...marked });
  }
  return nodes;
};

const isSameFormat = (a: readonly Mark[], b: readonly Mark[]): boolean =>
  a === b || (a.length === b.length && canonicalJson(a) === canonicalJson(b));

const tokensOf = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.flatMap(({ text, marks }) => wordsOf(text).map((word): Piece => ({ kind: 'same', text: word, marks })));

const length = (pieces: readonly Run[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0);

/** Where a change may begin or end, by what stands before that place: after a sentence best, then after a clause. */
const endsWell = (text: string | undefined): number => {
  if (text === undefined || /[。\n]$/.test(text)) return 3;
  return /[、」）・]$/.test(text) ? 2 : 0;
};

/**
 * Of the places where one and the same insertion or deletion can be said to stand, the one that reads best: 「A。[+B。+]」
 * instead of 「A[+。B+]。」, 「A、[+B、+]C」 instead of 「A[+、B+]、C」.
 */
const slid = (given: readonly Piece[]): readonly Piece[] => {
  const pieces = [...given];
  const equal = (a: Piece | undefined, b: Piece | undefined): boolean =>
    a !== undefined && b !== undefined && a.text === b.text && isSameFormat(a.marks, b.marks);
  for (let from = 0; from < pieces.length; from++) {
    const { kind } = pieces[from]!;
    if (kind === 'same') continue;
    let to = from;
    while (pieces[to]?.kind === kind) to++;
    const isAlone = pieces[from - 1]?.kind !== opposite(kind) && pieces[to]?.kind !== opposite(kind);
    if (isAlone) {
      let [left, right] = [0, 0];
      while (pieces[from - left - 1]?.kind === 'same' && equal(pieces[from - left - 1], pieces[to - left - 1])) left++;
      while (pieces[to + right]?.kind === 'same' && equal(pieces[to + right], pieces[from + right])) right++;
      const value = (shift: number): number => {
        const at = (place: number): Piece | undefined => pieces[place];
        const start = endsWell(from + shift === 0 ? undefined : at(from + shift - 1)?.text);
        const ending = at(to + shift - 1);
        // After everything the end of the block is as good as the end of a sentence.
        const isLast = to + shift === pieces.length;
        return start + (isLast ? Math.max(2, endsWell(ending?.text)) : endsWell(ending?.text));
      };
      let best = 0;
      for (let shift = -left; shift <= right; shift++) {
        if (value(shift) > value(best) || (value(shift) === value(best) && shift > best)) best = shift;
      }
      for (let n = 0; n < -best; n++) {
        pieces[from - n - 1] = { ...pieces[from - n - 1]!, kind };
        pieces[to - n - 1] = { ...pieces[to - n - 1]!, kind: 'same' };
      }
      for (let n = 0; n < best; n++) {
        pieces[from + n] = { ...pieces[from + n]!, kind: 'same' };
        pieces[to + n] = { ...pieces[to + n]!, kind };
      }
      to += best;
    }
    from = to - 1;
  }
  return pieces;
};

const opposite = (kind: RunKind): RunKind => (kind === 'removed' ? 'added' : 'removed');

/** Longest unchanged run between two changes that always reads better as part of the change, in characters. */
const ISLAND = 2;
/** The same for one that is small beside what changed around it. */
const ISLAND_AMONG_LARGE = 6;

/**
 * Joins changes that a particle or two hold apart, because 「を10日[-また-]は」 reads worse than one change.
 */
const withoutIslands = (pieces: readonly Piece[]): readonly Piece[] => {
  type Stretch = { readonly isSame: boolean; pieces: Piece[] };
  const stretches: Stretch[] = [];
  for (const piece of pieces) {
    const isSame = piece.kind === 'same';
    if (stretches.at(-1)?.isSame === isSame) stretches.at(-1)!.pieces.push(piece);
    else stretches.push({ isSame, pieces: [piece] });
  }
  const size = (stretch: Stretch): number =>
    Math.max(
      ...(['removed', 'added'] as const).map((side) => length(stretch.pieces.filter(({ kind }) => kind === side))),
    );
  for (let at = 1; at + 1 < stretches.length;) {
    const [before, island, after] = [stretches[at - 1]!, stretches[at]!, stretches[at + 1]!];
    const text = island.pieces.map((piece) => piece.text).join('');
    const isSmall = text.length <= ISLAND && !/[\n、。・「」（）|]/.test(text);
    const isLost =
      text.length <= ISLAND_AMONG_LARGE &&
      !/[\n。]/.test(text) &&
      text.length * 3 <= Math.min(size(before), size(after));
    const areFigures = isFigure(before.pieces) && isFigure(after.pieces);
    if (!island.isSame || areFigures || !(isSmall || isLost)) {
      at++;
      continue;
    }
    const gone = island.pieces.flatMap((piece): Piece[] => [
      { ...piece, kind: 'removed' },
      { ...piece, kind: 'added' },
    ]);
    stretches.splice(at - 1, 3, { isSame: false, pieces: [...before.pieces, ...gone, ...after.pieces] });
    at = Math.max(1, at - 1);
  }
  return stretches.flatMap((stretch) => stretch.pieces);
};

/** A number, date or address instead of another: it reads best alone, as in 「[-9:00-][+8:30+]から[-17:30-][+18:00+]」. */
const isFigure = (pieces: readonly Piece[]): boolean =>
  pieces.every(({ text }) => /^(第?[0-9０-９]|https?:|[\w.+-]+@)/.test(text));

/** In each change what is removed before what is added, and neighbours of one kind and formatting as one. */
const tidied = (pieces: readonly Piece[]): readonly Piece[] => {
  const result: Piece[] = [];
  const push = (piece: Piece): void => {
    const last = result.at(-1);
    if (last?.kind === piece.kind && piece.text !== '\n' && last.text !== '\n' && isSameFormat(last.marks, piece.marks))
      result[result.length - 1] = { ...last, text: last.text + piece.text };
    else result.push(piece);
  };
  for (let at = 0; at < pieces.length;) {
    if (pieces[at]?.kind === 'same') {
      push(pieces[at++]!);
      continue;
    }
    const from = at;
    while (at < pieces.length && pieces[at]?.kind !== 'same') at++;
    const change = pieces.slice(from, at);
    change.filter(({ kind }) => kind === 'removed').forEach(push);
    change.filter(({ kind }) => kind === 'added').forEach(push);
  }
  return result;
};

/** Whether so little is left, and that in so many pieces, that the two are better read one after the other. */
const isRewritten = (pieces: readonly Piece[]): boolean => {
  const of = (wanted: RunKind): readonly Piece[] => pieces.filter(({ kind }) => kind === wanted);
  const [same, removed, added] = [of('same'), of('removed'), of('added')];
  if (removed.length === 0 || added.length === 0) return false;
  const kept = length(same);
  const parts = same.filter(({ text }) => text.trim() !== '').length;
  return kept > 0 && parts > 2 && kept / (kept + Math.max(length(removed), length(added))) < 0.25;
};

/** Runs without formatting, neighbours of one kind joined, empty ones left out. */
export const runsOf = (pieces: readonly Run[]): readonly Run[] => {
  const runs: { kind: RunKind; text: string }[] = [];
  for (const { kind, text } of pieces) {
    const last = runs.at(-1);
    if (text === '') continue;
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  }
  return runs;
};
