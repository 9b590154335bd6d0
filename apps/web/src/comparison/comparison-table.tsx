import { createElement, Fragment, type ReactNode } from 'react';
import type { ComparisonCell, ComparisonRow, ComparisonTable, Leaf } from './comparison-api';
import classes from './comparison.module.css';

/** 新旧対照表: the new text on the left, the old one on the right; on narrow screens one below the other. */
export const ComparisonSheet = ({ table, label }: { readonly table: ComparisonTable; readonly label: string }) => (
  <div className={`printed ${classes.sheet}`} lang="ja">
    <p className={classes.legend}>{table.legend}</p>
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{table.newLabel}</th>
          <th scope="col">{table.oldLabel}</th>
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index} data-kind={row.kind} data-same={isSame(row) || undefined}>
            <td data-label={table.newLabel}>
              <Cell row={row} cell={row.new} changed="ins" />
              {row.remarks.length > 0 && (
                <ul className={classes.remarks}>
                  {row.remarks.map((remark, i) => (
                    <li key={i}>{remark}</li>
                  ))}
                </ul>
              )}
            </td>
            <td data-label={table.oldLabel}>
              <Cell row={row} cell={row.old} changed="del" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Both sides say the same: on a narrow screen once is enough. */
const isSame = (row: ComparisonRow): boolean => JSON.stringify(row.new) === JSON.stringify(row.old);

type Changed = 'ins' | 'del';

const Cell = ({
  row,
  cell,
  changed,
}: {
  readonly row: ComparisonRow;
  readonly cell: ComparisonCell;
  readonly changed: Changed;
}) => {
  if (typeof cell === 'string')
    return <p className={classes.statement}>{row.kind === 'omitted' ? `${row.item}　${cell}` : cell}</p>;
  const level = { part: 'h2', item: 'h3', text: 'h4', omitted: 'p' }[row.kind];
  return cell.map((leaf, index) => <LeafView key={index} leaf={leaf} changed={changed} level={level} />);
};

/** 傍線 under what changed; named to screen readers by its element. */
const marked = (changed: Changed, isChanged: boolean, text: ReactNode): ReactNode =>
  isChanged ? createElement(changed, null, text) : text;

const LeafView = ({
  leaf,
  changed,
  level,
}: {
  readonly leaf: Leaf;
  readonly changed: Changed;
  /** The element of a heading: h2 for parts, h3 for items. */
  readonly level: string;
}) => {
  const style = { marginInlineStart: `${leaf.depth}em` };
  if (leaf.table !== null) return <TableView table={leaf.table} changed={changed} />;
  const text = leaf.runs.map((run, index) => <Run key={index} run={run} changed={changed} />);
  if (leaf.figure !== null) {
    const { sha256, alt, changed: isOther } = leaf.figure;
    const image = <img src={`/api/figures/${encodeURIComponent(sha256)}`} alt={alt} loading="lazy" />;
    return (
      <figure style={style} data-changed={isOther || undefined}>
        {marked(changed, isOther, image)}
        {leaf.runs.length > 0 && <figcaption>{text}</figcaption>}
      </figure>
    );
  }
  const mark = leaf.mark !== '' && <>{marked(changed, leaf.markChanged, leaf.mark)} </>;
  return createElement(leaf.kind === 'heading' ? level : 'p', { style }, mark, text);
};

const Run = ({ run, changed }: { readonly run: Leaf['runs'][number]; readonly changed: Changed }) => {
  const lines = run.text.split('\n').map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ));
  const bold = run.bold ? <strong>{lines}</strong> : lines;
  const linked =
    run.href === null ? (
      bold
    ) : (
      <a href={run.href} target="_blank" rel="noreferrer">
        {bold}
      </a>
    );
  return marked(changed, run.changed, linked);
};

const TableView = ({ table, changed }: { readonly table: NonNullable<Leaf['table']>; readonly changed: Changed }) => (
  <div className="scrolls" tabIndex={0} role="group">
    <table className={classes.inner}>
      <tbody>
        {Array.from({ length: table.rows }, (_, row) => (
          <tr key={row}>
            {table.cells
              .filter((cell) => cell.row === row)
              .map((cell) =>
                createElement(
                  cell.header ? 'th' : 'td',
                  {
                    key: cell.column,
                    colSpan: cell.colspan,
                    rowSpan: cell.rowspan,
                    'data-changed': cell.changed || undefined,
                  },
                  // The contract names the blocks of a cell once, and blocks of cells by their shape alone.
                  (cell.leaves as unknown as readonly Leaf[]).map((leaf, index) => (
                    <LeafView key={index} leaf={leaf} changed={changed} level="h5" />
                  )),
                ),
              )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
