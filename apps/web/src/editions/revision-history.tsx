import type { DisclosureView, EditionSummary } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import table from '../shell/table.module.css';
import classes from './editions.module.css';
import { Errata } from './errata';
import { editionsMessages } from './messages';

/** 改訂履歴 as it is printed at the end of the document: the oldest edition first. */
export const RevisionHistory = ({
  rows,
  editions,
}: {
  readonly rows: DisclosureView['revisionHistory'];
  /** For their 正誤. */
  readonly editions: readonly Pick<EditionSummary, 'number' | 'errata'>[];
}) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const language = useLanguage();
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-label={m.history}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.edition}</th>
            <th scope="col">{m.issuedOn}</th>
            <th scope="col">{m.historyText}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <th scope="row" className={table.whole}>
                {t.edition(row.number)}
              </th>
              <td className={table.whole}>{longDate(row.issuedOn, language)}</td>
              <td className={classes.historyText}>
                {row.historyText}
                <Errata errata={editions.find(({ number }) => number === row.number)?.errata ?? []} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
