import { canonicalJson } from '@app/canonical-json';
import { align } from './align';
import type { Block, Body } from './body';
import { leavesOf, type Container, type LeafBlock, type Place } from './blocks';
import { compareInline, nodesOf, type Piece } from './inline-difference';
import { applyToTable, differenceOfTables, type TableDifference } from './table-difference';

/**
 * What turns one body into another, as data: an entry for each block of either, in reading order, moved ones twice.
 * `old` is the number of the block among those of the old body, from 0. Applied to the old body it gives the new one,
 * exactly (`applyDifference`).
 */
export type BodyDifference = readonly BlockDifference[];

export type BlockDifference =
  | ({ readonly kind: 'same'; readonly old: number } & Replaced)
  | ({ readonly kind: 'changed'; readonly old: number; readonly content?: ContentDifference } & Replaced)
  | { readonly kind: 'added'; readonly node: Block; readonly place: Place }
  | { readonly kind: 'removed'; readonly old: number }
  | { readonly kind: 'movedAway'; readonly old: number }
  | ({ readonly kind: 'movedHere'; readonly old: number; readonly content?: ContentDifference } & Replaced);

/** Where the block stands now, when that is not said by the old body: in which lists and quotations, and since which block. */
type Replaced = { readonly place?: Place };

export type ContentDifference =
  | { readonly kind: 'text'; readonly node?: Container; readonly pieces: readonly Piece[] }
  | { readonly kind: 'attributes'; readonly attrs: { readonly [name: string]: unknown } }
  | { readonly kind: 'table'; readonly table: TableDifference }
  | { readonly kind: 'replaced'; readonly node: Block };

/** A difference was applied to a body that it was not made from. */
export class DifferenceDoesNotFit extends Error {
  override readonly name = 'DifferenceDoesNotFit';
}

/** Server only: how words are cut depends on the version of ICU. */
export const differenceOf = (before: Body, after: Body): BodyDifference =>
  differenceOfBlocks(before.content, after.content);

/** @throws DifferenceDoesNotFit */
export const applyDifference = (before: Body, difference: BodyDifference): Body => ({
  type: 'doc',
  content: applyToBlocks(before.content, difference),
});

export const isSame = (difference: BodyDifference): boolean =>
  difference.every((one) => one.kind === 'same' && one.place === undefined);

export const differenceOfBlocks = (before: readonly Block[], after: readonly Block[]): BodyDifference => {
  const [olds, news] = [leavesOf(before), leavesOf(after)];
  const pairs = align(olds, news, { key: keyOf, kind: ({ kind }) => kind, text: wordsIn, form: formOf });
  return pairs.map((pair): BlockDifference => {
    if (pair.new === null) return { kind: pair.moved === null ? 'removed' : 'movedAway', old: pair.old };
    const one = news[pair.new]!;
    if (pair.old === null && pair.moved === null) return { kind: 'added', node: one.node, place: one.place };
    const number = pair.old ?? pair.moved!;
    const old = olds[number]!;
    const place = json(old.place) === json(one.place) ? {} : { place: one.place };
    const content = differenceOfContent(old.node, one.node);
    const changed = content === null ? {} : { content };
    if (pair.old === null) return { kind: 'movedHere', old: number, ...changed, ...place };
    const isPut = json(old.place.containers) !== json(one.place.containers);
    return content === null && !isPut
      ? { kind: 'same', old: number, ...place }
      : { kind: 'changed', old: number, ...changed, ...place };
  });
};

/** Bodies that were stored have their keys in another order. */
const json = (value: unknown): string => canonicalJson(value ?? null);

/** Equal for blocks that read the same in the same kind of lists and quotations. */
const keyOf = ({ node, place }: LeafBlock): string => json([node, place.containers]);

/** What kind of block it is, in what kind of lists and quotations. */
const formOf = ({ node, place }: LeafBlock): string => [node, ...place.containers].map(({ type }) => type).join();

const wordsIn = ({ text, prefix }: LeafBlock): string => text.slice(prefix.length);

const differenceOfContent = (old: Block, one: Block): ContentDifference | null => {
  if (json(old) === json(one)) return null;
  const isText = !['table', 'figure'].includes(one.type);
  if (isText) {
    const shell: Container = one.attrs === undefined ? { type: one.type } : { type: one.type, attrs: one.attrs };
    const isReshaped = old.type !== one.type || json(old.attrs) !== json(one.attrs);
    const pieces = compareInline(old.content ?? [], one.content ?? []);
    return { kind: 'text', ...(isReshaped ? { node: shell } : {}), pieces };
  }
  if (old.type === 'table' && one.type === 'table' && json(old.attrs) === json(one.attrs))
    return { kind: 'table', table: differenceOfTables(old, one) };
  if (old.type === 'figure' && one.type === 'figure') return { kind: 'attributes', attrs: one.attrs ?? {} };
  return { kind: 'replaced', node: one };
};

export const applyToBlocks = (before: readonly Block[], difference: BodyDifference): readonly Block[] => {
  const olds = leavesOf(before);
  const used = new Set<number>();
  const oldOf = (number: number, keeps: boolean): LeafBlock => {
    const leaf = olds[number];
    if (leaf === undefined || (keeps && used.has(number))) throw new DifferenceDoesNotFit(`No block ${number}`);
    if (keeps) used.add(number);
    return leaf;
  };
  const leaves = difference.flatMap((one): { node: Block; place: Place }[] => {
    if (one.kind === 'added') return [one];
    const old = oldOf(one.old, one.kind !== 'movedAway');
    if (one.kind === 'removed' || one.kind === 'movedAway') return [];
    const content = one.kind === 'same' ? undefined : one.content;
    return [
      { node: content === undefined ? old.node : applyToContent(old.node, content), place: one.place ?? old.place },
    ];
  });
  if (used.size !== olds.length) throw new DifferenceDoesNotFit(`It speaks of ${used.size} of ${olds.length} blocks`);
  return assembled(leaves);
};

const applyToContent = (old: Block, content: ContentDifference): Block => {
  switch (content.kind) {
    case 'text': {
      if (json(nodesOf(content.pieces, 'removed')) !== json(old.content ?? []))
        throw new DifferenceDoesNotFit('The text is another one');
      const nodes = nodesOf(content.pieces, 'added');
      const { content: _, ...shell } = content.node === undefined ? old : { ...content.node, content: [] };
      return nodes.length === 0 ? shell : { ...shell, content: nodes };
    }
    case 'attributes':
      return { ...old, attrs: content.attrs };
    case 'table':
      return applyToTable(old, content.table);
    case 'replaced':
      return content.node;
  }
};

/** Puts leaves into their lists and quotations: the other way from `leavesOf`. */
export const assembled = (leaves: readonly { readonly node: Block; readonly place: Place }[]): readonly Block[] => {
  type Open = Container & { readonly content: Block[] };
  const top: Block[] = [];
  let open: Open[] = [];
  for (const { node, place } of leaves) {
    open = open.slice(0, place.shares);
    for (const container of place.containers.slice(open.length)) {
      const opened: Open = { ...container, content: [] };
      (open.at(-1)?.content ?? top).push(opened);
      open.push(opened);
    }
    (open.at(-1)?.content ?? top).push(node);
  }
  return top;
};
