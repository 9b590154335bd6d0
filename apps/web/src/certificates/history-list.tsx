import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { remindingMessages } from '../reminding/messages';
import { remindersQueries } from '../reminding/reminders-api';
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

/** What happened, as its register tells it, and when its mails were paused: with who, when and why, the newest first. */
export const HistoryList = <E extends Happening>({
  subject,
  entries,
  sentenceOf,
  detailOf = () => null,
}: {
  readonly subject: string;
  readonly entries: readonly E[];
  readonly sentenceOf: (entry: E) => string;
  readonly detailOf?: (entry: E) => ReactNode;
}) => {
  const language = useLanguage();
  const { happened } = useMessages(remindingMessages);
  const { data } = useQuery(remindersQueries.snoozes(subject));
  const told = entries.map((entry) => ({
    ...{ type: entry.type, at: entry.at, by: entry.by, sentence: sentenceOf(entry), detail: detailOf(entry) },
    because: entry.type === 'EvidenceAttached' ? null : entry.text,
  }));
  const paused = (data?.snoozes ?? []).map(({ until, resumed, reason, at, by }) => ({
    ...{ type: 'snooze', at, by, because: reason, detail: null },
    sentence: resumed ? happened.resumed : happened.snoozed(longDate(until, language)),
  }));
  const all = [...told, ...paused].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ol className={classes.history}>
      {all.map(({ type, at, by, sentence, because, detail }) => (
        <li key={`${at} ${type} ${sentence} ${because}`}>
          <time dateTime={at}>{fullTime(at, language)}</time>
          <span>{by.name}</span>
          <span>
            {sentence}
            {because !== null && because !== '' && <span className={classes.because}>{because}</span>}
            {detail}
          </span>
        </li>
      ))}
    </ol>
  );
};
