import { isSafeHref, type Block, type Mark } from '@app/content';
import { excerpt, type Report } from './anomalies';

/**
 * HTML in Markdown, as our own export writes tables with merged cells. Only what a body can hold is read; the text of
 * everything else is kept and reported.
 */
export const htmlBlocks = (html: string, line: number, report: Report): readonly Block[] => {
  const comments = html.match(/<!--[\s\S]*?(-->|$)/g) ?? [];
  for (const comment of comments) {
    if (comment.replace(/<!--|-->/g, '').trim() === '') continue;
    report('HTML_REMOVED', line, `注釈「${comment}」を取り除きました。必要な内容でないか確かめてください。`);
  }
  const unknown = new Set<string>();
  const blocks = blocksOf(treeOf(html.replace(/<!--[\s\S]*?(-->|$)/g, '')), unknown);
  if (unknown.size > 0) {
    report(
      'HTML_REMOVED',
      line,
      `HTML の要素（${[...unknown].slice(0, 5).join('、')}）を外し、文章だけを取り込みました：「${excerpt(html.replace(/<[^>]*>/g, ' '))}」`,
    );
  }
  return blocks;
};

// Tree ---------------------------------------------------------------------------

export type Element = {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: HtmlNode[];
};
export type HtmlNode = Element | string;

const VOID = new Set(['br', 'img', 'hr', 'col', 'input', 'meta', 'link', 'wbr']);
const MAX_DEPTH = 150;

/** Forgiving: a closing tag closes what is open, one that closes nothing is ignored. `blanks`: whether blanks are text or only part it. */
export const treeOf = (html: string, blanks: 'text' | 'between' = 'between'): readonly HtmlNode[] => {
  const root: Element = { tag: '', attrs: {}, children: [] };
  const open: Element[] = [root];
  let from = 0;
  for (const match of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/g)) {
    addText(open.at(-1) ?? root, html.slice(from, match.index), blanks);
    from = match.index + match[0].length;
    const tag = (match[2] ?? '').toLowerCase();
    if (match[1] === '/') {
      const at = open.findLastIndex((element) => element.tag === tag);
      if (at > 0) open.length = at;
      continue;
    }
    const element: Element = { tag, attrs: attributesIn(match[3] ?? ''), children: [] };
    (open.at(-1) ?? root).children.push(element);
    if (!VOID.has(tag) && !(match[3] ?? '').endsWith('/') && open.length < MAX_DEPTH) open.push(element);
  }
  addText(open.at(-1) ?? root, html.slice(from), blanks);
  return root.children;
};

const addText = (element: Element, text: string, blanks: 'text' | 'between'): void => {
  const read = decodeEntities(blanks === 'text' ? text : text.replace(/\s+/g, ' '));
  if (read !== '') element.children.push(read);
};

const attributesIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from(text.matchAll(/([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g), ([, name = '', a, b, c]) => [
      name.toLowerCase(),
      decodeEntities(a ?? b ?? c ?? ''),
    ]),
  );

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );

// Blocks -------------------------------------------------------------------------

const INLINE = new Set([
  'b',
  'strong',
  'i',
  'em',
  'a',
  'br',
  'span',
  'ins',
  'del',
  'img',
  'sup',
  'sub',
  'u',
  's',
  'code',
  'font',
  'wbr',
]);

const blocksOf = (nodes: readonly HtmlNode[], unknown: Set<string>): readonly Block[] => {
  const blocks: Block[] = [];
  let inline: Block[] = [];
  const closeParagraph = () => {
    const content = trimmed(inline);
    if (content.length > 0) blocks.push({ type: 'paragraph', content });
    inline = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || INLINE.has(node.tag)) inline.push(...inlineOf([node], [], unknown));
    else {
      closeParagraph();
      blocks.push(...blockOf(node, unknown));
    }
  }
  closeParagraph();
  return blocks;
};

