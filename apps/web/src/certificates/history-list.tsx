import type { ReactNode } from 'react';
import { useLanguage } from '../messages/language';
import { fullTime } from '../review/format';
import classes from './certificates.module.css';

/** What can have happened to a certificate, an audit … */
type Happening = {
  readonly type: string;
  readonly at: string;
  readonly by: { readonly name: string };
  /** Why, or the name of the file that was attached; the sentence has the latter. */
  readonly text: string | null;
};

/** What happened, as its register tells it, with who and when. */
export const HistoryList = <E extends Happening>({
  entries,
  sentenceOf,
  detailOf = () => null,
}: {
  readonly entries: readonly E[];
  readonly sentenceOf: (entry: E) => string;
  readonly detailOf?: (entry: E) => ReactNode;
}) => {
  const language = useLanguage();
  return (
    <ol className={classes.history}>
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.type} ${entry.text}`}>
          <time dateTime={entry.at}>{fullTime(entry.at, language)}</time>
          <span>{entry.by.name}</span>
          <span>
            {sentenceOf(entry)}
            {entry.text !== null && entry.text !== '' && entry.type !== 'EvidenceAttached' && (
              <span className={classes.because}>{entry.text}</span>
            )}
            {detailOf(entry)}
          </span>
        </li>
      ))}
    </ol>
  );
};
