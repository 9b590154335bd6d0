import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../api/queries';
import type { InboxEntry, InboxView } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { ButtonLink, TextLink } from '../shell/link';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import { fullTime, listed } from './format';
import { reviewMessages } from './messages';
import classes from './review.module.css';

/** 承認一覧: 自分の番, ほかの方の番, 済み. */
export const ReviewsPage = () => {
  const m = useMessages(reviewMessages);
  const inbox = useQuery(queries.inbox());
  return (
    <Page title={m.reviewsTitle}>
      <Loaded query={inbox} skeleton={<Lines count={8} />}>
        {({ forMe, forOthers, decided }) => (
          <div className={classes.lists}>
            <List id="mine" title={m.forMe} count={forMe.length}>
              <Rows empty={m.forMeNone} rows={forMe}>
                {(entry) => <Entry key={keyOf(entry)} entry={entry} mine />}
              </Rows>
            </List>
            <List id="others" title={m.forOthers} count={forOthers.length}>
              <Rows empty={m.forOthersNone} rows={forOthers}>
                {(entry) => <Entry key={keyOf(entry)} entry={entry} />}
              </Rows>
            </List>
            <List id="decided" title={m.decided}>
              <Rows empty={m.decidedNone} rows={decided}>
                {(decision) => <Decided key={`${decision.disclosureId} ${decision.at}`} decision={decision} />}
              </Rows>
            </List>
          </div>
        )}
      </Loaded>
    </Page>
  );
};

const keyOf = ({ disclosureId, kind, step, editionNumber }: InboxEntry): string =>
  [disclosureId, editionNumber, kind, step].join(' ');

const List = ({
  id,
  title,
  count,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly children: ReactNode;
}) => {
  const m = useMessages(reviewMessages);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {count !== undefined && count > 0 && <span className={classes.count}>{m.entries(count)}</span>}
      </h2>
      {children}
    </section>
  );
};

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

const Entry = ({ entry, mine = false }: { readonly entry: InboxEntry; readonly mine?: boolean }) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const language = useLanguage();
  const deputyFor = entry.onBehalfOf.filter((person) => person !== null);
  const asked = entry.meaning === null ? m.kinds[entry.kind] : t.meanings[entry.meaning];
  return (
    <li className={classes.waitingRow} data-mine={mine || undefined}>
      <div>
        <p className={classes.waitingTitle}>
          <StateLabel tone={mine ? 'ink' : 'plain'}>{asked}</StateLabel>
          {`${entry.serviceName} ${t.edition(entry.editionNumber)}`}
        </p>
        <p className={classes.quiet}>
          {[
            entry.submittedBy === null ? '' : m.submittedByName(entry.submittedBy.name),
            m.since(fullTime(entry.since, language)),
            mine && deputyFor.length > 0 ? m.deputyFor(deputyFor.map(({ name }) => name)) : '',
            !mine && entry.waitingFor.length > 0 ? m.waitingFor(listed(entry.waitingFor, language)) : '',
          ]
            .filter((text) => text !== '')
            .join('・')}
        </p>
        {entry.note !== '' && <p className={classes.note}>{entry.note}</p>}
        {entry.due !== null && (
          <p className={entry.overdue ? classes.warning : classes.quiet}>
            {entry.overdue ? m.overdue(longDate(entry.due, language)) : m.due(longDate(entry.due, language))}
          </p>
        )}
      </div>
      <Open entry={entry} mine={mine} />
    </li>
  );
};

/** Leads to where the entry is dealt with. */
const Open = ({ entry, mine }: { readonly entry: InboxEntry; readonly mine: boolean }) => {
  const m = useMessages(reviewMessages);
  const { disclosureId: id, editionNumber } = entry;
  const look = mine ? ({} as const) : ({ variant: 'default' } as const);
  if (entry.kind === 'postReview' && entry.status === 'published')
    return (
      <ButtonLink to="/disclosures/$id/editions/$n" params={{ id, n: String(editionNumber) }} {...look}>
        {m.open.postReview}
      </ButtonLink>
    );
  if (entry.kind === 'returned')
    return (
      <ButtonLink to="/disclosures/$id" params={{ id }} {...look}>
        {m.open.returned}
      </ButtonLink>
    );
  if (entry.kind === 'publish')
    return (
      <ButtonLink to="/disclosures/$id/editions" params={{ id }} {...look}>
        {m.open.publish}
      </ButtonLink>
    );
  return (
    <ButtonLink to="/disclosures/$id/review" params={{ id }} {...look}>
      {mine ? m.open[entry.kind] : m.lookAtReview}
    </ButtonLink>
  );
};

const Decided = ({ decision }: { readonly decision: InboxView['decided'][number] }) => {
  const t = useCommon();
  const language = useLanguage();
  return (
    <li className={classes.decided}>
      <time dateTime={decision.at}>{fullTime(decision.at, language)}</time>
      <span>{decision.sentence}</span>
      <TextLink to="/disclosures/$id" params={{ id: decision.disclosureId }} size="sm">
        {`${decision.serviceName} ${decision.editionNumber === null ? '' : t.edition(decision.editionNumber)}`.trim()}
      </TextLink>
    </li>
  );
};
