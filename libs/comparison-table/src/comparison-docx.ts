import type { SideLeaf, SideRun } from '@app/content';
import type { LoadFigure } from '@app/publishing';
import { wordImage, wordPicture, type WordPicture } from '@app/publishing/word-picture';
import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  UnderlineType,
  WidthType,
  type ITableCellBorders,
  type ParagraphChild,
} from 'docx';
import { statementOf, type ComparisonTable, type TableCell as Cell, type TableRow as Row } from './comparison-table';
import { figuresIn } from './figures';

/** The images of a table that Word shows, by their SHA-256. */
type Pictures = ReadonlyMap<string, WordPicture>;

/** Sizes in half points and twentieths of a point, as Word has them. */
const TEXT = 18;
const SMALL = 15;
const PAGE = { width: 16_838, height: 11_906, margin: 1_020 };
const COLUMN = (PAGE.width - 2 * PAGE.margin) / 2;
const INDENT = 240;
/** The largest that an image may be, in pixels of 1/96 inch. */
const PICTURE = { width: 420, height: Infinity };
const TINT = { type: ShadingType.CLEAR, fill: 'F3F5F7', color: 'auto' } as const;
const JAPANESE_FONT = { ascii: 'Yu Gothic', hAnsi: 'Yu Gothic', eastAsia: 'Yu Gothic' };

/**
 * 新旧対照表 as a Word file, A4 landscape, its head row repeated on every page. A figure whose image is not stored, or
 * could not be drawn, is named by its alternative text.
 */
export const comparisonDocx = async (table: ComparisonTable, loadFigure: LoadFigure): Promise<Uint8Array> => {
  const pictures = new Map<string, WordPicture>();
  for (const [sha256, { bytes }] of await figuresIn(table, loadFigure)) {
    const picture = await wordPicture(bytes);
    if (picture !== null) pictures.set(sha256, picture);
  }
  const rows = table.rows.map(
    (row) =>
      new TableRow({
        children: [cellOf(row, row.new, row.remarks, pictures), cellOf(row, row.old, [], pictures)],
      }),
  );
  const head = new TableRow({
    tableHeader: true,
    children: [table.newLabel, table.oldLabel].map(
      (label) =>
        new TableCell({
          width: { size: COLUMN, type: WidthType.DXA },
          shading: TINT,
          children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [text(label, { bold: true })] })],
        }),
    ),
  });
  const document = new Document({
    title: `${table.title}　${table.subject}`,
    creator: 'Kaijisho',
    styles: { default: { document: { run: { font: JAPANESE_FONT, size: TEXT, language: { eastAsia: 'ja-JP' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.height, height: PAGE.width, orientation: PageOrientation.LANDSCAPE },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT], size: SMALL })],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ heading: 'Heading1', children: [text(table.title, { bold: true, size: 30 })] }),
          new Paragraph({ children: [text(table.subject, { size: 21 })] }),
          new Paragraph({ alignment: AlignmentType.RIGHT, children: [text(table.legend)] }),
          ...(rows.length === 0
            ? [new Paragraph({ children: [text(table.nothing)] })]
            : [
                new Table({
                  layout: TableLayoutType.FIXED,
                  width: { size: 2 * COLUMN, type: WidthType.DXA },
                  columnWidths: [COLUMN, COLUMN],
                  rows: [head, ...rows],
                }),
              ]),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
};

const text = (value: string, options: { bold?: boolean; size?: number } = {}): TextRun =>
  new TextRun({ text: storable(value), ...options });

/** XML 1.0 has no place for other control characters, and Word opens nothing that has them. */
const storable = (value: string): string => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

const cellOf = (row: Row, cell: Cell, remarks: readonly string[], pictures: Pictures): TableCell => {
  const isHeading = row.kind === 'part' || row.kind === 'item';
  const said =
    typeof cell === 'string'
      ? [new Paragraph({ alignment: AlignmentType.CENTER, children: [text(statementOf(row, cell))] })]
      : blocksOf(cell, pictures, isHeading);
  return new TableCell({
    width: { size: COLUMN, type: WidthType.DXA },
    margins: { top: 80, bottom: 80, left: 110, right: 110 },
    ...(row.kind === 'part' ? { shading: TINT } : {}),
    children: [
      ...said,
      ...remarks.map((remark) => new Paragraph({ children: [text(`〔${remark}〕`, { size: SMALL })] })),
    ],
  });
};

/** Word wants a paragraph after a table in a cell. */
const blocksOf = (leaves: readonly SideLeaf[], pictures: Pictures, bold: boolean): (Paragraph | Table)[] => {
  const blocks = leaves.flatMap((leaf) => leafOf(leaf, pictures, bold));
  return blocks.length === 0 || blocks.at(-1) instanceof Table ? [...blocks, new Paragraph({})] : blocks;
};

const leafOf = (leaf: SideLeaf, pictures: Pictures, bold: boolean): (Paragraph | Table)[] => {
  const indent = { left: leaf.depth * INDENT };
  if (leaf.table !== null) return [tableOf(leaf.table, pictures)];
  if (leaf.figure !== null) {
    const { sha256, alt, changed } = leaf.figure;
    const drawn = pictures.get(sha256);
    const picture = drawn ? wordImage(drawn, storable(alt), PICTURE) : run(`［図：${alt}］`, changed, false);
    return [
      new Paragraph({ indent, children: [picture] }),
      ...(leaf.runs.length === 0 ? [] : [new Paragraph({ indent, children: leaf.runs.flatMap((one) => runsOf(one)) })]),
    ];
  }
  const mark = leaf.mark === '' ? [] : [run(`${leaf.mark} `, leaf.markChanged, false)];
  const isBold = bold || leaf.kind === 'heading';
  return [new Paragraph({ indent, children: [...mark, ...leaf.runs.flatMap((one) => runsOf(one, isBold))] })];
};

/** 傍線 under what changed. */
const run = (value: string, changed: boolean, bold: boolean): TextRun =>
  new TextRun({
    text: storable(value),
    bold,
    ...(changed ? { underline: { type: UnderlineType.SINGLE } } : {}),
  });

const runsOf = ({ text: value, changed, bold, href }: SideRun, isBold = false): ParagraphChild[] => {
  const runs = value
    .split('\n')
    .flatMap((line, i) => [...(i > 0 ? [new TextRun({ break: 1 })] : []), run(line, changed, bold || isBold)]);
  return href === null ? runs : [new ExternalHyperlink({ link: href, children: runs })];
};

const hair = { style: BorderStyle.SINGLE, size: 4, color: '9AA4AD' };
const bar = { style: BorderStyle.SINGLE, size: 12, color: '1B1F24' };
const around = (line: typeof hair): ITableCellBorders => ({ top: line, bottom: line, left: line, right: line });

const tableOf = ({ rows, columns, cells }: NonNullable<SideLeaf['table']>, pictures: Pictures): Table => {
  const width = Math.floor((COLUMN - 300) / Math.max(1, columns));
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: Array<number>(columns).fill(width),
    rows: Array.from(
      { length: rows },
      (_, row) =>
        new TableRow({
          children: cells
            .filter((cell) => cell.row === row)
            .map(
              (cell) =>
                new TableCell({
                  columnSpan: cell.colspan,
                  rowSpan: cell.rowspan,
                  borders: around(cell.changed ? bar : hair),
                  ...(cell.header ? { shading: TINT } : {}),
                  children: blocksOf(cell.leaves, pictures, cell.header),
                }),
            ),
        }),
    ),
  });
};
