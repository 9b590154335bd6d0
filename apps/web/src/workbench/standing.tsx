import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconExternalLink } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { DisclosureView, Session } from '../api/types';
import { shownOf } from '../editions/edition-state';
import { longDate, longTime, useCommon, useLanguage, useMessages } from '../messages/language';
import { ButtonLink, TextLink } from '../shell/link';
import { listed } from '../review/format';
import { LastRejection } from '../review/last-rejection';
import { useActions } from '../search/actions';
import { ReasonDialog } from '../review/reason-dialog';
import { mayRecall, outstandingOf } from '../review/steps';
import { useStepWords } from '../routing/step-words';
import { StateLabel } from '../shell/state-label';
import type { PlacedItem } from './items';
import { messages } from './messages';
import { DescribeDialog, StartDialog } from './revision-dialogs';
import classes from './standing.module.css';
import { SubmitDialog } from './submit-dialog';

export type StandingDialog = 'start' | 'describe' | 'submit' | 'recall' | 'withdraw' | null;

/** Where the disclosure stands: the edition in force, the open revision, and what can be done next. */
export const Standing = ({
  disclosure,
  session,
  unsaved,
  dialog,
  onDialog: setDialog,
}: {
  readonly disclosure: DisclosureView;
  readonly session: Session;
  /** Items with text that was not saved. */
  readonly unsaved: readonly PlacedItem[];
  /** The dialog that is open. */
  readonly dialog: StandingDialog;
  readonly onDialog: (dialog: StandingDialog) => void;
}) => {
  const t = useMessages(messages);
  const common = useCommon();
  const language = useLanguage();
  const { officesIn } = useStepWords();
  const navigate = useNavigate();
  const close = (): void => setDialog(null);

  const { id, revision } = disclosure;
  const shown = shownOf(disclosure);
  const newest = disclosure.editions.at(-1);
  const drafter = session.user.roles.includes('drafter');
  const open = revision.status === 'none' ? null : revision;
  const mine = open?.submittedBy?.id === session.user.id;
  const waiting = open?.status === 'inReview' ? open.route[open.step] : undefined;

  useActions([
    ...(drafter && open === null ? [{ id: 'start', label: t.start, run: () => setDialog('start') }] : []),
    ...(drafter && open?.status === 'drafting'
      ? [
          { id: 'describe', label: t.describe, run: () => setDialog('describe') },
          { id: 'submit', label: t.submit, run: () => setDialog('submit') },
        ]
      : []),
    ...(open?.status === 'inReview'
      ? [
          {
            id: 'review',
            label: t.toReview,
            run: () => void navigate({ to: '/disclosures/$id/review', params: { id } }),
          },
        ]
      : []),
    {
      id: 'editions',
      label: t.toEditions,
      run: () => void navigate({ to: '/disclosures/$id/editions', params: { id } }),
    },
    { id: 'time', label: t.toTime, run: () => void navigate({ to: '/disclosures/$id/time', params: { id } }) },
  ]);

  return (
    <div className={classes.standing}>
      <div className={classes.facts}>
        <p className={classes.fact}>
          {shown ? (
            <>
              <StateLabel>{shown.inForce ? t.inForce : t.coming}</StateLabel>{' '}
              <strong>{common.edition(shown.number)}</strong>
              <span className={classes.aside}>
                {shown.inForce
                  ? t.issuedOn(longDate(shown.issuedOn, language))
                  : t.comesOn(longDate(shown.effectiveOn, language))}
              </span>
              <a href={`/d/${disclosure.service}`} target="_blank" rel="noreferrer" className={classes.public}>
                {t.publicPage}
                <IconExternalLink size={14} stroke={1.7} aria-hidden />
              </a>
            </>
          ) : (
            t.noEdition
          )}
        </p>
        {open === null ? (
          <p className={classes.fact}>
            <span className={classes.aside}>{drafter ? t.noRevision : `${common.states.none}。${t.auditorOnly}`}</span>
          </p>
        ) : (
          <p className={classes.fact}>
            <StateLabel tone="ink">{common.states[open.status]}</StateLabel>{' '}
            <strong>{common.edition(open.editionNumber)}</strong>
            <span className={classes.aside}>
              {open.causes.map(({ type, note }) => common.causeWithNote(common.causes[type], note)).join('・')}
            </span>
            {waiting && (
              <span>
                {t.waitsFor(
                  `${officesIn(waiting.signatories)} ${listed(
                    outstandingOf(waiting).map(({ name }) => name),
                    language,
                  )}`.trim(),
                )}
              </span>
            )}
            {open.status === 'approved' && (
              <span>
                {open.schedule ? common.willBePublished(longTime(open.schedule.publishAt, language)) : t.approvedText}
              </span>
            )}
          </p>
        )}
      </div>

      <div className={classes.actions}>
        <TextLink to="/disclosures/$id/editions" params={{ id }} size="sm">
          {t.toEditions}
        </TextLink>
        <TextLink to="/disclosures/$id/time" params={{ id }} size="sm">
          {t.toTime}
        </TextLink>
        {drafter && (
          <TextLink to="/disclosures/$id/import" params={{ id }} search={{}} size="sm">
            {t.toImport}
          </TextLink>
        )}
        {open?.status === 'drafting' && newest && (
          <TextLink
            to="/disclosures/$id/compare"
            params={{ id }}
            search={{ from: String(newest.number), to: 'draft' }}
            size="sm"
          >
            {t.toDifference}
          </TextLink>
        )}
        {drafter && open === null && <Button onClick={() => setDialog('start')}>{t.start}</Button>}
        {drafter && open?.status === 'drafting' && (
          <>
            <Button variant="default" onClick={() => setDialog('describe')}>
              {t.describe}
            </Button>
            <Button onClick={() => setDialog('submit')}>{t.submit}</Button>
          </>
        )}
        {open?.status === 'inReview' && (
          <>
            {mayRecall(open, session.user.id) && (
              <Button variant="default" onClick={() => setDialog('recall')}>
                {t.recall}
              </Button>
            )}
            <ButtonLink to="/disclosures/$id/review" params={{ id }}>
              {t.toReview}
            </ButtonLink>
          </>
        )}
        {open?.status === 'approved' && drafter && (
          <ButtonLink to="/disclosures/$id/editions" params={{ id }}>
            {open.schedule ? t.toSchedule : t.toPublish}
          </ButtonLink>
        )}
        {open && (open.status === 'drafting' ? drafter : mine) && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t.more}>
                <IconDots size={18} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item color="seal" onClick={() => setDialog('withdraw')}>
                {t.withdraw}…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>

      {disclosure.lastRejection && (
        <div className={classes.rejected}>
          <LastRejection id={id} rejection={disclosure.lastRejection} />
        </div>
      )}
      {open?.returned && open.returned.toStep === null && (
        <div className={classes.returned} role="note">
          <strong>{t.returnedBy(open.returned.by.name)}</strong>
          <p>{open.returned.reason}</p>
        </div>
      )}

      {dialog === 'start' && <StartDialog disclosure={disclosure} onClose={close} />}
      {dialog === 'describe' && open && <DescribeDialog disclosure={disclosure} revision={open} onClose={close} />}
      {(dialog === 'withdraw' || dialog === 'recall') && open && (
        <ReasonDialog disclosureId={id} revision={open} kind={dialog} onClose={close} />
      )}
      {dialog === 'submit' && open && (
        <SubmitDialog
          disclosure={disclosure}
          revision={open}
          unsaved={unsaved}
          onDescribe={() => setDialog('describe')}
          onClose={close}
        />
      )}
    </div>
  );
};
