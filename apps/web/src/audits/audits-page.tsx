import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries';
import certificates from '../certificates/certificates.module.css';
import { mayKeepRegister } from '../certificates/may-keep-register';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { More } from '../reminding/more';
import { RegisterTabs } from '../reminding/register-tabs';
import { ButtonLink, TextLink } from '../shell/link';
import { Lines, Loaded, Page } from '../shell/page';
import table from '../shell/table.module.css';
import { AuditStateMark, stateOf } from './audit-state';
import { useRecurrenceWords } from './audit-words';
import { auditQueries, type AuditView } from './audits-api';
import { auditsMessages } from './messages';

/** 監査・点検: what is due first at the top. */
export const AuditsPage = () => {
  const m = useMessages(auditsMessages);
  const { data: session } = useQuery(queries.session());
  const audits = useInfiniteQuery(auditQueries.list());
  return (
    <Page title={m.title} actions={mayKeepRegister(session) && <ButtonLink to="/audits/new">{m.plan}</ButtonLink>}>
      <RegisterTabs here="audits" />
      <Loaded query={audits} skeleton={<Lines count={4} />}>
        {({ pages }) => <Register audits={pages.flatMap((page) => page.audits)} />}
      </Loaded>
      <More query={audits} />
    </Page>
  );
};

const Register = ({ audits }: { readonly audits: readonly AuditView[] }) => {
  const m = useMessages(auditsMessages);
  const language = useLanguage();
  const inWords = useRecurrenceWords();
  if (audits.length === 0) return <p className={certificates.quiet}>{m.none}</p>;
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-label={m.list}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.state}</th>
            <th scope="col">{m.name}</th>
            <th scope="col">{m.repeats}</th>
            <th scope="col">{m.lastPerformed}</th>
            <th scope="col">{m.dueOn}</th>
            <th scope="col" className={table.figure}>
              {m.left}
            </th>
          </tr>
        </thead>
        <tbody>
          {audits.map((audit) => {
            const open = audit.followUps.filter(({ closed }) => closed === null).length;
            return (
              <tr key={audit.id} data-state={stateOf(audit)}>
                <td>
                  <AuditStateMark state={stateOf(audit)} />
                </td>
                <th scope="row">
                  <TextLink to="/audits/$auditId" params={{ auditId: audit.id }} inherit>
                    {audit.name}
                  </TextLink>
                  {audit.name !== m.kinds[audit.kind] && <span className={table.second}>{m.kinds[audit.kind]}</span>}
                  {open > 0 && <span className={table.second}>{m.openFollowUps(open)}</span>}
                </th>
                <td data-label={m.repeats}>{inWords(audit.recurrence)}</td>
                <td data-label={m.lastPerformed}>
                  {audit.lastPerformed ? (
                    <div>
                      {longDate(audit.lastPerformed.performedOn, language)}
                      <span className={table.second}>{m.results[audit.lastPerformed.result]}</span>
                    </div>
                  ) : (
                    m.unknown
                  )}
                </td>
                <td className={table.whole} data-label={m.dueOn}>
                  {audit.dueOn === null ? m.unknown : longDate(audit.dueOn, language)}
                </td>
                <td className={`${table.figure} ${certificates.left}`} data-label={m.left}>
                  {audit.daysLeft === null ? m.unknown : m.daysLeft(audit.daysLeft)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
