import type { SideLeaf } from '@app/content';
import type { Figure, LoadFigure } from '@app/publishing';
import type { ComparisonTable } from './comparison-table';

/** The images of a table that are stored, by their SHA-256. */
export type Figures = ReadonlyMap<string, Figure>;

export const figuresIn = async ({ rows }: ComparisonTable, loadFigure: LoadFigure): Promise<Figures> => {
  const leaves = rows.flatMap((row) => [row.new, row.old]).flatMap((cell) => (typeof cell === 'string' ? [] : cell));
  const found = new Map<string, Figure>();
  for (const sha256 of new Set(leaves.flatMap(citedIn))) {
    const figure = await loadFigure(sha256);
    if (figure !== null) found.set(sha256, figure);
  }
  return found;
};

const citedIn = ({ figure, table }: SideLeaf): readonly string[] => [
  ...(figure === null ? [] : [figure.sha256]),
  ...(table?.cells.flatMap(({ leaves }) => leaves.flatMap(citedIn)) ?? []),
];
