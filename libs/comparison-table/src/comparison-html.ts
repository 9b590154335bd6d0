import type { SideLeaf, SideRun } from '@app/content';
import { dataUrl, type LoadFigure } from '@app/publishing';
import { htmlFile } from '@app/publishing/html-file';
import { markup, trusted, type Html } from '@app/publishing/portal/html';
import { statementOf, type ComparisonTable, type TableCell, type TableRow } from './comparison-table';
import { figuresIn, type Figures } from './figures';

/**
 * 新旧対照表 as one HTML file that needs nothing else: figures and styles inside, no scripts; side by side where there is room
 * and on paper, one below the other on narrow screens. A figure whose image is not stored is named by its alternative text.
 * The same table gives the same bytes.
 */
export const comparisonHtml = async (table: ComparisonTable, loadFigure: LoadFigure): Promise<string> => {
  const figures = await figuresIn(table, loadFigure);
  const cell = (row: TableRow, side: Side): Html =>
    markup`<td data-label="${side === 'new' ? table.newLabel : table.oldLabel}">${cellOf(row, row[side], side, figures)}${
      side === 'new' ? row.remarks.map((remark) => markup`<p class="remark">〔${remark}〕</p>`) : null
    }</td>`;
  return htmlFile(
    `${table.title}　${table.subject}`,
    STYLES,
    markup`<main>
<h1>${table.title}</h1>
<p class="subject">${table.subject}</p>
<p class="legend">${table.legend}</p>
${
  table.rows.length === 0
    ? markup`<p>${table.nothing}</p>`
    : markup`<table class="sides">
<thead><tr><th scope="col">${table.newLabel}</th><th scope="col">${table.oldLabel}</th></tr></thead>
<tbody>
${table.rows.map((row) => markup`<tr class="${row.kind}">${cell(row, 'new')}${cell(row, 'old')}</tr>\n`)}</tbody>
</table>`
}
</main>`,
  );
};

type Side = 'new' | 'old';

const cellOf = (row: TableRow, cell: TableCell, side: Side, figures: Figures): Html => {
  if (typeof cell === 'string') return markup`<p class="statement">${statementOf(row, cell)}</p>`;
  const heading = { part: 'h2', item: 'h3', text: 'h4', omitted: 'p' }[row.kind];
  return markup`${cell.map((leaf) => leafOf(leaf, heading, side, figures))}`;
};

const leafOf = (leaf: SideLeaf, heading: string, side: Side, figures: Figures): Html => {
  if (leaf.table !== null) return tableOf(leaf.table, side, figures);
  const indent = trusted(leaf.depth === 0 ? '' : ` style="margin-inline-start: ${leaf.depth}em"`);
  const said = leaf.runs.map((run) => runOf(run, side));
  if (leaf.figure !== null) {
    const { sha256, alt, changed } = leaf.figure;
    const figure = figures.get(sha256);
    const image = figure ? markup`<img src="${dataUrl(figure)}" alt="${alt}">` : markup`［図：${alt}］`;
    const caption = said.length === 0 ? null : markup`<figcaption>${said}</figcaption>`;
    return markup`<figure${indent}>${marked(changed, image, side)}${caption}</figure>`;
  }
  const element = trusted(leaf.kind === 'heading' ? heading : 'p');
  const mark = leaf.mark === '' ? null : markup`${marked(leaf.markChanged, markup`${leaf.mark}`, side)} `;
  return markup`<${element}${indent}>${mark}${said}</${element}>`;
};

const runOf = ({ text, changed, bold, href }: SideRun, side: Side): Html => {
  const lines = markup`${text.split('\n').map((line, i) => (i === 0 ? line : markup`<br>${line}`))}`;
  const weighed = bold ? markup`<strong>${lines}</strong>` : lines;
  const linked = href === null ? weighed : markup`<a href="${href}" rel="noopener noreferrer">${weighed}</a>`;
  return marked(changed, linked, side);
};

/** 傍線 under what changed; named to screen readers by its element. */
const marked = (isChanged: boolean, said: Html, side: Side): Html => {
  if (!isChanged) return said;
  return side === 'new' ? markup`<ins>${said}</ins>` : markup`<del>${said}</del>`;
};

const tableOf = ({ rows, cells }: NonNullable<SideLeaf['table']>, side: Side, figures: Figures): Html =>
  markup`<table>${Array.from(
    { length: rows },
    (_, row) =>
      markup`<tr>${cells
        .filter((cell) => cell.row === row)
        .map((cell) => {
          const element = trusted(cell.header ? 'th' : 'td');
          const changed = trusted(cell.changed ? ' class="changed"' : '');
          return markup`<${element}${changed} colspan="${cell.colspan}" rowspan="${cell.rowspan}">${cell.leaves.map((leaf) => leafOf(leaf, 'h5', side, figures))}</${element}>`;
        })}</tr>`,
  )}</table>`;

const STYLES = `
body { max-width: 80rem; margin: 0 auto; padding: 2rem 1.25rem; background: #fff; color: #1b1f24; font: 0.9375rem/1.8 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5 { margin: 0; line-height: 1.6; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.0625rem; }
h3, h4, h5 { font-size: 1em; }
p { margin: 0; }
.subject { font-size: 1.0625rem; }
.legend { text-align: end; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #9aa4ad; padding: 0.4rem 0.6rem; text-align: start; vertical-align: top; }
th, .part > td { background: #f3f5f7; font-weight: 500; }
.sides { table-layout: fixed; }
.sides > thead th { text-align: center; }
.changed { border: 2px solid #1b1f24; }
.statement { text-align: center; }
.remark { font-size: 0.8125rem; color: #505b66; }
ins, del { text-decoration: underline; text-decoration-thickness: 0.09em; text-underline-offset: 0.2em; }
a { color: inherit; }
figure { margin: 0; break-inside: avoid; }
img { max-width: 100%; height: auto; }
@media screen and (max-width: 40rem) {
  .sides > thead { display: none; }
  .sides, .sides > tbody, .sides > tbody > tr, .sides > tbody > tr > td { display: block; }
  .sides > tbody > tr { margin-block-end: 0.75rem; }
  .sides > tbody > tr > td::before { content: attr(data-label); display: block; font-size: 0.75rem; color: #505b66; }
  .sides > tbody > tr > td + td { border-block-start: 0; }
  .statement { text-align: start; }
}
@page { size: A4 landscape; margin: 18mm; }
@media print { body { max-width: none; padding: 0; font-size: 9pt; } a { text-decoration: none; } }
`;
