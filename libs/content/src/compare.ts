import { canonicalJson } from '@app/canonical-json';
import { circledNumber, figureOf } from './attributes';
import { leavesOf, type Frame, type LeafBlock } from './blocks';
import type { Block, Body } from './body';
import { compareTables } from './compare-tables';
import { differenceOfBlocks, type BlockDifference, type BodyDifference, type ContentDifference } from './difference';
import {
  openList,
  renderBlocks,
  renderFigure,
  renderTable,
  renderText,
  withoutBlankHeaders,
  wrapText,
  type HtmlOptions,
} from './html';
import { comparePieces, piecesOf, runsOf, type Piece, type Run } from './inline-difference';
import { attributeRemarks, containerRemarks, inlineRemarks, isOnlyWidth } from './remarks';

/**
 * A block as it was and as it is, in reading order. The HTML is safe and has <del> and <ins> around what changed; the
 * new texts of all blocks, joined by newlines, are the new text of the body (`textOf`), and the old texts the old one.
 * A block that moved is there twice: where it was (`movedAway`, only its old text) and where it is (`movedHere`, beside
 * its old wording).
 */
export type ComparedBlock = {
  readonly kind: 'same' | 'changed' | 'added' | 'removed' | 'movedAway' | 'movedHere';
  readonly oldHtml: string;
  readonly newHtml: string;
  readonly runs: readonly Run[];
  /** What changed besides the words, in sentences: links, formatting, merged cells, moves. */
  readonly remarks: readonly string[];
};

/**
 * What changed between two bodies: first which blocks, then which words in them; tables cell by cell. Whatever makes two
 * bodies differ is shown as a change, also formatting, links, list marks and merged cells. Server only: how words are
 * cut depends on the version of ICU.
 */
export const compareBodies = (before: Body, after: Body, options: HtmlOptions = {}): readonly ComparedBlock[] =>
  compareBlocks(before.content, after.content, differenceOfBlocks(before.content, after.content), options);

/** A difference as it is read, together with the two that it is between. */
export const compareBlocks = (
  before: readonly Block[],
  after: readonly Block[],
  difference: BodyDifference,
  options: HtmlOptions,
): readonly ComparedBlock[] => {
  const [olds, news] = [leavesOf(before), leavesOf(after)];
  let place = 0;
  return difference.map((one, index): ComparedBlock => {
    if (one.kind === 'removed') return onlyOn('removed', olds[one.old]!, options);
    if (one.kind === 'movedAway')
      return { ...onlyOn('removed', olds[one.old]!, options), kind: 'movedAway', remarks: [moved(difference, one)] };
    const leaf = news[place++]!;
    if (one.kind === 'added') return onlyOn('added', leaf, options);
    const old = olds[one.old]!;
    const regrouped = regrouping(olds, news, difference[index - 1], one, old, leaf);
    const compared = compareLeaf(old, leaf, one.kind === 'same' ? undefined : one.content, regrouped, options);
    return one.kind === 'movedHere'
      ? { ...compared, kind: 'movedHere', remarks: [moved(difference, one), ...compared.remarks] }
      : compared;
  });
};

const moved = (difference: BodyDifference, one: BlockDifference & { readonly old: number }): string => {
  const at = difference.indexOf(one);
  const other = difference.findIndex((entry) => entry !== one && entry.kind !== 'added' && entry.old === one.old);
  const [away, direction] = [one.kind === 'movedAway', other > at ? '下' : '上'];
  return away ? `${direction}へ移動` : `${direction}から移動`;
};

/** One list cut in two, or two made one: seen where two blocks still follow each other. */
const regrouping = (
  olds: readonly LeafBlock[],
  news: readonly LeafBlock[],
  before: BlockDifference | undefined,
  one: BlockDifference & { readonly old: number },
  old: LeafBlock,
  leaf: LeafBlock,
): readonly string[] => {
  const follows =
    before !== undefined && (before.kind === 'same' || before.kind === 'changed') && before.old === one.old - 1;
  const isPut = canonicalJson(old.place.containers) !== canonicalJson(leaf.place.containers);
  if (!follows || isPut || old.place.shares === leaf.place.shares) return [];
  const isSameKind = (leaves: readonly LeafBlock[], at: LeafBlock): boolean => {
    const neighbour = leaves[leaves.indexOf(at) - 1];
    return canonicalJson(neighbour?.place.containers ?? null) === canonicalJson(at.place.containers);
  };
  if (!isSameKind(olds, old) && !isSameKind(news, leaf)) return [];
  return [old.place.shares > leaf.place.shares ? '前の行とのまとまりを分割' : '前の行とのまとまりを結合'];
};

