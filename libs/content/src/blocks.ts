import { circledNumber, figureOf, startOf, styleOf, type ListStyle } from './attributes';
import type { Block, Body } from './body';
import { gridOf } from './table-grid';

/** A list item or a quotation around a block. */
export type Frame =
  | { readonly kind: 'quotation' }
  | {
      readonly kind: 'listItem';
      readonly list: 'bulletList' | 'orderedList';
      readonly style: ListStyle;
      /** The number of the entry as printed. */
      readonly ordinal: number;
      /** Whether the block stands first in its entry, and so beside the mark. */
      readonly first: boolean;
    };

/** A list, list item or quotation that a block stands in. */
export type Container = { readonly type: string; readonly attrs?: { readonly [name: string]: unknown } };

/** Where a leaf stands: in which containers, outermost first, and how many of them it shares with the leaf before it. */
export type Place = { readonly containers: readonly Container[]; readonly shares: number };

/** What a body breaks down to for reading and comparing: one paragraph, heading, note, figure or whole table. */
export type LeafBlock = {
  readonly kind: 'text' | 'figure' | 'table';
  readonly node: Block;
  /** Indices of `content` from the doc down. */
  readonly path: readonly number[];
  /** Outermost first; one for each list item and quotation. */
  readonly frames: readonly Frame[];
  readonly place: Place;
  /** Indentation and marks before the text: `・`, `1. `, `① `, `※ `. */
  readonly prefix: string;
  /** As a reader sees it, with the prefix. */
  readonly text: string;
};

/** The paragraphs, headings, notes, figures and tables of a body in reading order, wherever they are nested. */
export const blocksOf = (body: Body): readonly LeafBlock[] => leavesOf(body.content);

/** The same for the content of a cell. */
export const leavesOf = (blocks: readonly Block[]): readonly LeafBlock[] => {
  const leaves: LeafBlock[] = [];
  const visit = (
    some: readonly Block[],
    frames: readonly Frame[],
    containers: readonly Container[],
    path: readonly number[],
    /** The place of the first of them among its siblings. */
    first = 0,
  ): void =>
    some.forEach((node, index) => {
      const here = [...path, first + index];
      const children = node.content ?? [];
      switch (node.type) {
        case 'bulletList':
        case 'orderedList': {
          const [list, style] = [node.type, styleOf(node)];
          children.forEach((item, i) =>
            (item.content ?? []).forEach((child, k) => {
              const frame: Frame = { kind: 'listItem', list, style, ordinal: startOf(node) + i, first: k === 0 };
              visit([child], [...frames, frame], [...containers, shell(node), shell(item)], [...here, i], k);
            }),
          );
          return;
        }
        case 'blockquote':
          return visit(children, [...frames, { kind: 'quotation' }], [...containers, shell(node)], here);
        default:
          leaves.push(leafOf(node, frames, containers, here, leaves.at(-1)));
      }
    });
  visit(blocks, [], [], []);
  return leaves;
};

const shell = ({ type, attrs }: Block): Container => (attrs === undefined ? { type } : { type, attrs });

const placeOf = (containers: readonly Container[], path: readonly number[], before: LeafBlock | undefined): Place => {
  let shares = 0;
  const most = Math.min(containers.length, before?.place.containers.length ?? 0);
  while (shares < most && path[shares] === before?.path[shares]) shares++;
  return { containers, shares };
};

const leafOf = (
  node: Block,
  frames: readonly Frame[],
  containers: readonly Container[],
  path: readonly number[],
  before: LeafBlock | undefined,
): LeafBlock => {
  const prefix = prefixOf(frames) + (node.type === 'note' ? '※ ' : '');
  const kind = node.type === 'table' || node.type === 'figure' ? node.type : 'text';
  const place = placeOf(containers, path, before);
  return { kind, node, path, frames, place, prefix, text: prefix + leafText(node) };
};

const leafText = (node: Block): string => {
  if (node.type === 'table') return tableText(node);
  if (node.type === 'figure') return figureText(node);
  return inlineText(node.content ?? []);
};

export const figureText = (node: Block): string => {
  const { alt, caption } = figureOf(node);
  return `［図：${alt}］${caption}`;
};

export const inlineText = (nodes: readonly Block[]): string =>
  nodes.map((node) => (node.type === 'hardBreak' ? '\n' : (node.text ?? ''))).join('');

const prefixOf = (frames: readonly Frame[]): string =>
  frames.map((frame, depth) => (depth === frames.length - 1 ? markOf(frame) : '  ')).join('');

export const markOf = (frame: Frame): string => {
  if (frame.kind === 'quotation' || !frame.first) return '  ';
  if (frame.list === 'bulletList') return '・';
  return frame.style === 'circled' ? `${circledNumber(frame.ordinal)} ` : `${frame.ordinal}. `;
};

/** Rows by newline, cells by tab; a cell that spans columns or rows leaves the places that it covers empty. */
const tableText = (table: Block): string => {
  const { cells } = gridOf(table);
  return cells.map((cell, i) => separatorBefore(cell, cells[i - 1]) + cellText(cell.cell)).join('');
};

/** Newlines and tabs between a cell and the one before it, so that columns stay columns. */
export const separatorBefore = (
  cell: { readonly row: number; readonly column: number },
  before: { readonly row: number; readonly column: number } | undefined,
): string => {
  if (before === undefined) return '\n'.repeat(cell.row) + '\t'.repeat(cell.column);
  const rows = cell.row - before.row;
  return rows === 0 ? '\t'.repeat(cell.column - before.column) : '\n'.repeat(rows) + '\t'.repeat(cell.column);
};

/** In one line, because the row of a table is one. */
export const cellText = (cell: Block): string =>
  leavesOf(cell.content ?? [])
    .map((leaf) => leaf.text)
    .join(' ')
    .replace(/[\n\t]/g, ' ');
