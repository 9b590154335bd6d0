import type { Pair } from './align';
import { circledNumber, figureOf } from './attributes';
import { leavesOf, type Frame, type LeafBlock } from './blocks';
import type { Block, Body, Mark } from './body';
import { compareBlocks, type ComparedBlock } from './compare';
import { differenceOfBlocks, type ContentDifference } from './difference';
import { comparePieces, piecesOf, type Piece } from './inline-difference';
import { gridOf, type PlacedCell } from './table-grid';

/** Text of one formatting that changed, or did not. A newline is a line break. */
export type SideRun = {
  readonly text: string;
  readonly changed: boolean;
  readonly bold: boolean;
  readonly href: string | null;
};

export type SideCell = {
  readonly row: number;
  readonly column: number;
  readonly colspan: number;
  readonly rowspan: number;
  readonly header: boolean;
  /** It is new or gone, or moved with its row or column, or its span or kind changed; words are marked themselves. */
  readonly changed: boolean;
  readonly leaves: readonly SideLeaf[];
};

/** A block as it stands on one side of a comparison, for whoever prints it: nothing is nested but cells. */
export type SideLeaf = {
  readonly kind: 'text' | 'heading' | 'figure' | 'table';
  /** How many lists and quotations it stands in. */
  readonly depth: number;
  /** What stands before it: `・`, `1.`, `①`, `※`. */
  readonly mark: string;
  readonly markChanged: boolean;
  /** Its text; the caption of a figure. */
  readonly runs: readonly SideRun[];
  readonly figure: { readonly sha256: string; readonly alt: string; readonly changed: boolean } | null;
  readonly table: { readonly columns: number; readonly rows: number; readonly cells: readonly SideCell[] } | null;
};

export type ComparedSides = {
  readonly kind: ComparedBlock['kind'];
  readonly old: SideLeaf | null;
  readonly new: SideLeaf | null;
  readonly remarks: readonly string[];
};

/** The same comparison as `compareBodies`, as data for printing instead of HTML. */
export const compareSides = (before: Body, after: Body): readonly ComparedSides[] =>
  sidesOf(before.content, after.content);

const sidesOf = (before: readonly Block[], after: readonly Block[]): readonly ComparedSides[] => {
  const difference = differenceOfBlocks(before, after);
  const compared = compareBlocks(before, after, difference, {});
  const [olds, news] = [leavesOf(before), leavesOf(after)];
  let place = 0;
  return difference.map((one, index): ComparedSides => {
    const { kind, remarks } = compared[index]!;
    if (one.kind === 'removed' || one.kind === 'movedAway')
      return { kind, old: wholly(olds[one.old]!, true), new: null, remarks };
    const leaf = news[place++]!;
    if (one.kind === 'added') return { kind, old: null, new: wholly(leaf, true), remarks };
    const old = olds[one.old]!;
    const content = one.kind === 'same' ? undefined : one.content;
    const [oldSide, newSide] =
      content === undefined ? [wholly(old, false), wholly(leaf, false)] : both(old, leaf, content);
    const markChanged = old.prefix !== leaf.prefix;
    return { kind, old: { ...oldSide, markChanged }, new: { ...newSide, markChanged }, remarks };
  });
};

const shape = ({ frames, node }: LeafBlock): Pick<SideLeaf, 'depth' | 'mark'> => ({
  depth: frames.length,
  mark: [markOf(frames.at(-1)), node.type === 'note' ? '※' : ''].filter((mark) => mark !== '').join(' '),
});

const markOf = (frame: Frame | undefined): string => {
  if (frame?.kind !== 'listItem' || !frame.first) return '';
  if (frame.list === 'bulletList') return '・';
  return frame.style === 'circled' ? circledNumber(frame.ordinal) : `${frame.ordinal}.`;
};

/** A block of which all is new or gone, or nothing. */
const wholly = (leaf: LeafBlock, changed: boolean): SideLeaf => {
  const { node } = leaf;
  const base = { ...shape(leaf), markChanged: changed, figure: null, table: null };
  if (node.type === 'figure') {
    const { sha256, alt, caption } = figureOf(node);
    return { ...base, kind: 'figure', runs: plain(caption, changed), figure: { sha256, alt, changed } };
  }
  if (node.type === 'table') {
    return { ...base, kind: 'table', runs: [], table: tableOf(node, () => ({ changed, leaves: null }), changed) };
  }
  const runs = runsOf(piecesOf(node.content ?? [], changed ? 'added' : 'same'), 'added');
  return { ...base, kind: node.type === 'heading' ? 'heading' : 'text', runs };
};

