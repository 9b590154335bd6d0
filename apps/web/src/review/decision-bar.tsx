import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../api/api';
import { queries, useRefresh } from '../api/queries';
import type { DisclosureView, OpenRevision, Session } from '../api/types';
import { longTime, useCommon, useLanguage, useMessages } from '../messages/language';
import { useStepWords } from '../routing/step-words';
import { useActions } from '../search/actions';
import { ButtonLink } from '../shell/link';
import { notify } from '../shell/notices';
import { listed } from './format';
import { reviewMessages } from './messages';
import { PostReviewDialog } from './post-review-dialog';
import { ReassignDialog } from './reassign-dialog';
import { ReasonDialog, type ReasonKind } from './reason-dialog';
import classes from './review.module.css';
import { SignDialog } from './sign-dialog';
import { mayRecall, missingIn, officeIn, outstandingOf, postReviewsFor, principalsIn } from './steps';

type Shown = 'sign' | 'reassign' | 'postReview' | ReasonKind | null;

/** In reach of the thumb: what the reader may do now, or in words why not. */
export const DecisionBar = ({
  disclosure,
  revision,
  contentHash,
  ready,
  onContentHasChanged,
}: {
  readonly disclosure: Pick<DisclosureView, 'id' | 'submitterHasLeft'>;
  readonly revision: OpenRevision;
  /** Of the text that is shown: this is what a signature covers. */
  readonly contentHash: string | null;
  /** The difference is on the screen. */
  readonly ready: boolean;
  readonly onContentHasChanged: () => void;
}) => {
  const disclosureId = disclosure.id;
  const m = useMessages(reviewMessages);
  const { data: session } = useQuery(queries.session());
  const [dialog, setDialog] = useState<Shown>(null);
  const bar = useRef<HTMLElement>(null);
  const close = (): void => {
    setDialog(null);
    // The button that was used may be gone: whoever works by keyboard goes on here, where it says what came of it.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) bar.current?.focus({ preventScroll: true });
    });
  };
  const step = revision.route[revision.step];
  const { head, detail } = useStanding(revision, session);
  const { youMaySign, youMaySendBack } = revision;
  const mine = revision.submittedBy?.id === session?.user.id;
  const administrator = session?.user.roles.includes('administrator') ?? false;
  const mayReassign = revision.status === 'inReview' && administrator;
  const forSubmitter = !mine && administrator && disclosure.submitterHasLeft;
  const postReviews = postReviewsFor(revision, session?.user.id);

  useActions([
    ...(youMaySign && step && ready
      ? [{ id: 'sign', label: m.sign[step.meaning], keys: 'Alt+S', run: () => setDialog('sign') }]
      : []),
    ...(youMaySendBack
      ? [
          { id: 'return', label: m.return, keys: 'Alt+R', run: () => setDialog('return') },
          { id: 'reject', label: m.reject, keys: 'Alt+X', run: () => setDialog('reject') },
        ]
      : []),
    ...(postReviews.length > 0
      ? [{ id: 'postReview', label: m.sign.postReview, run: () => setDialog('postReview') }]
      : []),
    ...(mayRecall(revision, session?.user.id)
      ? [{ id: 'recall', label: m.recall, run: () => setDialog('recall') }]
      : []),
    ...(mayReassign ? [{ id: 'reassign', label: m.reassign, run: () => setDialog('reassign') }] : []),
    ...(mine || forSubmitter ? [{ id: 'withdraw', label: m.withdraw, run: () => setDialog('withdraw') }] : []),
  ]);

  return (
    <>
      <section ref={bar} className={classes.bar} tabIndex={-1} aria-label={m.decisionBar}>
        <div className={classes.barInner}>
          <p className={classes.barText}>
            <strong>{head}</strong>
            {detail && <span>{detail}</span>}
          </p>
          <div className={classes.barButtons}>
            {(mine || mayReassign || forSubmitter) && (
              <Menu position="top-start" withinPortal>
                <Menu.Target>
                  <ActionIcon variant="default" size={36} className={classes.moreButton!} aria-label={m.more}>
                    <IconDots size={18} stroke={1.6} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {mayRecall(revision, session?.user.id) && (
                    <Menu.Item onClick={() => setDialog('recall')}>{m.recall}…</Menu.Item>
                  )}
                  {mayReassign && <Menu.Item onClick={() => setDialog('reassign')}>{m.reassign}…</Menu.Item>}
                  {(mine || forSubmitter) && (
                    <Menu.Item color="seal" onClick={() => setDialog('withdraw')}>
                      {m.withdraw}…
                    </Menu.Item>
                  )}
                </Menu.Dropdown>
              </Menu>
            )}
            {youMaySendBack && (
              <>
                <Button
                  variant="subtle"
                  color="seal"
                  className={classes.rejectButton!}
                  aria-keyshortcuts="Alt+X"
                  onClick={() => setDialog('reject')}
                >
                  {m.reject}
                </Button>
                <Button variant="default" aria-keyshortcuts="Alt+R" onClick={() => setDialog('return')}>
                  {m.return}
                </Button>
              </>
            )}
            {youMaySign && step && (
              <Button
                className={classes.signButton!}
                disabled={!ready}
                aria-keyshortcuts="Alt+S"
                onClick={() => setDialog('sign')}
              >
                {m.sign[step.meaning]}
              </Button>
            )}
            {revision.mayBeCompleted && <CompleteButton disclosureId={disclosureId} step={revision.step} />}
            {postReviews.length > 0 && (
              <Button className={classes.signButton!} onClick={() => setDialog('postReview')}>
                {m.sign.postReview}
              </Button>
            )}
            {revision.status === 'approved' && session?.user.roles.includes('drafter') && (
              <ButtonLink
                to="/disclosures/$id/editions"
                params={{ id: disclosureId }}
                variant={postReviews.length > 0 ? 'default' : 'filled'}
              >
                {m.toPublication}
              </ButtonLink>
            )}
          </div>
        </div>
        {(youMaySign || youMaySendBack) && <p className={classes.keys}>{m.keys(youMaySign, youMaySendBack)}</p>}
      </section>
      {dialog === 'sign' && step && session && contentHash !== null && (
        <SignDialog
          disclosureId={disclosureId}
          revision={revision}
          step={step}
          session={session}
          contentHash={contentHash}
          onClose={close}
          onContentHasChanged={() => {
            close();
            onContentHasChanged();
          }}
        />
      )}
      {dialog === 'reassign' && <ReassignDialog disclosureId={disclosureId} revision={revision} onClose={close} />}
      {dialog === 'postReview' && postReviews[0] && (
        <PostReviewDialog
          disclosureId={disclosureId}
          editionNumber={revision.editionNumber}
          step={postReviews[0].index}
          principals={principalsIn(postReviews[0], session?.user.id)}
          onClose={close}
        />
      )}
      {(dialog === 'return' || dialog === 'reject' || dialog === 'recall' || dialog === 'withdraw') && (
        <ReasonDialog
          disclosureId={disclosureId}
          revision={revision}
          contentHash={contentHash}
          kind={dialog}
          forSubmitter={forSubmitter}
          onClose={close}
        />
      )}
    </>
  );
};

