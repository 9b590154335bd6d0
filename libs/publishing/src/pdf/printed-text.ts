import { circledNumber } from '@app/content';
import type { Phrase } from './phrases';
import type { PrintData, PrintedNode } from './print-document';
import { squeezed } from './read-pdf';

/**
 * A piece of the text that a page has to show, and where it stands: an item as it is cited, or a section by its name. Of a table's
 * row the cells are apart: where a page ends within it, each goes on the next page by itself.
 */
export type Piece = {
  readonly place: string;
  readonly cells: readonly string[];
  /** Of a table with cells that span rows: those cells. The table is one piece then. */
  readonly spanning?: readonly Spanning[];
};

/** Stands where at least `after` and at most `before` of the other cells stand before it: the engine lays it out with one of its rows. */
export type Spanning = { readonly cell: string; readonly after: number; readonly before: number };

/**
 * The whole text of a printed edition in the order of the pages. The template prints exactly this: it is
 * compared after every printing, and by whoever verifies a PDF.
 *
 * @param pageOf on which page a heading stands, by its place among all headings, as the contents tell it
 */
export const printedText = (data: PrintData, pageOf: (heading: number) => number | null): readonly Piece[] => {
  const pieces: Piece[] = [];
  const add = (place: string, ...texts: readonly (string | number | null)[]) => {
    for (const text of texts) pieces.push({ place, cells: [String(text ?? '')] });
  };
  const facts = (rows: readonly { readonly label: string; readonly value: string }[]): string[] =>
    rows.flatMap(({ label, value }) => [label, value]);

  const { cover, issuer, approval, colophon } = data;
  add('表紙', joined(cover.service), joined(cover.title), ...facts(cover.facts), issuer.name);
  add('表紙', '内容ハッシュ（SHA-256）', data.hash);

  const headings = headingsOf(data);
  add('目次', '目次');
  for (const [i, { number, title }] of headings.entries()) add('目次', number, title, pageOf(i + 1));

  const items = data.parts.flatMap((part) => part.items);
  for (const part of data.parts) {
    add(part.number, part.number, joined(part.title));
    for (const item of part.items) {
      const place = `${part.number}${item.number}`.replace(/\.(?=.)/, '-').replace(/\.$/, '');
      add(place, item.number, joined(item.title));
      for (const piece of textOf(item.body)) pieces.push({ place, ...piece });
      if (item === items.at(-1)) add(place, '以上');
    }
  }

  add('改訂履歴', '改訂履歴');
  pieces.push({ place: '改訂履歴', cells: ['版数', '発行日', '改訂内容'] });
  for (const { edition, issuedOn, lines } of data.history)
    pieces.push({ place: '改訂履歴', cells: [edition, issuedOn, lines.join('')] });

  add('承認記録', '承認記録', approval.introduction);
  for (const signature of approval.signatures) {
    add('承認記録', signature.heading, signature.step, ...facts(signature.facts));
    for (const { label, hash } of signature.hashes) add('承認記録', label, hash);
  }

  add('発行者', '発行者', issuer.name, ...facts(issuer.facts));
  add('奥付', ...facts(colophon.facts), '内容ハッシュ', data.hash, ...colophon.lines, colophon.note);
  const { verification } = colophon;
  if (verification !== null) add('奥付', verification.heading, verification.says, verification.page);
  return pieces;
};

/** A heading; `anchor`: by which name it can be linked to (`II-4`), empty when by none. */
type Heading = { readonly number: string; readonly title: string; readonly anchor: string };

/** The headings that the contents and the bookmarks show, without that of the contents themselves. */
const headingsOf = (data: PrintData): readonly Heading[] => [
  ...data.parts.flatMap((part) => [
    { number: part.number, title: joined(part.title), anchor: '' },
    ...part.items.map((item) => ({ number: item.number, title: joined(item.title), anchor: item.anchor })),
  ]),
  ...['改訂履歴', '承認記録', '発行者'].map((title) => ({ number: '', title, anchor: '' })),
];