const compareLeaf = (
  before: LeafBlock,
  after: LeafBlock,
  content: ContentDifference | undefined,
  regrouped: readonly string[],
  options: HtmlOptions,
): ComparedBlock => {
  const prefix = prefixRuns(before.prefix, after.prefix);
  const outer = [...containerRemarks(before, after), ...regrouped];
  const isPut = before.prefix !== after.prefix || outer.length > 0;
  if (content === undefined && !isPut) {
    const [oldHtml, newHtml] = [before, after].map((leaf) =>
      leafHtml(leaf, piecesOf(textNodes(leaf), 'same'), 'same', options),
    );
    return { kind: 'same', oldHtml: oldHtml!, newHtml: newHtml!, runs: runsOf([same(after.text)]), remarks: [] };
  }
  const remarks = [...(content === undefined ? [] : attributeRemarks(before.node, after.node)), ...outer];
  if (content?.kind === 'table') {
    const table = compareTables(before.node, after.node, content.table, options);
    return {
      kind: 'changed',
      oldHtml: inFrames(before.frames, table.oldHtml),
      newHtml: inFrames(after.frames, table.newHtml),
      runs: runsOf([...prefix, ...table.runs]),
      remarks: [...remarks, ...table.remarks],
    };
  }
  if (content?.kind === 'attributes') {
    const figure = compareFigures(before.node, after.node, options);
    return {
      kind: 'changed',
      oldHtml: inFrames(before.frames, figure.oldHtml),
      newHtml: inFrames(after.frames, figure.newHtml),
      runs: runsOf([...prefix, ...figure.runs]),
      remarks,
    };
  }
  if (content?.kind === 'replaced') {
    return {
      kind: 'changed',
      oldHtml: onlyOn('removed', before, options).oldHtml,
      newHtml: onlyOn('added', after, options).newHtml,
      runs: runsOf([
        { kind: 'removed', text: before.text },
        { kind: 'added', text: after.text },
      ]),
      remarks,
    };
  }
  const isText = after.kind === 'text';
  const pieces = content?.pieces ?? piecesOf(textNodes(after), 'same');
  const body = isText ? pieces : [same(after.text.slice(after.prefix.length))];
  const width = isOnlyWidth(before.text, after.text) ? ['全角・半角だけの変更'] : [];
  return {
    kind: 'changed',
    oldHtml: leafHtml(before, pieces, isText ? 'removed' : 'same', options),
    newHtml: leafHtml(after, pieces, isText ? 'added' : 'same', options),
    runs: runsOf([...prefix, ...body]),
    remarks: [...remarks, ...inlineRemarks(pieces), ...width],
  };
};

const same = (text: string): Run => ({ kind: 'same', text });

const onlyOn = (kind: 'removed' | 'added', leaf: LeafBlock, options: HtmlOptions): ComparedBlock => {
  const html = leafHtml(leaf, piecesOf(textNodes(leaf), kind), kind, options);
  const runs = runsOf([{ kind, text: leaf.text }]);
  return kind === 'removed'
    ? { kind, oldHtml: html, newHtml: '', runs, remarks: [] }
    : { kind, oldHtml: '', newHtml: html, runs, remarks: [] };
};

const textNodes = (leaf: LeafBlock) => (leaf.kind === 'text' ? (leaf.node.content ?? []) : []);

const prefixRuns = (before: string, after: string): readonly Run[] =>
  before === after
    ? [same(after)]
    : [
        { kind: 'removed', text: before },
        { kind: 'added', text: after },
      ];

/** The image is marked only when it is another one; alternative text and caption word by word. */
const compareFigures = (before: Block, after: Block, options: HtmlOptions) => {
  const [old, one] = [figureOf(before), figureOf(after)];
  const words = (a: string, b: string): readonly Piece[] =>
    comparePieces([{ ...same(a), marks: [] }], [{ ...same(b), marks: [] }]);
  const caption = words(old.caption, one.caption);
  const html = (node: Block, side: 'removed' | 'added'): string => {
    const isOther = old.sha256 !== one.sha256 || old.mediaType !== one.mediaType || old.alt !== one.alt;
    const shown = caption.filter(({ kind, text }) => text !== '' && (kind === 'same' || kind === side));
    return renderFigure(node, options, shown.length === 0 ? '' : piecesHtml(shown, side), (image) =>
      isOther ? marked(side, image) : image,
    );
  };
  return {
    oldHtml: html(before, 'removed'),
    newHtml: html(after, 'added'),
    runs: [same('［図：'), ...words(old.alt, one.alt), same('］'), ...caption],
  };
};

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
