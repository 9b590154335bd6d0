import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../api/queries';
import certificates from '../certificates/certificates.module.css';
import { CitedItems } from '../certificates/cited-items';
import { useCitableItems } from '../certificates/citations';
import { Evidence } from '../certificates/evidence';
import { mayKeepRegister } from '../certificates/may-keep-register';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { useRecipients } from '../reminding/recipients';
import { NextReminders, SubjectLedger } from '../reminding/subject-reminders';
import { listed } from '../review/format';
import { TextLink } from '../shell/link';
import { Lines, Loaded, Page } from '../shell/page';
import { PageActions } from '../shell/page-actions';
import { StateLabel } from '../shell/state-label';
import table from '../shell/table.module.css';
import {
  CancelDialog,
  CiteDialog,
  CloseFollowUpDialog,
  RescheduleDialog,
  ResponsibleDialog,
  SkipDialog,
} from './audit-dialogs';
import { AuditHistory } from './audit-history';
import { AuditStateMark, stateOf } from './audit-state';
import { useRecurrenceWords } from './audit-words';
import { auditPath, auditQueries, type AuditView, type FollowUp } from './audits-api';
import classes from './audits.module.css';
import { auditsMessages } from './messages';
import { PerformDialog } from './perform-dialog';

const dialogs = {
  perform: PerformDialog,
  reschedule: RescheduleDialog,
  skip: SkipDialog,
  responsible: ResponsibleDialog,
  cite: CiteDialog,
  cancel: CancelDialog,
};
type Opened = keyof typeof dialogs;

