import type { Pair } from './align';
import { cellText, separatorBefore } from './blocks';
import type { Block } from './body';
import { compareBlocks, type ComparedBlock } from './compare';
import { differenceOfBlocks } from './difference';
import { renderTable, withoutBlankHeaders, type HtmlOptions } from './html';
import type { Run, RunKind } from './inline-difference';
import { gridOf, type PlacedCell, type TableGrid } from './table-grid';
import type { CellPlace, TableDifference } from './table-difference';

type ShownCell = { readonly html: string; readonly className: string };

export type ComparedTable = {
  readonly oldHtml: string;
  readonly newHtml: string;
  readonly runs: readonly Run[];
  readonly remarks: readonly string[];
};

/**
 * Two states of a table, cell by cell. A cell whose span or kind changed says so in words; rows and columns that are
 * new, gone or moved are told in the remarks.
 */
export const compareTables = (
  before: Block,
  after: Block,
  difference: TableDifference,
  options: HtmlOptions,
): ComparedTable => {
  const [olds, news] = [gridOf(before), gridOf(after)];
  const cells = pairsOf(olds, news, difference).map((pair) => ({ pair, shown: compareCell(pair, options) }));
  const side = (which: 'old' | 'new'): ReadonlyMap<string, ShownCell> =>
    new Map(
      cells.flatMap(({ pair, shown }) => {
        const cell = pair[which];
        return cell === null ? [] : [[placeOf(cell), shown[which]] as const];
      }),
    );
  const html = (table: Block, shown: ReadonlyMap<string, ShownCell>) =>
    renderTable(
      withoutBlankHeaders(table),
      (_cell, row, index) => shown.get(placeOf({ row, index }))?.html ?? '',
      (row, index) => shown.get(placeOf({ row, index }))?.className ?? '',
    );
  const runsOfCells = new Map(cells.map(({ pair, shown }) => [keyOf(pair.old, pair.new), shown.runs] as const));
  return {
    oldHtml: html(before, side('old')),
    newHtml: html(after, side('new')),
    runs: tableRuns(olds, news, difference, (old, one) => runsOfCells.get(keyOf(old, one))),
    remarks: [
      ...lineRemarks('行', difference.rows, firstTexts(olds, 'row'), firstTexts(news, 'row')),
      ...lineRemarks('列', difference.columns, firstTexts(olds, 'column'), firstTexts(news, 'column')),
      ...cells.flatMap(({ pair, shown }) => shown.remarks.map((remark) => `${nameOf(pair)}：${remark}`)),
    ],
  };
};

type CellPair = { readonly old: PlacedCell | null; readonly new: PlacedCell | null };

const placeOf = ({ row, index }: CellPlace): string => `${row}:${index}`;
const keyOf = (old: CellPlace | null, one: CellPlace | null): string =>
  `${old === null ? '' : placeOf(old)}>${one === null ? '' : placeOf(one)}`;

const pairsOf = (olds: TableGrid, news: TableGrid, { cells }: TableDifference): readonly CellPair[] => {
  const find = (grid: TableGrid, { row, index }: CellPlace): PlacedCell =>
    grid.cells.find((cell) => cell.row === row && cell.index === index)!;
  return cells.map((one) => ({
    old: one.kind === 'added' ? null : find(olds, one.old),
    new: one.kind === 'removed' ? null : find(news, one.new),
  }));
};

/** Where the cell is, for somebody who looks for it. */
const nameOf = ({ old, new: one }: CellPair): string => {
  const cell = (one ?? old)!;
  const text = cellText(cell.cell);
  const place = `${cell.row + 1}行目${cell.column + 1}列目`;
  return text === '' ? place : `${place}「${text.length > 20 ? `${text.slice(0, 19)}…` : text}」`;
};

const compareCell = ({ old, new: one }: CellPair, options: HtmlOptions) => {
  const [before, after] = [old?.cell.content ?? [], one?.cell.content ?? []];
  const blocks = compareBlocks(before, after, differenceOfBlocks(before, after), options);
  const oldForm = old === null ? '' : formOf(old);
  const newForm = one === null ? '' : formOf(one);
  const reshaped = oldForm !== newForm;
  const changed = reshaped || blocks.some(({ kind }) => kind !== 'same');
  const isBoth = old !== null && one !== null;
  const label = (tag: 'del' | 'ins', form: string): string =>
    reshaped && isBoth ? `<p class="cell-form"><${tag}>［${form}］</${tag}></p>` : '';
  const className = changed ? 'changed' : '';
  // What moved inside of a cell is shown where it is.
  const oldHtml = blocks.map((block) => (block.kind === 'movedHere' ? '' : block.oldHtml)).join('');
  const newHtml = blocks.map((block) => block.newHtml).join('');
  return {
    old: { html: label('del', oldForm) + oldHtml, className },
    new: { html: label('ins', newForm) + newHtml, className },
    runs: contentRuns(blocks),
    remarks: isBoth
      ? [...(reshaped ? [`${oldForm} → ${newForm}`] : []), ...blocks.flatMap(({ remarks }) => remarks)]
      : [],
  };
};

/** What a reader is told of a cell whose span or kind changed. */
const formOf = ({ cell, colspan, rowspan }: PlacedCell): string => {
  const kind = cell.type === 'tableHeader' ? '見出しセル' : 'セル';
  return colspan === 1 && rowspan === 1 ? `${kind}、結合なし` : `${kind}、横${colspan}列・縦${rowspan}行を結合`;
};

