import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries';
import { Deadlines } from '../home/deadlines';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { ButtonLink, TextLink } from '../shell/link';
import table from '../shell/table.module.css';
import { Lines, Loaded, Page } from '../shell/page';
import { CertificateStateMark } from './certificate-state';
import { certificateQueries, stateOf, type CertificateView } from './certificates-api';
import classes from './certificates.module.css';
import { Ledger } from './ledger';
import { mayKeepRegister } from './may-keep-register';
import { certificatesMessages } from './messages';

/** 証明書: the register, what falls due in twelve months, and the mails that went out. */
export const CertificatesPage = () => {
  const m = useMessages(certificatesMessages);
  const { data: session } = useQuery(queries.session());
  const certificates = useQuery(certificateQueries.list());
  const deadlines = useQuery(queries.deadlines());
  const ledger = useQuery(certificateQueries.ledger());
  return (
    <Page
      title={m.title}
      actions={mayKeepRegister(session) && <ButtonLink to="/certificates/new">{m.register}</ButtonLink>}
    >
      <div className={classes.sections}>
        <section aria-labelledby="register">
          <h2 id="register">{m.list}</h2>
          <Loaded query={certificates} skeleton={<Lines count={4} />}>
            {(data) => <Register certificates={data.certificates} />}
          </Loaded>
        </section>
        <section aria-labelledby="timeline">
          <h2 id="timeline">{m.timeline}</h2>
          <div className="sheet">
            <Loaded query={deadlines} skeleton={<Lines count={3} />}>
              {(view) => <Deadlines {...view} />}
            </Loaded>
          </div>
        </section>
        <section aria-labelledby="ledger">
          <h2 id="ledger">{m.ledger}</h2>
          <Loaded query={ledger} skeleton={<Lines count={3} />}>
            {(data) => <Ledger reminders={data.reminders} />}
          </Loaded>
        </section>
      </div>
    </Page>
  );
};

const Register = ({ certificates }: { readonly certificates: readonly CertificateView[] }) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  if (certificates.length === 0) return <p className={classes.quiet}>{m.none}</p>;
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-labelledby="register">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.state}</th>
            <th scope="col">{m.name}</th>
            <th scope="col">{m.number}</th>
            <th scope="col">{m.body}</th>
            <th scope="col">{m.validUntil}</th>
            <th scope="col" className={table.figure}>
              {m.left}
            </th>
          </tr>
        </thead>
        <tbody>
          {certificates.map((certificate) => (
            <tr key={certificate.id} data-state={stateOf(certificate)}>
              <td>
                <CertificateStateMark state={stateOf(certificate)} />
              </td>
              <th scope="row">
                <TextLink to="/certificates/$certificateId" params={{ certificateId: certificate.id }} inherit>
                  {certificate.name}
                </TextLink>
                {certificate.name !== m.kinds[certificate.kind] && (
                  <span className={table.second}>{m.kinds[certificate.kind]}</span>
                )}
              </th>
              <td data-label={m.number}>{certificate.number}</td>
              <td data-label={m.body}>{certificate.body}</td>
              <td className={table.whole} data-label={m.validUntil}>
                {longDate(certificate.validUntil, language)}
              </td>
              <td className={`${table.figure} ${classes.left}`} data-label={m.left}>
                {certificate.status === 'withdrawn' ? m.unknown : m.daysLeft(certificate.daysLeft)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