/** The bookmarks of a printed edition: their texts without white space, and by which names the same places can be linked to. */
export const printedBookmarks = (data: PrintData): readonly { readonly title: string; readonly anchor: string }[] => [
  { title: '目次', anchor: '' },
  ...headingsOf(data).map(({ number, title, anchor }) => ({ title: squeezed(number + title), anchor })),
];

/** The headings of a table as they are repeated: a row each, or all in one. */
export type Head = readonly Text[];

/**
 * What stands at the head and foot of a page, null on the cover: title, edition, issuer and page number; and between them, where a table
 * goes on, its headings once more, with some of those of the tables within it.
 */
export const printedRunning = (
  data: PrintData,
  page: number,
  pages: number,
): { readonly before: string; readonly heads: readonly (readonly Head[])[]; readonly after: string } | null => {
  if (page === 1) return null;
  const { title, edition, issuer } = data.running;
  const repeated = data.parts.flatMap((part) => part.items.flatMap((item) => headsOf(item.body)));
  const history = [[{ cells: ['版数', '発行日', '改訂内容'] }]];
  return { before: `${title}${edition}`, heads: [history, ...repeated], after: `${issuer}${page}/${pages}` };
};

/**
 * Where the links of a printed edition lead to, in the order of the pages: an entry for each link, and one for all of a table, whose cells
 * a page may cut so that they take turns. A link that shows nothing (only white space) is blank: it may be printed or not.
 */
export const printedLinks = ({ parts, colophon: { verification } }: PrintData): readonly PrintedLinks[] => [
  ...parts.flatMap((part) => part.items.flatMap((item) => linksOf(item.body))),
  ...(verification === null ? [] : [{ addresses: [verification.page], blank: false }]),
];

export type PrintedLinks = { readonly addresses: readonly string[]; readonly blank: boolean };

const linksOf = (nodes: readonly PrintedNode[]): readonly PrintedLinks[] =>
  nodes.flatMap((node): readonly PrintedLinks[] => {
    if (node.type === 'table') {
      const inside = cellsOf(node).flatMap((cell) => linksOf(cell.content));
      const addresses = inside.flatMap((each) => each.addresses);
      return inside.length === 0 ? [] : [{ addresses, blank: inside.every(({ blank }) => blank) }];
    }
    const address = node.marks?.find(({ type }) => type === 'link')?.attrs?.href;
    return address === undefined
      ? linksOf(node.content ?? [])
      : [{ addresses: [address], blank: squeezed(node.text ?? '') === '' }];
  });

/**
 * The alternative texts of a printed edition, in the order of the pages: of each table those of its cells, which go on on the next page
 * where a page cuts them.
 */
export const printedAlternatives = (data: PrintData): readonly (readonly (readonly string[])[])[] => [
  ...(data.logo === null ? [] : [[[data.logo.alt]]]),
  ...data.parts.flatMap((part) => part.items.flatMap((item) => alternativesOf(item.body))),
  ...(data.colophon.verification === null ? [] : [[[`検証のページのアドレス ${data.colophon.verification.page}`]]]),
];

const alternativesOf = (nodes: readonly PrintedNode[]): readonly (readonly (readonly string[])[])[] =>
  nodes.flatMap((node) => {
    if (node.type === 'figure') return [[[node.alt ?? '']]];
    if (node.type === 'table') return [inOrder(cellsOf(node)).flatMap(({ content }) => alternativesOf(content).flat())];
    return alternativesOf(node.content ?? []);
  });

/** The headings of each table and of those within it, in their order; on a page that the table reaches, some are repeated. */
const headsOf = (nodes: readonly PrintedNode[], depth = 0): readonly (readonly Head[])[] =>
  nodes.flatMap((node) => {
    if (node.type === 'bulletList')
      return (node.content ?? []).flatMap(({ content = [] }) =>
        headsOf(content, depth + (beginsWithNote(content) ? 0 : 1)),
      );
    if (node.type !== 'table') return headsOf(node.content ?? [], depth);
    const inside = headsOf(
      cellsOf(node).flatMap(({ content }) => content),
      depth,
    ).flat();
    return [[...(node.head && node.head.length > 0 ? [tableOf(node.head, depth)] : []), ...inside]];
  });

