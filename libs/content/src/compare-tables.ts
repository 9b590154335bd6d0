import { align, type Pair } from './align';
import { cellText, separatorBefore } from './blocks';
import type { Block } from './body';
import type { ComparedBlock } from './compare';
import { renderTable, withoutBlankHeaders } from './html';
import type { Run, RunKind } from './inline-difference';
import { gridOf, type PlacedCell, type TableGrid } from './table-grid';

type CompareContent = (before: readonly Block[], after: readonly Block[]) => readonly ComparedBlock[];
type ShownCell = { readonly html: string; readonly className: string };

/**
 * Two states of a table, cell by cell. In tables of the same shape the cells at the same place are compared; otherwise
 * rows and then cells are put side by side by what they say. A cell whose span or kind changed says so in words.
 */
export const compareTables = (
  before: Block,
  after: Block,
  compareContent: CompareContent,
): { readonly oldHtml: string; readonly newHtml: string; readonly runs: readonly Run[]; readonly visible: boolean } => {
  const [oldCells, newCells] = [new Map<string, ShownCell>(), new Map<string, ShownCell>()];
  const runs: Run[] = [];
  let [lastOld, lastNew]: [PlacedCell | undefined, PlacedCell | undefined] = [undefined, undefined];

  for (const pair of pairCells(gridOf(before), gridOf(after))) {
    const oldSeparator = pair.old === null ? null : separatorBefore(pair.old, lastOld);
    const newSeparator = pair.new === null ? null : separatorBefore(pair.new, lastNew);
    runs.push(...separatorRuns(oldSeparator, newSeparator));
    const shown = compareCell(pair, compareContent);
    runs.push(...shown.runs);
    if (pair.old !== null) oldCells.set(placeOf(pair.old.row, pair.old.index), shown.old);
    if (pair.new !== null) newCells.set(placeOf(pair.new.row, pair.new.index), shown.new);
    lastOld = pair.old ?? lastOld;
    lastNew = pair.new ?? lastNew;
  }

  const html = (table: Block, cells: ReadonlyMap<string, ShownCell>) =>
    renderTable(
      withoutBlankHeaders(table),
      (_cell, row, index) => cells.get(placeOf(row, index))?.html ?? '',
      (row, index) => cells.get(placeOf(row, index))?.className ?? '',
    );
  const visible = [...oldCells.values(), ...newCells.values()].some(({ className }) => className !== '');
  return { oldHtml: html(before, oldCells), newHtml: html(after, newCells), runs, visible };
};

const placeOf = (row: number, index: number): string => `${row}:${index}`;

const pairCells = (before: TableGrid, after: TableGrid): readonly Pair<PlacedCell>[] => {
  if (shapeOf(before) === shapeOf(after)) return before.cells.map((old, i) => ({ old, new: after.cells[i]! }));
  const rows = align(rowsOf(before), rowsOf(after), {
    key: (row) => JSON.stringify(row.map(({ cell }) => cell)),
    kind: () => 'row',
    text: (row) => row.map(({ cell }) => cellText(cell)).join(' '),
  });
  return rows.flatMap((row) =>
    align(row.old ?? [], row.new ?? [], {
      key: ({ cell }) => JSON.stringify(cell),
      kind: () => 'cell',
      text: ({ cell }) => cellText(cell),
    }),
  );
};

const shapeOf = ({ cells }: TableGrid): string =>
  JSON.stringify(cells.map(({ row, column, colspan, rowspan }) => [row, column, colspan, rowspan]));

const rowsOf = ({ cells, rows }: TableGrid): readonly (readonly PlacedCell[])[] =>
  Array.from({ length: rows }, (_, row) => cells.filter((cell) => cell.row === row));

const compareCell = (pair: Pair<PlacedCell>, compareContent: CompareContent) => {
  const blocks = compareContent(pair.old?.cell.content ?? [], pair.new?.cell.content ?? []);
  const oldForm = pair.old === null ? '' : formOf(pair.old);
  const newForm = pair.new === null ? '' : formOf(pair.new);
  const reshaped = oldForm !== newForm;
  const changed = reshaped || blocks.some(({ kind }) => kind !== 'same');
  const label = (tag: 'del' | 'ins', form: string): string =>
    reshaped && pair.old !== null && pair.new !== null ? `<p class="cell-form"><${tag}>［${form}］</${tag}></p>` : '';
  return {
    old: {
      html: label('del', oldForm) + blocks.map(({ oldHtml }) => oldHtml).join(''),
      className: changed ? 'changed' : '',
    },
    new: {
      html: label('ins', newForm) + blocks.map(({ newHtml }) => newHtml).join(''),
      className: changed ? 'changed' : '',
    },
    runs: reshaped ? wholeCellRuns(pair) : contentRuns(blocks),
  };
};

/** What a reader is told of a cell whose span or kind changed. */
const formOf = ({ cell, colspan, rowspan }: PlacedCell): string => {
  const kind = cell.type === 'tableHeader' ? '見出しセル' : 'セル';
  return colspan === 1 && rowspan === 1 ? `${kind}、結合なし` : `${kind}、横${colspan}列・縦${rowspan}行を結合`;
};

const wholeCellRuns = (pair: Pair<PlacedCell>): readonly Run[] => [
  ...(pair.old === null ? [] : [{ kind: 'removed' as const, text: cellText(pair.old.cell) }]),
  ...(pair.new === null ? [] : [{ kind: 'added' as const, text: cellText(pair.new.cell) }]),
];

/** The blocks of a cell in one line, on either side. */
const contentRuns = (blocks: readonly ComparedBlock[]): readonly Run[] => {
  let [oldBegun, newBegun] = [false, false];
  return blocks.flatMap(({ kind, runs }) => {
    const [inOld, inNew] = [kind !== 'added', kind !== 'removed'];
    const separator = separatorRuns(inOld && oldBegun ? ' ' : null, inNew && newBegun ? ' ' : null);
    oldBegun ||= inOld;
    newBegun ||= inNew;
    return [...separator, ...runs.map((run) => ({ ...run, text: run.text.replace(/[\n\t]/g, ' ') }))];
  });
};

const separatorRuns = (before: string | null, after: string | null): readonly Run[] => {
  if (before === after) return before === null ? [] : [{ kind: 'same', text: before }];
  const run = (kind: RunKind, text: string | null): readonly Run[] => (text === null ? [] : [{ kind, text }]);
  return [...run('removed', before), ...run('added', after)];
};
