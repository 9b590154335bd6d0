import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { queries, useRefresh } from '../api/queries';
import type { ComparisonView, DisclosureView, FindingView, OpenRevision } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import { DecisionBar } from './decision-bar';
import { Comparison, Legend } from './difference/comparison';
import { ItemList } from './difference/item-list';
import { useLayout } from './difference/use-layout';
import { Finding, Findings } from './findings';
import { ButtonLink, TextLink } from '../shell/link';
import { reviewMessages } from './messages';
import classes from './review.module.css';
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

const NotInReview = ({ disclosure }: { readonly disclosure: DisclosureView }) => {
  const m = useMessages(reviewMessages);
  const { revision } = disclosure;
  return (
    <Page title={m.notInReviewTitle} above={<Where disclosure={disclosure} />} width="text">
      <Stack gap="lg" className="sheet">
        <Text>{revision.status === 'none' ? m.notInReviewNone : m.notInReviewDrafting(revision.editionNumber)}</Text>
        {revision.status !== 'none' && revision.returned && (
          <blockquote className={classes.reason}>
            <Text size="sm" fw={600}>
              {m.returnedBy(revision.returned.by.name)}
            </Text>
            <Text style={{ whiteSpace: 'pre-line' }}>{revision.returned.reason}</Text>
          </blockquote>
        )}
        <div className={classes.buttons}>
          <ButtonLink to="/disclosures/$id" params={{ id: disclosure.id }}>
            {m.openWorkbench}
          </ButtonLink>
          <ButtonLink to="/disclosures/$id/editions" params={{ id: disclosure.id }} variant="default">
            {m.openEditions}
          </ButtonLink>
        </div>
      </Stack>
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
  const refresh = useRefresh();
  const comparison = useQuery({
    ...queries.comparison(disclosure.id, 'inForce', 'draft'),
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
      <div className={classes.columns}>
        <div className={classes.main}>
          <WhyPanel revision={revision} />
          <Loaded query={comparison} skeleton={<DifferenceSkeleton />}>
            {(data) => <Changes comparison={data} findings={disclosure.findings} />}
          </Loaded>
        </div>
        <aside className={classes.aside}>
          <RoutePanel revision={revision} />
          <Findings findings={disclosure.findings} changed={comparison.data?.items ?? []} />
        </aside>
      </div>
      <DecisionBar
        disclosureId={disclosure.id}
        revision={revision}
        contentHash={shownHash}
        ready={comparison.data !== undefined}
        onContentHasChanged={() => void loadNewDifference()}
      />
    </Page>
  );
};

const DifferenceSkeleton = () => (
  <Stack gap="lg" aria-busy="true">
    <Skeleton height={160} />
    <Skeleton height={220} />
  </Stack>
);

/** 変更された項目: a list to jump by, and the difference of each. */
const Changes = ({
  comparison,
  findings,
}: {
  readonly comparison: ComparisonView;
  readonly findings: readonly FindingView[];
}) => {
  const m = useMessages(reviewMessages);
  const { layout, choice } = useLayout();
  return (
    <section aria-labelledby="changes">
      <header className={classes.changesHead}>
        <h2 id="changes">
          {m.changedItems}
          <span className={classes.count}>{m.changedItemsCount(comparison.items.length)}</span>
        </h2>
        <Legend />
        {choice}
      </header>
      {comparison.items.length === 0 ? (
        <p>{m.noChanges}</p>
      ) : (
        <>
          {comparison.items.length > 1 && <ItemList items={comparison.items} />}
          <Comparison
            items={comparison.items}
            layout={layout}
            fromLabel={comparison.from.label}
            toLabel={comparison.to.label}
            beside={(item) => {
              const own = findings.filter((finding) => finding.itemKey === item.itemKey);
              return own.length === 0 ? null : (
                <ul className={classes.findingsOfItem}>
                  {own.map((finding) => (
                    <Finding key={finding.id} finding={finding} />
                  ))}
                </ul>
              );
            }}
          />
        </>
      )}
    </section>
  );
};
