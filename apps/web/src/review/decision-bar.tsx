import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import type { OpenRevision, Session } from '../api/types';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { listed } from './format';
import { ButtonLink } from '../shell/link';
import { reviewMessages } from './messages';
import { ReasonDialog, type ReasonKind } from './reason-dialog';
import classes from './review.module.css';
import { SignDialog } from './sign-dialog';

/** In reach of the thumb: what the reader may do now, or in words why not. */
export const DecisionBar = ({
  disclosureId,
  revision,
  contentHash,
  ready,
  onContentHasChanged,
}: {
  readonly disclosureId: string;
  readonly revision: OpenRevision;
  /** Of the text that is shown: this is what a signature covers. */
  readonly contentHash: string | null;
  /** The difference is on the screen. */
  readonly ready: boolean;
  readonly onContentHasChanged: () => void;
}) => {
  const m = useMessages(reviewMessages);
  const { data: session } = useQuery(queries.session());
  const [dialog, setDialog] = useState<'sign' | ReasonKind | null>(null);
  const step = revision.route[revision.step];
  const { head, detail } = useStanding(revision, session);
  const mayRecall =
    revision.status === 'inReview' &&
    revision.submittedBy?.id === session?.user.id &&
    !revision.signatures.some((signature) => signature.step === revision.step);

  return (
    <>
      <section className={classes.bar} aria-label={m.decisionBar}>
        <div className={classes.barInner}>
          <p className={classes.barText}>
            <strong>{head}</strong>
            {detail && <span>{detail}</span>}
          </p>
          <div className={classes.barButtons}>
            {revision.youMaySign && step && (
              <>
                <Button
                  variant="subtle"
                  color="seal"
                  className={classes.rejectButton!}
                  onClick={() => setDialog('reject')}
                >
                  {m.reject}
                </Button>
                <Button variant="default" onClick={() => setDialog('return')}>
                  {m.return}
                </Button>
                <Button className={classes.signButton!} disabled={!ready} onClick={() => setDialog('sign')}>
                  {m.sign[step.meaning]}
                </Button>
              </>
            )}
            {mayRecall && (
              <Button variant="default" onClick={() => setDialog('recall')}>
                {m.recall}
              </Button>
            )}
            {revision.status === 'approved' && (
              <ButtonLink to="/disclosures/$id/editions" params={{ id: disclosureId }}>
                {m.toPublication}
              </ButtonLink>
            )}
          </div>
        </div>
      </section>
      {dialog === 'sign' && step && session && contentHash !== null && (
        <SignDialog
          disclosureId={disclosureId}
          revision={revision}
          step={step}
          session={session}
          contentHash={contentHash}
          onClose={() => setDialog(null)}
          onContentHasChanged={() => {
            setDialog(null);
            onContentHasChanged();
          }}
        />
      )}
      {dialog !== null && dialog !== 'sign' && (
        <ReasonDialog disclosureId={disclosureId} kind={dialog} onClose={() => setDialog(null)} />
      )}
    </>
  );
};

/** Whose turn it is, said to this reader. */
const useStanding = (revision: OpenRevision, session: Session | undefined): { head: string; detail: string | null } => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const language = useLanguage();
  const step = revision.route[revision.step];
  const signed = revision.signatures.some((signature) => signature.signer.id === session?.user.id);

  if (revision.status === 'approved' || step === undefined) return { head: m.allSigned, detail: null };
  const role = t.offices[step.role];
  const meaning = t.meanings[step.meaning];
  if (revision.youMaySign) return { head: m.yourTurn, detail: m.yourTurnDetail(role, meaning) };

  const outstanding = step.holders.filter(
    ({ userId }) =>
      !revision.signatures.some((signature) => signature.step === revision.step && signature.signer.id === userId),
  );
  const waiting =
    outstanding.length === 0
      ? m.whyNotYourTurnNobody(role, meaning)
      : m.whyNotYourTurn(
          role,
          listed(
            outstanding.map(({ name }) => name),
            language,
          ),
          meaning,
        );
  if (signed) return { head: m.youSigned, detail: waiting };
  const inRoute = revision.route.some((other) => other.holders.some(({ userId }) => userId === session?.user.id));
  if (revision.whyNot === 'SignerIsAuthor')
    return inRoute ? { head: m.whyAuthor, detail: waiting } : { head: waiting, detail: null };
  return { head: waiting, detail: inRoute ? m.youComeLater : null };
};
