import { diffArrays } from 'diff';
import type { Block, Mark } from './body';
import { wordsOf } from './words';

export type RunKind = 'same' | 'removed' | 'added';
/** A run of text in a difference: `same` and `removed` make the old text, `same` and `added` the new one. */
export type Run = { readonly kind: RunKind; readonly text: string };
/** A run whose text has one formatting. */
export type Piece = Run & { readonly marks: readonly Mark[] };

/** Beyond these the words are not looked at: the whole is replaced. In characters, and in milliseconds. */
const MAX_CHARACTERS = 20_000;
const TIMEOUT = 1_000;

/** What changed between the texts of two blocks, word by word; a word whose formatting or link changed has changed. */
export const compareInline = (before: readonly Block[], after: readonly Block[]): readonly Piece[] => {
  if (length(before) + length(after) > MAX_CHARACTERS) return replaced(before, after);
  const changes = diffArrays(tokensOf(before), tokensOf(after), {
    comparator: (a, b) => a.key === b.key,
    timeout: TIMEOUT,
  }) as
    readonly { readonly added?: boolean; readonly removed?: boolean; readonly value: readonly Token[] }[] | undefined;
  if (changes === undefined) return replaced(before, after);
  const pieces = changes.flatMap(({ added, removed, value }) =>
    value.map(({ text, marks }): Piece => ({ kind: removed ? 'removed' : added ? 'added' : 'same', text, marks })),
  );
  return tidied(pieces);
};

/** Everything out, everything in. */
export const replaced = (before: readonly Block[], after: readonly Block[]): readonly Piece[] => [
  ...piecesOf(before, 'removed'),
  ...piecesOf(after, 'added'),
];

export const piecesOf = (nodes: readonly Block[], kind: RunKind): readonly Piece[] =>
  nodes.map((node) => ({ kind, text: node.type === 'hardBreak' ? '\n' : (node.text ?? ''), marks: node.marks ?? [] }));

type Token = { readonly text: string; readonly marks: readonly Mark[]; readonly key: string };

const tokensOf = (nodes: readonly Block[]): Token[] =>
  piecesOf(nodes, 'same').flatMap(({ text, marks }) => {
    const formatting = JSON.stringify(marks);
    return wordsOf(text).map((word) => ({ text: word, marks, key: `${word} ${formatting}` }));
  });

const length = (nodes: readonly Block[]): number => nodes.reduce((sum, { text }) => sum + (text?.length ?? 1), 0);

/** Longest unchanged run between two changes, in characters, that reads better as part of the change. */
const ISLAND = 2;

/**
 * Joins changes that a particle or two hold apart, because 「を10日[-また-]は」 reads worse than one change; puts what is
 * removed before what is added.
 */
const tidied = (pieces: readonly Piece[]): readonly Piece[] => {
  const result: Piece[] = [];
  let at = 0;
  while (at < pieces.length) {
    if (pieces[at]?.kind === 'same') {
      result.push(pieces[at++]!);
      continue;
    }
    const end = endOfChange(pieces, at);
    const change = pieces.slice(at, end);
    const sides = (kind: 'removed' | 'added') =>
      change.filter((piece) => piece.kind === kind || piece.kind === 'same').map((piece) => ({ ...piece, kind }));
    result.push(...sides('removed'), ...sides('added'));
    at = end;
  }
  return result;
};

/** The end of the change that begins at `from`, small islands of unchanged text included. */
const endOfChange = (pieces: readonly Piece[], from: number): number => {
  let end = from;
  for (let next = from; next < pieces.length;) {
    if (pieces[next]?.kind !== 'same') {
      end = ++next;
      continue;
    }
    let island = '';
    while (pieces[next]?.kind === 'same') island += pieces[next++]?.text ?? '';
    if (island.length > ISLAND || /[\n、。]/.test(island)) break;
  }
  return end;
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
