import { escapeMarkdown, type SideLeaf, type SideRun } from '@app/content';
import { statementOf, type ComparisonTable, type TableCell, type TableRow } from './comparison-table';

/**
 * 新旧対照表 as Markdown: one table, the new text on the left, lines of a cell parted by `<br>`, what changed in `<ins>` and `<del>`.
 * Merges and pictures cannot be written so: a row of a table within is one line, a figure is named by its alternative text.
 * The same table gives the same text.
 */
export const comparisonMarkdown = ({
  title,
  subject,
  legend,
  newLabel,
  oldLabel,
  nothing,
  rows,
}: ComparisonTable): string => {
  const table = [
    [newLabel, oldLabel].map(inCell),
    ['---', '---'],
    ...rows.map((row) => [[...linesOf(row, 'new'), ...row.remarks.map(remarkOf)], linesOf(row, 'old')].map(joined)),
  ].map((cells) => `| ${cells.join(' | ')} |`);
  const body = rows.length === 0 ? nothing : table.join('\n');
  return `${[`# ${inCell(title)}　${inCell(subject)}`, inCell(legend), body].join('\n\n')}\n`;
};

type Side = 'new' | 'old';

const inCell = (text: string): string => escapeMarkdown(text.replace(/[ \t\r\n]+/g, ' ')).replaceAll('|', '\\|');
const joined = (lines: readonly string[]): string => lines.join('<br>');
const remarkOf = (remark: string): string => `〔${inCell(remark)}〕`;

const linesOf = (row: TableRow, side: Side): readonly string[] => {
  const cell: TableCell = row[side];
  return typeof cell === 'string' ? [inCell(statementOf(row, cell))] : cell.flatMap((leaf) => linesOfLeaf(leaf, side));
};

const linesOfLeaf = ({ mark, markChanged, runs, figure, table }: SideLeaf, side: Side): readonly string[] => {
  const words = runs.map((run) => runOf(run, side)).join('');
  if (table !== null)
    return Array.from({ length: table.rows }, (_, row) =>
      table.cells
        .filter((cell) => cell.row === row)
        .map((cell) => cell.leaves.flatMap((leaf) => linesOfLeaf(leaf, side)).join(' '))
        .join('／'),
    );
  if (figure !== null)
    return [marked(figure.changed, inCell(`［図：${figure.alt}］`), side), ...(words === '' ? [] : [words])];
  return [(mark === '' ? '' : `${marked(markChanged, inCell(mark), side)} `) + words];
};

const runOf = ({ text, changed, bold, href }: SideRun, side: Side): string => {
  const lines = joined(text.split('\n').map(inCell));
  const weighed = bold ? `<strong>${lines}</strong>` : lines;
  return marked(
    changed,
    href === null ? weighed : `[${weighed}](<${href.replace(/[\s<>|\\]/g, encodeURIComponent)}>)`,
    side,
  );
};

const marked = (isChanged: boolean, said: string, side: Side): string => {
  if (!isChanged) return said;
  return side === 'new' ? `<ins>${said}</ins>` : `<del>${said}</del>`;
};
