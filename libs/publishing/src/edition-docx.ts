import { inJapanese } from '@app/calendar';
import { colspanOf, figureOf, gridOf, rowspanOf, startOf, styleOf, type Block, type Body } from '@app/content';
import type { EditionView } from '@app/disclosures';
import { packZip, readZip } from '@app/importing';
import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
  type ILevelsOptions,
  type IParagraphOptions,
  type IParagraphStyleOptions,
  type ParagraphChild,
} from 'docx';
import { colophonLines, plainAppearance, type Appearance } from './appearance/domain/appearance';
import { bodyOf, historyOf, type EditionDocument, type LoadFigure } from './edition-document';
import { coverLine, editionName } from './wording';
import { wordImage, wordPicture, type WordPicture } from './word-picture';

export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A text to write in Word: a published one, or the draft of the next. */
export type WordText = Pick<EditionView, 'serviceName' | 'title' | 'issuer'> & {
  /** Below the title: see `coverLine`. */
  readonly edition: string;
  /** yyyy-mm-dd, for the properties of the file. */
  readonly writtenOn: string;
  readonly parts: readonly {
    readonly number: string;
    readonly title: string;
    readonly items: readonly { readonly number: number; readonly title: string; readonly body: Body }[];
  }[];
  readonly revisionHistory: EditionView['revisionHistory'];
  readonly loadFigure: LoadFigure;
  readonly appearance?: Appearance;
};

/** An edition as a Word file: see `wordFile`. */
export const editionDocx = (edition: EditionDocument, appearance = plainAppearance): Promise<Uint8Array> =>
  wordFile({
    ...edition,
    appearance,
    edition: coverLine(edition),
    writtenOn: edition.issuedOn,
    parts: edition.parts.map((part) => ({
      ...part,
      items: part.items.map((item) => ({ ...item, body: bodyOf(item) })),
    })),
    revisionHistory: historyOf(edition),
  });

/**
 * A text as a Word file, A4, in the order of the printed document and in a form that the importer reads back as it was. The same
 * text gives the same bytes. Whatever a paragraph is part of (list, quotation) is said by its style, e.g. 「開示書 ・＞引用＞本文」, so
 * that whoever edits it in Word sees it and can change it. A figure that is not stored, or could not be drawn, is named by its alternative text.
 */
export const wordFile = async (text: WordText): Promise<Uint8Array> => {
  const writing: Writing = { styles: new Map(), tableStyles: new Map(), lists: [], pictures: await picturesOf(text) };
  const { issuer, appearance = plainAppearance } = text;
  const color = appearance.accent === null ? {} : { color: appearance.accent.slice(1) };
  const logo = appearance.logo && (await pictureOf(appearance.logo.sha256, text.loadFigure));
  const address = [issuer.postalCode && `〒${issuer.postalCode}`, issuer.address].filter(Boolean).join(' ');
  const phones = [issuer.tel && `TEL.${issuer.tel}`, issuer.fax && `FAX.${issuer.fax}`].filter(Boolean).join(' ');
  const children = [
    plain(text.serviceName, { style: 'Subtitle' }),
    plain(text.title, { style: 'Title' }),
    plain(text.edition, { alignment: AlignmentType.CENTER }),
    ...text.parts.flatMap((part) => [
      plain(`${part.number}. ${part.title}`, { heading: 'Heading1', pageBreakBefore: true }),
      ...part.items.flatMap((item) => [
        plain(`${item.number}. ${item.title}`, { heading: 'Heading2' }),
        ...write(item.body.content, [], writing, PAGE.text),
      ]),
    ]),
    plain('以上', { alignment: AlignmentType.RIGHT }),
    plain('改訂履歴', { heading: 'Heading1', pageBreakBefore: true }),
    historyTable(text.revisionHistory),
    ...[issuer.name, address, phones].filter((line) => line !== '').map((line) => plain(line)),
    ...colophonLines(appearance).map((line) => plain(line)),
  ];
  const document = new Document({
    title: `${storable(text.serviceName)} ${storable(text.title)}`,
    creator: storable(issuer.name),
    lastModifiedBy: storable(issuer.name),
    styles: {
      default: {
        document: { run: { font: JAPANESE_FONT, size: 21, language: { eastAsia: 'ja-JP' } } },
        title: {
          run: { size: 40, bold: true, ...color },
          paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 240 } },
        },
        heading1: {
          run: { size: 30, bold: true, ...color },
          paragraph: { spacing: { before: 240, after: 160 }, keepNext: true },
        },
        heading2: { run: { size: 24, bold: true }, paragraph: { spacing: { before: 240, after: 80 }, keepNext: true } },
        heading3: { run: { size: 21, bold: true }, paragraph: { spacing: { before: 120, after: 40 }, keepNext: true } },
      },
      paragraphStyles: [
        {
          id: 'Subtitle',
          name: 'Subtitle',
          basedOn: 'Normal',
          run: { size: 28 },
          paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 2400, after: 120 } },
        },
        ...writing.styles.values(),
      ],
    },
    numbering: { config: writing.lists.map((levels, i) => ({ reference: `list-${i}`, levels })) },
    sections: [
      {
        properties: {
          ...(logo === null ? {} : { titlePage: true }),
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
          },
        },
        // In the head of the first page: what stands in the text is what is read back.
        ...(logo === null
          ? {}
          : {
              headers: {
                first: new Header({
                  children: [new Paragraph({ children: [wordImage(logo, storable(issuer.name), LOGO)] })],
                }),
              },
            }),
        footers: { default: pageNumber(), ...(logo === null ? {} : { first: pageNumber() }) },
        children,
      },
    ],
  });
  return inOneForm(await Packer.toBuffer(document), text.writtenOn, [...writing.tableStyles.values()]);
};

