import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Body } from '@app/content/body';
import type { DisclosureView } from '../api/types';
import { commentable } from '../comments/passage-button';
import { shortTime, useLanguage, useMessages } from '../messages/language';
import { PrintedBody } from '../shell/printed-body';
import { StateLabel } from '../shell/state-label';
import classes from './item-pane.module.css';
import { neighboursOf, type PlacedItem } from './items';
import { keptDrafts } from './kept-drafts';
import { messages } from './messages';
import { AlsoHere } from './presence';
import type { PresentPerson } from './presence-api';

/** The editor is most of this page's weight; the text is readable before it has come. */
const ItemEditor = lazy(() => import('./editor/item-editor'));

/** One item: as it will be printed, and while a revision is drafted, to be written in. */
export const ItemPane = ({
  disclosure,
  placed: { part, item },
  userId,
  editable,
  submitting,
  onUnsaved,
  putIn,
  onPutIn,
  others,
  writeNow,
  onGoOn,
}: {
  readonly disclosure: DisclosureView;
  readonly placed: PlacedItem;
  readonly userId: string;
  readonly editable: boolean;
  /** The disclosure is about to be submitted. */
  readonly submitting: boolean;
  readonly onUnsaved: (unsaved: boolean) => void;
  /** A text to be put into the editor, e.g. an earlier one. */
  readonly putIn: Body | null;
  readonly onPutIn: () => void;
  /** Who else has this item open. */
  readonly others: readonly PresentPerson[];
  /** One came here to go on writing. */
  readonly writeNow: boolean;
  readonly onGoOn: () => void;
}) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const { id } = disclosure;
  const { previous, next } = neighboursOf(disclosure.parts, item.itemKey);
  const name = `${part.number}-${item.number}`;
  const place = { userId, disclosureId: id, itemKey: item.itemKey };
  return (
    <article className={`sheet ${classes.pane}`} aria-labelledby="item-title">
      <p className={classes.part}>
        {part.number}. {part.title}
      </p>
      <header className={classes.head}>
        <h2 id="item-title" className={classes.title}>
          <span className={classes.number}>{name}</span>
          {item.title}
        </h2>
        <div className={classes.steps}>
          <StepTo id={id} itemKey={previous} label={t.previous} icon="up" />
          <StepTo id={id} itemKey={next} label={t.next} icon="down" />
        </div>
      </header>
      <p className={classes.aside}>
        {item.changed ? <StateLabel tone="ink">{t.changed}</StateLabel> : t.asInForce}
        <AlsoHere others={others} />
        {item.lastEdit && <span>{t.lastEdit(item.lastEdit.by.name, shortTime(item.lastEdit.at, language))}</span>}
      </p>
      <div {...commentable(item.itemKey)}>
        {editable ? (
          <Suspense fallback={<PrintedBody body={item.body} />}>
            <ItemEditor
              key={item.itemKey}
              name={name}
              item={item}
              place={place}
              submitting={submitting}
              onUnsaved={onUnsaved}
              putIn={putIn}
              onPutIn={onPutIn}
              writeNow={writeNow}
              onGoOn={onGoOn}
            />
          </Suspense>
        ) : (
          <>
            {disclosure.revision.status === 'inReview' && <p className={classes.bar}>{t.fixed}</p>}
            <LeftBehind key={item.itemKey} place={place} />
            {item.body.content.length === 0 ? <Text c="dimmed">{t.emptyItem}</Text> : <PrintedBody body={item.body} />}
          </>
        )}
      </div>
    </article>
  );
};

const StepTo = ({
  id,
  itemKey,
  label,
  icon,
}: {
  id: string;
  itemKey: string | undefined;
  label: string;
  icon: 'up' | 'down';
}) => {
  const t = useMessages(messages);
  const Icon = icon === 'up' ? IconChevronUp : IconChevronDown;
  if (itemKey === undefined)
    return (
      <ActionIcon variant="default" size="lg" aria-label={label} disabled>
        <Icon size={18} />
      </ActionIcon>
    );
  return (
    <Tooltip label={`${label} Alt+${icon === 'up' ? '↑' : '↓'}`} openDelay={400}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        aria-keyshortcuts={icon === 'up' ? 'Alt+ArrowUp' : 'Alt+ArrowDown'}
        title={t.keys}
        renderRoot={(props) => <Link to="/disclosures/$id/items/$itemKey" params={{ id, itemKey }} {...props} />}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  );
};

/** Unsaved text of an item that cannot be written in at the moment, e.g. because it was submitted meanwhile. */
const LeftBehind = ({ place }: { readonly place: Parameters<typeof keptDrafts.find>[0] }) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const [draft, setDraft] = useState(() => keptDrafts.find(place));
  if (!draft) return null;
  const discard = (): void => {
    keptDrafts.forget(place);
    setDraft(null);
  };
  return (
    <details className={classes.bar}>
      <summary>{t.leftBehind(shortTime(draft.at, language))}</summary>
      <PrintedBody body={draft.body} />
      <Button size="xs" variant="default" mt="sm" onClick={discard}>
        {t.discard}
      </Button>
    </details>
  );
};
