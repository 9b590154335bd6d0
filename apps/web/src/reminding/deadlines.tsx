import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { DeadlinesView, DeadlineView } from '../api/types';
import { SOON_DAYS } from '../certificates/certificates-api';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { StateLabel } from '../shell/state-label';
import classes from './deadlines.module.css';
import { messages } from './messages';
import { monthsBetween, placeOf } from './timeline';

/** Per cent of the strip that the word for today takes. */
const ROOM_FOR_TODAY = 5;

/** Twelve months from today: what falls due, and the days on which it will be recalled by mail. */
export const Deadlines = ({ from, until, deadlines }: DeadlinesView) => {
  const t = useMessages(messages);
  const language = useLanguage();
  if (deadlines.length === 0) return <Text c="dimmed">{t.noDeadlines}</Text>;
  const months = monthsBetween(from, until);
  return (
    <div className={classes.strip}>
      <div className={classes.months} aria-hidden>
        <span style={{ insetInlineStart: 0 }} className={classes.today}>
          {t.today}
        </span>
        {months
          .filter(({ date }) => placeOf(date, from, until) > ROOM_FOR_TODAY)
          .map(({ date, month }) => (
            <span key={date} style={{ insetInlineStart: `${placeOf(date, from, until)}%` }}>
              {language === 'ja'
                ? `${month}月`
                : new Date(date).toLocaleString('en', { month: 'short', timeZone: 'UTC' })}
            </span>
          ))}
      </div>
      <ul className={classes.rows}>
        {deadlines.map((deadline) => (
          <Row key={deadline.subject + deadline.dueOn} deadline={deadline} from={from} until={until} />
        ))}
      </ul>
    </div>
  );
};

const Row = ({ deadline, from, until }: { deadline: DeadlineView; from: string; until: string }) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const { certificate, dueOn, daysLeft, overdue, rungs } = deadline;
  const due = placeOf(dueOn, from, until);
  const urgent = overdue || daysLeft <= SOON_DAYS;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Link
          to="/certificates/$certificateId"
          params={{ certificateId: certificate.certificateId }}
          className={classes.name}
        >
          {certificate.name}
        </Link>
        <span className={classes.until}>{t.until(longDate(dueOn, language))}</span>
        <StateLabel tone={urgent ? 'alert' : 'plain'}>
          {overdue ? `${t.lapsed}・${t.daysLeft(daysLeft)}` : t.daysLeft(daysLeft)}
        </StateLabel>
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
          {t.reminders(
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
