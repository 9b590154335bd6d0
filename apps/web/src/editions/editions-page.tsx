import { Alert, Button, CopyButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../api/queries';
import type { DisclosureView, EditionSummary } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { ButtonLink, TextLink } from '../shell/link';
import { Causes } from '../review/why-panel';
import { Loaded, Page } from '../shell/page';
import { CompareForm } from './compare-form';
import { Downloads } from './downloads';
import { EditionFacts } from './edition-facts';
import { EditionLabel } from './edition-label';
import { stateOf, today } from './edition-state';
import classes from './editions.module.css';
import { Errata } from './errata';
import { editionsMessages } from './messages';
import { PublishForm } from './publish-form';
import { RetireDialog } from './retire-dialog';
import { RevisionHistory } from './revision-history';
import { ScheduledPublication } from './scheduled-publication';

/** 版・公開: publishes what is approved; the editions there are, what changed between them, and where hospitals read them. */
export const EditionsPage = () => {
  const { id } = useParams({ strict: false });
  const m = useMessages(editionsMessages);
  const disclosure = useQuery(queries.disclosure(id!));
  return (
    <Page
      title={m.title}
      above={
        disclosure.data && (
          <TextLink to="/disclosures/$id" params={{ id: disclosure.data.id }} size="sm">
            {disclosure.data.serviceName}
          </TextLink>
        )
      }
    >
      <Loaded query={disclosure}>{(view) => <Editions disclosure={view} />}</Loaded>
    </Page>
  );
};

const Editions = ({ disclosure }: { readonly disclosure: DisclosureView }) => {
  const m = useMessages(editionsMessages);
  const newestFirst = [...disclosure.editions].sort((a, b) => b.number - a.number);
  return (
    <div className={classes.sections}>
      <Retired disclosure={disclosure} />
      <Revision disclosure={disclosure} />
      <PublicAddress service={disclosure.service} published={disclosure.editions.length > 0} />
      <section aria-labelledby="editions">
        <h2 id="editions">{m.editions}</h2>
        {newestFirst.length === 0 ? (
          <p className={classes.quiet}>{m.noEditions}</p>
        ) : (
          <ol className={classes.editions}>
            {newestFirst.map((edition, index) => (
              <EditionRow
                key={edition.number}
                disclosure={disclosure}
                edition={edition}
                previous={newestFirst[index + 1]?.number ?? null}
              />
            ))}
          </ol>
        )}
      </section>
      {newestFirst.length + (disclosure.revision.status === 'none' ? 0 : 1) > 1 && (
        <section aria-labelledby="compare">
          <h2 id="compare">{m.compare}</h2>
          <div className="sheet">
            <CompareForm disclosure={disclosure} />
          </div>
        </section>
      )}
      <section aria-labelledby="history">
        <h2 id="history">{m.history}</h2>
        <RevisionHistory rows={disclosure.revisionHistory} editions={disclosure.editions} />
      </section>
      <Retirement disclosure={disclosure} />
    </div>
  );
};

/** The open revision: to be published, or how far it is. */
const Revision = ({ disclosure }: { readonly disclosure: DisclosureView }) => {
  const m = useMessages(editionsMessages);
  const { data: session } = useQuery(queries.session());
  const { revision } = disclosure;
  if (revision.status === 'none') return null;
  const mayPublish = session?.user.roles.includes('drafter') ?? false;
  return (
    <section aria-labelledby="publish">
      <h2 id="publish">{m.publish(revision.editionNumber)}</h2>
      <div className="sheet">
        {revision.status === 'approved' ? (
          revision.schedule ? (
            <ScheduledPublication
              disclosureId={disclosure.id}
              editionNumber={revision.editionNumber}
              schedule={revision.schedule}
              mayCancel={mayPublish}
            />
          ) : mayPublish ? (
            <PublishForm disclosure={disclosure} revision={revision} />
          ) : (
            <p className={classes.line}>{m.onlyDraftersPublish}</p>
          )
        ) : (
          <div className={classes.notReady}>
            <p className={classes.line}>{m.publishNotReady[revision.status](revision.editionNumber)}</p>
            {revision.status === 'inReview' ? (
              <ButtonLink to="/disclosures/$id/review" params={{ id: disclosure.id }} variant="default" size="sm">
                {m.toReview}
              </ButtonLink>
            ) : (
              <ButtonLink to="/disclosures/$id" params={{ id: disclosure.id }} variant="default" size="sm">
                {m.toWorkbench}
              </ButtonLink>
            )}
          </div>
        )}
        <p className={classes.line}>
          <a href={`/api/disclosures/${encodeURIComponent(disclosure.id)}/draft.docx`} download>
            {m.draftAsWord(revision.editionNumber)}
          </a>
        </p>
      </div>
    </section>
  );
};

const Retired = ({ disclosure: { retired } }: { readonly disclosure: DisclosureView }) => {
  const m = useMessages(editionsMessages);
  const language = useLanguage();
  return (
    retired && (
      <Alert color="gray" variant="outline">
        {(retired.on < today() ? m.retiredNotePast : m.retiredNote)(longDate(retired.on, language), retired.reason)}
      </Alert>
    )
  );
};

/** 提供終了: for who holds 管理責任者, while nothing is being revised. */
const Retirement = ({ disclosure }: { readonly disclosure: DisclosureView }) => {
  const m = useMessages(editionsMessages);
  const { data: session } = useQuery(queries.session());
  const [open, setOpen] = useState(false);
  if (disclosure.retired || disclosure.revision.status !== 'none') return null;
  if (!session?.offices.includes('managementOfficer')) return null;
  return (
    <section aria-labelledby="retirement">
      <h2 id="retirement">{m.retirement}</h2>
      <div className={`sheet ${classes.asked}`}>
        <p className={classes.line}>{m.retirementHelp}</p>
        <Button variant="default" onClick={() => setOpen(true)}>
          {m.retire}
        </Button>
        {open && <RetireDialog disclosureId={disclosure.id} onClose={() => setOpen(false)} />}
      </div>
    </section>
  );
};

const PublicAddress = ({ service, published }: { readonly service: string; readonly published: boolean }) => {
  const m = useMessages(editionsMessages);
  const address = `${location.origin}/d/${service}`;
  return (
    <section aria-labelledby="address">
      <h2 id="address">{m.publicAddress}</h2>
      <div className="sheet">
        <div className={classes.address}>
          <code>{address}</code>
          {published && (
            <div className={classes.buttons}>
              <CopyButton value={address}>
                {({ copied, copy }) => (
                  <Button size="xs" variant="default" onClick={copy}>
                    {copied ? m.copied : m.copy}
                  </Button>
                )}
              </CopyButton>
              <Button size="xs" variant="default" component="a" href={`/d/${service}`} target="_blank">
                {m.openPublicPage}
              </Button>
            </div>
          )}
        </div>
        <p className={classes.quiet}>{published ? m.publicAddressHelp : m.notPublicYet}</p>
      </div>
    </section>
  );
};

const EditionRow = ({
  disclosure,
  edition,
  previous,
}: {
  readonly disclosure: DisclosureView;
  readonly edition: EditionSummary;
  readonly previous: number | null;
}) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const n = String(edition.number);
  return (
    <li className={classes.edition} data-state={stateOf(edition, disclosure.editions)}>
      <div className={classes.editionHead}>
        <h3>
          <TextLink to="/disclosures/$id/editions/$n" params={{ id: disclosure.id, n }} inherit>
            {t.edition(edition.number)}
          </TextLink>
        </h3>
        <EditionLabel state={stateOf(edition, disclosure.editions)} />
      </div>
      <div className={classes.editionBody}>
        <EditionFacts edition={edition} />
        {edition.causes.length > 0 && <Causes causes={edition.causes} />}
        <p className={classes.historyText}>{edition.historyText}</p>
        <Errata errata={edition.errata} />
        {edition.origin === 'imported' && <p className={classes.quiet}>{m.imported}</p>}
        <div className={classes.editionActions}>
          <TextLink to="/disclosures/$id/editions/$n" params={{ id: disclosure.id, n }} size="sm">
            {m.read}
          </TextLink>
          {previous !== null && (
            <TextLink
              to="/disclosures/$id/compare"
              params={{ id: disclosure.id }}
              search={{ from: String(previous), to: n }}
              size="sm"
            >
              {m.compareWithPrevious}
            </TextLink>
          )}
          <Downloads disclosureId={disclosure.id} service={disclosure.service} number={edition.number} />
        </div>
      </div>
    </li>
  );
};
