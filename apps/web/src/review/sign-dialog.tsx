import { Button, Group, Radio, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api } from '../api/api';
import { isProblem } from '../api/client';
import { useRefresh } from '../api/queries';
import type { OpenRevision, RouteStepView, Session } from '../api/types';
import { unresolvedOf } from '../comments/threads';
import { useCommon, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { PasswordField } from '../shell/password-field';
import { ProblemText } from '../shell/problem-text';
import { Dialog } from '../shell/dialog';
import { commentMessages } from '../comments/messages';
import { shortHash } from './format';
import { reviewMessages } from './messages';
import classes from './review.module.css';
import { officeIn } from './steps';

const UNRESOLVED_SHOWN = 3;

/**
 * A signature says what it means (21 CFR 11.50), is bound to the text by its hash (11.70) and is given with the password again
 * (11.200). The hash and the step sent are those on the screen; if either has moved on, the server refuses.
 */
export const SignDialog = ({
  disclosureId,
  revision,
  step,
  session,
  contentHash,
  onClose,
  onContentHasChanged,
}: {
  readonly disclosureId: string;
  readonly revision: OpenRevision;
  readonly step: RouteStepView;
  readonly session: Session;
  readonly contentHash: string;
  readonly onClose: () => void;
  readonly onContentHasChanged: () => void;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const refresh = useRefresh();
  const [password, setPassword] = useState('');
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [as, setAs] = useState(0);
  const c = useMessages(commentMessages);
  const changed = isProblem(error, 'ContentHasChanged') || isProblem(error, 'AnotherStepWaits');
  const capacity = revision.capacities[as] ?? revision.capacities[0];
  const principal = capacity?.onBehalfOf ?? null;
  const seat = step.candidates.find(
    ({ userId, onBehalfOf }) => userId === session.user.id && (onBehalfOf?.id ?? null) === (principal?.id ?? null),
  );
  /** The office they sign in, or that of whom they sign for. */
  const of = officeIn(step, principal?.id ?? session.user.id);
  const own =
    principal !== null || capacity === undefined
      ? ''
      : capacity.capacity === 'officer' && of
        ? t.offices[of]
        : m.capacities[capacity.capacity];
  const unresolved = unresolvedOf(revision.comments);

  const sign = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const said = comment.trim();
      await api.sign(disclosureId, {
        contentHash,
        step: revision.step,
        password,
        ...(said === '' ? {} : { comment: said }),
        ...(principal === null ? {} : { onBehalfOf: principal.id }),
      });
      await refresh();
      notify.done(m.signed[step.meaning]);
      onClose();
    } catch (problem) {
      setError(problem);
      setPassword('');
      setBusy(false);
    }
  };

  return (
    <Dialog onClose={onClose} busy={busy} title={m.signTitle[step.meaning](revision.editionNumber)}>
      <form onSubmit={(event) => void sign(event)}>
        <Stack gap="md">
          <dl className={classes.signFacts}>
            <div>
              <dt>{m.meaning}</dt>
              <dd>{t.meanings[step.meaning]}</dd>
            </div>
            <div>
              <dt>{m.signAs}</dt>
              <dd>
                {principal === null
                  ? session.user.name
                  : m.asDeputy(session.user.name, `${of ? `${t.offices[of]} ` : ''}${principal.name}`)}
                <span>
                  {[own, `${seat?.department ?? ''} ${seat?.title ?? ''}`.trim()]
                    .filter((text) => text !== '')
                    .join('　')}
                </span>
              </dd>
            </div>
          </dl>
          {revision.capacities.length > 1 && (
            <Radio.Group label={m.asWhom} value={String(as)} onChange={(chosen) => setAs(Number(chosen))}>
              <Stack gap="xs" mt="xs">
                {revision.capacities.map(({ onBehalfOf, capacity: of }, at) => (
                  <Radio
                    key={at}
                    value={String(at)}
                    label={onBehalfOf === null ? m.asMyself(m.capacities[of]) : m.asDeputyOf(onBehalfOf.name)}
                  />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <figure className={classes.statement}>
            <figcaption>{m.statementLabel}</figcaption>
            <blockquote>{capacity?.statement}</blockquote>
            <p className={classes.quiet}>
              {m.contentHash} <code title={contentHash}>{shortHash(contentHash)}…</code>
            </p>
          </figure>
          {unresolved.length > 0 && (
            <div className={classes.unresolved}>
              <p>{c.unresolved(unresolved.length)}</p>
              <ul>
                {unresolved.slice(0, UNRESOLVED_SHOWN).map((comment) => (
                  <li key={comment.id}>
                    <strong>{comment.itemKey}</strong> {comment.text}
                  </li>
                ))}
                {unresolved.length > UNRESOLVED_SHOWN && <li>{m.andMore(unresolved.length - UNRESOLVED_SHOWN)}</li>}
              </ul>
            </div>
          )}
          {error !== undefined && <ProblemText error={error} />}
          {changed ? (
            <Button onClick={onContentHasChanged} data-autofocus>
              {m.loadNewDifference}
            </Button>
          ) : (
            <>
              <PasswordField
                label={m.password}
                description={m.passwordHelp}
                autoComplete="current-password"
                required
                withAsterisk={false}
                data-autofocus
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
              <Textarea
                label={m.optionalComment}
                autosize
                minRows={1}
                maxRows={6}
                maxLength={2000}
                value={comment}
                onChange={(event) => setComment(event.currentTarget.value)}
              />
              <Group justify="flex-end" gap="sm" mt="xs">
                <Button variant="default" onClick={onClose} disabled={busy}>
                  {t.cancel}
                </Button>
                <Button type="submit" loading={busy} disabled={password === ''}>
                  {m.signNow[step.meaning]}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      </form>
    </Dialog>
  );
};
