import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../api/queries';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { fullTime } from '../review/format';
import { TextLink } from '../shell/link';
import { Lines, Loaded, Page } from '../shell/page';
import table from '../shell/table.module.css';
import { CertificateStateMark } from './certificate-state';
import { certificateQueries, stateOf, type CertificateView } from './certificates-api';
import { useCitableItems } from './citations';
import classes from './certificates.module.css';
import { Ledger } from './ledger';
import { mayKeepRegister } from './may-keep-register';
import { certificatesMessages } from './messages';
import { RenewDialog, WithdrawDialog } from './term-dialogs';

/** One certificate: its terms, the items that cite it, the reminders to come and those that went out. */
export const CertificatePage = () => {
  const { certificateId } = useParams({ strict: false });
  const m = useMessages(certificatesMessages);
  const { data: session } = useQuery(queries.session());
  const certificate = useQuery(certificateQueries.show(certificateId!));
  const [dialog, setDialog] = useState<'renew' | 'withdraw' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <Page
      title={certificate.data?.name ?? m.title}
      above={
        <TextLink to="/certificates" size="sm">
          {m.title}
        </TextLink>
      }
      actions={
        certificate.data &&
        certificate.data.status !== 'withdrawn' &&
        mayKeepRegister(session) && (
          <>
            <Button variant="subtle" color="seal" onClick={() => setDialog('withdraw')}>
              {m.withdraw}
            </Button>
            <Button onClick={() => setDialog('renew')}>{m.renew}</Button>
          </>
        )
      }
    >
      <Loaded query={certificate} skeleton={<Lines count={6} />}>
        {(view) => (
          <>
            <Certificate certificate={view} />
            {dialog === 'renew' && <RenewDialog certificate={view} onClose={close} />}
            {dialog === 'withdraw' && <WithdrawDialog certificate={view} onClose={close} />}
          </>
        )}
      </Loaded>
    </Page>
  );
};

const Certificate = ({ certificate }: { readonly certificate: CertificateView }) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const ledger = useQuery(certificateQueries.ledger());
  return (
    <div className={classes.sections}>
      {certificate.withdrawn && (
        <Alert color="gray" variant="outline">
          {m.withdrawnBy(certificate.withdrawn.by.name, fullTime(certificate.withdrawn.at, language))}
          <br />
          {certificate.withdrawn.reason}
        </Alert>
      )}
      <section className="sheet">
        <dl className={classes.facts}>
          <div>
            <dt>{m.state}</dt>
            <dd>
              <CertificateStateMark state={stateOf(certificate)} />
            </dd>
          </div>
          <div>
            <dt>{m.validUntil}</dt>
            <dd>
              {longDate(certificate.validUntil, language)}
              {certificate.status !== 'withdrawn' && (
                <span className={classes.daysLeft}>{m.daysLeft(certificate.daysLeft)}</span>
              )}
            </dd>
          </div>
          <div>
            <dt>{m.kind}</dt>
            <dd>{m.kinds[certificate.kind]}</dd>
          </div>
          <div>
            <dt>{m.number}</dt>
            <dd>{certificate.number}</dd>
          </div>
          <div>
            <dt>{m.body}</dt>
            <dd>{certificate.body}</dd>
          </div>
        </dl>
      </section>
      <div className={classes.two}>
        <section aria-labelledby="cited">
          <h2 id="cited">{m.cited}</h2>
          <div className="sheet">
            <Cited certificate={certificate} />
          </div>
        </section>
        {certificate.status !== 'withdrawn' && (
          <section aria-labelledby="next">
            <h2 id="next">{m.next}</h2>
            <div className="sheet">
              <NextReminders certificateId={certificate.id} />
            </div>
          </section>
        )}
      </div>
      <section aria-labelledby="terms">
        <h2 id="terms">{m.history}</h2>
        <Terms certificate={certificate} />
      </section>
      <section aria-labelledby="ledger">
        <h2 id="ledger">{m.ledger}</h2>
        <Loaded query={ledger} skeleton={<Lines count={2} />}>
          {(data) => (
            <Ledger
              ofOne
              reminders={data.reminders.filter((reminder) => reminder.certificate.certificateId === certificate.id)}
            />
          )}
        </Loaded>
      </section>
    </div>
  );
};

const Cited = ({ certificate }: { readonly certificate: CertificateView }) => {
  const m = useMessages(certificatesMessages);
  const items = useCitableItems();
  if (certificate.citedBy.length === 0) return <p className={classes.line}>{m.citedNone}</p>;
  return (
    <ul className={classes.plain}>
      {certificate.citedBy.map(({ disclosureId, itemKey }) => {
        const item = items.find((one) => one.disclosureId === disclosureId && one.itemKey === itemKey);
        return (
          <li key={`${disclosureId} ${itemKey}`}>
            <TextLink to="/disclosures/$id/items/$itemKey" params={{ id: disclosureId, itemKey }} inherit>
              {item?.label ?? itemKey}
            </TextLink>
            {item && <span className={table.second}>{item.serviceName}</span>}
          </li>
        );
      })}
    </ul>
  );
};

const NextReminders = ({ certificateId }: { readonly certificateId: string }) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const deadlines = useQuery(queries.deadlines());
  return (
    <Loaded query={deadlines} skeleton={<Lines count={3} />}>
      {(view) => {
        const rungs = view.deadlines
          .filter(({ certificate }) => certificate.certificateId === certificateId)
          .flatMap((deadline) => deadline.rungs);
        if (rungs.length === 0) return <p className={classes.line}>{m.nextNone}</p>;
        return (
          <>
            <ol className={classes.rungs}>
              {rungs.map((rung) => (
                <li key={rung.rungId}>
                  <time dateTime={rung.sendOn}>{longDate(rung.sendOn, language)}</time>
                  <span>{rung.label}</span>
                </li>
              ))}
            </ol>
            <p className={classes.quiet}>{m.nextHelp}</p>
          </>
        );
      }}
    </Loaded>
  );
};

const Terms = ({ certificate }: { readonly certificate: CertificateView }) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-labelledby="terms">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.validFrom}</th>
            <th scope="col">{m.validUntil}</th>
            <th scope="col">{m.issuedOn}</th>
            <th scope="col">{m.number}</th>
            <th scope="col">{m.body}</th>
            <th scope="col">{m.recorded}</th>
          </tr>
        </thead>
        <tbody>
          {certificate.terms.map((term, index) => (
            <tr key={`${term.validFrom} ${term.recordedAt}`}>
              <td className={table.whole} data-label={m.validFrom}>
                {longDate(term.validFrom, language)}
              </td>
              <td className={table.whole} data-label={m.validUntil}>
                <div>
                  {longDate(term.validUntil, language)}
                  {index === 0 && certificate.terms.length > 1 && <span className={table.second}>{m.current}</span>}
                </div>
              </td>
              <td className={table.whole} data-label={m.issuedOn}>
                {term.issuedOn === null ? m.unknown : longDate(term.issuedOn, language)}
              </td>
              <td data-label={m.number}>{term.number}</td>
              <td data-label={m.body}>{term.body}</td>
              <td data-label={m.recorded}>{m.recordedBy(term.recordedBy.name, fullTime(term.recordedAt, language))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