const pageNumber = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], size: 16 })],
      }),
    ],
  });

/** Twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_134, text: 11_906 - 2 * 1_134 };
const INDENT = 420;
/** The largest that an image and the logo may be, in pixels of 1/96 inch. */
const PICTURE = { width: 600, height: Infinity };
const LOGO = { width: 220, height: 64 };
const JAPANESE_FONT = { ascii: 'Yu Gothic', hAnsi: 'Yu Gothic', eastAsia: 'Yu Gothic' };
/** The ground of header cells: by it the importer knows them again. */
const HEADER_CELL = { type: ShadingType.CLEAR, fill: 'E8EDF2', color: 'auto' } as const;
const LINE = { style: BorderStyle.SINGLE, size: 4, color: '9AA4AD' };
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE };

type Writing = {
  /** By name, e.g. 「開示書 ・＞本文」. */
  readonly styles: Map<string, IParagraphStyleOptions & { readonly id: string }>;
  readonly tableStyles: Map<string, { readonly id: string; readonly name: string }>;
  /** One numbering for every list, so that each counts for itself. */
  readonly lists: ILevelsOptions[][];
  readonly pictures: ReadonlyMap<string, WordPicture>;
};

/** A list or quotation around a paragraph. */
type Around =
  | { readonly kind: 'list'; readonly sign: '・' | '1.' | '①'; readonly list: number; readonly level: number }
  | { readonly kind: 'quotation'; readonly sign: '引用' | '引用＋' };
type Leaf = '本文' | '※' | '見出し' | '図' | '図題';

const picturesOf = async ({ parts, loadFigure }: WordText): Promise<ReadonlyMap<string, WordPicture>> => {
  const pictures = new Map<string, WordPicture>();
  const load = async (block: Block): Promise<void> => {
    const { sha256 } = figureOf(block);
    if (block.type === 'figure' && !pictures.has(sha256)) {
      const picture = await pictureOf(sha256, loadFigure);
      if (picture !== null) pictures.set(sha256, picture);
    }
    for (const child of block.content ?? []) await load(child);
  };
  for (const { items } of parts) for (const { body } of items) for (const block of body.content) await load(block);
  return pictures;
};

/** null: it is not stored, or not in a form that Word shows. */
const pictureOf = async (sha256: string, loadFigure: LoadFigure): Promise<WordPicture | null> => {
  const figure = await loadFigure(sha256);
  return figure && wordPicture(figure.bytes);
};

// Blocks -------------------------------------------------------------------------

/** `opens` is the list whose entry begins with the first of the blocks. */
const write = (
  blocks: readonly Block[],
  around: readonly Around[],
  writing: Writing,
  width: number,
  opens: (Around & { kind: 'list' }) | null = null,
): (Paragraph | Table)[] =>
  blocks.flatMap((block, i): (Paragraph | Table)[] => {
    const content = block.content ?? [];
    const begun = i === 0 ? opens : null;
    switch (block.type) {
      case 'paragraph':
        return [paragraph(around, '本文', inline(content), writing, begun)];
      case 'note':
        return [paragraph(around, '※', [run('※ '), ...inline(content)], writing, begun)];
      case 'heading':
        return [paragraph(around, '見出し', inline(content), writing, begun)];
      case 'blockquote': {
        // Quotations that follow each other differ by turns, or a third would be one with the second.
        const before = i - 1 - blocks.slice(0, i).findLastIndex(({ type }) => type !== 'blockquote');
        const sign = before % 2 === 1 ? '引用＋' : '引用';
        return write(content, [...around, { kind: 'quotation', sign }], writing, width);
      }
      case 'bulletList':
      case 'orderedList': {
        const list = listAround(block, around, writing);
        return content.flatMap((item) => write(item.content ?? [], [...around, list], writing, width, list));
      }
      case 'table':
        // Tables that touch are one to Word, and a cell must not end in one.
        return [table(block, around, writing, width), new Paragraph({ spacing: { line: 120, lineRule: 'exact' } })];
      case 'figure':
        return figure(block, around, writing);
      default:
        return [];
    }
  });

