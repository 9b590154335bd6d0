import { colspanOf, rowspanOf } from './attributes';
import type { Block } from './body';

/** A cell and where it stands in its table, rows and columns counted from 0. */
export type PlacedCell = {
  readonly row: number;
  readonly column: number;
  readonly colspan: number;
  readonly rowspan: number;
  readonly cell: Block;
  /** Place among the cells of its row, from 0. */
  readonly index: number;
};

export type TableGrid = {
  readonly cells: readonly PlacedCell[];
  readonly rows: number;
  readonly columns: number;
  /** The cells which cannot stand where their spans put them. */
  readonly faults: readonly {
    readonly row: number;
    readonly index: number | null;
    readonly fault: 'overlap' | 'beyondLastRow' | 'unequalWidth';
  }[];
};

/** Lays the cells of a table out in rows and columns, as HTML does. Spans must be whole numbers of at least 1. */
export const gridOf = (table: Block): TableGrid => {
  const rows = table.content ?? [];
  const cells: PlacedCell[] = [];
  const faults: { row: number; index: number | null; fault: 'overlap' | 'beyondLastRow' | 'unequalWidth' }[] = [];
  const taken: boolean[][] = rows.map(() => []);

  rows.forEach((tableRow, row) => {
    let column = 0;
    (tableRow.content ?? []).forEach((cell, index) => {
      while (taken[row]?.[column]) column++;
      const [colspan, rowspan] = [colspanOf(cell), rowspanOf(cell)];
      if (row + rowspan > rows.length) faults.push({ row, index, fault: 'beyondLastRow' });
      let overlaps = false;
      for (const line of taken.slice(row, row + rowspan)) {
        for (let c = column; c < column + colspan; c++) {
          overlaps ||= line[c] === true;
          line[c] = true;
        }
      }
      if (overlaps) faults.push({ row, index, fault: 'overlap' });
      cells.push({ row, column, colspan, rowspan, cell, index });
      column += colspan;
    });
  });

  const columns = Math.max(0, ...taken.map((line) => line.length));
  taken.forEach((line, row) => {
    for (let c = 0; c < columns; c++)
      if (!line[c]) return void faults.push({ row, index: null, fault: 'unequalWidth' });
  });
  return { cells, rows: rows.length, columns, faults };
};
