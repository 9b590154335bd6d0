import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../api/queries';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { useRecipients } from '../reminding/recipients';
import { NextReminders, SubjectLedger } from '../reminding/subject-reminders';
import { fullTime } from '../review/format';
import { TextLink } from '../shell/link';
import { Lines, Loaded, Page } from '../shell/page';
import { PageActions } from '../shell/page-actions';
import table from '../shell/table.module.css';
import { CertificateStateMark } from './certificate-state';
import {
  certificatePath,
  certificateQueries,
  plannedAudits,
  stateOf,
  type CertificateAudit,
  type CertificateView,
  type CitingDisclosure,
} from './certificates-api';
import { CitedItems } from './cited-items';
import { CitingLink, OpenRevision } from './citing-link';
import classes from './certificates.module.css';
import { Evidence } from './evidence';
import { History } from './history';
import { useKinds } from './kinds';
import { mayKeepRegister, mayRevise } from './may-keep-register';
import { certificatesMessages } from './messages';
import { RevisionsDialog } from './revisions-dialog';
import {
  CiteDialog,
  CorrectDialog,
  FileRenewalDialog,
  PlanRenewalAuditDialog,
  PlanSurveillanceDialog,
  RenewalAuditResultDialog,
  RenewDialog,
  ResponsibleDialog,
  SurveillanceResultDialog,
  TakeBackFilingDialog,
  WithdrawDialog,
} from './term-dialogs';

const dialogs = {
  correct: CorrectDialog,
  cite: CiteDialog,
  responsible: ResponsibleDialog,
  file: FileRenewalDialog,
  takeBackFiling: TakeBackFilingDialog,
  planSurveillance: PlanSurveillanceDialog,
  surveillanceResult: SurveillanceResultDialog,
  planRenewalAudit: PlanRenewalAuditDialog,
  renewalAuditResult: RenewalAuditResultDialog,
  withdraw: WithdrawDialog,
};
type Opened = keyof typeof dialogs | 'renew';

