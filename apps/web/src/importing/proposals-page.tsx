import { Button, NativeSelect, Progress, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { queries, useRefresh } from '../api/queries';
import type { DisclosureView, Session } from '../api/types';
import { shortTime, useLanguage, useMessages } from '../messages/language';
import { Comparison, type Layout } from '../review/difference/comparison';
import { useLayout } from '../review/difference/use-layout';
import { CommandDialog } from '../shell/command-dialog';
import { TextLink } from '../shell/link';
import { notify } from '../shell/notices';
import { Lines, Loaded, Page } from '../shell/page';
import { PrintedBody } from '../shell/printed-body';
import { ProblemText } from '../shell/problem-text';
import { StateLabel } from '../shell/state-label';
import { StartDialog } from '../workbench/revision-dialogs';
import { AnomalyList, openAnomalies } from './anomaly-list';
import { DropPlace } from './drop-place';
import { messages as importing } from './messages';
import { PagePicture, usePagesOf } from './page-picture';
import { acceptedTogether, byPage } from './pages-of-file';
import { itemsToChoose, PlacedHow, PlaceParagraphs } from './place-paragraphs';
import { proposalCommands, proposalQueries, sourceOf, type ProposalView, type ProposedFileView } from './proposals-api';
import { messages } from './proposals-messages';
import classes from './proposals-page.module.css';

/** 取込: a file into a disclosure that there is. Its items are proposed edits, decided one at a time. */
export const ProposalsPage = () => {
  const t = useMessages(messages);
  const { id } = useParams({ from: '/shell/disclosures/$id/import' });
  const { file } = useSearch({ from: '/shell/disclosures/$id/import' });
  const disclosure = useQuery(queries.disclosure(id));
  const session = useQuery(queries.session());
  return (
    <Page
      title={t.title}
      width="wide"
      above={
        <TextLink to="/disclosures/$id" params={{ id }}>
          {disclosure.data?.serviceName ?? ''}
        </TextLink>
      }
    >
      <Loaded query={session}>
        {(who) => (
          <Loaded query={disclosure}>
            {(about) => (
              <>
                <Drafting disclosure={about} session={who} />
                {file === undefined ? (
                  <Start id={id} session={who} />
                ) : (
                  <ShownFile key={file} disclosure={about} session={who} fileId={file} />
                )}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
};

const mayDecide = (disclosure: DisclosureView, session: Session): boolean =>
  disclosure.revision.status === 'drafting' && session.user.roles.includes('drafter');

/** Without a revision being drafted a file can be looked at, and nothing of it taken over. */
const Drafting = ({ disclosure, session }: { readonly disclosure: DisclosureView; readonly session: Session }) => {
  const t = useMessages(messages);
  const [starting, setStarting] = useState(false);
  if (mayDecide(disclosure, session)) return null;
  const mayStart = disclosure.revision.status === 'none' && session.user.roles.includes('drafter');
  return (
    <div className={classes.note} role="note">
      <span>{mayStart ? t.noRevision : t.notDrafting}</span>
      {mayStart && (
        <Button size="xs" onClick={() => setStarting(true)}>
          {t.startRevision}
        </Button>
      )}
      {starting && <StartDialog disclosure={disclosure} onClose={() => setStarting(false)} />}
    </div>
  );
};

const Start = ({ id, session }: { readonly id: string; readonly session: Session }) => {
  const t = useMessages(messages);
  const i = useMessages(importing);
  const language = useLanguage();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const files = useQuery(proposalQueries.files(id));
  const propose = useMutation({
    mutationFn: (file: File) => proposalCommands.propose(id, file),
    onSuccess: async ({ fileId }) => {
      await refresh();
      await navigate({ to: '/disclosures/$id/import', params: { id }, search: { file: fileId } });
    },
  });
  return (
    <div className={classes.start}>
      {files.data && files.data.files.length > 0 && (
        <section className="sheet" aria-labelledby="waiting-files">
          <h2 id="waiting-files" className={classes.heading}>
            {t.waitingFiles}
          </h2>
          <ul className={classes.files}>
            {files.data.files.map(({ fileId, fileName, by, at, waiting }) => (
              <li key={fileId}>
                <TextLink to="/disclosures/$id/import" params={{ id }} search={{ file: fileId }}>
                  {fileName}
                </TextLink>
                <span className={classes.aside}>
                  {t.waiting(waiting)}・{t.broughtBy(by.name, shortTime(at, language))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {session.user.roles.includes('drafter') && (
        <>
          <p className={classes.intro}>{t.intro}</p>
          {propose.isError && <ProblemText error={propose.error} />}
          {propose.isPending ? (
            <div role="status">
              <Text>{i.reading(propose.variables.name)}</Text>
              <Progress value={100} animated mt="sm" aria-label={i.reading(propose.variables.name)} />
            </div>
          ) : (
            <DropPlace onFile={(file) => propose.mutate(file)} />
          )}
        </>
      )}
    </div>
  );
};

const ShownFile = ({
  disclosure,
  session,
  fileId,
}: {
  readonly disclosure: DisclosureView;
  readonly session: Session;
  readonly fileId: string;
}) => {
  const file = useQuery({ ...proposalQueries.file(disclosure.id, fileId), refetchInterval: 20_000 });
  return (
    <Loaded query={file} skeleton={<Lines count={12} />}>
      {(shown) => (
        <Decisions
          disclosure={disclosure}
          file={shown}
          may={mayDecide(disclosure, session)}
          maySettle={session.user.roles.includes('drafter')}
        />
      )}
    </Loaded>
  );
};

const Decisions = ({
  disclosure,
  file,
  may,
  maySettle,
}: {
  readonly disclosure: DisclosureView;
  readonly file: ProposedFileView;
  readonly may: boolean;
  readonly maySettle: boolean;
}) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'all' | 'close' | null>(null);
  const { layout, choice } = useLayout();
  const { id } = disclosure;
  const { fileId } = file;
  const draw = usePagesOf(id, fileId);
  const asPages = file.proposals.some(({ page }) => page !== null);
  const open = acceptedTogether(file.proposals);
  const others = file.proposals.filter(
    (one) => ['open', 'edited', 'unplaced'].includes(one.standing) && !open.includes(one),
  ).length;
  return (
    <div className={classes.file}>
      <div className={classes.bar}>
        <p className={classes.fileName}>
          <strong>{file.fileName}</strong>
          <span className={classes.aside}>{t.broughtBy(file.by.name, shortTime(file.at, language))}</span>
        </p>
        <p className={classes.count} role="status">
          {file.closed ? t.closed : t.progress(file.proposals.length - file.waiting, file.proposals.length)}
        </p>
        <div className={classes.actions}>
          {!asPages && choice}
          {may && !file.closed && open.length > 1 && (
            <Button variant="default" onClick={() => setAsking('all')}>
              {t.acceptAll(open.length)}
            </Button>
          )}
          {!file.closed && file.waiting > 0 && may && (
            <Button variant="subtle" onClick={() => setAsking('close')}>
              {t.close}
            </Button>
          )}
          <TextLink to="/disclosures/$id/import" params={{ id }} search={{}} size="sm">
            {t.otherFile}
          </TextLink>
        </div>
      </div>
      {file.unchanged > 0 && <p className={classes.aside}>{t.unchanged(file.unchanged)}</p>}
      {file.missing.length > 0 && (
        <section className="sheet" aria-labelledby="missing-items">
          <h2 id="missing-items" className={classes.heading}>
            {t.missing(file.missing.length)}
          </h2>
          <ul className={classes.missing}>
            {file.missing.map(({ itemKey, partNumber, number, title }) => (
              <li key={itemKey}>
                <TextLink to="/disclosures/$id/items/$itemKey" params={{ id, itemKey }}>
                  {partNumber}-{number} {title}
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Anomalies disclosureId={id} file={file} may={maySettle} />
      <h2 className="visually-hidden">{t.differences}</h2>
      <div className={classes.proposals}>
        {byPage(file.proposals).map(({ page, texts }) => {
          const shown = texts.map((proposal) => (
            <Proposal
              key={proposal.index}
              disclosure={disclosure}
              fileId={fileId}
              proposal={proposal}
              layout={page === null ? layout : 'inline'}
              may={may && !file.closed}
            />
          ));
          if (page === null) return shown;
          return (
            <section key={`page-${page}`} className={`sheet ${classes.page}`} aria-labelledby={`page-${page}`}>
              <h3 id={`page-${page}`} className={classes.heading}>
                {t.page(page)}
              </h3>
              <div className={classes.beside}>
                <PagePicture draw={draw} page={page} source={sourceOf(id, fileId)} />
                <div className={classes.pieces}>{shown}</div>
              </div>
            </section>
          );
        })}
      </div>
      {asking === 'all' && (
        <CommandDialog
          title={t.acceptAllTitle(open.length)}
          about={others === 0 ? t.acceptAllText : `${t.acceptAllText}${t.acceptAllBut(others)}`}
          now={t.acceptAll(open.length)}
          done={t.acceptedAll(open.length)}
          onClose={() => setAsking(null)}
          command={async () => {
            for (const { index, item } of open)
              if (item) await proposalCommands.accept(id, fileId, index, item.bodyHash);
          }}
        />
      )}
      {asking === 'close' && (
        <CommandDialog
          title={t.closeTitle}
          about={t.closeText(file.waiting)}
          now={t.close}
          done={t.closed}
          onClose={() => setAsking(null)}
          command={async () => {
            await proposalCommands.close(id, fileId);
            await navigate({ to: '/disclosures/$id', params: { id } });
          }}
        />
      )}
    </div>
  );
};

const Anomalies = ({
  disclosureId,
  file: { fileId, anomalies },
  may,
}: {
  readonly disclosureId: string;
  readonly file: ProposedFileView;
  readonly may: boolean;
}) => {
  const t = useMessages(messages);
  if (anomalies.length === 0) return null;
  return (
    <details className="sheet">
      <summary className={classes.heading}>{t.anomalies(openAnomalies(anomalies), anomalies.length)}</summary>
      <AnomalyList disclosureId={disclosureId} fileId={fileId} anomalies={anomalies} may={may} />
    </details>
  );
};

const Proposal = ({
  disclosure,
  fileId,
  proposal,
  layout,
  may,
}: {
  readonly disclosure: DisclosureView;
  readonly fileId: string;
  readonly proposal: ProposalView;
  readonly layout: Layout;
  readonly may: boolean;
}) => {
  const t = useMessages(messages);
  const refresh = useRefresh();
  const section = useRef<HTMLDivElement>(null);
  const { id } = disclosure;
  const { index, item, standing, inFile, difference } = proposal;
  const isPage = proposal.page !== null;
  const name = item ? `${item.partNumber}-${item.number} ${item.title}` : inFile.title;
  const decide = useMutation({
    mutationFn: (accept: boolean) =>
      accept && item
        ? proposalCommands.accept(id, fileId, index, item.bodyHash)
        : proposalCommands.refuse(id, fileId, index),
    onSuccess: async (_, accepted) => {
      await refresh();
      notify.done(accepted ? t.accepted(name) : t.refused(name));
      // Whoever decides by keyboard goes on with the next one that waits.
      nextWaiting(section.current)?.focus();
    },
    onError: () => refresh(),
  });
  const waits = standing === 'open' || standing === 'edited' || standing === 'unplaced' || standing === 'same';
  const acceptance = standing === 'refused' ? t.acceptAfterAll : standing === 'edited' ? t.acceptOverEdit : t.accept;
  const decision = (
    <div className={classes.decision}>
      <State proposal={proposal} />
      {decide.isError && <ProblemText error={decide.error} />}
      {may && standing !== 'accepted' && (
        <div className={classes.buttons}>
          {standing === 'unplaced' && !isPage && <PlaceField disclosure={disclosure} fileId={fileId} index={index} />}
          {standing !== 'unplaced' && (
            <Button
              size="sm"
              {...(waits ? { 'data-waiting': true } : {})}
              variant={standing === 'refused' ? 'default' : 'filled'}
              loading={decide.isPending && decide.variables}
              disabled={decide.isPending || !item}
              aria-label={t.named(acceptance, name)}
              onClick={() => decide.mutate(true)}
            >
              {acceptance}
            </Button>
          )}
          {standing !== 'refused' && (
            <Button
              size="sm"
              variant="default"
              {...(standing === 'unplaced' && !isPage ? { 'data-waiting': true } : {})}
              loading={decide.isPending && !decide.variables}
              disabled={decide.isPending}
              aria-label={t.named(t.refuse, name)}
              onClick={() => decide.mutate(false)}
            >
              {t.refuse}
            </Button>
          )}
        </div>
      )}
      {item && standing === 'accepted' && (
        <TextLink to="/disclosures/$id/items/$itemKey" params={{ id, itemKey: item.itemKey }} size="sm">
          {t.toItem}
        </TextLink>
      )}
    </div>
  );
  return (
    <div
      ref={section}
      className={`${isPage ? classes.piece : 'sheet'} ${classes.proposal}`}
      role="group"
      aria-label={name}
    >
      {difference && standing !== 'refused' ? (
        <Comparison items={[difference]} layout={layout} fromLabel={t.now} toLabel={t.proposed} />
      ) : (
        <>
          {!(isPage && standing === 'unplaced') && <h3 className={classes.title}>{name}</h3>}
          {standing === 'unplaced' &&
            (isPage && may ? (
              <PlaceParagraphs key={proposal.bodyHash} disclosure={disclosure} fileId={fileId} proposal={proposal} />
            ) : (
              <PrintedBody body={proposal.body} />
            ))}
        </>
      )}
      {may && isPage && (standing === 'open' || standing === 'edited' || standing === 'same') && (
        <PlacedHow disclosure={disclosure} fileId={fileId} proposal={proposal} name={name} />
      )}
      {!isPage && proposal.append && waits && <p className={classes.aside}>{t.appended}</p>}
      {!isPage && item && inFile.title !== item.title && (
        <p className={classes.aside}>{t.calledOtherwise(inFile.title)}</p>
      )}
      {proposal.texts && <ThreeTexts texts={proposal.texts} proposed={proposal.body} />}
      {decision}
    </div>
  );
};

const nextWaiting = (from: HTMLElement | null): HTMLElement | null => {
  const waiting = [...document.querySelectorAll<HTMLElement>('[data-waiting]')];
  // Its own buttons may still be there.
  const others = waiting.filter((each) => !from?.contains(each));
  const after = others.find(
    (each) => from && (from.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  return after ?? others[0] ?? null;
};

const State = ({ proposal: { standing, decision, page } }: { readonly proposal: ProposalView }) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const tone = standing === 'edited' || standing === 'unplaced' ? 'alert' : standing === 'accepted' ? 'ink' : 'plain';
  return (
    <p className={classes.state}>
      <StateLabel tone={tone}>{t.standings[standing]}</StateLabel>
      <span className={classes.aside}>
        {decision
          ? t.decidedBy(decision.by.name, shortTime(decision.at, language))
          : page === null || standing !== 'unplaced'
            ? t.about[standing]
            : ''}
      </span>
    </p>
  );
};

/** The item was edited since the file was brought: what it said then, what it says now, and what the file says. */
const ThreeTexts = ({
  texts,
  proposed,
}: {
  readonly texts: NonNullable<ProposalView['texts']>;
  readonly proposed: ProposalView['body'];
}) => {
  const t = useMessages(messages);
  return (
    <details className={classes.texts} open>
      <summary>{t.threeTexts}</summary>
      <div className={classes.three}>
        {[
          { label: t.then, body: texts.before },
          { label: t.now, body: texts.now },
          { label: t.proposed, body: proposed },
        ].map(({ label, body }) => (
          <section key={label} aria-label={label}>
            <h4 className={classes.aside}>{label}</h4>
            {body && body.content.length > 0 ? <PrintedBody body={body} /> : <Text c="dimmed">{t.nothing}</Text>}
          </section>
        ))}
      </div>
    </details>
  );
};

/** Which item a text is of, where the file does not tell. */
const PlaceField = ({
  disclosure,
  fileId,
  index,
}: {
  readonly disclosure: DisclosureView;
  readonly fileId: string;
  readonly index: number;
}) => {
  const t = useMessages(messages);
  const refresh = useRefresh();
  const place = useMutation({
    mutationFn: (itemKey: string) => proposalCommands.place(disclosure.id, fileId, index, { itemKey }),
    onSuccess: refresh,
  });
  return (
    <>
      <NativeSelect
        size="sm"
        aria-label={t.placeLabel}
        className={classes.place!}
        value=""
        disabled={place.isPending}
        onChange={(event) => event.currentTarget.value !== '' && place.mutate(event.currentTarget.value)}
        data={[{ value: '', label: t.placeLabel }, ...itemsToChoose(disclosure)]}
      />
      {place.isError && <ProblemText error={place.error} />}
    </>
  );
};
