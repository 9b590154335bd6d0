import { canonicalJson } from '@app/canonical-json';
import { align, likenessOfTexts, type Pair } from './align';
import { cellText, type Container } from './blocks';
import type { Block } from './body';
import { applyToBlocks, DifferenceDoesNotFit, differenceOfBlocks, isSame, type BodyDifference } from './difference';
import { gridOf, type PlacedCell, type TableGrid } from './table-grid';

/** Where a cell is written in its table: its row, and its place among the cells of that row; from 0. */
export type CellPlace = { readonly row: number; readonly index: number };

export type TableDifference = {
  /** Rows and columns as they stand opposite each other, counted from 0; moved ones twice. */
  readonly rows: readonly Pair[];
  readonly columns: readonly Pair[];
  readonly cells: readonly CellDifference[];
};

export type CellDifference =
  | { readonly kind: 'same'; readonly old: CellPlace; readonly new: CellPlace }
  | {
      readonly kind: 'changed';
      readonly old: CellPlace;
      readonly new: CellPlace;
      /** When it is another kind of cell, or spans other rows or columns. */
      readonly node?: Container;
      readonly content?: BodyDifference;
    }
  | { readonly kind: 'added'; readonly new: CellPlace; readonly node: Block }
  | { readonly kind: 'removed'; readonly old: CellPlace };

/** Which rows and columns became which, and then what changed in the cells where they cross. */
export const differenceOfTables = (before: Block, after: Block): TableDifference => {
  const [olds, news] = [gridOf(before), gridOf(after)];
  const rows = alignRows(olds, news);
  const columns = alignColumns(olds, news, rows);
  return { rows, columns, cells: pairCells(olds, news, rows, columns).map(differenceOfCell) };
};

/** @throws DifferenceDoesNotFit */
export const applyToTable = (before: Block, { cells, rows }: TableDifference): Block => {
  const olds = before.content ?? [];
  const height = rows.filter((pair) => pair.new !== null).length;
  const written: { row: number; index: number; cell: Block }[] = cells.flatMap((one) => {
    if (one.kind === 'added') return [{ ...one.new, cell: one.node }];
    const old = olds[one.old.row]?.content?.[one.old.index];
    if (old === undefined) throw new DifferenceDoesNotFit(`No cell ${one.old.row}:${one.old.index}`);
    if (one.kind === 'removed') return [];
    if (one.kind === 'same') return [{ ...one.new, cell: old }];
    const { content: oldContent = [] } = old;
    const content = one.content === undefined ? oldContent : applyToBlocks(oldContent, one.content);
    const { content: _, ...shell } = old;
    return [{ ...one.new, cell: { ...(one.node ?? shell), ...(content.length === 0 ? {} : { content }) } }];
  });
  const count = olds.reduce((sum, row) => sum + (row.content ?? []).length, 0);
  if (cells.filter(({ kind }) => kind !== 'added').length !== count)
    throw new DifferenceDoesNotFit('It speaks of other cells');
  const content = Array.from({ length: height }, (_, row): Block => {
    const inRow = written.filter((one) => one.row === row).sort((a, b) => a.index - b.index);
    return { type: 'tableRow', ...(inRow.length === 0 ? {} : { content: inRow.map(({ cell }) => cell) }) };
  });
  return { ...before, content };
};

const rowsOf = ({ cells, rows }: TableGrid): readonly (readonly PlacedCell[])[] =>
  Array.from({ length: rows }, (_, row) => cells.filter((cell) => cell.row === row));

const alignRows = (olds: TableGrid, news: TableGrid): readonly Pair[] =>
  align(rowsOf(olds), rowsOf(news), {
    key: (row) => canonicalJson(row.map(({ cell }) => cell)),
    kind: () => 'row',
    text: (row) => row.map(({ cell }) => cellText(cell)).join(' '),
    rewritten: 'all',
  });

/** What a reader finds at each place of the grid; a cell that spans several is found at each of them. */
const textsOf = ({ cells, rows, columns }: TableGrid): readonly (readonly string[])[] => {
  const texts = Array.from({ length: rows }, () => Array<string>(columns).fill(''));
  for (const { row, column, rowspan, colspan, cell } of cells) {
    const text = cellText(cell);
    for (let r = row; r < Math.min(rows, row + rowspan); r++)
      for (let c = column; c < Math.min(columns, column + colspan); c++) texts[r]![c] = text;
  }
  return texts;
};

/** Columns with less in common than this are different columns. */
const ALIKE = 0.3;
/** With this much in common it is the same column at another place. */
const SURELY_ALIKE = 0.75;

const alignColumns = (olds: TableGrid, news: TableGrid, rows: readonly Pair[]): readonly Pair[] => {
  const [oldTexts, newTexts] = [textsOf(olds), textsOf(news)];
  const paired = rows.flatMap((pair): [number, number][] =>
    pair.new === null
      ? []
      : pair.old !== null
        ? [[pair.old, pair.new]]
        : pair.moved === null
          ? []
          : [[pair.moved, pair.new]],
  );
  const cellLikeness = (a: string, b: string): number => {
    if (a === b) return a === '' ? 0.5 : 1;
    return a === '' || b === '' ? 0 : likenessOfTexts(a, b);
  };
  const like = Array.from({ length: olds.columns }, (_, a) =>
    Array.from({ length: news.columns }, (__, b) => {
      const sum = paired.reduce((total, [old, one]) => total + cellLikeness(oldTexts[old]![a]!, newTexts[one]![b]!), 0);
      return paired.length === 0 ? (a === b ? 1 : 0) : sum / paired.length;
    }),
  );
  return pairColumns(like, olds.columns, news.columns);
};

