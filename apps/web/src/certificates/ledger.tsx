import { longDate, useLanguage, useMessages } from '../messages/language';
import { fullTime, listed } from '../review/format';
import { TextLink } from '../shell/link';
import table from '../shell/table.module.css';
import type { ReminderView } from './certificates-api';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

/** 督促の送付台帳: every reminder, to whom it went and what the mail server said. */
export const Ledger = ({
  reminders,
  ofOne = false,
}: {
  readonly reminders: readonly ReminderView[];
  /** All are of the certificate whose page this is. */
  readonly ofOne?: boolean;
}) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  if (reminders.length === 0) return <p className={classes.quiet}>{m.ledgerNone}</p>;
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-labelledby="ledger">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.ledgerAt}</th>
            {!ofOne && <th scope="col">{m.ledgerFor}</th>}
            <th scope="col">{m.ledgerRung}</th>
            <th scope="col">{m.ledgerTo}</th>
          </tr>
        </thead>
        <tbody>
          {reminders.map((reminder) => (
            <tr key={reminder.rungId}>
              <td className={table.whole}>
                <time dateTime={reminder.at}>{fullTime(reminder.at, language)}</time>
              </td>
              {!ofOne && (
                <td data-label={m.ledgerFor}>
                  <TextLink
                    to="/certificates/$certificateId"
                    params={{ certificateId: reminder.certificate.certificateId }}
                    inherit
                  >
                    {reminder.certificate.name}
                  </TextLink>
                </td>
              )}
              <td data-label={m.ledgerRung}>
                <div>
                  {reminder.label}
                  <span className={table.second}>
                    {m.validUntil} {longDate(reminder.dueOn, language)}
                  </span>
                  {reminder.collapsed.length > 0 && (
                    <span className={table.second}>{m.collapsed(listed(reminder.collapsed, language))}</span>
                  )}
                </div>
              </td>
              <td data-label={m.ledgerTo}>
                <ul className={classes.deliveries}>
                  {reminder.deliveries.map((delivery) => (
                    <li key={delivery.userId}>
                      {delivery.name}
                      <span
                        className={classes.delivery}
                        data-state={delivery.state}
                        title={delivery.messageId === null ? undefined : `${m.messageId} ${delivery.messageId}`}
                      >
                        {m.deliveries[delivery.state]}
                      </span>
                      {delivery.state === 'failed' && delivery.answer && (
                        <span className={table.second}>{delivery.answer}</span>
                      )}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
