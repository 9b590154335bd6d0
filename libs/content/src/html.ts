import { circledNumber, colspanOf, figureOf, isSafeHref, rowspanOf, startOf, styleOf } from './attributes';
import type { Block, Body, Mark } from './body';
import { defaultFigureUrl } from './figure-url';

export type HtmlOptions = {
  /** Where the reader of the page gets an image from. */
  readonly figureUrl?: (sha256: string) => string;
};

/** A body as HTML that is safe to embed: text is escaped, links are checked, nothing else of the input is copied. */
export const renderHtml = (body: Body, options: HtmlOptions = {}): string => renderBlocks(body.content, options);

export const renderBlocks = (blocks: readonly Block[], options: HtmlOptions): string =>
  blocks.map((block) => renderBlock(block, '', options)).join('');

/** `mark` is the ① of the entry which this block begins; it is text, so that it survives where style sheets do not. */
const renderBlock = (block: Block, mark: string, options: HtmlOptions): string => {
  const content = block.content ?? [];
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return wrapText(block.type, mark, renderInline(content));
    case 'blockquote':
      return `<blockquote>${renderBlocks(content, options)}</blockquote>`;
    case 'bulletList':
      return `<ul>${content.map((item) => renderItem(item, '', options)).join('')}</ul>`;
    case 'orderedList': {
      const start = startOf(block);
      const circled = styleOf(block) === 'circled';
      const items = content.map((item, i) => renderItem(item, circled ? circledNumber(start + i) : '', options));
      return openList(circled, start) + items.join('') + '</ol>';
    }
    case 'table':
      return renderTable(withoutBlankHeaders(block), (cell) => renderBlocks(cell.content ?? [], options));
    case 'figure':
      return renderFigure(block, options);
    default:
      return '';
  }
};

export const openList = (circled: boolean, start: number): string =>
  `<ol${circled ? ' class="circled"' : ''}${start === 1 ? '' : ` start="${start}"`}>`;

const renderItem = (item: Block, mark: string, options: HtmlOptions): string =>
  `<li>${(item.content ?? []).map((block, i) => renderBlock(block, i === 0 ? mark : '', options)).join('')}</li>`;

/** A paragraph, heading or note around its inline HTML. */
export const wrapText = (type: string, mark: string, inline: string): string => {
  const marks = [mark, type === 'note' ? '※' : ''].filter((text) => text !== '');
  const text = marks.map((one) => `<span class="mark">${one}</span> `).join('') + inline;
  if (type === 'heading') return `<h3>${text}</h3>`;
  return type === 'note' ? `<p class="note">${text}</p>` : `<p>${text}</p>`;
};

/** `caption` is HTML; `around` says what stands around the image. */
export const renderFigure = (
  block: Block,
  { figureUrl = defaultFigureUrl }: HtmlOptions,
  caption: string = escapeHtml(figureOf(block).caption),
  around: (image: string) => string = (image) => image,
): string => {
  const { sha256, alt } = figureOf(block);
  const image = around(`<img src="${escapeHtml(figureUrl(sha256))}" alt="${escapeHtml(alt)}">`);
  return `<figure>${image}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`;
};

/** A header that says nothing would be read out as one; for readers only, Markdown has to come back as it was. */
export const withoutBlankHeaders = (table: Block): Block => {
  const asRead = (cell: Block): Block =>
    cell.type === 'tableHeader' && isBlank(cell) ? { ...cell, type: 'tableCell' } : cell;
  return {
    ...table,
    content: (table.content ?? []).map((row) => ({ ...row, content: (row.content ?? []).map(asRead) })),
  };
};

const isBlank = ({ content = [] }: Block): boolean =>
  content.every((block) => block.type === 'paragraph' && (block.content ?? []).length === 0);

/** `renderCell` gives the inside of a cell, `cellClass` what is to be said about the cell itself. */
export const renderTable = (
  table: Block,
  renderCell: (cell: Block, row: number, index: number) => string,
  cellClass: (row: number, index: number) => string = () => '',
): string => {
  const rows = table.content ?? [];
  const html = rows.map((row, r) => {
    const cells = (row.content ?? []).map((cell, i) => {
      const header = cell.type === 'tableHeader';
      // The first row heads its columns; any other header cell heads its row.
      const scope = header ? ` scope="${r === 0 ? 'col' : 'row'}${spansGroup(cell, r) ? 'group' : ''}"` : '';
      const className = cellClass(r, i);
      const attributes = [
        ['class', className],
        ['colspan', colspanOf(cell) === 1 ? '' : String(colspanOf(cell))],
        ['rowspan', rowspanOf(cell) === 1 ? '' : String(rowspanOf(cell))],
      ] as const;
      const written = attributes.map(([name, value]) => (value === '' ? '' : ` ${name}="${value}"`)).join('');
      const tag = header ? 'th' : 'td';
      return `<${tag}${scope}${written}>${renderCell(cell, r, i)}</${tag}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><tbody>${html.join('')}</tbody></table>`;
};

const spansGroup = (cell: Block, row: number): boolean => (row === 0 ? colspanOf(cell) > 1 : rowspanOf(cell) > 1);

export const renderInline = (nodes: readonly Block[]): string =>
  nodes.map((node) => (node.type === 'hardBreak' ? '<br>' : renderText(node.text ?? '', node.marks ?? []))).join('');

export const renderText = (text: string, marks: readonly Mark[]): string =>
  marks.reduceRight((inner, mark) => renderMark(mark, inner), escapeHtml(text));

const renderMark = ({ type, attrs }: Mark, inner: string): string => {
  const href = attrs?.['href'];
  if (type === 'bold') return `<strong>${inner}</strong>`;
  if (type === 'italic') return `<em>${inner}</em>`;
  if (type === 'link' && isSafeHref(href))
    return `<a href="${escapeHtml(href)}" rel="noopener noreferrer">${inner}</a>`;
  return inner;
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
