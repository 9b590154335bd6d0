import { align } from './align';
import { circledNumber } from './attributes';
import { blocksOf, leavesIn, type Frame, type LeafBlock } from './blocks';
import type { Body } from './body';
import { compareTables } from './compare-tables';
import {
  openList,
  renderFigure,
  renderTable,
  renderBlocks,
  renderText,
  withoutBlankHeaders,
  wrapText,
  type HtmlOptions,
} from './html';
import { compareInline, piecesOf, replaced, runsOf, type Piece, type Run } from './inline-difference';

/**
 * A block as it was and as it is, in reading order. The HTML is safe and has <del> and <ins> around what changed; the
 * new texts of all blocks, joined by newlines, are the new text of the body (`textOf`), and the old texts the old one.
 */
export type ComparedBlock = {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly oldHtml: string;
  readonly newHtml: string;
  readonly runs: readonly Run[];
};

/**
 * What changed between two bodies: first which blocks, then which words in them; tables cell by cell. Whatever makes two
 * bodies differ is shown as a change, also formatting, links, list marks and merged cells. Server only: how words are
 * cut depends on the version of ICU.
 */
export const compareBodies = (before: Body, after: Body, options: HtmlOptions = {}): readonly ComparedBlock[] => {
  const blocks = compareLeaves(blocksOf(before), blocksOf(after), options);
  const unseen = blocks.every(({ kind }) => kind === 'same') && JSON.stringify(before) !== JSON.stringify(after);
  // E.g. one list cut in two: nothing that a single block could show.
  return unseen ? [wholeReplaced(before, after, options)] : blocks;
};

export const compareLeaves = (
  before: readonly LeafBlock[],
  after: readonly LeafBlock[],
  options: HtmlOptions,
): readonly ComparedBlock[] =>
  align(before, after, { key: keyOf, kind: (leaf) => leaf.kind, text: (leaf) => leaf.text }).map((pair) => {
    if (pair.new === null) return onlyOn('removed', pair.old, options);
    if (pair.old === null) return onlyOn('added', pair.new, options);
    return compareLeaf(pair.old, pair.new, options);
  });

/** Equal for blocks that read the same, wherever in a list they stand: what number an entry has is compared later. */
const keyOf = ({ node, frames }: LeafBlock): string =>
  JSON.stringify([node, frames.map((frame) => (frame.kind === 'quotation' ? frame : { ...frame, ordinal: 0 }))]);

const compareLeaf = (before: LeafBlock, after: LeafBlock, options: HtmlOptions): ComparedBlock => {
  if (keyOf(before) === keyOf(after) && before.prefix === after.prefix) {
    const [oldHtml, newHtml] = [before, after].map((leaf) =>
      leafHtml(leaf, piecesOf(textNodes(leaf), 'same'), 'same', options),
    );
    return { kind: 'same', oldHtml: oldHtml!, newHtml: newHtml!, runs: runsOf([{ kind: 'same', text: after.text }]) };
  }
  if (before.kind === 'text') {
    const marks = prefixRuns(before.prefix, after.prefix);
    const words = compareInline(textNodes(before), textNodes(after));
    const visible = [...marks, ...words].some(({ kind }) => kind !== 'same');
    const pieces = visible ? words : replaced(textNodes(before), textNodes(after));
    return {
      kind: 'changed',
      oldHtml: leafHtml(before, pieces, 'removed', options),
      newHtml: leafHtml(after, pieces, 'added', options),
      runs: runsOf([...marks, ...pieces]),
    };
  }
  if (before.kind === 'table') {
    const table = compareTables(before.node, after.node, (old, one) =>
      compareLeaves(leavesIn(old, [], []), leavesIn(one, [], []), options),
    );
    const runs = runsOf([...prefixRuns(before.prefix, after.prefix), ...table.runs]);
    if (runs.some(({ kind }) => kind !== 'same') || table.visible) {
      return {
        kind: 'changed',
        oldHtml: inFrames(before.frames, table.oldHtml),
        newHtml: inFrames(after.frames, table.newHtml),
        runs,
      };
    }
  }
  return {
    kind: 'changed',
    oldHtml: onlyOn('removed', before, options).oldHtml,
    newHtml: onlyOn('added', after, options).newHtml,
    runs: runsOf([
      { kind: 'removed', text: before.text },
      { kind: 'added', text: after.text },
    ]),
  };
};

