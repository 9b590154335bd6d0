import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { More } from '../reminding/more';
import { RegisterTabs } from '../reminding/register-tabs';
import { ButtonLink, TextLink } from '../shell/link';
import table from '../shell/table.module.css';
import { Lines, Loaded, Page } from '../shell/page';
import { CertificateStateMark } from './certificate-state';
import { certificateQueries, stateOf, type CertificateView } from './certificates-api';
import classes from './certificates.module.css';
import { useKinds } from './kinds';
import { mayKeepRegister } from './may-keep-register';
import { certificatesMessages } from './messages';

/** 証明書: the register, what lapses first at the top. */
export const CertificatesPage = () => {
  const m = useMessages(certificatesMessages);
  const { data: session } = useQuery(queries.session());
  const certificates = useInfiniteQuery(certificateQueries.list());
  return (
    <Page
      title={m.title}
      actions={mayKeepRegister(session) && <ButtonLink to="/certificates/new">{m.register}</ButtonLink>}
    >
      <RegisterTabs here="certificates" />
      <Loaded query={certificates} skeleton={<Lines count={4} />}>
        {({ pages }) => <Register certificates={pages.flatMap((page) => page.certificates)} />}
      </Loaded>
      <More query={certificates} />
    </Page>
  );
};

const Register = ({ certificates }: { readonly certificates: readonly CertificateView[] }) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const { kindName } = useKinds();
  if (certificates.length === 0) return <p className={classes.quiet}>{m.none}</p>;
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-label={m.list}>
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
          {certificates.map((certificate) => {
            const [next] = certificate.deadlines.flatMap(({ matter, dueOn }) =>
              matter === 'application' || matter === 'surveillance' || matter === 'renewalAudit'
                ? [{ what: m.dueMatters[matter], dueOn }]
                : [],
            );
            return (
              <tr key={certificate.id} data-state={stateOf(certificate)}>
                <td>
                  <CertificateStateMark state={stateOf(certificate)} />
                </td>
                <th scope="row">
                  <TextLink to="/certificates/$certificateId" params={{ certificateId: certificate.id }} inherit>
                    {certificate.name}
                  </TextLink>
                  {certificate.name !== kindName(certificate.kind) && (
                    <span className={table.second}>{kindName(certificate.kind)}</span>
                  )}
                </th>
                <td data-label={m.number}>{certificate.number}</td>
                <td data-label={m.body}>{certificate.body}</td>
                <td className={table.whole} data-label={m.validUntil}>
                  <div>
                    {longDate(certificate.validUntil, language)}
                    {next && (
                      <span className={table.second}>{m.dueMatter(next.what, longDate(next.dueOn, language))}</span>
                    )}
                  </div>
                </td>
                <td className={`${table.figure} ${classes.left}`} data-label={m.left}>
                  {certificate.status === 'withdrawn' || certificate.status === 'renewalPending'
                    ? m.unknown
                    : m.daysLeft(certificate.daysLeft)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
