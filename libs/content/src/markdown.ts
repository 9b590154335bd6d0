import { circledNumber, colspanOf, figureOf, isSafeHref, rowspanOf, startOf, styleOf } from './attributes';
import type { Block, Body, Mark } from './body';
import { renderBlocks, renderTable, type HtmlOptions } from './html';
import { defaultFigureUrl } from './figure-url';

/**
 * A body as Markdown (CommonMark with GFM tables), for export. A table which GFM cannot say (merged cells, row headings,
 * several paragraphs in a cell) is written as an HTML table: moved columns would make it say something false. ①-lists
 * are written as `- ① …` and notes as `※ …`, as people write them.
 */
export const toMarkdown = (body: Body, options: HtmlOptions = {}): string => blocksToMarkdown(body.content, options);

const blocksToMarkdown = (blocks: readonly Block[], options: HtmlOptions): string => {
  let text = '';
  blocks.forEach((block, i) => {
    const written = blockToMarkdown(block, options);
    if (written === '') return;
    const before = blocks[i - 1];
    const sameList = before !== undefined && isList(before) && isList(block);
    // Two lists with nothing between them would be read as one.
    const gap = text === '' ? '' : sameList ? '\n\n<!-- -->\n\n' : '\n\n';
    text += gap + written;
  });
  return text;
};

const isList = ({ type }: Block): boolean => type === 'bulletList' || type === 'orderedList';

const blockToMarkdown = (block: Block, options: HtmlOptions): string => {
  const content = block.content ?? [];
  switch (block.type) {
    case 'paragraph':
      return escapeStart(inlineToMarkdown(content));
    case 'heading':
      return content.length === 0 ? '' : `#### ${inlineToMarkdown(content).replaceAll('\\\n', ' ')}`;
    case 'note':
      return `※ ${inlineToMarkdown(content)}`;
    case 'blockquote':
      return prefixed(blocksToMarkdown(content, options), '> ', '> ');
    case 'bulletList':
      return joinItems(content.map((item) => itemToMarkdown(item, '- ', '', options)));
    case 'orderedList': {
      const start = startOf(block);
      const circled = styleOf(block) === 'circled';
      return joinItems(
        content.map((item, i) =>
          circled
            ? itemToMarkdown(item, '- ', `${circledNumber(start + i)} `, options)
            : itemToMarkdown(item, `${start + i}. `, '', options),
        ),
      );
    }
    case 'table':
      return isPlain(block) ? pipeTable(block) : htmlTable(block, options);
    case 'figure': {
      const { sha256, alt, caption } = figureOf(block);
      const url = (options.figureUrl ?? defaultFigureUrl)(sha256);
      const title = caption === '' ? '' : ` "${caption.replace(/[\\"]/g, '\\$&').replace(/&(?=[#\w]+;)/g, '\\&')}"`;
      return `![${escapeText(alt)}](${url}${title})`;
    }
    default:
      return '';
  }
};

/** HTML goes on up to a blank line. */
const joinItems = (items: readonly string[]): string =>
  items.reduce((text, item) => text + (text.endsWith('</table>') ? '\n\n' : '\n') + item);

const itemToMarkdown = (item: Block, bullet: string, mark: string, options: HtmlOptions): string => {
  const blocks = item.content ?? [];
  const text = blocks.reduce((written, block, i) => {
    const one = blockToMarkdown(block, options);
    // Nothing below an entry that is empty itself would belong to it.
    if (i === 0) return mark + one === '' && blocks.length > 1 ? '<!-- -->' : mark + one;
    return one === '' ? written : written + gapInItem(blocks[i - 1], block, one) + one;
  }, '');
  return prefixed(text, bullet, ' '.repeat(bullet.length));
};

const gapInItem = (before: Block | undefined, block: Block, written: string): string => {
  if (!isList(block)) return '\n\n';
  if (before !== undefined && isList(before)) return '\n\n<!-- -->\n\n';
  // The lone hyphen of an empty entry would underline the line above as a heading.
  return /^\S+\s*(\n|$)/.test(written) ? '\n\n' : '\n';
};

