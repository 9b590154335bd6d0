import { compareSides, emptyBody, pairItems, type Body, type PlacedItem, type SideLeaf } from '@app/content';

/** A text of a disclosure, as one side of a 新旧対照表. */
export type ComparedText = {
  readonly label: string;
  readonly parts: readonly {
    readonly number: string;
    readonly title: string;
    readonly items: readonly {
      readonly itemKey: string;
      readonly number: number;
      readonly title: string;
      readonly body: Body;
    }[];
  }[];
};

/** Only what changed, the rest as （略）; or all of both texts. */
export type Extent = 'changed' | 'all';

/**
 * What a cell says in place of a text: 新設, 削除 and 略 as offices write them, where a block that moved went or came from; and
 * 該当なし where another document has nothing like it.
 */
export type Statement = '（新設）' | '（削除）' | '（略）' | '（移動）' | '（該当なし）';

export type TableCell = readonly SideLeaf[] | Statement;

/**
 * One row: the new text on the left and the old one on the right. `omitted` stands for items without change, from and to
 * which is said in `item`: `I-3～I-7`.
 */
export type TableRow = {
  readonly kind: 'part' | 'item' | 'text' | 'omitted';
  /** The item it belongs to, as it is cited; the new number where it changed. */
  readonly item: string;
  readonly new: TableCell;
  readonly old: TableCell;
  /** What words cannot show. */
  readonly remarks: readonly string[];
};

/** 新旧対照表 as data: rendered on screen and as files. */
export type ComparisonTable = {
  readonly title: string;
  readonly subject: string;
  readonly newLabel: string;
  readonly oldLabel: string;
  /** （傍線部分は改正部分） */
  readonly legend: string;
  /** What is said in place of rows when there are none. */
  readonly nothing: string;
  readonly extent: Extent;
  readonly rows: readonly TableRow[];
};

export const LEGEND = '（傍線部分は改正部分）';

/**
 * The rows between two texts, in the order of the newer one; what was removed stands where it was. An item that is the same
 * has one row that says （略）, or all of its text; items without change in a row of their own are one （略） together.
 * @param pairedBy `likeness`: the texts are of two documents, of which neither became the other
 */
export const comparisonTable = (
  subject: string,
  older: ComparedText,
  newer: ComparedText,
  extent: Extent,
  pairedBy: 'key' | 'likeness' = 'key',
): ComparisonTable => {
  const isOneDocument = pairedBy === 'key';
  const rows = rowsOf(older, newer, extent, pairedBy);
  return {
    title: isOneDocument ? '新旧対照表' : '対照表',
    subject,
    newLabel: isOneDocument ? `改正後　${newer.label}` : newer.label,
    oldLabel: isOneDocument ? `改正前　${older.label}` : older.label,
    legend: isOneDocument ? LEGEND : '（傍線部分は異なる部分）',
    nothing: isOneDocument ? '改正部分はありません。' : '異なる部分はありません。',
    extent,
    rows: isOneDocument ? rows : rows.map(ofTwoDocuments),
  };
};

/** Of two documents nothing was added to the one or removed from the other: it is only in one of them. */
const ofTwoDocuments = (row: TableRow): TableRow => ({ ...row, new: absentIn(row.new), old: absentIn(row.old) });
const absentIn = (cell: TableCell): TableCell => (cell === '（新設）' || cell === '（削除）' ? '（該当なし）' : cell);

type Item = PlacedItem & { readonly partTitle: string };

const itemsOf = ({ parts }: ComparedText): readonly Item[] =>
  parts.flatMap((part) =>
    part.items.map(({ itemKey, number, title, body }) => ({
      ...{ itemKey, number, title, body },
      partNumber: part.number,
      partTitle: part.title,
    })),
  );

const rowsOf = (
  older: ComparedText,
  newer: ComparedText,
  extent: Extent,
  pairedBy: 'key' | 'likeness',
): readonly TableRow[] => {
  const rows: TableRow[] = [];
  const oldParts = new Map(older.parts.map(({ number, title }) => [number, title]));
  const newParts = new Map(newer.parts.map(({ number, title }) => [number, title]));
  let part: string | null = null;
  for (const { before, after } of pairItems(itemsOf(older), itemsOf(newer), pairedBy)) {
    const partNumber = (after ?? before)!.partNumber;
    if (partNumber !== part) {
      part = partNumber;
      rows.push(partRow(part, oldParts.get(part), newParts.get(part)));
    }
    const texts = textRows(before, after, extent);
    const isHeadingSame =
      before !== null && after !== null && citationOf(before) === citationOf(after) && before.title === after.title;
    const isSame = isHeadingSame && texts.every((row) => row.new === '（略）' || extent === 'all');
    if (extent === 'changed' && isSame) pushOmission(rows, citationOf(after));
    else rows.push(itemRow(before, after), ...texts);
  }
  return rows.filter((row, i) => row.kind !== 'part' || rows[i + 1]?.kind !== 'part');
};

const citationOf = ({ partNumber, number }: PlacedItem): string => `${partNumber}-${number}`;

