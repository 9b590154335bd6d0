import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import { useMessages } from '../messages/language';
import { useActions } from '../search/actions';
import { CommandDialog } from '../shell/command-dialog';
import { Lines, Loaded, Page } from '../shell/page';
import { SettingsTabs } from '../shell/settings-tabs';
import { StateLabel } from '../shell/state-label';
import table from '../shell/table.module.css';
import { KindDialog } from './kind-dialog';
import { LadderDialog, NewLadderDialog } from './ladder-dialog';
import { useLadderWords } from './ladder-words';
import { remindingMessages } from './messages';
import { QuietHoursDialog } from './quiet-hours-dialog';
import {
  remindingApi,
  remindingQueries,
  type CertificateKindView,
  type LadderView,
  type RemindingView,
} from './reminding-api';
import classes from './reminding.module.css';

type Opened =
  | { readonly dialog: 'ladder'; readonly view: LadderView }
  | { readonly dialog: 'newLadder' }
  | { readonly dialog: 'removeLadder'; readonly view: LadderView }
  | { readonly dialog: 'kind'; readonly kind: CertificateKindView | null }
  | { readonly dialog: 'removeKind'; readonly kind: CertificateKindView }
  | { readonly dialog: 'quietHours' };

type PartProps = {
  readonly view: RemindingView;
  readonly mayChange: boolean;
  readonly onOpen: (opened: Opened) => void;
};

/** 設定 → 通知: ladders, kinds of certificates, quiet hours. */
export const ReminderSettingsPage = () => {
  const m = useMessages(remindingMessages);
  const { data: session } = useQuery(queries.session());
  const settings = useQuery(remindingQueries.settings());
  const [opened, setOpened] = useState<Opened | null>(null);
  const mayChange = session?.user.roles.includes('administrator') ?? false;
  const close = (): void => setOpened(null);
  useActions(
    mayChange && settings.data
      ? [
          { id: 'addLadder', label: m.addLadder, run: () => setOpened({ dialog: 'newLadder' }) },
          { id: 'addKind', label: m.addKind, run: () => setOpened({ dialog: 'kind', kind: null }) },
          { id: 'quietHours', label: m.quietHoursTitle, run: () => setOpened({ dialog: 'quietHours' }) },
        ]
      : [],
  );
  return (
    <Page title={m.settingsTitle}>
      <SettingsTabs here="/settings/reminders" />
      <p className={classes.about}>
        {m.settingsAbout}
        {!mayChange && ` ${m.readOnly}`}
      </p>
      <Loaded query={settings} skeleton={<Lines count={12} />}>
        {(view) => (
          <div className={classes.sections}>
            <Ladders view={view} mayChange={mayChange} onOpen={setOpened} />
            <Kinds view={view} mayChange={mayChange} onOpen={setOpened} />
            <div className={classes.two}>
              <Quiet view={view} mayChange={mayChange} onOpen={setOpened} />
              <section aria-labelledby="preference">
                <h2 id="preference">{m.preference}</h2>
                <p className={classes.about}>{m.preferenceAbout}</p>
              </section>
            </div>
            {opened?.dialog === 'ladder' && <LadderDialog view={opened.view} onClose={close} />}
            {opened?.dialog === 'newLadder' && <NewLadderDialog ladders={view.ladders} onClose={close} />}
            {opened?.dialog === 'kind' && <KindDialog kind={opened.kind} ladders={view.ladders} onClose={close} />}
            {opened?.dialog === 'quietHours' && <QuietHoursDialog quietHours={view.quietHours} onClose={close} />}
            {opened?.dialog === 'removeLadder' && (
              <CommandDialog
                title={m.removeLadderTitle(opened.view.name)}
                about={m.removeLadderAbout}
                now={m.removeLadder}
                done={m.ladderRemoved}
                dangerous
                onClose={close}
                command={() => remindingApi.removeLadder(opened.view.key)}
              />
            )}
            {opened?.dialog === 'removeKind' && (
              <CommandDialog
                title={m.removeKindTitle(opened.kind.name)}
                about={m.removeKindAbout}
                now={m.removeKindNow}
                done={m.kindRemoved}
                dangerous
                onClose={close}
                command={() => remindingApi.removeKind(opened.kind.kind)}
              />
            )}
          </div>
        )}
      </Loaded>
    </Page>
  );
};

