import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { fullTime, listed } from '../review/format';
import { TextLink } from '../shell/link';
import { StateLabel } from '../shell/state-label';
import table from '../shell/table.module.css';
import { useMatter } from './deadlines';
import { mayAnswer } from './may-answer';
import { remindingMessages } from './messages';
import { AcknowledgeDialog } from './reminder-dialogs';
import type { Delivery, ReminderView } from './reminders-api';
import classes from './reminding.module.css';

const tones = { waiting: 'plain', sent: 'ink', failed: 'alert', unneeded: 'plain' } as const;

/** Reminders that went out: to whom, what the mail server said, and who sees to it. */
export const LedgerTable = ({
  reminders,
  label,
  ofOne = false,
}: {
  readonly reminders: readonly ReminderView[];
  readonly label: string;
  /** All are of the subject whose page this is. */
  readonly ofOne?: boolean;
}) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  const matterOf = useMatter();
  const isOpen = useIsOpen(reminders);
  const [answering, setAnswering] = useState<ReminderView | null>(null);
  return (
    <>
      <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-label={label}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{m.at}</th>
              {!ofOne && <th scope="col">{m.what}</th>}
              <th scope="col">{m.label}</th>
              <th scope="col">{m.recipient}</th>
              <th scope="col">{m.acknowledgement}</th>
            </tr>
          </thead>
          <tbody>
            {reminders.map((reminder) => (
              <tr key={reminder.rungId}>
                <td className={table.whole}>
                  <time dateTime={reminder.at}>{fullTime(reminder.at, language)}</time>
                </td>
                {!ofOne && (
                  <td data-label={m.what}>
                    <TextLink to={reminder.about.path as '/'} inherit>
                      {reminder.about.title}
                    </TextLink>
                  </td>
                )}
                <td data-label={m.label}>
                  <div>
                    {reminder.label}
                    <span className={table.second}>
                      {matterOf(reminder)} {longDate(reminder.dueOn, language)}
                    </span>
                    {reminder.collapsed.length > 0 && (
                      <span className={table.second}>{m.collapsed(listed(reminder.collapsed, language))}</span>
                    )}
                    {reminder.missed && <span className={table.second}>{m.missed}</span>}
                  </div>
                </td>
                <td data-label={m.recipient}>
                  <Deliveries deliveries={reminder.deliveries} />
                  {reminder.escalations.map(({ cause, on, recipients }) => (
                    <span key={`${cause} ${on}`} className={table.second}>
                      {m.escalatedTo(recipients, longDate(on, language), m.escalation[cause])}
                    </span>
                  ))}
                </td>
                <td data-label={m.acknowledgement}>
                  <div>
                    {reminder.acknowledged ? (
                      <>
                        {m.acknowledgedBy(reminder.acknowledged.by.name, fullTime(reminder.acknowledged.at, language))}
                        <span className={table.second}>
                          {m.acknowledgedUntil(longDate(reminder.acknowledged.until, language))}
                        </span>
                      </>
                    ) : isOpen(reminder) ? (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={m.acknowledgeOf(`${reminder.about.title} ${reminder.label}`)}
                        onClick={() => setAnswering(reminder)}
                      >
                        {m.acknowledge}
                      </Button>
                    ) : (
                      m.none
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answering && <AcknowledgeDialog reminder={answering} onClose={() => setAnswering(null)} />}
    </>
  );
};

/** Whether there is still something to see to: the newest reminder of a due date that holds. */
const useIsOpen = (reminders: readonly ReminderView[]): ((reminder: ReminderView) => boolean) => {
  const { data: session } = useQuery(queries.session());
  const same = (a: Pick<ReminderView, 'subject' | 'matter' | 'part' | 'dueOn'>, b: typeof a): boolean =>
    a.subject === b.subject && a.matter === b.matter && a.part === b.part && a.dueOn === b.dueOn;
  return (reminder) =>
    mayAnswer(session) && reminder.stands && reminders.find((other) => same(other, reminder)) === reminder;
};

const Deliveries = ({ deliveries }: { readonly deliveries: readonly Delivery[] }) => {
  const m = useMessages(remindingMessages);
  if (deliveries.length === 0) return <>{m.none}</>;
  return (
    <ul className={classes.deliveries}>
      {deliveries.map((delivery, index) => (
        <li key={index}>
          <span className={classes.delivery}>
            {delivery.name}
            <StateLabel tone={tones[delivery.state]}>{m.deliveries[delivery.state]}</StateLabel>
            {delivery.state === 'unneeded' && <span className={table.second}>{m.unneeded}</span>}
            {delivery.escalation && <span className={table.second}>{m.escalation[delivery.escalation]}</span>}
          </span>
          <Attempts delivery={delivery} />
        </li>
      ))}
    </ul>
  );
};

/** Each time that it was sent, and what the mail server said. */
const Attempts = ({ delivery: { state, attempts, messageId } }: { readonly delivery: Delivery }) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  if (attempts.length === 0) return null;
  return (
    <details className={classes.answer} open={state === 'failed'}>
      <summary>{attempts.length === 1 ? m.answerOf : m.attemptsOf(attempts.length)}</summary>
      <ol className={classes.attempts}>
        {attempts.map(({ outcome, answer, at }, index) => (
          <li key={index}>
            {fullTime(at, language)} {m.attempts[outcome]}
            {answer !== '' && <span className={table.second}>{answer}</span>}
          </li>
        ))}
      </ol>
      {messageId && (
        <span className={table.second}>
          {m.messageId} {messageId}
        </span>
      )}
    </details>
  );
};
