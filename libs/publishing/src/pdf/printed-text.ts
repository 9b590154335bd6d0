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

  const figures = { count: 0 };
  const items = data.parts.flatMap((part) => part.items);
  for (const part of data.parts) {
    add(part.number, part.number, joined(part.title));
    for (const item of part.items) {
      const place = `${part.number}${item.number}`.replace(/\.(?=.)/, '-').replace(/\.$/, '');
      add(place, item.number, joined(item.title));
      for (const piece of textOf(item.body, figures)) pieces.push({ place, ...piece });
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

/**
 * What may stand at the head and foot of a page, each way in its pieces: nothing on the cover; elsewhere title, edition, issuer and
 * page number; and where a table goes on, its headings once more.
 */
export const printedRunning = (data: PrintData, page: number, pages: number): readonly (readonly Piece[])[] => {
  if (page === 1) return [[]];
  const place = '柱';
  const { title, edition, issuer } = data.running;
  const repeated = data.parts.flatMap((part) => part.items.flatMap((item) => headsOf(item.body)));
  return [[], [{ cells: ['版数', '発行日', '改訂内容'] }], ...repeated].map((heads) => [
    { place, cells: [`${title}${edition}`] },
    ...heads.map((piece) => ({ place, ...piece })),
    { place, cells: [`${issuer}${page}/${pages}`] },
  ]);
};

/**
 * Where the links of a printed edition lead to, in the order of the pages: a set for each link, and one for all of a table, whose cells
 * a page may cut so that they take turns. A link that shows nothing (only white space) may be printed or not: it goes with the one before.
 */
export const printedLinks = (data: PrintData): readonly ReadonlySet<string>[] => {
  const { verification } = data.colophon;
  const links = data.parts.flatMap((part) => part.items.flatMap((item) => linksOf(item.body)));
  const sets: Set<string>[] = [];
  for (const { addresses, blank } of links) {
    const last = sets.at(-1);
    if (blank && last) for (const address of addresses) last.add(address);
    else if (!blank) sets.push(new Set(addresses));
  }
  return verification === null ? sets : [...sets, new Set([verification.page])];
};

type PrintedLinks = { readonly addresses: readonly string[]; readonly blank: boolean };

const linksOf = (nodes: readonly PrintedNode[]): readonly PrintedLinks[] =>
  nodes.flatMap((node): readonly PrintedLinks[] => {
    if (node.type === 'table') {
      const inside = [...(node.head ?? []), ...(node.rows ?? [])].flatMap((cell) => linksOf(cell.content));
      const addresses = inside.flatMap((each) => each.addresses);
      return inside.length === 0 ? [] : [{ addresses, blank: inside.every(({ blank }) => blank) }];
    }
    const address = node.marks?.find(({ type }) => type === 'link')?.attrs?.href;
    return address === undefined
      ? linksOf(node.content ?? [])
      : [{ addresses: [address], blank: squeezed(node.text ?? '') === '' }];
  });

/** The alternative texts of a printed edition, in the order of the pages. */
export const printedAlternatives = (data: PrintData): readonly string[] => [
  ...(data.logo === null ? [] : [data.logo.alt]),
  ...data.parts.flatMap((part) => part.items.flatMap((item) => alternativesOf(item.body))),
  ...(data.colophon.verification === null ? [] : [`検証のページのアドレス ${data.colophon.verification.page}`]),
];

const alternativesOf = (nodes: readonly PrintedNode[]): readonly string[] =>
  nodes.flatMap((node) => [
    ...(node.type === 'figure' ? [node.alt ?? ''] : []),
    ...alternativesOf(node.content ?? []),
    ...alternativesOf([...(node.head ?? []), ...(node.rows ?? [])].flatMap((cell) => cell.content)),
  ]);

/** The headings of each table, which are repeated on every page that it reaches. */
const headsOf = (nodes: readonly PrintedNode[]): readonly (readonly Omit<Piece, 'place'>[])[] =>
  nodes.flatMap((node) => [
    ...(node.head && node.head.length > 0
      ? [tableOf(node.head, (cell) => wholeOf(cell.content, { count: 0 }, 0))]
      : []),
    ...headsOf(node.content ?? []),
    ...headsOf([...(node.head ?? []), ...(node.rows ?? [])].flatMap((cell) => cell.content)),
  ]);

const joined = (phrases: readonly Phrase[]): string => phrases.map(({ text }) => text).join('');

/** A counter that every figure of the document shares. */
type Figures = { count: number };

/** `depth`: how many lists with bullets are around it. */
const textOf = (nodes: readonly PrintedNode[], figures: Figures, depth = 0): Omit<Piece, 'place'>[] =>
  nodes.flatMap((node): Omit<Piece, 'place'>[] => {
    const content = node.content ?? [];
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        return [alone(inline(content))];
      case 'note':
        return [alone(`※${inline(content)}`)];
      case 'blockquote':
        return textOf(content, figures, depth);
      case 'bulletList':
        return content.flatMap((item) =>
          item.content?.[0]?.type === 'note'
            ? textOf(item.content, figures, depth)
            : [alone(depth % 2 === 0 ? '•' : '–'), ...textOf(item.content ?? [], figures, depth + 1)],
        );
      case 'orderedList':
        return content.flatMap((item, i) => {
          const number = (node.start ?? 1) + i;
          const mark = node.style === 'circled' ? circledNumber(number) : `${number}.`;
          return [alone(mark), ...textOf(item.content ?? [], figures, depth)];
        });
      case 'figure':
        figures.count++;
        return node.caption === '' ? [] : [alone(`図${figures.count}${node.caption}`)];
      case 'table':
        return tableOf([...(node.head ?? []), ...(node.rows ?? [])], (cell) => wholeOf(cell.content, figures, depth));
      default:
        return [];
    }
  });

const inline = (nodes: readonly PrintedNode[]): string => nodes.map(({ text }) => text ?? '').join('');

type Cell = NonNullable<PrintedNode['rows']>[number];

const alone = (text: string): Omit<Piece, 'place'> => ({ cells: [text] });

const wholeOf = (nodes: readonly PrintedNode[], figures: Figures, depth: number): string =>
  textOf(nodes, figures, depth)
    .flatMap(({ cells, spanning = [] }) => [...cells, ...spanning.map(({ cell }) => cell)])
    .join('');

/** A row each; one piece where cells span rows. */
const tableOf = (cells: readonly Cell[], textIn: (cell: Cell) => string): Omit<Piece, 'place'>[] => {
  const inOrder = [...cells].sort((a, b) => a.y - b.y || a.x - b.x).map((cell) => ({ ...cell, text: textIn(cell) }));
  const plain = inOrder.filter(({ rowspan }) => rowspan === 1);
  if (plain.length === inOrder.length) {
    return [...new Set(inOrder.map(({ y }) => y))].map((row) => ({
      cells: plain.filter(({ y }) => y === row).map(({ text }) => text),
    }));
  }
  const before = (row: number): number => plain.filter(({ y }) => y < row).length;
  const spanning = inOrder
    .filter(({ rowspan }) => rowspan > 1)
    .map(({ text, y, rowspan }) => ({ cell: text, after: before(y + 1), before: before(y + rowspan) }));
  return [{ cells: plain.map(({ text }) => text), spanning }];
};
