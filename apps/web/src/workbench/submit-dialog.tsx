import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../api/api';
import { queries, useRefresh } from '../api/queries';
import type { DisclosureView, OpenRevision } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { Comparison } from '../review/difference/comparison';
import { Dialog } from '../shell/dialog';
import { notify } from '../shell/notices';
import { Loaded } from '../shell/page';
import { ProblemText } from '../shell/problem-text';
import { openFindings } from './items';
import { messages } from './messages';
import classes from './submit-dialog.module.css';

/** 提出: what changed, who it goes to, and what still stands in the way. */
export const SubmitDialog = ({
  disclosure,
  revision,
  unsaved,
  onDescribe,
  onClose,
}: {
  readonly disclosure: DisclosureView;
  readonly revision: OpenRevision;
  /** Names of the items with text that was not saved. */
  readonly unsaved: readonly string[];
  readonly onDescribe: () => void;
  readonly onClose: () => void;
}) => {
  const t = useMessages(messages);
  const common = useCommon();
  const refresh = useRefresh();
  const edition = common.edition(revision.editionNumber);
  const comparison = useQuery(queries.comparison(disclosure.id, 'inForce', 'draft'));
  const blocking = openFindings(disclosure.findings, 'blocking');
  const nothingChanged = comparison.data?.items.length === 0;
  const noText = revision.historyText.trim() === '';
  const submit = useMutation({
    mutationFn: () => api.submit(disclosure.id),
    onSuccess: async () => {
      await refresh();
      notify.done(t.submitted(edition));
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t.submitTitle(edition)} size="wide" busy={submit.isPending}>
      <Stack gap="lg">
        {blocking.length > 0 && (
          <div className={classes.stop} role="alert">
            <p>{t.submitBlocked(blocking.length)}</p>
            <ul>
              {blocking.map((finding) => (
                <li key={finding.id}>{finding.message}</li>
              ))}
            </ul>
          </div>
        )}
        {noText && (
          <div className={classes.stop}>
            <p>
              {t.submitNoText}{' '}
              <Button size="xs" variant="default" onClick={onDescribe}>
                {t.writeIt}
              </Button>
            </p>
          </div>
        )}
        {unsaved.length > 0 && (
          <div className={classes.stop}>
            <p>{t.submitUnsaved(unsaved.join('、'))}</p>
          </div>
        )}
        <section>
          <h3 className={classes.heading}>{t.submitRoute}</h3>
          <Text size="sm" c="dimmed" mb="xs">
            {t.submitText}
          </Text>
          <ol className={classes.route}>
            {revision.route.map((step, at) => (
              <li key={at}>
                <span className={classes.office}>
                  {common.offices[step.role]}
                  <span className={classes.meaning}>{common.meanings[step.meaning]}</span>
                </span>
                {step.holders.length === 0 ? (
                  <span className={classes.nobody}>{t.noHolder}</span>
                ) : (
                  step.holders.map((holder) => (
                    <span key={holder.userId} className={classes.holder}>
                      {holder.name}
                      <span className={classes.meaning}>
                        {holder.department} {holder.title}
                      </span>
                    </span>
                  ))
                )}
              </li>
            ))}
          </ol>
        </section>
        {!noText && (
          <section>
            <h3 className={classes.heading}>{t.submitHistory}</h3>
            <p className={classes.quote}>{revision.historyText}</p>
            <Text size="sm" c="dimmed">
              {t.causes}:{' '}
              {revision.causes.map(({ type, note }) => common.causeWithNote(common.causes[type], note)).join('、')}
            </Text>
          </section>
        )}
        <section>
          <h3 className={classes.heading}>{t.submitChanges(comparison.data?.items.length ?? 0)}</h3>
          <Loaded query={comparison}>
            {({ items, from, to }) =>
              items.length === 0 ? (
                <Text>{t.nothingChanged}</Text>
              ) : (
                <Comparison items={items} layout="inline" fromLabel={from.label} toLabel={to.label} />
              )
            }
          </Loaded>
        </section>
        {submit.isError && <ProblemText error={submit.error} />}
        <Group justify="flex-end" className={classes.bar}>
          <Button variant="default" onClick={onClose} disabled={submit.isPending}>
            {common.cancel}
          </Button>
          <Button
            loading={submit.isPending}
            disabled={blocking.length > 0 || noText || nothingChanged}
            onClick={() => submit.mutate()}
          >
            {t.submitNow}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
