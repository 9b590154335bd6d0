import { Alert, Button, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { queries, useRefresh } from '../api/queries';
import type { ComparisonView, DisclosureView, OpenRevision } from '../api/types';
import { ItemComments, type Writing } from '../comments/item-comments';
import { commentMessages } from '../comments/messages';
import { PassageButton } from '../comments/passage-button';
import { unresolvedOn } from '../comments/threads';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import { itemsInOrder } from '../workbench/items';
import { DecisionBar } from './decision-bar';
import { anchorOf, Comparison, labelOf, Legend } from './difference/comparison';
import { ItemList } from './difference/item-list';
import { useLayout } from './difference/use-layout';
import { Finding, Findings } from './findings';
import { ButtonLink, TextLink } from '../shell/link';
import { reviewMessages } from './messages';
import { Moved, OutcomeFacts, useMoved, useOutcomeTitle } from './moved';
import classes from './review.module.css';
import { LastRejection } from './last-rejection';
import { RoutePanel } from './route-panel';
import { WhyPanel } from './why-panel';

/**
 * 承認: where a signatory lands from the mail, and where everybody sees how a revision in review stands.
 *
 * The difference is loaded once and does not change under the reader's eyes: the hash that is signed is the one of the text that was
 * shown. When the text moves on meanwhile, the page says so and offers the new difference.
 */
export const ReviewPage = () => {
  const { id } = useParams({ strict: false });
  const m = useMessages(reviewMessages);
  const disclosure = useQuery(queries.disclosure(id!));
  return (
    <Loaded
      query={disclosure}
      skeleton={
        <Page title={m.reviewTitlePlain} width="wide">
          <Lines count={8} />
        </Page>
      }
    >
      {(view) =>
        view.revision.status === 'inReview' || view.revision.status === 'approved' ? (
          <InReview disclosure={view} revision={view.revision} />
        ) : (
          <NotInReview disclosure={view} />
        )
      }
    </Loaded>
  );
};

const Where = ({ disclosure }: { readonly disclosure: DisclosureView }) => {
  const m = useMessages(reviewMessages);
  return (
    <span className={classes.where}>
      <TextLink to="/reviews" size="sm">
        {m.reviewsTitle}
      </TextLink>
      <TextLink to="/disclosures/$id" params={{ id: disclosure.id }} size="sm">
        {disclosure.serviceName}
      </TextLink>
    </span>
  );
};

/** Nothing waits for a signature: what became of the revision that the mail was about, and where the disclosure stands now. */
const NotInReview = ({ disclosure }: { readonly disclosure: DisclosureView }) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const moved = useMoved(disclosure.id);
  const titleOf = useOutcomeTitle();
  const { revision } = disclosure;
  const outcome = moved?.outcome ?? null;
  const edition = outcome?.kind === 'published' ? outcome.editionNumber : null;
  const before = edition === null ? undefined : disclosure.editions.findLast(({ number }) => number < edition);
  return (
    <Page
      title={outcome === null ? m.notInReviewTitle : titleOf(outcome)}
      above={<Where disclosure={disclosure} />}
      width="text"
    >
      {moved === undefined ? (
        <Lines count={4} />
      ) : (
        <>
          {outcome === null && <Moved disclosureId={disclosure.id} moved={moved} openEdition={null} />}
          <Stack gap="md" className="sheet">
            {outcome !== null && <OutcomeFacts outcome={outcome} />}
            <Text>
              {revision.status === 'none' ? m.notInReviewNone : m.notInReviewDrafting(revision.editionNumber)}
            </Text>
            {outcome === null && disclosure.lastRejection && (
              <LastRejection rejection={disclosure.lastRejection} id={disclosure.id} />
            )}
            {revision.status !== 'none' && revision.returned && (
              <blockquote className={classes.reason}>
                <Text size="sm" fw={600}>
                  {m.returnedBy(revision.returned.by.name)}
                </Text>
                <Text style={{ whiteSpace: 'pre-line' }}>{revision.returned.reason}</Text>
              </blockquote>
            )}
            <div className={classes.buttons}>
              {edition !== null && (
                <>
                  <ButtonLink to="/disclosures/$id/editions/$n" params={{ id: disclosure.id, n: String(edition) }}>
                    {m.openEdition(t.edition(edition))}
                  </ButtonLink>
                  {before !== undefined && (
                    <ButtonLink
                      to="/disclosures/$id/compare"
                      params={{ id: disclosure.id }}
                      search={{ from: String(before.number), to: String(edition) }}
                      variant="default"
                    >
                      {m.openComparison}
                    </ButtonLink>
                  )}
                </>
              )}
              <ButtonLink
                to="/disclosures/$id"
                params={{ id: disclosure.id }}
                variant={edition === null ? 'filled' : 'default'}
              >
                {m.openWorkbench}
              </ButtonLink>
              {edition === null && (
                <ButtonLink to="/disclosures/$id/editions" params={{ id: disclosure.id }} variant="default">
                  {m.openEditions}
                </ButtonLink>
              )}
            </div>
          </Stack>
        </>
      )}
    </Page>
  );
};