/** Goes on from a step that waits for nobody any more. The worker does so before long; nobody has to wait for it. */
const CompleteButton = ({ disclosureId, step }: { readonly disclosureId: string; readonly step: number }) => {
  const m = useMessages(reviewMessages);
  const refresh = useRefresh();
  const complete = useMutation({
    mutationFn: () => api.completeStep(disclosureId, step),
    onSuccess: async () => {
      await refresh();
      notify.done(m.completed);
    },
    onError: notify.problem,
  });
  return (
    <Button loading={complete.isPending} onClick={() => complete.mutate()}>
      {m.complete}
    </Button>
  );
};

/** Whose turn it is, said to this reader. */
const useStanding = (revision: OpenRevision, session: Session | undefined): { head: string; detail: string | null } => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const language = useLanguage();
  const { whoIn, officesIn } = useStepWords();
  const me = session?.user.id;
  const step = revision.route[revision.step];

  if (revision.status === 'approved' || step === undefined || step.meaning === 'postReview') {
    const toRead = postReviewsFor(revision, me).length > 0;
    const publishes = session?.user.roles.includes('drafter') ?? false;
    const next = revision.schedule
      ? t.willBePublished(longTime(revision.schedule.publishAt, language))
      : publishes
        ? null
        : m.publishedNext;
    return { head: m.allSigned, detail: toRead ? m.postReviewAsked : next };
  }
  const who = whoIn(step.signatories);
  const meaning = t.meanings[step.meaning];
  if (revision.youMaySign) {
    const [only, ...others] = revision.capacities;
    const office = officeIn(step, me);
    const forSomebody = others.length === 0 ? only?.onBehalfOf : null;
    return {
      head: m.yourTurn,
      detail: forSomebody
        ? m.yourTurnFor(forSomebody.name, meaning)
        : others.length > 0
          ? m.yourTurnForOneOf(
              revision.capacities.flatMap(({ onBehalfOf }) => (onBehalfOf ? [onBehalfOf.name] : [])),
              meaning,
            )
          : only === undefined || only.capacity === 'officer'
            ? m.yourTurnDetail(office ? t.offices[office] : who, meaning)
            : m.yourTurnBecause(m.capacities[only.capacity], meaning),
    };
  }
  const offices = officesIn(step.signatories);
  const people = outstandingOf(step);
  const names = listed(
    people.map(({ name }) => name),
    language,
  );
  const missing = missingIn(step);
  const outstanding = missing < people.length ? m.someOf(names, missing) : names;
  const waiting =
    outstanding === ''
      ? m.whyNotYourTurnNobody(who, meaning)
      : m.whyNotYourTurn(offices === '' ? outstanding : m.officeOf(offices, outstanding), meaning);
  const signed = revision.signatures.some((signature) => signature.signer.id === me);
  if (revision.mayBeCompleted) return { head: m.mayBeCompleted, detail: m.mayBeCompletedBecause };
  if (signed) return { head: m.youSigned, detail: waiting };
  const inRoute = revision.route.some(({ candidates }) => candidates.some(({ userId }) => userId === me));
  if (revision.whyNot === 'SignerIsAuthor')
    return inRoute ? { head: m.whyAuthor, detail: waiting } : { head: waiting, detail: null };
  if (revision.whyNot === 'SignedAnotherStep') return { head: m.whySignedAnother, detail: waiting };
  if (revision.whyNot === 'PrincipalIsAuthor' && revision.whyNotFor)
    return { head: m.whyPrincipalIsAuthor(revision.whyNotFor.name), detail: waiting };
  if (revision.whyNot === 'AlreadySignedFor' && revision.whyNotFor)
    return { head: m.whySignedFor(revision.whyNotFor.name), detail: waiting };
  const later = revision.route.some(
    ({ standing, meaning: of, candidates }) =>
      standing === 'ahead' &&
      of !== 'postReview' &&
      candidates.some(({ userId, why }) => userId === me && why === null),
  );
  return { head: waiting, detail: later ? m.youComeLater : null };
};
