import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMessages } from '../messages/language';
import { usePeople } from '../people/people';
import { DateField } from '../shell/date-field';
import { Lines, Loaded, Page } from '../shell/page';
import { LedgerTable } from './ledger-table';
import { remindingMessages } from './messages';
import { RegisterTabs } from './register-tabs';
import { ledgerCsvAddress, remindersQueries, type LedgerQuery } from './reminders-api';
import classes from './reminding.module.css';
import { ledgerStates, readLedgerQuery } from './search';

/** 送付台帳: every reminder that went out, filtered by what stands in the address. */
export const LedgerPage = () => {
  const m = useMessages(remindingMessages);
  const query = useSearch({ strict: false }) as LedgerQuery;
  const navigate = useNavigate();
  const people = usePeople();
  const ledger = useQuery(remindersQueries.ledger(query));
  const filtered = Object.keys(query).some((name) => name !== 'page');
  const show = (search: LedgerQuery): void => {
    void navigate({ to: '/reminders/ledger', search: readLedgerQuery(search), replace: true });
  };
  const change = (part: LedgerQuery): void => show({ ...query, page: undefined, ...part });
  return (
    <Page title={m.ledgerTitle}>
      <RegisterTabs here="ledger" />
      <p className={classes.about}>{m.ledgerAbout}</p>
      <form className={classes.filters} aria-label={m.filters} onSubmit={(event) => event.preventDefault()}>
        <NativeSelect
          label={m.stateFilter}
          value={query.state ?? ''}
          data={[
            { value: '', label: m.allStates },
            ...ledgerStates.map((value) => ({ value, label: m.states[value] })),
          ]}
          onChange={(event) => change({ state: (event.currentTarget.value || undefined) as LedgerQuery['state'] })}
        />
        <NativeSelect
          label={m.personFilter}
          value={query.person ?? ''}
          data={[{ value: '', label: m.everybody }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(event) => change({ person: event.currentTarget.value || undefined })}
        />
        <DateField
          label={m.fromFilter}
          value={query.from ?? ''}
          onChange={(from) => change({ from: from || undefined })}
        />
        <DateField label={m.toFilter} value={query.to ?? ''} onChange={(to) => change({ to: to || undefined })} />
        <div className={classes.filterButtons}>
          {filtered && (
            <Button variant="subtle" onClick={() => show({})}>
              {m.clear}
            </Button>
          )}
          <Button component="a" variant="default" href={ledgerCsvAddress(query)} download>
            {m.csv}
          </Button>
        </div>
      </form>
      <Loaded query={ledger} skeleton={<Lines count={8} />}>
        {({ reminders, total, page, size }) =>
          reminders.length === 0 ? (
            <p className={classes.quiet}>{filtered ? m.ledgerNothingFound : m.ledgerNone}</p>
          ) : (
            <>
              <LedgerTable reminders={reminders} label={m.ledgerTitle} />
              <nav className={classes.paging} aria-label={m.paging}>
                <span>
                  {m.total(total)}
                  {total > size && `　${m.page(page, Math.ceil(total / size))}`}
                </span>
                {total > size && (
                  <>
                    <Button
                      variant="default"
                      size="sm"
                      disabled={page <= 1}
                      onClick={() => show({ ...query, page: page - 1 })}
                    >
                      {m.previous}
                    </Button>
                    <Button
                      variant="default"
                      size="sm"
                      disabled={page * size >= total}
                      onClick={() => show({ ...query, page: page + 1 })}
                    >
                      {m.following}
                    </Button>
                  </>
                )}
              </nav>
            </>
          )
        }
      </Loaded>
    </Page>
  );
};
