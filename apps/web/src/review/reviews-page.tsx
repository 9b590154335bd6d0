import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../api/queries';
import type { DisclosureSummary, TaskView } from '../api/types';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { Lines, Loaded, Page } from '../shell/page';
import { fullTime, listed } from './format';
import { ButtonLink, TextLink } from '../shell/link';
import { reviewMessages } from './messages';
import classes from './review.module.css';

/** Events that end a wait: somebody decided. */
const decisions = new Set(['StepSigned', 'RevisionApproved', 'ReturnedForChanges', 'Rejected', 'EditionPublished']);
const RECENT = 10;

/** 承認一覧: what waits for me, what waits for others, what was decided lately. */
export const ReviewsPage = () => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  const tasks = useQuery(queries.tasks());
  const disclosures = useQuery(queries.disclosures());
  const activity = useQuery(queries.activity());
  const mine = new Set(
    (tasks.data?.tasks ?? []).filter(({ kind }) => kind === 'sign').map(({ disclosureId }) => disclosureId),
  );

  return (
    <Page title={m.reviewsTitle}>
      <div className={classes.lists}>
        <List id="mine" title={m.waitingForMe}>
          <Loaded query={tasks} skeleton={<Lines count={2} />}>
            {(data) => (
              <Rows empty={m.waitingForMeNone} rows={data.tasks.filter(({ kind }) => kind === 'sign')}>
                {(task) => <MyTask key={task.disclosureId} task={task} />}
              </Rows>
            )}
          </Loaded>
        </List>
        <List id="others" title={m.waitingForOthers}>
          <Loaded query={disclosures} skeleton={<Lines count={2} />}>
            {(data) => (
              <Rows
                empty={m.waitingForOthersNone}
                rows={data.disclosures.filter(({ id, revision }) => revision.status === 'inReview' && !mine.has(id))}
              >
                {(summary) => (
                  <Waiting
                    key={summary.id}
                    summary={summary}
                    note={m.waitingFor(listed(summary.revision.waitingFor, language))}
                  />
                )}
              </Rows>
            )}
          </Loaded>
        </List>
        <List id="approved" title={m.approvedWaiting}>
          <Loaded query={disclosures} skeleton={<Lines count={2} />}>
            {(data) => (
              <Rows
                empty={m.approvedWaitingNone}
                rows={data.disclosures.filter(({ revision }) => revision.status === 'approved')}
              >
                {(summary) => <Waiting key={summary.id} summary={summary} note={m.allSigned} />}
              </Rows>
            )}
          </Loaded>
        </List>
        <List id="decided" title={m.recentlyDecided}>
          <Loaded query={activity} skeleton={<Lines count={3} />}>
            {(data) => (
              <Rows
                empty={m.recentlyDecidedNone}
                rows={data.entries.filter(({ type }) => decisions.has(type)).slice(0, RECENT)}
              >
                {(entry) => (
                  <li key={entry.position} className={classes.decided}>
                    <time dateTime={entry.at}>{fullTime(entry.at, language)}</time>
                    <span>
                      <strong>{entry.actor.name}</strong>
                      {entry.sentence}
                    </span>
                    <TextLink to="/disclosures/$id" params={{ id: entry.disclosureId }} size="sm">
                      {entry.serviceName}
                    </TextLink>
                  </li>
                )}
              </Rows>
            )}
          </Loaded>
        </List>
      </div>
    </Page>
  );
};

const List = ({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

const Rows = <T,>({
  rows,
  empty,
  children,
}: {
  readonly rows: readonly T[];
  readonly empty: string;
  readonly children: (row: T) => ReactNode;
}) =>
  rows.length === 0 ? <p className={classes.quiet}>{empty}</p> : <ul className={classes.rows}>{rows.map(children)}</ul>;

const MyTask = ({ task }: { readonly task: TaskView }) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const language = useLanguage();
  return (
    <li className={classes.waitingRow} data-mine="true">
      <div>
        <p className={classes.waitingTitle}>{`${task.serviceName} ${t.edition(task.editionNumber)}`}</p>
        <p className={classes.quiet}>
          {task.note && `${task.note}　`}
          {m.since(fullTime(task.since, language))}
        </p>
      </div>
      <ButtonLink to="/disclosures/$id/review" params={{ id: task.disclosureId }}>
        {m.openReview}
      </ButtonLink>
    </li>
  );
};

const Waiting = ({ summary, note }: { readonly summary: DisclosureSummary; readonly note: string }) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const { editionNumber } = summary.revision;
  return (
    <li className={classes.waitingRow}>
      <div>
        <p className={classes.waitingTitle}>
          {summary.serviceName} {editionNumber !== null && t.edition(editionNumber)}
        </p>
        <p className={classes.quiet}>{note}</p>
      </div>
      <ButtonLink to="/disclosures/$id/review" params={{ id: summary.id }} variant="default">
        {m.lookAtReview}
      </ButtonLink>
    </li>
  );
};
