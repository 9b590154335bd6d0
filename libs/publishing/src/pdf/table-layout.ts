import type { Block } from '@app/content';

/** A cell of a body's table with its place in the grid. */
export type PlacedCell = {
  readonly x: number;
  readonly y: number;
  readonly colspan: number;
  readonly rowspan: number;
  readonly head: boolean;
  readonly content: readonly Block[];
};

const spanOf = (cell: Block, name: 'colspan' | 'rowspan'): number => {
  const span = cell.attrs?.[name];
  return typeof span === 'number' && Number.isInteger(span) && span > 0 ? span : 1;
};

/** Gives every cell its place, as HTML lays out a table: cells flow around those that span down from above. */
export const placeCells = (table: Block): PlacedCell[] => {
  const taken = new Set<string>();
  const placed: PlacedCell[] = [];
  (table.content ?? []).forEach((row, y) => {
    let x = 0;
    for (const cell of row.content ?? []) {
      while (taken.has(`${x},${y}`)) x++;
      const colspan = spanOf(cell, 'colspan');
      const rowspan = spanOf(cell, 'rowspan');
      for (let dx = 0; dx < colspan; dx++) for (let dy = 0; dy < rowspan; dy++) taken.add(`${x + dx},${y + dy}`);
      placed.push({ x, y, colspan, rowspan, head: cell.type === 'tableHeader', content: cell.content ?? [] });
      x += colspan;
    }
  });
  return placed;
};

/** How many rows at the top are nothing but headings: they are repeated on every page. 0 when a cell spans out of them. */
export const headRows = (cells: readonly PlacedCell[]): number => {
  const rows = 1 + Math.max(-1, ...cells.map((cell) => cell.y));
  let count = 0;
  while (count < rows && cells.filter((cell) => cell.y === count).every((cell) => cell.head)) count++;
  if (count === rows) count = Math.min(1, rows - 1);
  return cells.some((cell) => cell.y < count && cell.y + cell.rowspan > count) ? 0 : count;
};

/** Width in em: half for ASCII and half-width katakana, one for the rest. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\x20-\x7e｡-ﾟ]/.test(character) ? 0.55 : 1), 0);

const linesOf = (block: Block): string[] => {
  if (block.text !== undefined) return [block.text];
  const parts = (block.content ?? []).map((child) => (child.type === 'hardBreak' ? ['', ''] : linesOf(child)));
  if (block.type === 'paragraph' || block.type === 'note' || block.type === 'heading') {
    return parts.reduce<string[]>(
      (lines, [first = '', ...rest]) => [...lines.slice(0, -1), (lines.at(-1) ?? '') + first, ...rest],
      [''],
    );
  }
  return parts.flat();
};

/** The narrowest a column may be, in em of the table's text: a few characters, and no Latin word cut. */
const NARROWEST = 4.5;
const WIDEST_WORD = 16;

/**
 * Relative widths of the columns. A column of short entries gets what it needs; what the others get grows slower than what they
 * hold, so that a column with ten times the text is about two and a half times as wide.
 *
 * @param available width of the table in em of its text
 */
export const columnWidths = (cells: readonly PlacedCell[], available = 50): number[] => {
  const count = Math.max(1, ...cells.map((cell) => cell.x + cell.colspan));
  const longest = Array<number>(count).fill(0);
  const volume = Array<number>(count).fill(0);
  const least = Array<number>(count).fill(NARROWEST);
  for (const { x, colspan, content } of cells) {
    const lines = content.flatMap(linesOf);
    const total = lines.reduce((sum, line) => sum + widthOf(line), 0);
    const line = Math.max(0, ...lines.map(widthOf));
    const words = lines.flatMap((text) => text.match(/[\x21-\x7e]+/g) ?? []).map(widthOf);
    for (let column = x; column < x + colspan; column++) {
      longest[column] = Math.max(longest[column] ?? 0, line / colspan);
      volume[column] = Math.max(volume[column] ?? 0, (total / colspan) * (colspan > 1 ? 0.7 : 1));
      least[column] = Math.max(least[column] ?? 0, Math.min(WIDEST_WORD, Math.max(0, ...words) + 1.5) / colspan);
    }
  }
  const padding = 1.6;
  const widths = longest.map((line, column) => {
    const natural = line + padding;
    const shared = 3.4 * Math.max(1, volume[column] ?? 0) ** 0.4;
    return Math.max(least[column] ?? NARROWEST, Math.min(natural, Math.max(shared, Math.min(natural, 9))));
  });
  const sum = widths.reduce((a, b) => a + b, 0);
  return widths.map((width) => Math.round((width / sum) * available * 100) / 100);
};