/** One certificate: what is printed on it, what cites it, its evidence and life, and the mails about it. */
export const CertificatePage = () => {
  const { certificateId } = useParams({ strict: false });
  const m = useMessages(certificatesMessages);
  const { data: session } = useQuery(queries.session());
  const certificate = useQuery(certificateQueries.show(certificateId!));
  const [opened, setOpened] = useState<Opened | null>(null);
  const [proposed, setProposed] = useState<readonly CitingDisclosure[] | null>(null);
  const close = (): void => setOpened(null);
  const mayChange = mayKeepRegister(session) && certificate.data?.status !== 'withdrawn';
  const propose = (citing: readonly CitingDisclosure[]): void => setProposed(citing.length > 0 ? citing : null);
  return (
    <Page
      title={certificate.data?.name ?? m.title}
      above={
        <TextLink to="/certificates" size="sm">
          {m.title}
        </TextLink>
      }
      actions={certificate.data && mayChange && <Actions certificate={certificate.data} onOpen={setOpened} />}
    >
      <Loaded query={certificate} skeleton={<Lines count={6} />}>
        {(view) => {
          const Opened = opened === null || opened === 'renew' ? null : dialogs[opened];
          return (
            <>
              <Certificate certificate={view} mayChange={mayChange} onPropose={propose} />
              {opened === 'renew' && <RenewDialog certificate={view} onClose={close} onRenewed={propose} />}
              {Opened && <Opened certificate={view} onClose={close} />}
              {opened === null && proposed && (
                <RevisionsDialog certificate={view} citing={proposed} onClose={() => setProposed(null)} />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
};

/** The audits, in the order in which they come, with what is done about each. */
const audits = [
  { audit: 'surveillance', plan: 'planSurveillance', result: 'surveillanceResult' },
  { audit: 'renewal', plan: 'planRenewalAudit', result: 'renewalAuditResult' },
] as const satisfies readonly { audit: CertificateAudit; plan: Opened; result: Opened }[];

const Actions = ({
  certificate,
  onOpen,
}: {
  readonly certificate: CertificateView;
  readonly onOpen: (opened: Opened) => void;
}) => {
  const m = useMessages(certificatesMessages);
  const action = (id: Opened, label: string) => ({ id, label, run: () => onOpen(id) });
  return (
    <PageActions
      label={m.actions}
      foremost={action('renew', m.renew)}
      others={[
        [action('file', m.file), ...(certificate.filedOn ? [action('takeBackFiling', m.takeBackFiling)] : [])],
        audits.flatMap(({ audit, plan, result }) => {
          const planned = plannedAudits(certificate)[audit];
          const name = m.audits[audit];
          return [
            action(plan, (planned ? m.moveAudit : m.planAudit)(name)),
            ...(planned ? [action(result, m.auditResultTitle(name))] : []),
          ];
        }),
        [action('responsible', m.changeResponsible), action('cite', m.cite), action('correct', m.correct)],
      ]}
      last={action('withdraw', m.withdraw)}
    />
  );
};

const Certificate = ({
  certificate,
  mayChange,
  onPropose,
}: {
  readonly certificate: CertificateView;
  readonly mayChange: boolean;
  readonly onPropose: (citing: readonly CitingDisclosure[]) => void;
}) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const subject = `certificate-${certificate.id}`;
  return (
    <div className={classes.sections}>
      {certificate.withdrawn && (
        <Alert color="gray" variant="outline">
          {m.withdrawnBy(certificate.withdrawn.by.name, fullTime(certificate.withdrawn.at, language))}
          <br />
          {certificate.withdrawn.reason}
        </Alert>
      )}
      {audits.map(({ audit }) => {
        const failed = plannedAudits(certificate)[audit]?.failed;
        return (
          failed && (
            <Alert key={audit} color="seal" variant="outline">
              {m.auditFailedOn(m.audits[audit], longDate(failed.on, language))}
              <br />
              {failed.reason}
            </Alert>
          )
        );
      })}
      <section className="sheet" aria-label={m.facts}>
        <Facts certificate={certificate} />
      </section>
      <div className={classes.two}>
        <section aria-labelledby="cited">
          <h2 id="cited">{m.cited}</h2>
          <div className="sheet">
            <CitedItems citedBy={certificate.citedBy} />
            <Revisions certificate={certificate} onPropose={onPropose} />
          </div>
        </section>
        {certificate.status !== 'withdrawn' && (
          <section aria-labelledby="next">
            <h2 id="next">{m.next}</h2>
            <div className="sheet">
              <NextReminders subject={subject} title={certificate.name} />
            </div>
          </section>
        )}
      </div>
      <section aria-labelledby="evidence">
        <h2 id="evidence">{m.evidence}</h2>
        <div className="sheet">
          <Evidence
            path={`${certificatePath(certificate.id)}/evidence`}
            files={certificate.evidence}
            mayChange={mayChange}
          />
        </div>
      </section>
      <section aria-labelledby="terms">
        <h2 id="terms">{m.terms}</h2>
        <Terms certificate={certificate} />
      </section>
      <section aria-labelledby="ledger">
        <h2 id="ledger">{m.ledger}</h2>
        <SubjectLedger subject={subject} />
      </section>
      <section aria-labelledby="history">
        <h2 id="history">{m.history}</h2>
        <div className="sheet">
          <History subject={subject} entries={certificate.history} />
        </div>
      </section>
    </div>
  );
};

const Facts = ({ certificate }: { readonly certificate: CertificateView }) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const { kindName } = useKinds();
  const { nameOf } = useRecipients();
  const { responsible, applicationWindow, filedOn } = certificate;
  return (
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
          {certificate.status !== 'withdrawn' && certificate.status !== 'renewalPending' && (
            <span className={classes.daysLeft}>{m.daysLeft(certificate.daysLeft)}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{m.kind}</dt>
        <dd>{kindName(certificate.kind)}</dd>
      </div>
      <div>
        <dt>{m.number}</dt>
        <dd>{certificate.number}</dd>
      </div>
      <div>
        <dt>{m.body}</dt>
        <dd>{certificate.body}</dd>
      </div>
      {certificate.standard && (
        <div>
          <dt>{m.standard}</dt>
          <dd>{certificate.standard}</dd>
        </div>
      )}
      <div>
        <dt>{m.responsible}</dt>
        <dd>{responsible === null ? m.nobody : nameOf(responsible)}</dd>
      </div>
      {applicationWindow && (
        <div>
          <dt>{m.applicationWindow}</dt>
          <dd>{m.fromTo(longDate(applicationWindow.from, language), longDate(applicationWindow.until, language))}</dd>
        </div>
      )}
      {filedOn && (
        <div>
          <dt>{m.filedOn}</dt>
          <dd>{longDate(filedOn, language)}</dd>
        </div>
      )}
      {audits.map(({ audit }) => {
        const planned = plannedAudits(certificate)[audit];
        return (
          planned && (
            <div key={audit}>
              <dt>{m.auditDue(m.audits[audit])}</dt>
              <dd>{longDate(planned.dueOn, language)}</dd>
            </div>
          )
        );
      })}
      {certificate.scope && (
        <div className={classes.whole}>
          <dt>{m.scope}</dt>
          <dd>{certificate.scope}</dd>
        </div>
      )}
    </dl>
  );
};

/** Proposes to revise what cites it; what is being revised already is mended there. */
const Revisions = ({
  certificate: { id, citedBy, terms },
  onPropose,
}: {
  readonly certificate: CertificateView;
  readonly onPropose: (citing: readonly CitingDisclosure[]) => void;
}) => {
  const m = useMessages(certificatesMessages);
  const { data: session } = useQuery(queries.session());
  const offered = citedBy.length > 0 && terms.length > 1 && mayKeepRegister(session);
  const { data } = useQuery({ ...certificateQueries.citing(id), enabled: offered });
  if (!offered || !data) return null;
  const open = data.citing.filter(({ openStatus }) => openStatus === 'drafting');
  const closed = data.citing.filter(({ openStatus }) => openStatus === 'inReview' || openStatus === 'approved');
  return (
    <>
      {open.length > 0 && (
        <div className={classes.open}>
          <p className={classes.line}>{m.revisionsUnderWay}</p>
          <ul className={classes.plain}>
            {open.map((each) => (
              <li key={each.disclosureId}>
                <CitingLink citing={each} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {closed.length > 0 && (
        <div className={classes.open}>
          <p className={classes.line}>{m.revisionsClosed}</p>
          <ul className={classes.plain}>
            {closed.map((each) => (
              <li key={each.disclosureId}>
                <CitingLink citing={each} />
                <OpenRevision citing={each} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {open.length + closed.length < data.citing.length && (
        <Button variant="default" size="sm" mt="md" onClick={() => onPropose(data.citing)}>
          {mayRevise(session) ? m.propose : m.askForRevisions}
        </Button>
      )}
    </>
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
          {certificate.terms.map((term) => (
            <tr key={`${term.validFrom} ${term.recordedAt}`}>
              <td className={table.whole} data-label={m.validFrom}>
                {longDate(term.validFrom, language)}
              </td>
              <td className={table.whole} data-label={m.validUntil}>
                <div>
                  {longDate(term.validUntil, language)}
                  {term.phase !== 'past' && certificate.terms.length > 1 && (
                    <span className={table.second}>{m.phases[term.phase]}</span>
                  )}
                </div>
              </td>
              <td className={table.whole} data-label={m.issuedOn}>
                {term.issuedOn === null ? m.unknown : longDate(term.issuedOn, language)}
              </td>
              <td data-label={m.number}>{term.number}</td>
              <td data-label={m.body}>
                <div>
                  {term.body}
                  {term.standard && <span className={table.second}>{term.standard}</span>}
                </div>
              </td>
              <td data-label={m.recorded}>{m.recordedBy(term.recordedBy.name, fullTime(term.recordedAt, language))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
