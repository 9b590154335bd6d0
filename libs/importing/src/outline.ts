import type { Block } from '@app/content';
import type { List, Paragraph, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Report } from './anomalies';
import type { Issuer } from './imported-disclosure';
import { readHistory, type HistoryRow } from './history';
import { readIssuer } from './issuer';
import { comparable, dateIn, editionNumberIn, itemTitle, partTitle, unfolded } from './japanese-text';
import type { MarkdownSource } from './read-markdown';
import { TAB_TABLE } from './repair-lines';
import { plainText, type ToBlocks } from './to-blocks';
import { readToc, type TocPart } from './toc';

/** A file sorted into cover, contents, parts, items, history and issuer. */
export type Outline = {
  readonly title: string | null;
  readonly serviceName: string | null;
  readonly edition: { readonly number: number; readonly issuedOn: string; readonly line: number } | null;
  readonly toc: readonly TocPart[] | null;
  readonly parts: readonly OutlinePart[];
  readonly history: readonly HistoryRow[];
  readonly issuer: Issuer | null;
  /** From which line on the text is of which item, or of none; in the order of the file. */
  readonly places: readonly { readonly line: number; readonly item: OutlineItem | null }[];
};
export type OutlinePart = {
  readonly number: string;
  readonly title: string;
  readonly line: number;
  readonly items: readonly OutlineItem[];
};
export type OutlineItem = {
  readonly number: number;
  readonly title: string;
  readonly line: number;
  readonly blocks: readonly { readonly block: Block; readonly line: number }[];
};

type PartDraft = { number: string; title: string; line: number; depth: number; items: ItemDraft[] };
type ItemDraft = {
  number: number;
  title: string;
  line: number;
  from: 'heading' | 'list';
  blocks: { block: Block; line: number }[];
};

/** Where in the document we are; the tail comes after the last item. */
type Where = 'cover' | 'parts' | 'tail';

/**
 * Sorts the blocks of a file. Text that belongs nowhere is reported with its wording: nothing is dropped unsaid.
 */