const listAround = (block: Block, around: readonly Around[], writing: Writing): Around & { kind: 'list' } => {
  const sign = block.type === 'bulletList' ? '・' : styleOf(block) === 'circled' ? '①' : '1.';
  const level = Math.min(8, around.filter(({ kind }) => kind === 'list').length);
  const format = { '・': LevelFormat.BULLET, '1.': LevelFormat.DECIMAL, '①': LevelFormat.DECIMAL_ENCLOSED_CIRCLE }[
    sign
  ];
  const left = (around.length + 1) * INDENT;
  const levels = Array.from({ length: level + 1 }, (_, i) => ({
    level: i,
    format,
    text: sign === '・' ? '・' : sign === '①' ? `%${i + 1}` : `%${i + 1}.`,
    start: block.type === 'bulletList' ? 1 : startOf(block),
    style: { paragraph: { indent: { left, hanging: INDENT } } },
  }));
  writing.lists.push(levels);
  return { kind: 'list', sign, list: writing.lists.length - 1, level };
};

const paragraph = (
  around: readonly Around[],
  leaf: Leaf,
  children: readonly ParagraphChild[],
  writing: Writing,
  begun: (Around & { kind: 'list' }) | null,
): Paragraph =>
  new Paragraph({
    style: styleFor(around, leaf, writing),
    ...(begun === null ? {} : { numbering: { reference: `list-${begun.list}`, level: begun.level } }),
    children: [...children],
  });

const styleName = (around: readonly Around[], leaf: string): string =>
  `開示書 ${[...around.map(({ sign }) => sign), leaf].join('＞')}`;

const styleFor = (around: readonly Around[], leaf: Leaf, { styles }: Writing): string => {
  const name = styleName(around, leaf);
  const known = styles.get(name);
  if (known !== undefined) return known.id;
  const left = around.length * INDENT;
  const id = `Kaijisho${styles.size + 1}`;
  styles.set(name, {
    id,
    name,
    basedOn: leaf === '見出し' ? 'Heading3' : 'Normal',
    quickFormat: around.length < 2,
    paragraph: {
      indent: leaf === '※' ? { left: left + INDENT, hanging: INDENT } : { left },
      spacing: { after: 60 },
      ...(leaf === '図' || leaf === '図題' ? { alignment: AlignmentType.CENTER } : {}),
      ...(leaf === '図' ? { keepNext: true } : {}),
    },
    ...(leaf === '図題' || leaf === '※' ? { run: { size: 19 } } : {}),
  });
  return id;
};

const figure = (block: Block, around: readonly Around[], writing: Writing): Paragraph[] => {
  const { sha256, alt, caption } = figureOf(block);
  const picture = writing.pictures.get(sha256);
  const shown = picture !== undefined ? wordImage(picture, storable(alt), PICTURE) : run(`［図：${alt}］`);
  return [
    paragraph(around, '図', [shown], writing, null),
    ...(caption === '' ? [] : [paragraph(around, '図題', [run(caption)], writing, null)]),
  ];
};

const table = (block: Block, around: readonly Around[], writing: Writing, width: number): Table => {
  const rows = block.content ?? [];
  const columns = Math.max(1, gridOf(block).columns);
  const own = Math.max(columns * 200, width - around.length * INDENT);
  const column = Math.floor(own / columns);
  const name = styleName(around, '表');
  const style = writing.tableStyles.get(name) ?? { id: `KaijishoTable${writing.tableStyles.size + 1}`, name };
  writing.tableStyles.set(name, style);
  return new Table({
    style: style.id,
    layout: TableLayoutType.FIXED,
    width: { size: column * columns, type: WidthType.DXA },
    indent: { size: around.length * INDENT, type: WidthType.DXA },
    columnWidths: Array<number>(columns).fill(column),
    borders: BORDERS,
    rows: rows.map(
      (row, r) =>
        new TableRow({
          ...(r === 0 && rows.length > 1 && (row.content ?? []).every(({ type }) => type === 'tableHeader')
            ? { tableHeader: true }
            : {}),
          children: (row.content ?? []).map((cell) => {
            const children = write(cell.content ?? [], [], writing, column * colspanOf(cell));
            return new TableCell({
              columnSpan: colspanOf(cell),
              rowSpan: rowspanOf(cell),
              width: { size: column * colspanOf(cell), type: WidthType.DXA },
              margins: { top: 60, bottom: 60, left: 90, right: 90 },
              ...(cell.type === 'tableHeader' ? { shading: HEADER_CELL } : {}),
              children: children.length === 0 ? [new Paragraph({})] : children,
            });
          }),
        }),
    ),
  });
};

