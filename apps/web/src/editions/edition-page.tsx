import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../api/queries';
import type { DisclosureView, EditionView } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import { PostReviewDialog } from '../review/post-review-dialog';
import { Causes } from '../review/why-panel';
import { Loaded, Page } from '../shell/page';
import { PrintedBody } from '../shell/printed-body';
import { Downloads } from './downloads';
import { EditionFacts } from './edition-facts';
import { EditionLabel } from './edition-label';
import { stateOf } from './edition-state';
import classes from './editions.module.css';
import { editionsMessages } from './messages';
import { Errata } from './errata';
import { ErratumDialog } from './erratum-dialog';
import { RevisionHistory } from './revision-history';
import { Signatures } from './signatures';

/** One edition as it was published: text, dates, signatures. */
export const EditionPage = () => {
  const { id, n } = useParams({ strict: false });
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const edition = useQuery(queries.edition(id!, Number(n)));
  const disclosure = useQuery(queries.disclosure(id!));
  return (
    <Page
      title={`${edition.data?.title ?? ''} ${t.edition(Number(n))}`.trim()}
      above={
        <TextLink to="/disclosures/$id/editions" params={{ id: id! }} size="sm">
          {disclosure.data ? `${disclosure.data.serviceName} ${m.title}` : m.title}
        </TextLink>
      }
      actions={<Downloads disclosureId={id!} service={edition.data?.service} number={Number(n)} />}
    >
      <Loaded query={edition}>{(view) => <Edition edition={view} disclosure={disclosure.data} />}</Loaded>
    </Page>
  );
};

const Edition = ({
  edition,
  disclosure,
}: {
  readonly edition: EditionView;
  readonly disclosure: DisclosureView | undefined;
}) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const language = useLanguage();
  const editions = disclosure?.editions ?? [edition];
  const state = stateOf(edition, editions);
  const inForce = editions.find((other) => other.inForce);
  return (
    <div className={classes.sections}>
      {state === 'superseded' && inForce && (
        <Alert color="gray" variant="outline">
          {m.supersededNote(t.edition(inForce.number))}{' '}
          <TextLink
            to="/disclosures/$id/editions/$n"
            params={{ id: edition.disclosureId, n: String(inForce.number) }}
            inherit
            underline="always"
          >
            {m.readInForce}
          </TextLink>
        </Alert>
      )}
      {state === 'scheduled' && (
        <Alert color="gray" variant="outline">
          {m.scheduledNote(longDate(edition.effectiveOn, language))}
        </Alert>
      )}
      <PostReviewAsked edition={edition} />
      <section className="sheet">
        <EditionFacts edition={edition}>
          <div>
            <dt>{t.edition(edition.number)}</dt>
            <dd>
              <EditionLabel state={state} />
            </dd>
          </div>
        </EditionFacts>
        {edition.causes.length > 0 && <Causes causes={edition.causes} />}
        {edition.origin === 'imported' && <p className={classes.quiet}>{m.imported}</p>}
        <Errata errata={edition.errata.filter(({ itemKey }) => itemKey === null)} />
        <Annotating edition={edition} />
      </section>
      <Contents edition={edition} />
      {edition.parts.map((part) => (
        <section key={part.number} aria-labelledby={`part-${part.number}`}>
          <h2 id={`part-${part.number}`} className={classes.partTitle}>
            {m.part(part.number, part.title)}
          </h2>
          <div className={classes.items}>
            {part.items.map((item) => (
              <article key={item.itemKey} id={`item-${part.number}-${item.number}`} className={classes.item}>
                <h3>
                  <span>{item.number}.</span>
                  {item.title}
                </h3>
                {item.body.content.length === 0 ? (
                  <p className={classes.quiet}>{m.noText}</p>
                ) : (
                  <PrintedBody body={item.body} />
                )}
                <Errata errata={edition.errata.filter(({ itemKey }) => itemKey === item.itemKey)} />
              </article>
            ))}
          </div>
        </section>
      ))}
      <section aria-labelledby="history">
        <h2 id="history">{m.history}</h2>
        <RevisionHistory rows={edition.revisionHistory} editions={editions} />
      </section>
      <section aria-labelledby="signatures">
        <h2 id="signatures">{m.signatures}</h2>
        <div className="sheet">
          {edition.signatures.length + edition.postReviews.length === 0 ? (
            <p className={classes.line}>{m.signaturesNone}</p>
          ) : (
            <Signatures signatures={edition.signatures} postReviews={edition.postReviews} />
          )}
        </div>
      </section>
    </div>
  );
};

/** 正誤, for who holds 管理責任者. */
const Annotating = ({ edition }: { readonly edition: EditionView }) => {
  const m = useMessages(editionsMessages);
  const { data: session } = useQuery(queries.session());
  const [open, setOpen] = useState(false);
  if (!session?.offices.includes('managementOfficer')) return null;
  return (
    <div className={classes.editionActions}>
      <Button size="sm" variant="default" onClick={() => setOpen(true)}>
        {m.annotate}
      </Button>
      {open && <ErratumDialog edition={edition} onClose={() => setOpen(false)} />}
    </div>
  );
};

/** 後閲 of this edition, where the reader is asked for it. */
const PostReviewAsked = ({ edition }: { readonly edition: EditionView }) => {
  const m = useMessages(editionsMessages);
  const { data: inbox } = useQuery(queries.inbox());
  const [open, setOpen] = useState(false);
  const asked = inbox?.forMe.find(
    ({ kind, disclosureId, editionNumber }) =>
      kind === 'postReview' && disclosureId === edition.disclosureId && editionNumber === edition.number,
  );
  if (asked === undefined || asked.step === null) return null;
  return (
    <section className={`sheet ${classes.asked}`}>
      <p className={classes.line}>{m.postReviewAsked}</p>
      <Button onClick={() => setOpen(true)}>{m.postReviewNow}</Button>
      {open && (
        <PostReviewDialog
          disclosureId={edition.disclosureId}
          editionNumber={edition.number}
          step={asked.step}
          principals={asked.onBehalfOf}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
};

const Contents = ({ edition }: { readonly edition: EditionView }) => {
  const m = useMessages(editionsMessages);
  return (
    <details className={`sheet ${classes.contents}`}>
      <summary>{m.contents}</summary>
      {edition.parts.map((part) => (
        <nav key={part.number} aria-label={m.part(part.number, part.title)}>
          <a href={`#part-${part.number}`}>{m.part(part.number, part.title)}</a>
          <ol>
            {part.items.map((item) => (
              <li key={item.itemKey}>
                <a href={`#item-${part.number}-${item.number}`}>{item.title}</a>
              </li>
            ))}
          </ol>
        </nav>
      ))}
    </details>
  );
};