/** `first` before the first line and `rest` before the others, but no trailing blanks. */
const prefixed = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, i) => (line === '' && i > 0 ? rest.trimEnd() : (i === 0 ? first : rest) + line))
    .join('\n');

// Tables -----------------------------------------------------------------------

const isPlain = (table: Block): boolean =>
  (table.content ?? []).every((row, r) =>
    (row.content ?? []).every(
      (cell) =>
        (cell.type === 'tableHeader') === (r === 0) &&
        colspanOf(cell) === 1 &&
        rowspanOf(cell) === 1 &&
        (cell.content ?? []).length === 1 &&
        cell.content?.[0]?.type === 'paragraph',
    ),
  );

const pipeTable = (table: Block): string => {
  const rows = (table.content ?? []).map((row) => {
    const cells = (row.content ?? []).map((cell) =>
      inlineToMarkdown(cell.content?.[0]?.content ?? [])
        .replaceAll('\\\n', '<br>')
        .replaceAll('|', '\\|'),
    );
    return `| ${cells.join(' | ')} |`;
  });
  const width = table.content?.[0]?.content?.length ?? 0;
  return [rows[0], `|${' --- |'.repeat(width)}`, ...rows.slice(1)].join('\n');
};

/** On lines without gaps, because a blank line would end the HTML. */
const htmlTable = (table: Block, options: HtmlOptions): string =>
  renderTable(table, (cell) => renderBlocks(cell.content ?? [], options))
    .replaceAll('<tr>', '\n<tr>')
    .replace('</tbody>', '\n</tbody>');

// Inline -----------------------------------------------------------------------

const inlineToMarkdown = (nodes: readonly Block[]): string =>
  nodes
    .map((node, i) => {
      if (node.type === 'hardBreak') return '\\\n';
      const [before, after] = [nodes[i - 1], nodes[i + 1]];
      return textToMarkdown(node, before, after);
    })
    .join('');

const textToMarkdown = (node: Block, before: Block | undefined, after: Block | undefined): string => {
  const text = node.text ?? '';
  const marks = node.marks ?? [];
  const href = marks.find(({ type }) => type === 'link')?.attrs?.['href'];
  const linked = isSafeHref(href) ? linkToMarkdown(text, href) : escapeText(text);
  const strong = has(marks, 'bold');
  const emphasised = has(marks, 'italic');
  if (!strong && !emphasised) return linked;

  if (href === undefined && isDelimitable(text, before, after)) {
    const stars = (strong ? '**' : '') + (emphasised ? '*' : '');
    return stars + linked + stars;
  }
  const inner = emphasised ? `<i>${linked}</i>` : linked;
  return strong ? `<b>${inner}</b>` : inner;
};

const has = (marks: readonly Mark[], type: string): boolean => marks.some((mark) => mark.type === type);

/**
 * Whether CommonMark would see the stars as emphasis. It would not in `**VPN（専用線）**を使う`: between a bracket and a
 * letter they stay stars.
 */
const isDelimitable = (text: string, before: Block | undefined, after: Block | undefined): boolean => {
  if ((before?.marks ?? []).length > 0 || (after?.marks ?? []).length > 0) return false;
  return /^[\p{L}\p{N}]/u.test(text) && /[\p{L}\p{N}]$/u.test(text);
};

const linkToMarkdown = (text: string, href: string): string =>
  text === href && /^https?:/i.test(href)
    ? `<${href}>`
    : `[${escapeText(text)}](${/[()]/.test(href) ? `<${href}>` : href})`;

/** A text as Markdown that says the same: nothing in it is taken for markup. */
export const escapeText = (text: string): string =>
  text
    .replace(/[\\`*[\]<>~]/g, '\\$&')
    .replace(/&(?=[#\w]+;)/g, '\\&')
    // An underscore inside of a word is only an underscore.
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');

/** What would begin a list, a heading or a rule at the start of a line. */
const escapeStart = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^(\s*)([-+=#])/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2'))
    .join('\n');
