import { textOf, parseBody, type Block, type Body } from '@app/content';
import type { BlockContent, DefinitionContent, List, ListItem, Paragraph, Root, RootContent, Table } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { excerpt, type Report } from './anomalies';
import { htmlBlocks } from './html-blocks';
import { inlineContent, type Place } from './inline-content';
import type { MarkdownSource } from './read-markdown';
import { TAB_TABLE } from './repair-lines';
import { tabTable } from './tab-table';

export type ToBlocks = (node: RootContent) => readonly Block[];

/** Turns the blocks of a Markdown tree into blocks of a body; whatever a body cannot hold becomes plain text. */
export const blocksFrom = ({ tree, lineOf }: MarkdownSource, report: Report): ToBlocks => {
  const addresses = addressesIn(tree);
  const placeOf = (node: RootContent): Place => ({ line: lineOf(node), report, addresses });
  const convert = (node: RootContent): readonly Block[] => blockFrom(node, placeOf(node), convert, placeOf);
  return (node) =>
    convert(node).flatMap((block) => {
      if (parseBody({ type: 'doc', content: [block] }).ok) return [block];
      report(
        'STRUCTURE_SIMPLIFIED',
        lineOf(node),
        `「${excerpt(toString(node))}」の構造を読み取れないため、文章だけを取り込みました。`,
      );
      return asParagraphs(plainText(block));
    });
};

const addressesIn = (tree: Root): ReadonlyMap<string, string> =>
  new Map(tree.children.flatMap((node) => (node.type === 'definition' ? [[node.identifier, node.url] as const] : [])));

const blockFrom = (
  node: RootContent,
  place: Place,
  convert: ToBlocks,
  placeOf: (node: RootContent) => Place,
): readonly Block[] => {
  const { line, report } = place;
  switch (node.type) {
    case 'paragraph':
      return paragraphBlocks(inlineContent(node.children, place));
    case 'heading':
      return [{ type: 'heading', attrs: { level: 3 }, content: inlineContent(node.children, place) }];
    case 'list':
      return listBlocks(node, convert, placeOf);
    case 'blockquote': {
      const content = node.children.flatMap(convert);
      return content.length === 0 ? [] : [{ type: 'blockquote', content }];
    }
    case 'table':
      return [pipeTable(node, place)];
    case 'code':
      if (node.lang === TAB_TABLE) return [tabTable(node.value.split('\n'), line, report)];
      report(
        'CODE_AS_TEXT',
        line,
        `字下げまたはコードとして書かれた「${excerpt(node.value)}」を普通の文章にしました。`,
      );
      return asParagraphs(node.value);
    case 'html':
      return htmlBlocks(node.value, line, report);
    case 'footnoteDefinition':
      return [
        { type: 'note', content: [{ type: 'text', text: `［注${node.label ?? node.identifier}］${toString(node)}` }] },
      ];
    case 'definition':
    case 'thematicBreak':
    case 'yaml':
      return [];
    default:
      return asParagraphs(toString(node));
  }
};

// Paragraphs -------------------------------------------------------------------

type Line = readonly Block[];

const CIRCLED = /^[①-⑳]\s*/;
const BULLET = /^[・•●]\s*/;
const NOTE = /^※\s*/;

/** A paragraph; its lines that begin with ※, ・ or ①② become the notes and lists that they are. */
export const paragraphBlocks = (content: readonly Block[]): readonly Block[] => {
  const lines = linesOf(content);
  const numbers = lines.map((line) => circledNumberOf(textAt(line)));
  const numbered = numbers.some((n, i) => n !== null && numbers[i + 1] === n + 1);
  const groups: { kind: 'paragraph' | 'note' | 'bullets' | 'circled'; lines: Line[]; start: number }[] = [];
  lines.forEach((line, i) => {
    const text = textAt(line);
    const last = groups.at(-1);
    const n = numbered ? (numbers[i] ?? null) : null;
    if (NOTE.test(text)) groups.push({ kind: 'note', lines: [without(line, NOTE)], start: 1 });
    else if (BULLET.test(text) && text.length > 1) {
      if (last?.kind === 'bullets') last.lines.push(without(line, BULLET));
      else groups.push({ kind: 'bullets', lines: [without(line, BULLET)], start: 1 });
    } else if (n !== null) {
      if (last?.kind === 'circled' && last.start + last.lines.length === n) last.lines.push(without(line, CIRCLED));
      else groups.push({ kind: 'circled', lines: [without(line, CIRCLED)], start: n });
    } else if (last === undefined) groups.push({ kind: 'paragraph', lines: [line], start: 1 });
    else last.lines[last.lines.length - 1] = [...(last.lines.at(-1) ?? []), { type: 'hardBreak' }, ...line];
  });
  return groups.map(({ kind, lines: own, start }): Block => {
    if (kind === 'paragraph' || kind === 'note') return { type: kind, content: own.flat() };
    const content = own.map((line) => ({ type: 'listItem', content: [{ type: 'paragraph', content: line }] }));
    return kind === 'bullets'
      ? { type: 'bulletList', content }
      : { type: 'orderedList', attrs: { start, style: 'circled' }, content };
  });
};

