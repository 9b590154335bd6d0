import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import { Lines, Loaded } from '../shell/page';
import table from '../shell/table.module.css';
import { useMatter } from './deadlines';
import { LedgerTable } from './ledger-table';
import { mayAnswer } from './may-answer';
import { remindingMessages } from './messages';
import { ResumeDialog, SnoozeDialog } from './reminder-dialogs';
import { remindersQueries } from './reminders-api';
import { rungsToShow } from './timeline';
import classes from './reminding.module.css';

/** Which mails will still go out about a certificate or an audit, and the way to put them off. */
export const NextReminders = ({ subject, title }: { readonly subject: string; readonly title: string }) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  const matterOf = useMatter();
  const { data: session } = useQuery(queries.session());
  const deadlines = useQuery(queries.deadlinesOf(subject));
  const snoozes = useQuery(remindersQueries.snoozes(subject));
  const [opened, setOpened] = useState<'snooze' | 'resume' | null>(null);
  const close = (): void => setOpened(null);
  return (
    <Loaded query={deadlines} skeleton={<Lines count={3} />}>
      {(view) => {
        const mine = view.deadlines;
        const snoozedUntil = mine.find((deadline) => deadline.snoozedUntil !== null)?.snoozedUntil;
        const present = snoozes.data?.snoozes.find(({ until }) => until === snoozedUntil) ?? null;
        const rungs = mine
          .flatMap((deadline) => rungsToShow(deadline).map((rung) => ({ ...rung, matter: matterOf(deadline) })))
          .sort((a, b) => (a.sendOn < b.sendOn ? -1 : 1));
        return (
          <>
            {snoozedUntil && (
              <p className={classes.line}>
                {m.snoozedUntil(longDate(snoozedUntil, language))}
                {present?.reason && <span className={table.second}>{present.reason}</span>}
              </p>
            )}
            {rungs.length === 0 ? (
              <p className={classes.line}>{m.nextOfSubjectNone}</p>
            ) : (
              <ol className={classes.rungs}>
                {rungs.map((rung) => (
                  <li key={rung.rungId}>
                    <time dateTime={rung.sendOn}>{longDate(rung.sendOn, language)}</time>
                    <span>
                      {rung.label}
                      {mine.length > 1 && <span className={classes.matter}>{rung.matter}</span>}
                    </span>
                  </li>
                ))}
              </ol>
            )}
            <Group gap="sm" mt="md">
              {rungs.length > 0 && (
                <TextLink to="/reminders" search={{ subject, days: 365 }} size="sm">
                  {m.showNext}
                </TextLink>
              )}
              {mine.length > 0 && mayAnswer(session) && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  loading={snoozes.isPending}
                  onClick={() => setOpened('snooze')}
                >
                  {snoozedUntil ? m.snoozeChange : m.snooze}
                </Button>
              )}
              {snoozedUntil && mayAnswer(session) && (
                <Button size="compact-sm" variant="subtle" onClick={() => setOpened('resume')}>
                  {m.resume}
                </Button>
              )}
            </Group>
            {opened === 'snooze' && <SnoozeDialog {...{ subject, title, present }} onClose={close} />}
            {opened === 'resume' && <ResumeDialog {...{ subject, title }} onClose={close} />}
          </>
        );
      }}
    </Loaded>
  );
};

/** The mails that went out about it. */
export const SubjectLedger = ({ subject }: { readonly subject: string }) => {
  const m = useMessages(remindingMessages);
  const ledger = useQuery(remindersQueries.ledger({ subject }));
  return (
    <Loaded query={ledger} skeleton={<Lines count={2} />}>
      {({ reminders, total }) =>
        reminders.length === 0 ? (
          <p className={classes.quiet}>{m.ledgerNone}</p>
        ) : (
          <>
            <LedgerTable ofOne reminders={reminders} label={m.ledgerTitle} />
            {total > reminders.length && (
              <p className={classes.quiet}>
                <TextLink to="/reminders/ledger" search={{ subject }} inherit>
                  {m.total(total)}
                </TextLink>
              </p>
            )}
          </>
        )
      }
    </Loaded>
  );
};
