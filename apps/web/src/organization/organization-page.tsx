import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import type { OfficerRole } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { Post } from '../people/post';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import { organizationMessages } from './messages';
import { AppointDialog, EndDialog } from './officer-dialogs';
import { organizationQueries, type OfficersView, type OfficeView } from './organization-api';
import classes from './organization.module.css';
import { Sections } from './sections';

type Dialog =
  { readonly kind: 'appoint'; readonly role: OfficerRole } | { readonly kind: 'end'; readonly office: OfficeView };

/** 組織: who held and holds which office, and from when. */
export const OrganizationPage = () => {
  const m = useMessages(organizationMessages);
  const { data: session } = useQuery(queries.session());
  const officers = useQuery(organizationQueries.officers());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayChange = session?.user.roles.includes('administrator') ?? false;
  const close = (): void => setDialog(null);
  return (
    <Page title={m.title}>
      <Sections here="officers" />
      <p className={classes.about}>{m.officersAbout}</p>
      <Loaded query={officers} skeleton={<Lines count={8} />}>
        {(view) => (
          <>
            <div className={classes.offices}>
              {view.roles.map((role) => (
                <Role key={role.role} {...role} mayChange={mayChange} onChange={setDialog} />
              ))}
            </div>
            {dialog?.kind === 'appoint' && <AppointDialog role={dialog.role} today={view.today} onClose={close} />}
            {dialog?.kind === 'end' && <EndDialog office={dialog.office} today={view.today} onClose={close} />}
          </>
        )}
      </Loaded>
    </Page>
  );
};

const Role = ({
  role,
  offices,
  mayChange,
  onChange,
}: OfficersView['roles'][number] & { readonly mayChange: boolean; readonly onChange: (dialog: Dialog) => void }) => {
  const m = useMessages(organizationMessages);
  const t = useCommon();
  const past = offices.filter(({ standing }) => standing === 'past');
  const standing = offices.filter((office) => office.standing !== 'past');
  const vacant = !offices.some((office) => office.standing === 'current');
  return (
    <section className="sheet" aria-labelledby={`role-${role}`}>
      <header className={classes.roleHead}>
        <h2 id={`role-${role}`}>{t.offices[role]}</h2>
        {mayChange && (
          <Button
            size="xs"
            variant="default"
            aria-label={m.appointTitle(t.offices[role])}
            onClick={() => onChange({ kind: 'appoint', role })}
          >
            {m.appoint}
          </Button>
        )}
      </header>
      {vacant && <p className={classes.warning}>{m.vacant}</p>}
      <ul className={classes.people}>
        {standing.map((office) => (
          <Office key={`${office.userId} ${office.from}`} office={office} mayChange={mayChange} onChange={onChange} />
        ))}
      </ul>
      {past.length > 0 && (
        <details className={classes.earlier}>
          <summary>{m.earlier(past.length)}</summary>
          <ul className={classes.people}>
            {past.map((office) => (
              <Office key={`${office.userId} ${office.from}`} office={office} mayChange={false} onChange={onChange} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};

const Office = ({
  office,
  mayChange,
  onChange,
}: {
  readonly office: OfficeView;
  readonly mayChange: boolean;
  readonly onChange: (dialog: Dialog) => void;
}) => {
  const m = useMessages(organizationMessages);
  const language = useLanguage();
  return (
    <li className={classes.person}>
      <div>
        <p className={classes.name}>
          {office.name}
          <StateLabel tone={office.standing === 'current' ? 'ink' : 'plain'}>{m.standings[office.standing]}</StateLabel>
        </p>
        <p className={classes.quiet}>
          <Post of={office} />
        </p>
        <p className={classes.quiet}>
          {m.periodOf(
            longDate(office.from, language),
            office.until === null ? m.openEnd : longDate(office.until, language),
          )}
        </p>
      </div>
      {mayChange && office.until === null && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={m.endTitle(office.name)}
          onClick={() => onChange({ kind: 'end', office })}
        >
          {m.end}
        </Button>
      )}
    </li>
  );
};
