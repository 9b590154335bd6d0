import { statementOf, type ComparisonTable, type TableRow } from '@app/comparison-table';
import type { SideLeaf, SideRun } from '@app/content';
import { address } from '@app/publishing/portal/portal-pages';
import { markup, type Html } from '@app/publishing/portal/html';

/** 新旧対照表 as a table of a public page; what changed is underlined (傍線), as offices print it. */
export const comparisonHtml = (
  { rows }: ComparisonTable,
  service: string,
  { name, legend, after, before }: Readonly<Record<'name' | 'legend' | 'after' | 'before', string>>,
): Html =>
  markup`<p class="legend">${legend}</p>
    <div class="scroll" role="region" tabindex="0" aria-label="${name}">
      <table class="comparison">
        <thead>
          <tr><th scope="col">${after}</th><th scope="col">${before}</th></tr>
        </thead>
        <tbody lang="ja">
          ${rows.map(
            (row) =>
              markup`<tr class="${row.kind}">
                <td>${cellHtml(row, 'new', service)}${row.remarks.map((remark) => markup`<p class="quiet">〔${remark}〕</p>`)}</td>
                <td>${cellHtml(row, 'old', service)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;

const cellHtml = (row: TableRow, side: 'new' | 'old', service: string): Html => {
  const cell = row[side];
  return typeof cell === 'string'
    ? markup`<p class="statement">${statementOf(row, cell)}</p>`
    : markup`${cell.map((leaf) => leafHtml(leaf, service))}`;
};

const leafHtml = (leaf: SideLeaf, service: string): Html => {
  const { kind, depth, mark, markChanged, runs, figure, table } = leaf;
  const lead = mark === '' ? null : markup`${markChanged ? markup`<u>${mark}</u>` : mark} `;
  const words = markup`${lead}${runs.map(runHtml)}`;
  if (table !== null) return tableHtml(table, service);
  if (figure !== null)
    return markup`<p class="depth${Math.min(depth, 3)}${figure.changed ? ' changed' : ''}"><img src="${address.figure(service)(figure.sha256)}" alt="${figure.alt}" /><br />${words}</p>`;
  const inside = kind === 'heading' ? markup`<strong>${words}</strong>` : words;
  return markup`<p class="depth${Math.min(depth, 3)}">${inside}</p>`;
};

const runHtml = ({ text, changed, bold, href }: SideRun): Html => {
  const lines = markup`${text.split('\n').map((one, i) => markup`${i > 0 ? markup`<br />` : null}${one}`)}`;
  const strong = bold ? markup`<strong>${lines}</strong>` : lines;
  const linked = href !== null && /^(https?|mailto):/i.test(href) ? markup`<a href="${href}">${strong}</a>` : strong;
  return changed ? markup`<u>${linked}</u>` : linked;
};

const tableHtml = ({ rows, cells }: NonNullable<SideLeaf['table']>, service: string): Html =>
  markup`<table>
    ${Array.from(
      { length: rows },
      (_, index) =>
        markup`<tr>
          ${cells
            .filter(({ row }) => row === index)
            .map(
              ({ colspan, rowspan, changed, header, leaves }) =>
                markup`<td colspan="${colspan}" rowspan="${rowspan}" class="${[header ? 'header' : '', changed ? 'changed' : ''].join(' ').trim()}">${leaves.map((leaf) => leafHtml(leaf, service))}</td>`,
            )}
        </tr>`,
    )}
  </table>`;