/** One audit or check: when it is due, its results, what is to be done, its evidence and life, and the mails about it. */
export const AuditPage = () => {
  const { auditId } = useParams({ strict: false });
  const m = useMessages(auditsMessages);
  const { data: session } = useQuery(queries.session());
  const audit = useQuery(auditQueries.show(auditId!));
  const [opened, setOpened] = useState<Opened | null>(null);
  const mayChange = mayKeepRegister(session) && audit.data !== undefined && audit.data.status !== 'cancelled';
  const isDue = audit.data?.status === 'planned' || audit.data?.status === 'overdue';
  const Dialog = opened && dialogs[opened];
  return (
    <Page
      title={audit.data?.name ?? m.title}
      above={
        <TextLink to="/audits" size="sm">
          {m.title}
        </TextLink>
      }
      actions={mayChange && <Actions isDue={isDue} onOpen={setOpened} />}
    >
      <Loaded query={audit} skeleton={<Lines count={6} />}>
        {(view) => (
          <>
            <Audit audit={view} mayChange={mayChange} />
            {Dialog && <Dialog audit={view} onClose={() => setOpened(null)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
};

const Actions = ({ isDue, onOpen }: { readonly isDue: boolean; readonly onOpen: (opened: Opened) => void }) => {
  const m = useMessages(auditsMessages);
  const action = (id: Opened, label: string) => ({ id, label, run: () => onOpen(id) });
  return (
    <PageActions
      label={m.actions}
      foremost={isDue ? action('perform', m.perform) : undefined}
      others={[
        isDue ? [action('reschedule', m.reschedule), action('skip', m.skip)] : [],
        [action('responsible', m.changeResponsible), action('cite', m.cite)],
      ]}
      last={action('cancel', m.cancel)}
    />
  );
};

const Audit = ({ audit, mayChange }: { readonly audit: AuditView; readonly mayChange: boolean }) => {
  const m = useMessages(auditsMessages);
  const language = useLanguage();
  const items = useCitableItems();
  const subject = `audit-${audit.id}`;
  const { broughtForward } = audit;
  return (
    <div className={certificates.sections}>
      {broughtForward && (
        <Alert color="seal" variant="outline">
          {m.broughtForward(
            broughtForward.serviceName,
            broughtForward.edition,
            listed(
              broughtForward.itemKeys.map(
                (key) =>
                  items.find((item) => item.disclosureId === broughtForward.disclosureId && item.itemKey === key)
                    ?.label ?? key,
              ),
              language,
            ),
          )}
        </Alert>
      )}
      <section className="sheet" aria-label={m.facts}>
        <Facts audit={audit} />
      </section>
      {audit.followUps.length > 0 && (
        <section aria-labelledby="follow-ups">
          <h2 id="follow-ups">{m.followUps}</h2>
          <FollowUps audit={audit} mayChange={mayChange} />
        </section>
      )}
      <div className={certificates.two}>
        <section aria-labelledby="cited">
          <h2 id="cited">{m.cited}</h2>
          <div className="sheet">
            <CitedItems citedBy={audit.citedBy} />
          </div>
        </section>
        {audit.deadlines.length > 0 && (
          <section aria-labelledby="next">
            <h2 id="next">{m.next}</h2>
            <div className="sheet">
              <NextReminders subject={subject} title={audit.name} />
            </div>
          </section>
        )}
      </div>
      <section aria-labelledby="evidence">
        <h2 id="evidence">{m.evidence}</h2>
        <div className="sheet">
          <Evidence
            path={`${auditPath(audit.id)}/evidence`}
            files={audit.evidence}
            mayChange={mayChange}
            reliedOn={audit.reliedOn}
          />
        </div>
      </section>
      <section aria-labelledby="ledger">
        <h2 id="ledger">{m.ledger}</h2>
        <SubjectLedger subject={subject} />
      </section>
      <section aria-labelledby="history">
        <h2 id="history">{m.history}</h2>
        <div className="sheet">
          <AuditHistory subject={subject} entries={audit.history} />
        </div>
      </section>
    </div>
  );
};

const Facts = ({ audit }: { readonly audit: AuditView }) => {
  const m = useMessages(auditsMessages);
  const language = useLanguage();
  const inWords = useRecurrenceWords();
  const { nameOf } = useRecipients();
  const { dueOn, daysLeft, lastPerformed, responsible, lead, upcoming } = audit;
  const later = upcoming.filter((date) => date !== dueOn);
  return (
    <dl className={certificates.facts}>
      <div>
        <dt>{m.state}</dt>
        <dd>
          <AuditStateMark state={stateOf(audit)} />
        </dd>
      </div>
      {dueOn !== null && (
        <div>
          <dt>{m.dueOn}</dt>
          <dd>
            {longDate(dueOn, language)}
            {daysLeft !== null && <span className={certificates.daysLeft}>{m.daysLeft(daysLeft)}</span>}
          </dd>
        </div>
      )}
      <div>
        <dt>{m.kind}</dt>
        <dd>{m.kinds[audit.kind]}</dd>
      </div>
      <div>
        <dt>{m.repeats}</dt>
        <dd>{inWords(audit.recurrence)}</dd>
      </div>
      <div>
        <dt>{m.lastPerformed}</dt>
        <dd>
          {lastPerformed
            ? `${longDate(lastPerformed.performedOn, language)} ${m.results[lastPerformed.result]}`
            : m.unknown}
        </dd>
      </div>
      <div>
        <dt>{m.responsible}</dt>
        <dd>{responsible === null ? m.nobody : nameOf(responsible)}</dd>
      </div>
      {lead !== null && (
        <div>
          <dt>{m.lead}</dt>
          <dd>{lead}</dd>
        </div>
      )}
      {later.length > 0 && (
        <div className={certificates.whole}>
          <dt>{m.upcoming}</dt>
          <dd>
            {listed(
              later.map((date) => longDate(date, language)),
              language,
            )}
          </dd>
        </div>
      )}
    </dl>
  );
};

const FollowUps = ({ audit, mayChange }: { readonly audit: AuditView; readonly mayChange: boolean }) => {
  const m = useMessages(auditsMessages);
  const language = useLanguage();
  const { nameOf } = useRecipients();
  const [closing, setClosing] = useState<FollowUp | null>(null);
  return (
    <>
      <ul className={`sheet ${classes.followUps}`}>
        {audit.followUps.map((each) => (
          <li key={each.id}>
            <span>
              {each.text}
              <span className={table.second}>
                {each.closed ? (
                  <>
                    {m.followUpClosed(longDate(each.closed.on, language))}
                    {each.closed.note !== '' && `・${each.closed.note}`}
                  </>
                ) : (
                  <>
                    {m.followUpOpen(longDate(each.dueOn, language))}{' '}
                    <StateLabel tone={each.daysLeft < 0 ? 'alert' : 'plain'}>{m.daysLeft(each.daysLeft)}</StateLabel>{' '}
                    {each.responsible && nameOf(each.responsible)}
                  </>
                )}
              </span>
            </span>
            {mayChange && !each.closed && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={m.closeOf(each.text)}
                onClick={() => setClosing(each)}
              >
                {m.close}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {closing && <CloseFollowUpDialog audit={audit} followUp={closing} onClose={() => setClosing(null)} />}
    </>
  );
};