const historyTable = (rows: EditionView['revisionHistory']): Table => {
  const widths = [1_200, 2_000, PAGE.text - 3_200];
  const row = (cells: readonly string[], header: boolean): TableRow =>
    new TableRow({
      ...(header ? { tableHeader: true } : {}),
      children: cells.map(
        (value, i) =>
          new TableCell({
            width: { size: widths[i] ?? 0, type: WidthType.DXA },
            margins: { top: 60, bottom: 60, left: 90, right: 90 },
            ...(header ? { shading: HEADER_CELL } : {}),
            children: [new Paragraph({ children: lines(value) })],
          }),
      ),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: PAGE.text, type: WidthType.DXA },
    columnWidths: widths,
    borders: BORDERS,
    rows: [
      row(['版数', '発行日', '改訂履歴'], true),
      ...rows.map(({ number, issuedOn, historyText }) =>
        row([editionName(number), inJapanese(issuedOn), historyText], false),
      ),
    ],
  });
};

// Inline -------------------------------------------------------------------------

/** XML 1.0 has no place for other control characters, and Word opens nothing that has them. */
const storable = (value: string): string => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
const run = (value: string, marks: { readonly bold?: boolean; readonly italics?: boolean } = {}): TextRun =>
  new TextRun({ text: storable(value), ...marks });
const lines = (value: string): TextRun[] =>
  value.split(/\r?\n/).flatMap((line, i) => [...(i > 0 ? [new TextRun({ break: 1 })] : []), run(line)]);
const plain = (value: string, options: Partial<IParagraphOptions> = {}): Paragraph =>
  new Paragraph({ ...options, children: [run(value.replace(/\s+/g, ' '))] });

const inline = (nodes: readonly Block[]): ParagraphChild[] =>
  nodes.map((node): ParagraphChild => {
    if (node.type === 'hardBreak') return new TextRun({ break: 1 });
    const marks = node.marks ?? [];
    const has = (type: string): boolean => marks.some((mark) => mark.type === type);
    const href = marks.find(({ type }) => type === 'link')?.attrs?.['href'];
    const text = new TextRun({
      text: storable(node.text ?? ''),
      ...(has('bold') ? { bold: true } : {}),
      ...(has('italic') ? { italics: true } : {}),
      ...(href === undefined ? {} : { style: 'Hyperlink' }),
    });
    return href === undefined ? text : new ExternalHyperlink({ link: String(href), children: [text] });
  });

// Bytes --------------------------------------------------------------------------

/**
 * Names that the library draws by lot, and the time of day, replaced by what follows from the text alone; and the styles of tables,
 * which it does not write.
 */
const inOneForm = (
  file: Uint8Array,
  writtenOn: string,
  tableStyles: readonly { readonly id: string; readonly name: string }[],
): Uint8Array => {
  const read = readZip(file);
  if (!read.ok) throw new Error(`The Word file that was just written is ${read.why}`);
  const names = new Map<string, string>();
  const xml = [...read.entries].map(([name, bytes]): [string, Uint8Array] => {
    if (!/\.(xml|rels)$/.test(name)) return [name, bytes];
    let drawing = 0;
    const text = Buffer.from(bytes)
      .toString('utf8')
      .replace(/rId[\w-]{21}(?=")/g, (drawn) => {
        names.set(drawn, names.get(drawn) ?? `rIdLink${names.size + 1}`);
        return names.get(drawn)!;
      })
      .replace(/(<wp:docPr [^>]*?id=")\d+/g, (_, before: string) => `${before}${++drawing}`)
      .replace('</w:styles>', () => `${tableStyles.map(tableStyle).join('')}</w:styles>`)
      .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${writtenOn}T00:00:00Z`);
    return [name, Buffer.from(text, 'utf8')];
  });
  return packZip(
    xml.sort(([a], [b]) => (a === '[Content_Types].xml' ? -1 : b === '[Content_Types].xml' ? 1 : a < b ? -1 : 1)),
  );
};

const tableStyle = ({ id, name }: { readonly id: string; readonly name: string }): string =>
  `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