export const readOutline = (source: MarkdownSource, toBlocks: ToBlocks, report: Report): Outline => {
  const { tree, lineOf } = source;
  const parts: PartDraft[] = [];
  const coverTitles: { text: string; line: number }[] = [];
  const history: HistoryRow[] = [];
  const tail: { text: string; line: number }[] = [];
  const places: { line: number; item: OutlineItem | null }[] = [];
  let edition: Outline['edition'] = null;
  let toc: readonly TocPart[] | null = null;
  const at: { where: Where; part: PartDraft | null; item: ItemDraft | null } = {
    where: 'cover',
    part: null,
    item: null,
  };

  const itemHere = (): ItemDraft | null => (at.where === 'parts' ? at.item : null);
  const note = (line: number): void => {
    if (itemHere() !== (places.at(-1)?.item ?? null)) places.push({ line, item: itemHere() });
  };
  const place = (node: RootContent): void => {
    for (const block of toBlocks(node)) {
      const item = itemHere();
      if (item !== null) item.blocks.push({ block, line: lineOf(node) });
      else withoutPlace(plainText(block), lineOf(node), report);
    }
  };
  const openPart = (text: string, depth: number, line: number): void => {
    const part = openOrRepeat(parts, text, depth, line, report);
    if (part !== at.part) at.item = null;
    at.part = part;
    at.where = 'parts';
  };
  const openItem = (part: PartDraft, number: number, title: string, line: number, from: ItemDraft['from']): void => {
    const clean = unfolded(title);
    if (at.item !== null && at.item.number === number && comparable(at.item.title) === comparable(clean)) {
      report(
        'ITEM_HEADING_REPEATED',
        line,
        `項目 ${part.number}-${number} の見出しがページの続きで繰り返されています。一つの項目につなぎました。`,
      );
      return;
    }
    at.item = { number, title: clean, line, from, blocks: [] };
    part.items.push(at.item);
    note(line);
  };

  const read = (node: RootContent): void => {
    const line = lineOf(node);
    const text = toString(node).trim();
    if (node.type === 'thematicBreak' || node.type === 'definition') return;

    const rows = historyRowsIn(node, toBlocks);
    if (rows !== null) {
      history.push(...readHistory(rows, line, report));
      if (at.where === 'parts') at.where = 'tail';
      at.item = null;
      return;
    }

    if (node.type === 'heading') {
      const { part } = at;
      const numbered = itemTitle(text);
      if (partTitle(text) !== null) openPart(text, node.depth, line);
      else if (isSectionName(text)) at.where = at.where === 'parts' && comparable(text) !== '目次' ? 'tail' : at.where;
      else if (part !== null && at.where === 'parts' && numbered !== null)
        openItem(part, numbered.number, numbered.title, line, 'heading');
      else if (at.where === 'cover') coverTitles.push({ text: unfolded(text), line });
      else place(node);
      return;
    }

    if (at.where === 'cover') {
      if (node.type === 'list' && toc === null) {
        toc = readToc(node, lineOf, report);
        if (toc !== null) return;
      }
      const number = editionNumberIn(text);
      const issuedOn = dateIn(text);
      if (node.type === 'paragraph' && edition === null && number !== null && issuedOn !== null) {
        edition = { number, issuedOn, line };
        return;
      }
      if (node.type === 'paragraph' && startsPart(text, toc)) openPart(text, 0, line);
      else if (!isSectionName(text)) place(node);
      return;
    }

    if (node.type === 'paragraph' && startsPart(text, toc)) {
      openPart(text, at.part?.depth ?? 0, line);
      return;
    }
    if (text === '以上') {
      report('END_MARK_REMOVED', line, '文末の「以上」は本文に含めませんでした。');
      at.where = 'tail';
      at.item = null;
      return;
    }
    if (at.where === 'tail' && node.type === 'paragraph') {
      tail.push(...linesOf(node).map((one) => ({ text: one, line })));
      return;
    }
    const { part } = at;
    if (at.where === 'parts' && part !== null && node.type === 'list' && holdsItems(node, part, toc)) {
      const start = node.start ?? 1;
      if (start === 1) {
        report(
          'ITEMS_AS_LIST',
          line,
          `部 ${part.number} の項目 ${start} からは見出しではなく番号付きの箇条書きです。項目として取り込みました。`,
        );
      }
      node.children.forEach((entry, i) => {
        const [head, ...rest] = entry.children;
        const [title = '', ...below] = splitTitle(
          head === undefined ? '' : toString(head),
          titleIn(toc, part.number, start + i),
        );
        openItem(part, start + i, title, lineOf(entry), 'list');
        for (const one of below) {
          at.item?.blocks.push({
            block: { type: 'paragraph', content: [{ type: 'text', text: one }] },
            line: lineOf(entry),
          });
        }
        rest.forEach((child) => place(child));
      });
      return;
    }
    place(node);
  };
  for (const node of tree.children) {
    read(node);
    note(lineOf(node));
  }

  const { title, serviceName, others } = namesOnCover(coverTitles);
  const issuer = readIssuer(tail);
  for (const other of [...others, ...issuer.others]) withoutPlace(other.text, other.line, report);
  return { title, serviceName, edition, toc, parts, history, issuer: issuer.issuer, places };
};

const withoutPlace = (text: string, line: number, report: Report): void => {
  if (text.trim() === '') return;
  report(
    'TEXT_WITHOUT_PLACE',
    line,
    `どの項目にも属さない次の文章は取り込んでいません。必要なら項目に書き写してください：「${text}」`,
  );
};

const isSectionName = (text: string): boolean => ['目次', '改訂履歴', '変更履歴', '発行者'].includes(comparable(text));

// Parts ----------------------------------------------------------------------------

/** A paragraph is the heading of a part only when the table of contents names it so. */
const startsPart = (text: string, toc: readonly TocPart[] | null): boolean => {
  const part = partTitle(text);
  return (
    part !== null &&
    (toc ?? []).some(({ number, title }) => number === part.number && comparable(title) === comparable(part.title))
  );
};