const both = (old: LeafBlock, leaf: LeafBlock, content: ContentDifference): readonly [SideLeaf, SideLeaf] => {
  const [oldSide, newSide] = [wholly(old, true), wholly(leaf, true)];
  switch (content.kind) {
    case 'text':
      return [
        { ...oldSide, runs: runsOf(content.pieces, 'removed') },
        { ...newSide, runs: runsOf(content.pieces, 'added') },
      ];
    case 'attributes': {
      const [a, b] = [figureOf(old.node), figureOf(leaf.node)];
      const changed = a.sha256 !== b.sha256 || a.alt !== b.alt || a.mediaType !== b.mediaType;
      const same = (text: string): readonly Piece[] => [{ kind: 'same', text, marks: [] }];
      const caption = comparePieces(same(a.caption), same(b.caption));
      return [
        { ...oldSide, runs: runsOf(caption, 'removed'), figure: { sha256: a.sha256, alt: a.alt, changed } },
        { ...newSide, runs: runsOf(caption, 'added'), figure: { sha256: b.sha256, alt: b.alt, changed } },
      ];
    }
    case 'table': {
      const placeOf = (cell: { row: number; index: number }): string => `${cell.row}:${cell.index}`;
      const [oldCells, newCells] = [gridOf(old.node).cells, gridOf(leaf.node).cells];
      const [oldShown, newShown] = [new Map<string, ShownCell>(), new Map<string, ShownCell>()];
      for (const one of content.table.cells) {
        if (one.kind !== 'same' && one.kind !== 'changed') continue;
        const a = oldCells.find((cell) => placeOf(cell) === placeOf(one.old))!;
        const b = newCells.find((cell) => placeOf(cell) === placeOf(one.new))!;
        const sides = sidesOf(a.cell.content ?? [], b.cell.content ?? []);
        // Words that changed are marked themselves.
        const changed = one.kind === 'changed' && one.node !== undefined;
        // What moved inside of a cell is shown where it is.
        const olds = sides.flatMap((side) => (side.kind === 'movedHere' || side.old === null ? [] : [side.old]));
        oldShown.set(placeOf(a), { changed, leaves: olds });
        newShown.set(placeOf(b), { changed, leaves: sides.flatMap((side) => (side.new === null ? [] : [side.new])) });
      }
      const { rows, columns } = content.table;
      const shown = (map: ReadonlyMap<string, ShownCell>, side: 'old' | 'new') => (cell: PlacedCell) => {
        const moved = isMoved(rows, side, cell.row) || isMoved(columns, side, cell.column);
        const found = map.get(placeOf(cell)) ?? { changed: true, leaves: null };
        return moved ? { ...found, changed: true } : found;
      };
      return [
        { ...oldSide, table: tableOf(old.node, shown(oldShown, 'old'), true) },
        { ...newSide, table: tableOf(leaf.node, shown(newShown, 'new'), true) },
      ];
    }
    case 'replaced':
      return [oldSide, newSide];
  }
};

const isMoved = (lines: readonly Pair[], side: 'old' | 'new', at: number): boolean =>
  lines.some((pair) => pair[side] === at && 'moved' in pair && pair.moved !== null);

/** `leaves` are null where the cell is shown whole. */
type ShownCell = { readonly changed: boolean; readonly leaves: readonly SideLeaf[] | null };

const tableOf = (
  table: Block,
  shown: (cell: PlacedCell) => ShownCell,
  whole: boolean,
): NonNullable<SideLeaf['table']> => {
  const grid = gridOf(table);
  return {
    columns: grid.columns,
    rows: grid.rows,
    cells: grid.cells.map((cell) => {
      const { changed, leaves } = shown(cell);
      return {
        ...{ row: cell.row, column: cell.column, colspan: cell.colspan, rowspan: cell.rowspan },
        header: cell.cell.type === 'tableHeader',
        changed,
        leaves: leaves ?? leavesOf(cell.cell.content ?? []).map((leaf) => wholly(leaf, whole)),
      };
    }),
  };
};

const plain = (text: string, changed: boolean): readonly SideRun[] =>
  text === '' ? [] : [{ text, changed, bold: false, href: null }];

const runsOf = (pieces: readonly Piece[], side: 'removed' | 'added'): readonly SideRun[] => {
  const runs: SideRun[] = [];
  for (const { kind, text, marks } of pieces) {
    if ((kind !== 'same' && kind !== side) || text === '') continue;
    const run: SideRun = { text, changed: kind !== 'same', bold: has(marks, 'bold'), href: hrefOf(marks) };
    const last = runs.at(-1);
    if (last && last.changed === run.changed && last.bold === run.bold && last.href === run.href)
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push(run);
  }
  return runs;
};

const has = (marks: readonly Mark[], type: string): boolean => marks.some((mark) => mark.type === type);

const hrefOf = (marks: readonly Mark[]): string | null => {
  const href = marks.find(({ type }) => type === 'link')?.attrs?.['href'];
  return typeof href === 'string' ? href : null;
};
