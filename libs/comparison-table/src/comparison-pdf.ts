import { MissingGlyph, missingGlyphs, type LoadFigure } from '@app/publishing';
import { PdfPool } from '@app/publishing/pdf/pdf-pool';
import type { SideLeaf } from '@app/content';
import { statementOf, textsOf, type ComparisonTable, type TableCell, type TableRow } from './comparison-table';
import { figuresIn, type Figures } from './figures';

/** One at a time: such a table is asked for now and then, and its engine ends when it is idle. */
const pool = new PdfPool({ size: 1, idleMs: 20_000 });

/** Ends the engine's process; for a clean shutdown. */
export const closeComparisonPdf = (): Promise<void> => pool.close();

/**
 * 新旧対照表 as PDF/A-3a, A4 landscape. The same table of the same day gives the same bytes. A figure whose image is not
 * stored is named by its alternative text.
 *
 * @param on the day it is dated, `yyyy-mm-dd`
 * @throws MissingGlyph when the text has characters that the fonts lack
 * @throws PdfEngineFailed when the engine refuses it
 */
export const comparisonPdf = async (
  table: ComparisonTable,
  loadFigure: LoadFigure,
  on: string,
): Promise<Uint8Array> => {
  const characters = missingGlyphs(textsOf(table).join(''));
  if (characters.length > 0) throw new MissingGlyph([{ characters, item: null }]);
  const figures = await figuresIn(table, loadFigure);
  const [year, month, day] = on.split('-').map(Number);
  const data = {
    metadata: { title: `${table.title}　${table.subject}`, year, month, day },
    title: table.title,
    subject: table.subject,
    legend: table.legend,
    newLabel: table.newLabel,
    oldLabel: table.oldLabel,
    nothing: table.nothing,
    rows: table.rows.map((row) => printedRow(row, figures)),
  };
  return pool.render({
    template: 'comparison.typ',
    files: [
      { path: 'comparison.json', bytes: new TextEncoder().encode(JSON.stringify(data).replace(UNSEEN, '')) },
      ...[...figures].map(([sha256, { bytes }]) => ({ path: pathOf(sha256), bytes })),
    ],
    timestamp: Date.parse(`${on}T00:00:00Z`) / 1000,
  });
};

/**
 * What nobody sees cannot be printed where it stands alone, as in a text that differs in nothing else; a variation selector stays where it
 * has its character before it.
 */
const UNSEEN = /(?![\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}|(?<=")[\u{e0100}-\u{e01ef}]/gu;

const pathOf = (sha256: string): string => `figures/${sha256}`;

const printedRow = (row: TableRow, figures: Figures) => {
  const cell = (side: TableCell) =>
    typeof side === 'string' ? statementOf(row, side) : side.map((leaf) => printedLeaf(leaf, figures));
  return { kind: row.kind, new: cell(row.new), old: cell(row.old), remarks: row.remarks };
};

const printedLeaf = (leaf: SideLeaf, figures: Figures): object => ({
  ...leaf,
  path: leaf.figure !== null && figures.has(leaf.figure.sha256) ? pathOf(leaf.figure.sha256) : null,
  table: leaf.table && {
    widths: widthsOf(leaf.table),
    cells: leaf.table.cells.map((cell) => ({
      ...cell,
      leaves: cell.leaves.map((inner) => printedLeaf(inner, figures)),
    })),
  },
});

/** Columns get room by what they say, but not in proportion. */
const widthsOf = ({ columns, cells }: NonNullable<SideLeaf['table']>): readonly number[] => {
  const lengths = Array<number>(columns).fill(4);
  for (const { column, colspan, leaves } of cells) {
    const length = leaves.flatMap(({ runs }) => runs).reduce((sum, { text }) => sum + text.length, 0) / colspan;
    for (let c = column; c < column + colspan; c++) lengths[c] = Math.max(lengths[c] ?? 4, length);
  }
  return lengths.map((length) => Math.round(length ** 0.5 * 100) / 100);
};