const cellsOf = ({ head = [], rows = [] }: PrintedNode): readonly Cell[] => [...head, ...rows];
const inOrder = (cells: readonly Cell[]): readonly Cell[] => [...cells].sort((a, b) => a.y - b.y || a.x - b.x);

const beginsWithNote = (content: readonly PrintedNode[]): boolean => content[0]?.type === 'note';

const joined = (phrases: readonly Phrase[]): string => phrases.map(({ text }) => text).join('');

/** `depth`: how many lists with bullets are around it. */
const textOf = (nodes: readonly PrintedNode[], depth = 0): readonly Text[] =>
  nodes.flatMap((node): readonly Text[] => {
    const content = node.content ?? [];
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        return [alone(inline(content))];
      case 'note':
        return [alone(`※${inline(content)}`)];
      case 'blockquote':
        return textOf(content, depth);
      case 'bulletList':
        return content.flatMap(({ content: item = [] }) =>
          beginsWithNote(item) ? textOf(item, depth) : [alone(depth % 2 === 0 ? '•' : '–'), ...textOf(item, depth + 1)],
        );
      case 'orderedList':
        return content.flatMap((item, i) => {
          const number = (node.start ?? 1) + i;
          const mark = node.style === 'circled' ? circledNumber(number) : `${number}.`;
          return [alone(mark), ...textOf(item.content ?? [], depth)];
        });
      case 'figure':
        return node.caption === '' ? [] : [alone(`図${node.number}${node.caption}`)];
      case 'table':
        return tableOf(cellsOf(node), depth);
      default:
        return [];
    }
  });

const inline = (nodes: readonly PrintedNode[]): string => nodes.map(({ text }) => text ?? '').join('');

/** A piece, wherever it stands. */
type Text = Omit<Piece, 'place'>;
type Cell = NonNullable<PrintedNode['rows']>[number];

const alone = (text: string): Text => ({ cells: [text] });

/** One after the other: texts are one cell, and the rows of tables keep theirs, which go on by themselves as those around them do. */
const together = (texts: readonly Text[]): Required<Text> => {
  const cells: string[] = [];
  const all: Spanning[] = [];
  let open = false;
  for (const { cells: some, spanning = [] } of texts) {
    const isText = some.length === 1 && spanning.length === 0;
    if (isText && open) cells.push(`${cells.pop() ?? ''}${some[0] ?? ''}`);
    else {
      all.push(...spanning.map((one) => later(one, cells.length)));
      cells.push(...some);
    }
    open = isText;
  }
  return { cells, spanning: all };
};

const later = ({ cell, after, before }: Spanning, by: number): Spanning => ({
  cell,
  after: after + by,
  before: before + by,
});

/** A row each; rows that a cell spans are one piece. */
const tableOf = (cells: readonly Cell[], depth: number): readonly Text[] => {
  const laid = inOrder(cells).map((cell) => ({ ...cell, text: together(textOf(cell.content, depth)) }));
  const groups: (typeof laid)[] = [];
  let end = 0;
  for (const cell of laid) {
    if (cell.y >= end) groups.push([]);
    groups.at(-1)?.push(cell);
    end = Math.max(end, cell.y + cell.rowspan);
  }
  return groups.map(rowsOf);
};

const rowsOf = (laid: readonly (Cell & { readonly text: Required<Text> })[]): Text => {
  const whole = { cells: [] as string[], spanning: [] as Spanning[] };
  const starts = new Map<number, number>();
  for (const { text, y, rowspan } of laid) {
    if (!starts.has(y)) starts.set(y, whole.cells.length);
    if (rowspan > 1) continue;
    whole.spanning.push(...text.spanning.map((one) => later(one, whole.cells.length)));
    whole.cells.push(...text.cells);
  }
  /** How many cells stand before a row; one that others span in all of its width has none of its own. */
  const before = (row: number): number =>
    Math.min(whole.cells.length, ...[...starts].filter(([y]) => y >= row).map(([, start]) => start));
  for (const { text, y, rowspan } of laid)
    if (rowspan > 1)
      for (const cell of [...text.cells, ...text.spanning.map((one) => one.cell)])
        whole.spanning.push({ cell, after: before(y + 1), before: before(y + rowspan) });
  return whole;
};