const pairColumns = (like: readonly (readonly number[])[], olds: number, news: number): readonly Pair[] => {
  const best = Array.from({ length: olds + 1 }, () => new Float64Array(news + 1));
  const score = (i: number, j: number): number => best[i]![j]!;
  const value = (i: number, j: number): number => like[i]![j]!;
  for (let i = olds - 1; i >= 0; i--)
    for (let j = news - 1; j >= 0; j--) {
      const both = value(i, j) >= ALIKE ? value(i, j) + score(i + 1, j + 1) : 0;
      best[i]![j] = Math.max(both, score(i + 1, j), score(i, j + 1));
    }
  const inOrder = new Map<number, number>();
  for (let i = 0, j = 0; i < olds && j < news;) {
    if (value(i, j) >= ALIKE && score(i, j) === value(i, j) + score(i + 1, j + 1)) inOrder.set(i++, j++);
    else if (score(i, j) === score(i + 1, j)) i++;
    else j++;
  }
  const straight = Array.from({ length: Math.min(olds, news) }, (_, i) => value(i, i)).reduce((a, b) => a + b, 0);
  if (olds === news && straight >= score(0, 0)) {
    inOrder.clear();
    for (let i = 0; i < olds; i++) inOrder.set(i, i);
  }
  const taken = new Set(inOrder.values());
  const moves = new Map<number, number>();
  for (let i = 0; i < olds; i++)
    for (let j = 0; j < news; j++) {
      if (inOrder.has(i) || moves.has(i) || taken.has(j) || value(i, j) < SURELY_ALIKE) continue;
      moves.set(i, j);
      taken.add(j);
    }
  const movedHere = new Map([...moves].map(([i, j]) => [j, i]));
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  const gap = (oldTo: number, newTo: number): void => {
    const gone = [...Array(oldTo - i).keys()].map((n) => i + n);
    const come = [...Array(newTo - j).keys()].map((n) => j + n);
    const [goneAlone, comeAlone] = [gone.filter((n) => !moves.has(n)), come.filter((n) => !movedHere.has(n))];
    if (goneAlone.length === comeAlone.length && gone.length === goneAlone.length && come.length === comeAlone.length)
      gone.forEach((old, n) => pairs.push({ old, new: come[n]! }));
    else {
      gone.forEach((old) => pairs.push({ old, new: null, moved: moves.get(old) ?? null }));
      come.forEach((one) => pairs.push({ old: null, new: one, moved: movedHere.get(one) ?? null }));
    }
    [i, j] = [oldTo, newTo];
  };
  for (const [old, one] of inOrder) {
    gap(old, one);
    pairs.push({ old, new: one });
    [i, j] = [old + 1, one + 1];
  }
  gap(olds, news);
  return pairs;
};

type CellPair = { readonly old: PlacedCell | null; readonly new: PlacedCell | null };

/** Cells whose row and column became each other; what is left in a row is put side by side by what it says. */
const pairCells = (
  olds: TableGrid,
  news: TableGrid,
  rows: readonly Pair[],
  columns: readonly Pair[],
): readonly CellPair[] => {
  const columnOf = new Map<number, number>();
  for (const pair of columns) {
    const old = pair.old ?? pair.moved;
    if (pair.new !== null && old !== null) columnOf.set(old, pair.new);
  }
  const [oldRows, newRows] = [rowsOf(olds), rowsOf(news)];
  return rows.flatMap((pair): readonly CellPair[] => {
    if (pair.new === null) return pair.moved === null ? oldRows[pair.old]!.map((old) => ({ old, new: null })) : [];
    const counterpart = pair.old ?? pair.moved;
    if (counterpart === null) return newRows[pair.new]!.map((one) => ({ old: null, new: one }));
    return pairInRow(oldRows[counterpart]!, newRows[pair.new]!, columnOf);
  });
};

const pairInRow = (
  olds: readonly PlacedCell[],
  news: readonly PlacedCell[],
  columnOf: ReadonlyMap<number, number>,
): readonly CellPair[] => {
  const found = new Map<PlacedCell, PlacedCell>();
  for (const old of olds) {
    const one = news.find(({ column }) => column === columnOf.get(old.column));
    if (one !== undefined) found.set(one, old);
  }
  const taken = new Set(found.values());
  const [oldsLeft, newsLeft] = [olds.filter((old) => !taken.has(old)), news.filter((one) => !found.has(one))];
  for (const pair of align(oldsLeft, newsLeft, {
    key: ({ cell }) => cellText(cell),
    kind: () => 'cell',
    text: ({ cell }) => cellText(cell),
  })) {
    if (pair.old !== null && pair.new !== null) found.set(newsLeft[pair.new]!, oldsLeft[pair.old]!);
  }
  const paired = new Set(found.values());
  return [
    ...olds.filter((old) => !paired.has(old)).map((old) => ({ old, new: null })),
    ...news.map((one) => ({ old: found.get(one) ?? null, new: one })),
  ];
};

const differenceOfCell = ({ old, new: one }: CellPair): CellDifference => {
  const place = ({ row, index }: PlacedCell): CellPlace => ({ row, index });
  if (one === null) return { kind: 'removed', old: place(old!) };
  if (old === null) return { kind: 'added', new: place(one), node: one.cell };
  const { content: oldContent = [], ...oldShell } = old.cell;
  const { content: newContent = [], ...newShell } = one.cell;
  const content = differenceOfBlocks(oldContent, newContent);
  const isReshaped = canonicalJson(oldShell) !== canonicalJson(newShell);
  const places = { old: place(old), new: place(one) };
  if (!isReshaped && isSame(content)) return { kind: 'same', ...places };
  return {
    kind: 'changed',
    ...places,
    ...(isReshaped ? { node: newShell } : {}),
    ...(isSame(content) ? {} : { content }),
  };
};
