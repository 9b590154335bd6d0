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

/** What a body breaks down to for reading and comparing: one paragraph, heading, note, figure or whole table. */
export type LeafBlock = {
  readonly kind: 'text' | 'figure' | 'table';
  readonly node: Block;
  /** Indices of `content` from the doc down. */
  readonly path: readonly number[];
  /** Outermost first. */
  readonly frames: readonly Frame[];
  /** Indentation and marks before the text: `・`, `1. `, `① `, `※ `. */
  readonly prefix: string;
  /** As a reader sees it, with the prefix. */
  readonly text: string;
};

/** The paragraphs, headings, notes, figures and tables of a body in reading order, wherever they are nested. */
export const blocksOf = (body: Body): readonly LeafBlock[] => leavesIn(body.content, [], []);

export const leavesIn = (
  blocks: readonly Block[],
  frames: readonly Frame[],
  path: readonly number[],
): readonly LeafBlock[] =>
  blocks.flatMap((node, index) => {
    const here = [...path, index];
    const children = node.content ?? [];
    switch (node.type) {
      case 'bulletList':
      case 'orderedList': {
        const list = node.type;
        const style = styleOf(node);
        return children.flatMap((item, i) =>
          (item.content ?? []).flatMap((child, k) => {
            const frame: Frame = { kind: 'listItem', list, style, ordinal: startOf(node) + i, first: k === 0 };
            return leavesIn([child], [...frames, frame], [...here, i]).map((leaf) => ({
              ...leaf,
              path: [...here, i, k, ...leaf.path.slice(here.length + 2)],
            }));
          }),
        );
      }
      case 'blockquote':
        return leavesIn(children, [...frames, { kind: 'quotation' }], here);
      default:
        return [leafOf(node, frames, here)];
    }
  });

const leafOf = (node: Block, frames: readonly Frame[], path: readonly number[]): LeafBlock => {
  const prefix = prefixOf(frames) + (node.type === 'note' ? '※ ' : '');
  const kind = node.type === 'table' || node.type === 'figure' ? node.type : 'text';
  return { kind, node, path, frames, prefix, text: prefix + leafText(node) };
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
  leavesIn(cell.content ?? [], [], [])
    .map((leaf) => leaf.text)
    .join(' ')
    .replace(/[\n\t]/g, ' ');