const linesOf = (content: readonly Block[]): readonly Line[] =>
  content.reduce<Block[][]>(
    (lines, node) => {
      if (node.type === 'hardBreak') lines.push([]);
      else lines.at(-1)?.push(node);
      return lines;
    },
    [[]],
  );

const textAt = (line: Line): string => (line[0]?.text ?? '').trimStart();

const circledNumberOf = (text: string): number | null => {
  const code = text.codePointAt(0) ?? 0;
  return code >= 0x2460 && code <= 0x2473 ? code - 0x2460 + 1 : null;
};

const without = (line: Line, mark: RegExp): Line => {
  const [first, ...rest] = line;
  const text = (first?.text ?? '').trimStart().replace(mark, '');
  return first === undefined || text === '' ? rest : [{ ...first, text }, ...rest];
};

// Lists --------------------------------------------------------------------------

const listBlocks = (list: List, convert: ToBlocks, placeOf: (node: RootContent) => Place): readonly Block[] => {
  const starts = list.children.map((item) => circledNumberOf(toString(item).trimStart()));
  const first = starts[0] ?? null;
  const consecutive = first !== null && starts.every((n, i) => n === first + i);
  const circled = !list.ordered && consecutive && (starts.length > 1 || /^[①-⑳]\s/.test(toString(list.children[0])));
  const items = list.children.map((item) => itemContent(item, circled, convert, placeOf));

  const content = items.map((blocks) => ({ type: 'listItem', content: blocks }));
  if (circled) return [{ type: 'orderedList', attrs: { start: first, style: 'circled' }, content }];
  if (list.ordered) return [{ type: 'orderedList', attrs: { start: list.start ?? 1, style: 'decimal' }, content }];
  return remarksApart(content);
};

/** Entries that are nothing but a remark (`- ※ …`) stand between lists, not in one. */
const remarksApart = (items: readonly Block[]): readonly Block[] => {
  const blocks: Block[] = [];
  for (const item of items) {
    const [only, ...more] = item.content ?? [];
    const last = blocks.at(-1);
    if (only?.type === 'note' && more.length === 0) blocks.push(only);
    else if (last?.type === 'bulletList')
      blocks[blocks.length - 1] = { ...last, content: [...(last.content ?? []), item] };
    else blocks.push({ type: 'bulletList', content: [item] });
  }
  return blocks;
};

const itemContent = (
  item: ListItem,
  circled: boolean,
  convert: ToBlocks,
  placeOf: (node: RootContent) => Place,
): readonly Block[] => {
  const [head, ...rest] = item.children;
  const first =
    head?.type === 'paragraph'
      ? entryParagraph(head, item, circled, placeOf(head))
      : head === undefined
        ? []
        : convert(head);
  const blocks = [...first, ...rest.flatMap((child: BlockContent | DefinitionContent) => convert(child))];
  const [start, ...others] = blocks;
  if (start?.type === 'heading')
    return [{ type: 'paragraph', ...(start.content ? { content: start.content } : {}) }, ...others];
  return start?.type === 'paragraph' || start?.type === 'note' ? blocks : [{ type: 'paragraph' }, ...blocks];
};

/** The first paragraph of an entry, without the second bullet or the ① that the entry itself will have. */
const entryParagraph = (paragraph: Paragraph, item: ListItem, circled: boolean, place: Place): readonly Block[] => {
  let content = inlineContent(paragraph.children, place);
  if (circled) content = without(content, CIRCLED);
  else if (/^[・•●]\s*\S/.test(textAt(content))) {
    place.report(
      'DOUBLE_BULLET',
      place.line,
      `行頭の記号が二重の「- ${excerpt(textAt(content))}」から「・」を取り除きました。`,
    );
    content = without(content, BULLET);
  }
  if (item.checked !== null && item.checked !== undefined) {
    content = [{ type: 'text', text: item.checked ? '☑ ' : '☐ ' }, ...content];
  }
  return paragraphBlocks(content);
};

// Tables -------------------------------------------------------------------------

const pipeTable = (table: Table, place: Place): Block => {
  const width = Math.max(...table.children.map((row) => row.children.length));
  return {
    type: 'table',
    content: table.children.map((row, r) => ({
      type: 'tableRow',
      content: Array.from({ length: width }, (_, c) => {
        const blocks = paragraphBlocks(inlineContent(row.children[c]?.children ?? [], place));
        return {
          type: r === 0 ? 'tableHeader' : 'tableCell',
          attrs: { colspan: 1, rowspan: 1 },
          content: blocks.length === 0 ? [{ type: 'paragraph' }] : blocks,
        };
      }),
    })),
  };
};

// Plain text ---------------------------------------------------------------------

export const asParagraphs = (text: string): readonly Block[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line.trim() }] }));

/** The text of blocks that no parser has seen yet. */
export const plainText = (...content: Block[]): string => textOf({ type: 'doc', content } satisfies Body);
