import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { useActions } from '../search/actions';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import { EndDeputationDialog, GrantDialog } from './deputation-dialogs';
import { organizationMessages } from './messages';
import { organizationQueries, type DeputationsView, type DeputationView } from './organization-api';
import classes from './organization.module.css';
import { Sections } from './sections';

/** 代理: who may sign for whom, in which period and for what. */
export const DeputationsPage = () => {
  const m = useMessages(organizationMessages);
  const { data: session } = useQuery(queries.session());
  const deputations = useQuery(organizationQueries.deputations());
  const [dialog, setDialog] = useState<'grant' | DeputationView | null>(null);
  const close = (): void => setDialog(null);
  const mayGrant = session?.user.roles.includes('administrator') || (session?.offices.length ?? 0) > 0;
  useActions(mayGrant && deputations.data ? [{ id: 'grant', label: m.grant, run: () => setDialog('grant') }] : []);
  return (
    <Page
      title={m.title}
      actions={mayGrant && deputations.data && <Button onClick={() => setDialog('grant')}>{m.grant}</Button>}
    >
      <Sections here="deputations" />
      <p className={classes.about}>{m.deputationsAbout}</p>
      <Loaded query={deputations} skeleton={<Lines count={4} />}>
        {(view) => (
          <>
            <Deputations view={view} onEnd={setDialog} />
            {dialog === 'grant' && session && <GrantDialog session={session} today={view.today} onClose={close} />}
            {dialog !== null && dialog !== 'grant' && (
              <EndDeputationDialog deputation={dialog} today={view.today} onClose={close} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
};

const Deputations = ({
  view,
  onEnd,
}: {
  readonly view: DeputationsView;
  readonly onEnd: (deputation: DeputationView) => void;
}) => {
  const m = useMessages(organizationMessages);
  const past = view.deputations.filter(({ standing }) => standing === 'past');
  const open = view.deputations.filter(({ standing }) => standing !== 'past');
  const row = (deputation: DeputationView) => (
    <Deputation key={deputation.deputationId} deputation={deputation} onEnd={onEnd} />
  );
  return (
    <>
      {open.length === 0 ? (
        <p className={classes.quiet}>{m.deputationsNone}</p>
      ) : (
        <ul className={classes.deputations}>{open.map(row)}</ul>
      )}
      {past.length > 0 && (
        <details className={classes.earlierDeputations}>
          <summary>{m.deputationsEarlier(past.length)}</summary>
          <ul className={classes.deputations}>{past.map(row)}</ul>
        </details>
      )}
    </>
  );
};

const Deputation = ({
  deputation,
  onEnd,
}: {
  readonly deputation: DeputationView;
  readonly onEnd: (deputation: DeputationView) => void;
}) => {
  const m = useMessages(organizationMessages);
  const t = useCommon();
  const language = useLanguage();
  const { data } = useQuery(queries.disclosures());
  const { principal, deputy, roles, disclosureIds, from, until, reason, standing, youMayEnd } = deputation;
  const services =
    disclosureIds === 'all'
      ? m.allDisclosures
      : listed(
          disclosureIds.map((id) => data?.disclosures.find((disclosure) => disclosure.id === id)?.serviceName ?? id),
          language,
        );
  const offices =
    roles === 'all'
      ? m.allRoles
      : listed(
          roles.map((role) => t.offices[role]),
          language,
        );
  return (
    <li className="sheet">
      <div className={classes.person}>
        <div>
          <p className={classes.name}>
            {m.actsFor(deputy.name, principal.name)}
            <StateLabel tone={standing === 'current' ? 'ink' : 'plain'}>{m.deputationStandings[standing]}</StateLabel>
          </p>
          <p className={classes.quiet}>{m.periodOf(longDate(from, language), longDate(until, language))}</p>
          <p className={classes.quiet}>{`${offices}・${services}`}</p>
          <p className={classes.quiet}>{`${m.deputyReason}：${reason}`}</p>
        </div>
        {youMayEnd && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={m.endDeputationTitle(deputy.name, principal.name)}
            onClick={() => onEnd(deputation)}
          >
            {m.endDeputation}
          </Button>
        )}
      </div>
    </li>
  );
};