/** 「I-3（略）」, and with what follows it without change 「I-3～I-7（略）」. */
const pushOmission = (rows: TableRow[], citation: string): void => {
  const last = rows.at(-1);
  const item = last?.kind === 'omitted' ? `${last.item.split('～')[0]}～${citation}` : citation;
  if (last?.kind === 'omitted') rows.pop();
  rows.push({ kind: 'omitted', item, new: '（略）', old: '（略）', remarks: [] });
};

const partRow = (number: string, old: string | undefined, one: string | undefined): TableRow => {
  const heading = (title: string, changed: boolean): readonly SideLeaf[] => [
    leaf([run(`${number}. `, changed && (old === undefined || one === undefined)), run(title, changed)]),
  ];
  return {
    kind: 'part',
    item: number,
    new: one === undefined ? '（削除）' : heading(one, one !== old),
    old: old === undefined ? '（新設）' : heading(old, one !== old),
    remarks: [],
  };
};

const itemRow = (before: Item | null, after: Item | null): TableRow => {
  const heading = (item: Item, other: Item | null): readonly SideLeaf[] => [
    leaf([
      run(`${citationOf(item)}　`, other === null || citationOf(item) !== citationOf(other)),
      run(item.title, other === null || item.title !== other.title),
    ]),
  ];
  return {
    kind: 'item',
    item: citationOf((after ?? before)!),
    new: after === null ? '（削除）' : heading(after, before),
    old: before === null ? '（新設）' : heading(before, after),
    remarks: [],
  };
};

const run = (text: string, changed: boolean) => ({ text, changed, bold: false, href: null });
const leaf = (runs: SideLeaf['runs']): SideLeaf => ({
  ...{ kind: 'heading', depth: 0, mark: '', markChanged: false, figure: null, table: null },
  runs,
});

const textRows = (before: Item | null, after: Item | null, extent: Extent): readonly TableRow[] => {
  const item = citationOf((after ?? before)!);
  const rows: TableRow[] = [];
  for (const { kind, old, new: one, remarks } of compareSides(before?.body ?? emptyBody, after?.body ?? emptyBody)) {
    const row = { kind: 'text', item, remarks } as const;
    switch (kind) {
      case 'same':
        if (extent === 'all') rows.push({ ...row, new: [one!], old: [old!] });
        else if (rows.at(-1)?.new !== '（略）') rows.push({ ...row, new: '（略）', old: '（略）' });
        break;
      case 'changed':
        rows.push({ ...row, new: [one!], old: [old!] });
        break;
      case 'added':
        rows.push({ ...row, new: [one!], old: '（新設）' });
        break;
      case 'removed':
        rows.push({ ...row, new: '（削除）', old: [old!] });
        break;
      case 'movedAway':
        rows.push({ ...row, new: '（移動）', old: [old!] });
        break;
      case 'movedHere':
        rows.push({ ...row, new: [one!], old: '（移動）' });
        break;
    }
  }
  return joined(rows);
};

/** Paragraphs that were added or removed one after the other are one row. */
const joined = (rows: readonly TableRow[]): readonly TableRow[] => {
  const result: TableRow[] = [];
  for (const row of rows) {
    const last = result.at(-1);
    const isSameStatement = (side: 'old' | 'new'): boolean =>
      typeof row[side] === 'string' && row[side] !== '（移動）' && last?.[side] === row[side];
    if (last && isSameStatement('old') && typeof row.new !== 'string' && typeof last.new !== 'string')
      result[result.length - 1] = { ...last, new: [...last.new, ...row.new] };
    else if (last && isSameStatement('new') && typeof row.old !== 'string' && typeof last.old !== 'string')
      result[result.length - 1] = { ...last, old: [...last.old, ...row.old] };
    else result.push(row);
  }
  return result;
};

/** What a cell says, as plain text; for tests and for search. */
export const cellText = (cell: TableCell): string => (typeof cell === 'string' ? cell : cell.map(leafText).join('\n'));

const leafText = ({ mark, runs, figure, table }: SideLeaf): string => {
  const words = runs.map(({ text }) => text).join('');
  if (table !== null) return table.cells.map((one) => one.leaves.map(leafText).join('\n')).join('\t');
  if (figure !== null) return `［図：${figure.alt}］${words}`;
  return (mark === '' ? '' : `${mark} `) + words;
};

/** What stands in a cell that says something in place of a text; with the items that were omitted. */
export const statementOf = (row: TableRow, statement: Statement): string =>
  row.kind === 'omitted' ? `${row.item}　${statement}` : statement;

const said = (row: TableRow, side: 'old' | 'new'): string => {
  const cell = row[side];
  return typeof cell === 'string' ? statementOf(row, cell) : cellText(cell);
};

/** Everything that is printed of a table, in order. */
export const textsOf = ({ title, subject, newLabel, oldLabel, legend, rows }: ComparisonTable): readonly string[] => [
  ...[title, subject, legend, newLabel, oldLabel],
  ...rows.flatMap((row) => [said(row, 'new'), ...row.remarks, said(row, 'old')]),
];
