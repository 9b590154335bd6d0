import { Text } from '@mantine/core';
import type { DeadlinesView, DeadlineView } from '../api/types';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { TextLink } from '../shell/link';
import { StateLabel } from '../shell/state-label';
import table from '../shell/table.module.css';
import classes from './deadlines.module.css';
import { remindingMessages } from './messages';
import { monthsBetween, placeOf, rungsToShow, SOON_DAYS } from './timeline';

const isUrgent = ({ matter, daysLeft }: DeadlineView): boolean => matter !== 'decision' && daysLeft <= SOON_DAYS;
const keyOf = ({ subject, matter, part, dueOn }: DeadlineView): string => [subject, matter, part, dueOn].join(' ');

/** What of it falls due: the text of a follow-up, else the matter in words. */
export const useMatter = (): ((deadline: Pick<DeadlineView, 'matter' | 'part'>) => string) => {
  const { matters, followUpOf } = useMessages(remindingMessages);
  return ({ matter, part }) => (part === null ? matters[matter] : followUpOf(part));
};

/** Twelve months from today: what falls due, and the days on which it will be recalled by mail. */
export const Deadlines = ({ from, until, deadlines }: DeadlinesView) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  if (deadlines.length === 0) return <Text c="dimmed">{m.noDeadlines}</Text>;
  return (
    <div className={classes.strip}>
      <div className={classes.months} aria-hidden>
        <span className={classes.today}>{m.today}</span>
        {monthsBetween(from, until).map(({ date, month, year }) => (
          <span key={date} style={{ insetInlineStart: `${placeOf(date, from, until)}%` }}>
            {month === 1 && <b>{m.year(year)}</b>}
            {language === 'ja'
              ? `${month}月`
              : new Date(date).toLocaleString('en', { month: 'short', timeZone: 'UTC' })}
          </span>
        ))}
      </div>
      <ul className={classes.rows}>
        {deadlines.map((deadline) => (
          <Row key={keyOf(deadline)} deadline={deadline} from={from} until={until} />
        ))}
      </ul>
    </div>
  );
};

const Row = ({ deadline, from, until }: { deadline: DeadlineView; from: string; until: string }) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  const matterOf = useMatter();
  const { about, dueOn, snoozedUntil } = deadline;
  const rungs = rungsToShow(deadline);
  const due = placeOf(dueOn, from, until);
  const urgent = isUrgent(deadline);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <TextLink to={about.path as '/'} className={classes.name!} underline="always">
          {about.title}
        </TextLink>
        <span className={classes.until}>
          {matterOf(deadline)} <time dateTime={dueOn}>{longDate(dueOn, language)}</time>
        </span>
        <StateLabel tone={urgent ? 'alert' : 'plain'}>{leftOf(deadline, m)}</StateLabel>
        {snoozedUntil && <span className={classes.until}>{m.snoozedUntil(longDate(snoozedUntil, language))}</span>}
      </div>
      <div className={classes.line} aria-hidden>
        <span className={classes.term} data-urgent={urgent} style={{ inlineSize: `${due}%` }} />
        {rungs.map((rung) => (
          <span
            key={rung.rungId}
            className={classes.rung}
            title={`${rung.label} ${longDate(rung.sendOn, language)}`}
            style={{ insetInlineStart: `${placeOf(rung.sendOn, from, until)}%` }}
          />
        ))}
        <span className={classes.due} data-urgent={urgent} style={{ insetInlineStart: `${due}%` }} />
      </div>
      {rungs.length > 0 && (
        <span className="visually-hidden">
          {m.reminders(
            listed(
              rungs.map((rung) => `${rung.label} ${longDate(rung.sendOn, language)}`),
              language,
            ),
          )}
        </span>
      )}
    </li>
  );
};

type Words = { readonly overdue: string; readonly beingDecided: string; readonly daysLeft: (days: number) => string };

const leftOf = ({ matter, overdue, daysLeft }: DeadlineView, m: Words): string =>
  matter === 'decision' ? m.beingDecided : overdue ? `${m.overdue}・${m.daysLeft(daysLeft)}` : m.daysLeft(daysLeft);

/** The same as a table: for whoever would rather read, print or hear it. */
export const DeadlinesTable = ({ deadlines }: DeadlinesView) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  const matterOf = useMatter();
  if (deadlines.length === 0) return <Text c="dimmed">{m.noDeadlines}</Text>;
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-label={m.deadlinesTitle}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.dueOn}</th>
            <th scope="col">{m.what}</th>
            <th scope="col">{m.matter}</th>
            <th scope="col">{m.left}</th>
            <th scope="col">{m.nextReminder}</th>
          </tr>
        </thead>
        <tbody>
          {deadlines.map((deadline) => (
            <tr key={keyOf(deadline)}>
              <td className={table.whole}>
                <time dateTime={deadline.dueOn}>{longDate(deadline.dueOn, language)}</time>
              </td>
              <th scope="row">
                <TextLink to={deadline.about.path as '/'} inherit>
                  {deadline.about.title}
                </TextLink>
                {deadline.about.detail !== '' && <span className={table.second}>{deadline.about.detail}</span>}
              </th>
              <td data-label={m.matter}>{matterOf(deadline)}</td>
              <td className={table.whole} data-label={m.left}>
                <span>
                  <StateLabel tone={isUrgent(deadline) ? 'alert' : 'plain'}>{leftOf(deadline, m)}</StateLabel>
                </span>
              </td>
              <td className={table.whole} data-label={m.nextReminder}>
                <div>
                  {deadline.rungs[0] ? (
                    <>
                      {longDate(deadline.rungs[0].sendOn, language)}
                      <span className={table.second}>{deadline.rungs[0].label}</span>
                    </>
                  ) : (
                    m.none
                  )}
                  {deadline.snoozedUntil && (
                    <span className={table.second}>{m.snoozedUntil(longDate(deadline.snoozedUntil, language))}</span>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
