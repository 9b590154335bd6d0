import { Anchor, Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import certificates from '../certificates/certificates.module.css';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import table from '../shell/table.module.css';
import { InviteDialog } from './invite-dialog';
import { readersMessages } from './messages';
import { readersApi, readersQuery, type ReaderList, type ReaderView } from './readers-api';
import classes from './readers.module.css';
import { csvOf, isOver, shownReaders, standings, type Standing } from './standing';

/** 医療機関の受領: which hospital stands at which edition, those who have yet to acknowledge the newest at the top. */
export const ReadersPage = () => {
  const m = useMessages(readersMessages);
  const readers = useQuery(readersQuery());
  const [inviting, setInviting] = useState(false);
  const disclosures = readers.data?.disclosures ?? [];
  return (
    <Page
      title={m.title}
      width="wide"
      actions={disclosures.length > 0 && <Button onClick={() => setInviting(true)}>{m.invite}</Button>}
    >
      <p className={certificates.quiet}>{m.about}</p>
      <Loaded query={readers} skeleton={<Lines count={4} />}>
        {(data) => <Readers list={data} />}
      </Loaded>
      {inviting && <InviteDialog disclosures={disclosures} onClose={() => setInviting(false)} />}
    </Page>
  );
};

const Readers = ({ list: { readers, disclosures } }: { readonly list: ReaderList }) => {
  const m = useMessages(readersMessages);
  const language = useLanguage();
  const [disclosureId, setDisclosureId] = useState<string | null>(null);
  const [standing, setStanding] = useState<Standing | null>(null);
  const [removing, setRemoving] = useState<ReaderView | null>(null);
  const shown = shownReaders(readers, disclosures, { disclosureId, standing });
  const disclosureOf = (reader: ReaderView) => disclosures.find(({ id }) => id === reader.disclosureId);
  const edition = (step: { readonly number: number } | null) => (step === null ? m.unknown : m.edition(step.number));
  const day = (step: { readonly at: string } | null) => (step === null ? m.unknown : longDate(step.at, language));

  const download = (): void => {
    const head = [
      m.state,
      m.hospital,
      m.address,
      m.disclosure,
      m.newest,
      m.delivered,
      m.acknowledged,
      m.acknowledgedAt,
    ];
    const rows = shown.map((reader) => [
      ...[m.standings[reader.standing], reader.hospital, reader.address ?? '', disclosureOf(reader)?.serviceName ?? ''],
      ...[String(disclosureOf(reader)?.newest ?? ''), String(reader.delivered?.number ?? '')],
      ...[String(reader.acknowledged?.number ?? ''), reader.acknowledged?.at ?? ''],
    ]);
    const url = URL.createObjectURL(new Blob([csvOf([head, ...rows])], { type: 'text/csv;charset=utf-8' }));
    Object.assign(document.createElement('a'), { href: url, download: m.csvName }).click();
    URL.revokeObjectURL(url);
  };

  return (
    <>
      <ul className={classes.links}>
        {disclosures.map(({ id, service, serviceName }) => (
          <li key={id}>
            <Anchor size="sm" href={`/d/${encodeURIComponent(service)}/follow`}>
              {m.followForm(serviceName)}
            </Anchor>
          </li>
        ))}
      </ul>
      {readers.length === 0 ? (
        <p className={certificates.quiet}>{m.none}</p>
      ) : (
        <>
          <div className={classes.filters}>
            <NativeSelect
              label={m.disclosure}
              data={[
                { value: '', label: m.allDisclosures },
                ...disclosures.map(({ id, serviceName }) => ({ value: id, label: serviceName })),
              ]}
              value={disclosureId ?? ''}
              onChange={(event) => setDisclosureId(event.currentTarget.value || null)}
            />
            <NativeSelect
              label={m.state}
              data={[
                { value: '', label: m.allStates },
                ...standings.map((each) => ({ value: each, label: m.standings[each] })),
              ]}
              value={standing ?? ''}
              onChange={(event) => setStanding(standings.find((each) => each === event.currentTarget.value) ?? null)}
            />
            <Button variant="default" onClick={download} disabled={shown.length === 0}>
              {m.csv}
            </Button>
            <span role="status">{m.count(shown.length)}</span>
          </div>
          {shown.length === 0 ? (
            <p className={certificates.quiet}>{m.nothing}</p>
          ) : (
            <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-label={m.list}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">{m.state}</th>
                    <th scope="col">{m.hospital}</th>
                    <th scope="col">{m.disclosure}</th>
                    <th scope="col">{m.delivered}</th>
                    <th scope="col">{m.acknowledged}</th>
                    <th scope="col">{m.acknowledgedAt}</th>
                    <th scope="col">
                      <span className="visually-hidden">{m.remove}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((reader) => (
                    <tr key={reader.id} data-state={reader.standing}>
                      <td>
                        <StateLabel
                          tone={reader.standing === 'behind' || reader.standing === 'untold' ? 'ink' : 'plain'}
                        >
                          {m.standings[reader.standing]}
                        </StateLabel>
                      </td>
                      <th scope="row">
                        {reader.hospital}
                        <span className={table.second}>{reader.address ?? m.erased}</span>
                      </th>
                      <td data-label={m.disclosure}>
                        <div>
                          {disclosureOf(reader)?.serviceName ?? m.unknown}
                          <span className={table.second}>
                            {m.newestIs(edition({ number: disclosureOf(reader)?.newest ?? 0 }))}
                          </span>
                        </div>
                      </td>
                      <td data-label={m.delivered}>{edition(reader.delivered)}</td>
                      <td data-label={m.acknowledged}>{edition(reader.acknowledged)}</td>
                      <td data-label={m.acknowledgedAt}>{day(reader.acknowledged)}</td>
                      <td>
                        {!isOver(reader) && (
                          <Button
                            size="compact-sm"
                            variant="subtle"
                            aria-label={`${m.remove}: ${reader.hospital}`}
                            onClick={() => setRemoving(reader)}
                          >
                            {m.remove}
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
      {removing && (
        <CommandDialog
          title={m.removeTitle}
          about={m.removeHelp(removing.hospital)}
          now={m.removeNow}
          done={m.removed}
          dangerous
          onClose={() => setRemoving(null)}
          command={() => readersApi.remove(removing.id)}
        />
      )}
    </>
  );
};