/** A new part, or the one that this is the heading of, printed again on another page. */
const openOrRepeat = (
  parts: PartDraft[],
  text: string,
  depth: number,
  line: number,
  report: Report,
): PartDraft | null => {
  const numbered = partTitle(text);
  if (numbered === null) return null;
  const { number, asWritten } = numbered;
  if (asWritten !== number) {
    const code = (asWritten.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    report(
      'ROMAN_VARIANT',
      line,
      `部の番号が「${asWritten}」（U+${code}）と書かれています。「${number}」にそろえました。`,
    );
  }
  const counter = /\s*[[［(（]\s*\d+\s*[/／]\s*\d+\s*[\]］)）]$/.exec(numbered.title)?.[0] ?? '';
  if (counter !== '')
    report('PAGE_COUNTER_REMOVED', line, `部の見出しに残ったページの番号「${counter.trim()}」を取り除きました。`);
  const title = unfolded(numbered.title.slice(0, numbered.title.length - counter.length));

  const known = parts.find((part) => part.number === number);
  if (known !== undefined) {
    const other = comparable(known.title) === comparable(title) ? '' : `（見出しの文言が異なります：「${title}」）`;
    report(
      'PART_HEADING_REPEATED',
      line,
      `部 ${number} の見出しがページごとに繰り返されています。一つの部につなぎました${other}。`,
    );
    return known;
  }
  const first = parts[0];
  if (first !== undefined && first.depth !== depth) {
    report(
      'HEADING_LEVEL_VARIES',
      line,
      `部 ${number} の見出しの階層（${depth}）が部 ${first.number}（${first.depth}）と異なります。同じ階層とみなしました。`,
    );
  }
  const part: PartDraft = { number, title, line, depth, items: [] };
  parts.push(part);
  return part;
};

// Items ----------------------------------------------------------------------------

/** A numbered list holds items when it goes on where the items stopped, and the contents do not say otherwise. */
const holdsItems = (list: List, part: PartDraft, toc: readonly TocPart[] | null): boolean => {
  const last = part.items.at(-1);
  if (!list.ordered || (list.start ?? 1) !== (last?.number ?? 0) + 1) return false;
  const expected = titleIn(toc, part.number, list.start ?? 1);
  if (expected !== null) {
    const head = list.children[0]?.children[0];
    return head !== undefined && alike(comparable(toString(head)), comparable(expected));
  }
  return last === undefined || last.from === 'list';
};

const titleIn = (toc: readonly TocPart[] | null, part: string, number: number): string | null =>
  toc?.find((one) => one.number === part)?.items.find((one) => one.number === number)?.title ?? null;

/** Titles that begin the same, or share most of their pairs of letters. */
const alike = (text: string, title: string): boolean => {
  if (text.startsWith(title)) return true;
  const pairs = new Set(Array.from({ length: Math.max(0, title.length - 1) }, (_, i) => title.slice(i, i + 2)));
  const found = [...pairs].filter((pair) => text.includes(pair)).length;
  return pairs.size > 0 && found / pairs.size > 0.5;
};

/** The title of an item, and the lines below it that a missing blank line has glued to it. */
const splitTitle = (text: string, expected: string | null): readonly string[] => {
  if (expected !== null && comparable(text) === comparable(expected)) return [text];
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
};

// Cover, history, tail ---------------------------------------------------------------

/** The title is what calls itself a 開示書; the service is the other heading. */
const namesOnCover = (titles: readonly { readonly text: string; readonly line: number }[]) => {
  const title = titles.find(({ text }) => text.includes('開示書')) ?? null;
  const service = titles.find((one) => one !== title) ?? null;
  const others = titles.filter((one) => one !== title && one !== service);
  return { title: title?.text ?? null, serviceName: service?.text ?? null, others };
};

/** The cells of the table 改訂履歴 row by row, or null for anything else. */
const historyRowsIn = (node: RootContent, toBlocks: ToBlocks): readonly (readonly string[])[] | null => {
  if (node.type === 'code' && node.lang === TAB_TABLE) {
    const rows = node.value.split('\n').map((row) => row.split('\t').map((cell) => cell.trim()));
    return isHistory(rows) ? rows : null;
  }
  if (node.type !== 'table' && node.type !== 'html') return null;
  const [table, ...rest] = toBlocks(node);
  if (table?.type !== 'table' || rest.length > 0) return null;
  const rows = (table.content ?? []).map((row) =>
    (row.content ?? []).map((cell) => plainText(...(cell.content ?? [])).trim()),
  );
  return isHistory(rows) ? rows : null;
};

const isHistory = ([head = []]: readonly (readonly string[])[]): boolean =>
  head.length >= 3 && /^版/.test(head[0] ?? '') && head.some((cell) => cell.includes('履歴') || cell.includes('内容'));

const linesOf = (paragraph: Paragraph): readonly string[] =>
  paragraph.children
    .map((child) => (child.type === 'break' ? '\n' : toString(child)))
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
