import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api } from '../api/api';
import { isProblem } from '../api/client';
import { useRefresh } from '../api/queries';
import type { OpenRevision, Session } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { PasswordField } from '../shell/password-field';
import { ProblemText } from '../shell/problem-text';
import { Dialog } from '../shell/dialog';
import { shortHash } from './format';
import { reviewMessages } from './messages';
import classes from './review.module.css';

/**
 * A signature says what it means (21 CFR 11.50), is bound to the text by its hash (11.70) and is given with the password again
 * (11.200). The hash sent is that of the text on the screen; if the text has moved on, the server refuses.
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
  readonly step: OpenRevision['route'][number];
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
  const changed = isProblem(error, 'ContentHasChanged');
  const holder = step.holders.find(({ userId }) => userId === session.user.id);

  const sign = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const said = comment.trim();
      await api.sign(disclosureId, { contentHash, password, ...(said === '' ? {} : { comment: said }) });
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
                {session.user.name}
                <span>
                  {holder ? `${t.offices[step.role]}（${holder.department} ${holder.title}）` : t.offices[step.role]}
                </span>
              </dd>
            </div>
          </dl>
          <figure className={classes.statement}>
            <figcaption>{m.statementLabel}</figcaption>
            <blockquote title={contentHash}>
              {m.statement[step.meaning](revision.editionNumber, shortHash(contentHash))}
            </blockquote>
          </figure>
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