const wholeCellRuns = (old: PlacedCell | null, one: PlacedCell | null): readonly Run[] => [
  ...(old === null ? [] : [{ kind: 'removed' as const, text: cellText(old.cell) }]),
  ...(one === null ? [] : [{ kind: 'added' as const, text: cellText(one.cell) }]),
];

/** The blocks of a cell in one line, on either side. */
const contentRuns = (blocks: readonly ComparedBlock[]): readonly Run[] => {
  let [oldBegun, newBegun] = [false, false];
  return blocks.flatMap(({ kind, runs }) => {
    const inOld = kind !== 'added' && kind !== 'movedHere';
    const inNew = kind !== 'removed' && kind !== 'movedAway';
    const separator = separatorRuns(inOld && oldBegun ? ' ' : null, inNew && newBegun ? ' ' : null);
    oldBegun ||= inOld;
    newBegun ||= inNew;
    return [
      ...separator,
      ...runs
        .filter((run) => kind !== 'movedHere' || run.kind !== 'removed')
        .map((run) => ({
          kind: kind === 'movedHere' ? ('added' as const) : run.kind,
          text: run.text.replace(/[\n\t]/g, ' '),
        })),
    ];
  });
};

const separatorRuns = (before: string | null, after: string | null): readonly Run[] => {
  if (before === after) return before === null ? [] : [{ kind: 'same', text: before }];
  const run = (kind: RunKind, text: string | null): readonly Run[] => (text === null ? [] : [{ kind, text }]);
  return [...run('removed', before), ...run('added', after)];
};

/**
 * The text of both tables in one order: `same` and `removed` are the old table, `same` and `added` the new one. What
 * moved is removed at one place and added at the other.
 */
const tableRuns = (
  olds: TableGrid,
  news: TableGrid,
  { rows, columns, cells }: TableDifference,
  runsOfCell: (old: CellPlace, one: CellPlace) => readonly Run[] | undefined,
): readonly Run[] => {
  const counterpart = new Map(
    cells.flatMap((one) =>
      one.kind === 'same' || one.kind === 'changed' ? [[placeOf(one.old), one.new] as const] : [],
    ),
  );
  const movedColumns = new Set(columns.flatMap((pair) => (pair.new === null && pair.moved !== null ? [pair.old] : [])));
  const cellsIn = (grid: TableGrid, row: number | null): readonly PlacedCell[] =>
    row === null ? [] : grid.cells.filter((cell) => cell.row === row);
  const runs: Run[] = [];
  let [lastOld, lastNew]: [PlacedCell | undefined, PlacedCell | undefined] = [undefined, undefined];
  const push = (old: PlacedCell | null, one: PlacedCell | null): void => {
    runs.push(
      ...separatorRuns(
        old === null ? null : separatorBefore(old, lastOld),
        one === null ? null : separatorBefore(one, lastNew),
      ),
      ...((old !== null && one !== null && runsOfCell(old, one)) || wholeCellRuns(old, one)),
    );
    lastOld = old ?? lastOld;
    lastNew = one ?? lastNew;
  };
  for (const { old, new: one } of rows) {
    const [oldCells, newCells] = [[...cellsIn(olds, old)], [...cellsIn(news, one)]];
    while (oldCells.length > 0 || newCells.length > 0) {
      const [a, b] = [oldCells[0], newCells[0]];
      const isMoved = a === undefined || movedColumns.has(a.column);
      const other = isMoved ? undefined : counterpart.get(placeOf(a));
      const at = other === undefined ? -1 : newCells.findIndex((cell) => placeOf(cell) === placeOf(other));
      if (a !== undefined && at >= 0) {
        newCells.splice(0, at).forEach((cell) => push(null, cell));
        push(a, newCells.shift()!);
        oldCells.shift();
      } else if (a !== undefined) push(oldCells.shift()!, null);
      else if (b !== undefined) push(null, newCells.shift()!);
    }
  }
  return runs;
};

/** A word by which a reader finds a row or column: what stands first in it. */
const firstTexts = ({ cells, rows, columns }: TableGrid, line: 'row' | 'column'): readonly string[] =>
  Array.from({ length: line === 'row' ? rows : columns }, (_, n) => {
    const texts = cells.filter((cell) => cell[line] === n).map(({ cell }) => cellText(cell));
    return texts.find((text) => text !== '') ?? '';
  });

const lineRemarks = (
  unit: '行' | '列',
  pairs: readonly Pair[],
  olds: readonly string[],
  news: readonly string[],
): readonly string[] => {
  const named = (n: number, texts: readonly string[]): string => {
    const text = texts[n] ?? '';
    return `${n + 1}${unit}目${text === '' ? '' : `「${text.length > 20 ? `${text.slice(0, 19)}…` : text}」`}`;
  };
  return pairs.flatMap((pair) => {
    if (pair.new === null) return pair.moved === null ? [`${named(pair.old, olds)}を削除`] : [];
    if (pair.old !== null) return [];
    return pair.moved === null
      ? [`${named(pair.new, news)}を追加`]
      : [`${named(pair.moved, olds)}を${pair.new + 1}${unit}目へ移動`];
  });
};