const InReview = ({
  disclosure,
  revision,
}: {
  readonly disclosure: DisclosureView;
  readonly revision: OpenRevision;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const language = useLanguage();
  const refresh = useRefresh();
  const moved = useMoved(disclosure.id);
  // Who has signed or sent it back before reads what has changed since; everybody else, what differs from the edition published last.
  const [since, setSince] = useState<Since>(readBy(revision) === null ? 'inForce' : 'lastSigned');
  const [writing, setWriting] = useState<Writing | null>(null);
  const comparison = useQuery({
    ...queries.comparison(disclosure.id, since, 'draft'),
    staleTime: Infinity,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const shownHash = comparison.data?.to.contentHash ?? revision.contentHash;
  const movedOn = comparison.data !== undefined && !comparison.isFetching && shownHash !== revision.contentHash;

  const loadNewDifference = async (): Promise<void> => {
    await refresh();
    scrollTo({ top: 0 });
    notify.done(m.differenceReloaded);
  };

  return (
    <Page
      title={m.reviewTitle(revision.editionNumber)}
      above={<Where disclosure={disclosure} />}
      actions={<StateLabel tone="ink">{t.states[revision.status]}</StateLabel>}
      width="wide"
    >
      {movedOn && (
        <Alert color="seal" variant="outline" mb="lg" role="alert">
          <div className={classes.movedOn}>
            <Text>{m.contentHasChanged}</Text>
            <Button size="xs" onClick={() => void loadNewDifference()}>
              {m.loadNewDifference}
            </Button>
          </div>
        </Alert>
      )}
      <Moved disclosureId={disclosure.id} moved={moved} openEdition={revision.editionNumber} />
      {revision.returned && revision.returned.toStep !== null && (
        <blockquote className={`${classes.reason} ${classes.returned}`}>
          <Text size="sm" fw={600}>
            {m.returnedToStepBy(revision.returned.by.name, revision.returned.toStep + 1)}
          </Text>
          <Text style={{ whiteSpace: 'pre-line' }}>{revision.returned.reason}</Text>
        </blockquote>
      )}
      {revision.status === 'inReview' && revision.returned === null && revision.lastReturn !== null && (
        <blockquote className={`${classes.reason} ${classes.returned}`}>
          <Text style={{ whiteSpace: 'pre-line' }}>
            <strong>{m.returnedOn(revision.lastReturn.by.name, longDate(revision.lastReturn.at, language))}</strong>
            {revision.lastReturn.reason}
          </Text>
        </blockquote>
      )}
      <div className={classes.columns}>
        <div className={classes.main}>
          <WhyPanel revision={revision} />
          <Changes
            disclosure={disclosure}
            revision={revision}
            comparison={comparison}
            since={since}
            onSince={setSince}
            writing={writing}
            onWrite={setWriting}
          />
        </div>
        <aside className={classes.aside} tabIndex={0} aria-label={m.asideLabel}>
          <RoutePanel revision={revision} />
          <Findings findings={disclosure.findings} changed={comparison.data?.items ?? []} />
        </aside>
      </div>
      <PassageButton onWrite={setWriting} />
      <DecisionBar
        disclosure={disclosure}
        revision={revision}
        contentHash={shownHash}
        ready={comparison.data !== undefined}
        onContentHasChanged={() => void loadNewDifference()}
      />
    </Page>
  );
};

type Since = 'inForce' | 'lastSigned';

/** What the reader did with the text that they know; null when they know none, or sent back the very text that is here again. */
const readBy = ({ lastSigned, lastReturned, contentHash }: OpenRevision): 'signed' | 'returned' | null => {
  if (lastSigned !== null) return 'signed';
  return lastReturned !== null && lastReturned.contentHash !== contentHash ? 'returned' : null;
};

const DifferenceSkeleton = () => (
  <Stack gap="lg" aria-busy="true">
    <Skeleton height={160} />
    <Skeleton height={220} />
  </Stack>
);

/** 変更された項目: a list to jump by, and the difference of each with its findings and comments. */
const Changes = ({
  disclosure,
  revision,
  comparison,
  since,
  onSince,
  writing,
  onWrite,
}: {
  readonly disclosure: DisclosureView;
  readonly revision: OpenRevision;
  readonly comparison: UseQueryResult<ComparisonView>;
  readonly since: Since;
  readonly onSince: (since: Since) => void;
  readonly writing: Writing | null;
  readonly onWrite: (writing: Writing | null) => void;
}) => {
  const m = useMessages(reviewMessages);
  const { layout, choice } = useLayout();
  const items = comparison.data?.items;
  const read = readBy(revision);
  const known = since === 'inForce' || read === null ? null : m.changesSince[read];
  useItemKeys(items);
  return (
    <section aria-labelledby="changes">
      <header className={classes.changesHead}>
        <h2 id="changes">
          {known?.title ?? m.changedItems}
          {items && <span className={classes.count}>{m.changedItemsCount(items.length)}</span>}
        </h2>
        <Legend />
        {choice}
      </header>
      {read !== null && (
        <div className={classes.since}>
          <SegmentedControl
            aria-label={m.sinceLabel}
            size="sm"
            value={since}
            onChange={(chosen) => onSince(chosen as Since)}
            data={[
              { value: 'lastSigned', label: m.changesSince[read].choice },
              { value: 'inForce', label: m.sinceInForce },
            ]}
          />
          {known !== null && <p className={classes.quiet}>{known.help}</p>}
        </div>
      )}
      <Loaded query={comparison} skeleton={<DifferenceSkeleton />}>
        {(data) => (
          <>
            {data.items.length === 0 && <p className={classes.noChanges}>{known?.none ?? m.noChanges}</p>}
            {data.items.length > 1 && <ItemList items={data.items} />}
            <Comparison
              items={data.items}
              layout={layout}
              fromLabel={data.from.label}
              toLabel={data.to.label}
              beside={(item) => {
                const own = disclosure.findings.filter((finding) => finding.itemKey === item.itemKey);
                return own.length === 0 ? null : (
                  <ul className={classes.findingsOfItem}>
                    {own.map((finding) => (
                      <Finding key={finding.id} finding={finding} />
                    ))}
                  </ul>
                );
              }}
              below={(item) => (
                <div className={classes.commentsOfItem}>
                  <ItemComments
                    disclosureId={disclosure.id}
                    itemKey={item.itemKey}
                    label={labelOf(item)}
                    comments={revision.comments}
                    writing={writing}
                    onWrite={onWrite}
                  />
                </div>
              )}
            />
            <CommentsElsewhere
              disclosure={disclosure}
              revision={revision}
              shown={data.items.map(({ itemKey }) => itemKey)}
              writing={writing}
              onWrite={onWrite}
            />
          </>
        )}
      </Loaded>
    </section>
  );
};

/** Unresolved comments on items whose difference is not shown. */
const CommentsElsewhere = ({
  disclosure,
  revision,
  shown,
  writing,
  onWrite,
}: {
  readonly disclosure: DisclosureView;
  readonly revision: OpenRevision;
  readonly shown: readonly string[];
  readonly writing: Writing | null;
  readonly onWrite: (writing: Writing | null) => void;
}) => {
  const c = useMessages(commentMessages);
  const items = itemsInOrder(disclosure.parts).filter(
    ({ item }) => !shown.includes(item.itemKey) && unresolvedOn(revision.comments, item.itemKey) > 0,
  );
  if (items.length === 0) return null;
  return (
    <section className={`sheet ${classes.elsewhereComments}`} aria-labelledby="comments-elsewhere">
      <h2 id="comments-elsewhere" className={classes.panelTitle}>
        {c.elsewhere}
      </h2>
      {items.map(({ part, item }) => (
        <div key={item.itemKey}>
          <h3 className={classes.afterTitle}>{`${part.number}-${item.number} ${item.title}`}</h3>
          <ItemComments
            disclosureId={disclosure.id}
            itemKey={item.itemKey}
            label={`${part.number}-${item.number}`}
            comments={revision.comments}
            writing={writing}
            onWrite={onWrite}
          />
        </div>
      ))}
    </section>
  );
};

/** Alt+↓ and Alt+↑ lead from one changed item to the next, as they do in the workbench. */
const useItemKeys = (items: ComparisonView['items'] | undefined): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !items) return;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || document.querySelector('[role=dialog]')) return;
    const sections = items.flatMap((item) => document.getElementById(anchorOf(item)) ?? []);
    const at = sections.findIndex((section) => section.contains(document.activeElement));
    const to = sections[at === -1 ? (by === 1 ? 0 : sections.length - 1) : at + by];
    if (!to) return;
    event.preventDefault();
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: 'start' });
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
};
