import type { Body } from '@app/content/body';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../api/client';
import { queries } from '../api/queries';
import type { DisclosureView, Session } from '../api/types';
import type { Writing } from '../comments/item-comments';
import { PassageButton } from '../comments/passage-button';
import { useCommon, useMessages } from '../messages/language';
import { commentMessages } from '../comments/messages';
import { useActions } from '../search/actions';
import { Lines, Loaded, Page } from '../shell/page';
import { Aside } from './aside';
import { Cover } from './cover';
import { ItemPane } from './item-pane';
import { itemsInOrder, neighboursOf } from './items';
import { useItemsWithDrafts } from './kept-drafts';
import { messages } from './messages';
import { Outline } from './outline';
import { Presence } from './presence';
import { usePresence } from './presence-api';
import { Standing, type StandingDialog } from './standing';
import classes from './workbench-page.module.css';

/** 開示書: its contents to the left, one item as it will be printed in the middle, checks and history to the right. */
export const WorkbenchPage = () => {
  const { id } = useParams({ from: '/shell/disclosures/$id' });
  return <Workbench id={id} itemKey={undefined} />;
};

export const WorkbenchItemPage = () => {
  const { id, itemKey } = useParams({ from: '/shell/disclosures/$id/items/$itemKey' });
  return <Workbench id={id} itemKey={itemKey} />;
};

const Workbench = ({ id, itemKey }: { readonly id: string; readonly itemKey: string | undefined }) => {
  const t = useMessages(messages);
  const common = useCommon();
  // Others write at the same time: what they saved should appear while one looks at it.
  const disclosure = useQuery({
    ...queries.disclosure(id),
    // Whoever put off signing in again is not asked every time.
    refetchInterval: ({ state }) => (isProblem(state.error, 'NotSignedIn') ? false : 20_000),
  });
  const session = useQuery(queries.session());
  if (!disclosure.data || !session.data)
    return (
      <Page title={disclosure.isError ? t.cannotOpen : common.loading} width="wide">
        <Loaded query={disclosure} skeleton={<Skeletons />}>
          {() => <Skeletons />}
        </Loaded>
      </Page>
    );
  return <Desk key={id} disclosure={disclosure.data} session={session.data} itemKey={itemKey} />;
};

const Desk = ({
  disclosure,
  session,
  itemKey,
}: {
  readonly disclosure: DisclosureView;
  readonly session: Session;
  readonly itemKey: string | undefined;
}) => {
  const t = useMessages(messages);
  const c = useMessages(commentMessages);
  const navigate = useNavigate();
  const [putIn, setPutIn] = useState<{ readonly body: Body; readonly itemKey: string } | null>(null);
  const [dialog, setDialog] = useState<StandingDialog>(null);
  /** The open item differs from what was saved, whether or not this device could keep that. */
  const [isUnsaved, setUnsaved] = useState(false);
  const [writing, setWriting] = useState<Writing | null>(null);
  /** The item to which one went on from writing the one before. */
  const [goneOnTo, setGoneOnTo] = useState<string>();
  const { id, parts, revision } = disclosure;
  const commenting = revision.status !== 'none';
  const items = itemsInOrder(parts);
  const placed = items.find(({ item }) => item.itemKey === itemKey);
  const editable = revision.status === 'drafting' && session.user.roles.includes('drafter');
  const withDrafts = useItemsWithDrafts(session.user.id, id);
  const unsaved = items.filter(({ item }) => withDrafts.has(item.itemKey) || (isUnsaved && item.itemKey === itemKey));

  const others = usePresence(id, itemKey);

  const { previous, next } = neighboursOf(parts, itemKey);
  const goTo = (to: string): void =>
    void navigate({ to: '/disclosures/$id/items/$itemKey', params: { id, itemKey: to } });
  useActions([
    ...(previous === undefined
      ? []
      : [{ id: 'previous', label: t.previous, keys: 'Alt+ArrowUp', run: () => goTo(previous) }]),
    ...(next === undefined ? [] : [{ id: 'next', label: t.next, keys: 'Alt+ArrowDown', run: () => goTo(next) }]),
    ...(placed && commenting
      ? [
          {
            ...{ id: 'comment', label: c.writeOn(`${placed.part.number}-${placed.item.number}`), keys: 'c' },
            run: () => setWriting({ itemKey: placed.item.itemKey, quote: null }),
          },
        ]
      : []),
  ]);
  const goOn = (): void => {
    if (next === undefined) return;
    setGoneOnTo(next);
    goTo(next);
  };

  const outline = <Outline disclosure={disclosure} current={itemKey} unsaved={withDrafts} />;
  return (
    <Page title={disclosure.title} above={disclosure.serviceName} width="wide">
      {placed && (
        <title>{`${placed.part.number}-${placed.item.number} ${placed.item.title} — ${disclosure.title}`}</title>
      )}
      <Presence others={others} parts={parts} />
      <Standing
        disclosure={disclosure}
        session={session}
        dialog={dialog}
        onDialog={setDialog}
        unsaved={editable ? unsaved : []}
      />
      <div className={classes.columns}>
        <div className={`sheet ${classes.outline}`}>{outline}</div>
        <details className={`sheet ${classes.outlineFolded}`} key={itemKey ?? ''}>
          <summary>{t.outline}</summary>
          {outline}
        </details>
        <div className={classes.middle}>
          {placed ? (
            <ItemPane
              disclosure={disclosure}
              placed={placed}
              userId={session.user.id}
              editable={editable}
              submitting={dialog === 'submit'}
              onUnsaved={setUnsaved}
              putIn={putIn && putIn.itemKey === itemKey ? putIn.body : null}
              onPutIn={() => setPutIn(null)}
              others={others.filter(({ itemKeys }) => itemKeys.includes(placed.item.itemKey))}
              writeNow={goneOnTo === itemKey}
              onGoOn={goOn}
            />
          ) : itemKey === undefined ? (
            <Cover disclosure={disclosure} />
          ) : (
            <div className="sheet">
              <Text>{t.noItem(itemKey)}</Text>
            </div>
          )}
        </div>
        <div className={classes.aside}>
          <Aside
            disclosure={disclosure}
            placed={placed}
            editable={editable}
            writing={writing?.itemKey === itemKey ? writing : null}
            onWrite={setWriting}
            onUse={(body) => itemKey !== undefined && setPutIn({ body, itemKey })}
          />
        </div>
      </div>
      {commenting && <PassageButton onWrite={setWriting} />}
    </Page>
  );
};

const Skeletons = () => (
  <div className={classes.columns}>
    <div className={`sheet ${classes.outline}`}>
      <Lines count={16} />
    </div>
    <div className="sheet">
      <Lines count={14} />
    </div>
    <div className={`sheet ${classes.aside}`}>
      <Lines count={6} />
    </div>
  </div>
);