const blockOf = (element: Element, unknown: Set<string>): readonly Block[] => {
  const { tag, attrs, children } = element;
  const text = (type: string, more: object = {}): Block => ({
    type,
    ...more,
    content: trimmed(inlineOf(children, [], unknown)),
  });
  switch (tag) {
    case 'p':
      return [text(attrs['class'] === 'note' ? 'note' : 'paragraph')];
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return [text('heading', { attrs: { level: 3 } })];
    case 'ul':
    case 'ol': {
      const content = elements(children, 'li').map((item) => ({
        type: 'listItem',
        content: itemBlocks(item, unknown),
      }));
      if (content.length === 0) return blocksOf(children, unknown);
      if (tag === 'ul') return [{ type: 'bulletList', content }];
      const start = Number.parseInt(attrs['start'] ?? '1', 10) || 1;
      return [
        { type: 'orderedList', attrs: { start, style: attrs['class'] === 'circled' ? 'circled' : 'decimal' }, content },
      ];
    }
    case 'blockquote': {
      const content = blocksOf(children, unknown);
      return content.length === 0 ? [] : [{ type: 'blockquote', content }];
    }
    case 'table': {
      const rows = rowsOf(children).map((row) => ({ type: 'tableRow', content: cellsOf(row, unknown) }));
      return rows.length === 0 ? blocksOf(children, unknown) : [{ type: 'table', content: rows }];
    }
    case 'div':
    case 'section':
    case 'figure':
    case 'figcaption':
      return blocksOf(children, unknown);
    default:
      unknown.add(tag);
      return blocksOf(children, unknown);
  }
};

const itemBlocks = (item: Element, unknown: Set<string>): readonly Block[] => {
  const blocks = blocksOf(item.children, unknown);
  const [first] = blocks;
  return first?.type === 'paragraph' || first?.type === 'note' ? blocks : [{ type: 'paragraph' }, ...blocks];
};

export const elements = (nodes: readonly HtmlNode[], ...tags: string[]): readonly Element[] =>
  nodes.filter((node) => typeof node !== 'string').filter((node) => tags.includes(node.tag));

export const rowsOf = (nodes: readonly HtmlNode[]): readonly Element[] =>
  elements(nodes, 'thead', 'tbody', 'tfoot', 'tr').flatMap((node) =>
    node.tag === 'tr' ? [node] : rowsOf(node.children),
  );

const cellsOf = (row: Element, unknown: Set<string>): readonly Block[] =>
  elements(row.children, 'td', 'th').map(({ tag, attrs, children }) => {
    const content = blocksOf(children, unknown);
    const span = (name: string) => Math.max(1, Number.parseInt(attrs[name] ?? '1', 10) || 1);
    return {
      type: tag === 'th' ? 'tableHeader' : 'tableCell',
      attrs: { colspan: span('colspan'), rowspan: span('rowspan') },
      content: content.length === 0 ? [{ type: 'paragraph' }] : content,
    };
  });

// Inline -------------------------------------------------------------------------

export const MARKS: Readonly<Record<string, string>> = { b: 'bold', strong: 'bold', i: 'italic', em: 'italic' };

const inlineOf = (nodes: readonly HtmlNode[], marks: readonly Mark[], unknown: Set<string>): readonly Block[] =>
  nodes.flatMap((node): readonly Block[] => {
    if (typeof node === 'string') return [{ type: 'text', text: node, ...(marks.length === 0 ? {} : { marks }) }];
    const { tag, attrs, children } = node;
    if (tag === 'br') return [{ type: 'hardBreak' }];
    // The ① and ※ of our own export stand for what the list or the note already is.
    if (tag === 'span' && attrs['class'] === 'mark') return [];
    if (tag === 'img') return [{ type: 'text', text: `［図：${attrs['alt'] ?? ''}］` }];
    const type = MARKS[tag];
    const href = attrs['href'];
    if (type !== undefined) return inlineOf(children, added(marks, { type }), unknown);
    if (tag === 'a' && isSafeHref(href))
      return inlineOf(children, added(marks, { type: 'link', attrs: { href } }), unknown);
    if (tag !== 'span') unknown.add(tag);
    return inlineOf(children, marks, unknown);
  });

export const added = (marks: readonly Mark[], mark: Mark): readonly Mark[] =>
  marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];

export const trimmed = (nodes: readonly Block[]): readonly Block[] => {
  const texts = nodes.map((node, i) => {
    if (node.text === undefined) return node;
    const text = i === 0 ? node.text.trimStart() : node.text;
    return { ...node, text: i === nodes.length - 1 ? text.trimEnd() : text };
  });
  return texts.filter((node) => node.text !== '');
};