const onlyOn = (kind: 'removed' | 'added', leaf: LeafBlock, options: HtmlOptions): ComparedBlock => {
  const html = leafHtml(leaf, piecesOf(textNodes(leaf), kind), kind, options);
  const runs = runsOf([{ kind, text: leaf.text }]);
  return kind === 'removed' ? { kind, oldHtml: html, newHtml: '', runs } : { kind, oldHtml: '', newHtml: html, runs };
};

const wholeReplaced = (before: Body, after: Body, options: HtmlOptions): ComparedBlock => ({
  kind: 'changed',
  oldHtml: `<del>${renderBlocks(before.content, options)}</del>`,
  newHtml: `<ins>${renderBlocks(after.content, options)}</ins>`,
  runs: runsOf([
    { kind: 'removed', text: textOfLeaves(blocksOf(before)) },
    { kind: 'added', text: textOfLeaves(blocksOf(after)) },
  ]),
});

const textOfLeaves = (leaves: readonly LeafBlock[]): string => leaves.map(({ text }) => text).join('\n');

const textNodes = (leaf: LeafBlock) => (leaf.kind === 'text' ? (leaf.node.content ?? []) : []);

const prefixRuns = (before: string, after: string): readonly Run[] =>
  before === after
    ? [{ kind: 'same', text: after }]
    : [
        { kind: 'removed', text: before },
        { kind: 'added', text: after },
      ];

// HTML of one side ------------------------------------------------------------

type Side = 'same' | 'removed' | 'added';

const leafHtml = (leaf: LeafBlock, pieces: readonly Piece[], side: Side, options: HtmlOptions): string => {
  const { node, frames, kind } = leaf;
  if (kind === 'figure') return inFrames(frames, marked(side, renderFigure(node, options)));
  if (kind === 'table')
    return inFrames(
      frames,
      marked(
        side,
        renderTable(withoutBlankHeaders(node), (cell) => renderBlocks(cell.content ?? [], options)),
      ),
    );
  const frame = frames.at(-1);
  const mark =
    frame?.kind === 'listItem' && frame.first && frame.style === 'circled' ? circledNumber(frame.ordinal) : '';
  return inFrames(frames, wrapText(node.type, mark, piecesHtml(pieces, side)));
};

/** The pieces which that side has, runs of changed ones in one <del> or <ins>. */
const piecesHtml = (pieces: readonly Piece[], side: Side): string => {
  let html = '';
  let open = false;
  for (const { kind, text, marks } of pieces) {
    if (kind !== 'same' && kind !== side) continue;
    const changed = kind !== 'same';
    if (changed !== open) html += changed ? `<${tagOf(side)}>` : `</${tagOf(side)}>`;
    open = changed;
    html += text === '\n' ? '<br>' : renderText(text, marks);
  }
  return open ? `${html}</${tagOf(side)}>` : html;
};

const tagOf = (side: Side): 'del' | 'ins' => (side === 'removed' ? 'del' : 'ins');
const marked = (side: Side, html: string): string =>
  side === 'same' ? html : `<${tagOf(side)}>${html}</${tagOf(side)}>`;

/** A block in the lists and quotations it stands in, with the number that it has there. */
const inFrames = (frames: readonly Frame[], html: string): string =>
  frames.reduceRight((inner, frame) => {
    if (frame.kind === 'quotation') return `<blockquote>${inner}</blockquote>`;
    if (!frame.first) return `<ul class="continued"><li>${inner}</li></ul>`;
    if (frame.list === 'bulletList') return `<ul><li>${inner}</li></ul>`;
    return `${openList(frame.style === 'circled', frame.ordinal)}<li>${inner}</li></ol>`;
  }, html);