const Ladders = ({ view, mayChange, onOpen }: PartProps) => {
  const m = useMessages(remindingMessages);
  const { sentencesOf } = useLadderWords();
  const isChanged = ({ ladder, readyMade }: LadderView): boolean =>
    readyMade !== null && JSON.stringify(ladder) !== JSON.stringify(readyMade);
  return (
    <section aria-labelledby="ladders">
      <header className={classes.cardHead}>
        <h2 id="ladders">{m.ladders}</h2>
        {mayChange && (
          <Button variant="default" size="sm" onClick={() => onOpen({ dialog: 'newLadder' })}>
            {m.addLadder}
          </Button>
        )}
      </header>
      <p className={classes.about}>{m.laddersAbout}</p>
      <ul className={classes.cards}>
        {view.ladders.map((each) => (
          <li key={each.key} className="sheet">
            <header className={classes.cardHead}>
              <h3>
                {each.name} {isChanged(each) && <StateLabel>{m.changed}</StateLabel>}
              </h3>
              {mayChange && (
                <span className={classes.actions}>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={m.editOf(each.name)}
                    onClick={() => onOpen({ dialog: 'ladder', view: each })}
                  >
                    {m.edit}
                  </Button>
                  {each.readyMade === null && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="seal"
                      aria-label={m.removeLadderOf(each.name)}
                      onClick={() => onOpen({ dialog: 'removeLadder', view: each })}
                    >
                      {m.removeLadder}
                    </Button>
                  )}
                </span>
              )}
            </header>
            <ul className={classes.sentences}>
              {sentencesOf(each.ladder).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Kinds = ({ view, mayChange, onOpen }: PartProps) => {
  const m = useMessages(remindingMessages);
  const ladderOf = (key: string): string => view.ladders.find((ladder) => ladder.key === key)?.name ?? key;
  return (
    <section aria-labelledby="kinds">
      <header className={classes.cardHead}>
        <h2 id="kinds">{m.kinds}</h2>
        {mayChange && (
          <Button variant="default" size="sm" onClick={() => onOpen({ dialog: 'kind', kind: null })}>
            {m.addKind}
          </Button>
        )}
      </header>
      <p className={classes.about}>{m.kindsAbout}</p>
      <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-labelledby="kinds">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{m.kindName}</th>
              <th scope="col">{m.kindLadder}</th>
              {mayChange && (
                <th scope="col">
                  <span className="visually-hidden">{m.edit}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {view.kinds.map((kind) => (
              <tr key={kind.kind}>
                <th scope="row">
                  {kind.name} {kind.removed && <StateLabel>{m.removedMark}</StateLabel>}
                </th>
                <td data-label={m.kindLadder}>{ladderOf(kind.ladder)}</td>
                {mayChange && (
                  <td className={classes.actions}>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      aria-label={m.editOf(kind.name)}
                      onClick={() => onOpen({ dialog: 'kind', kind })}
                    >
                      {m.edit}
                    </Button>
                    {!kind.readyMade && !kind.removed && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="seal"
                        aria-label={m.removeKindOf(kind.name)}
                        onClick={() => onOpen({ dialog: 'removeKind', kind })}
                      >
                        {m.removeKind}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const Quiet = ({ view: { quietHours }, mayChange, onOpen }: PartProps) => {
  const m = useMessages(remindingMessages);
  return (
    <section aria-labelledby="quiet-hours">
      <header className={classes.cardHead}>
        <h2 id="quiet-hours">{m.quietHours}</h2>
        {mayChange && (
          <Button
            variant="default"
            size="sm"
            aria-label={m.editOf(m.quietHours)}
            onClick={() => onOpen({ dialog: 'quietHours' })}
          >
            {m.edit}
          </Button>
        )}
      </header>
      <p className={classes.line}>
        {quietHours ? m.quietHoursSentence(quietHours.from, quietHours.until) : m.quietHoursNone}
      </p>
      <p className={classes.about}>{m.quietHoursAbout}</p>
    </section>
  );
};
