import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { api } from '../api/api';
import { useRefresh } from '../api/queries';
import type { DisclosureView, OpenRevision } from '../api/types';
import { longDate, longTime, useCommon, useLanguage, useMessages } from '../messages/language';
import { useActions } from '../search/actions';
import { Dialog } from '../shell/dialog';
import { Causes } from '../review/why-panel';
import { notify } from '../shell/notices';
import { ProblemText } from '../shell/problem-text';
import { instantInTokyo, today } from './edition-state';
import classes from './editions.module.css';
import { editionsMessages } from './messages';
import { Signatures } from './signatures';

/** Dates of the edition to be, what was signed, and one more question before it cannot be taken back. */
export const PublishForm = ({
  disclosure,
  revision,
}: {
  readonly disclosure: DisclosureView;
  readonly revision: OpenRevision;
}) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const language = useLanguage();
  const refresh = useRefresh();
  const [later, setLater] = useState(false);
  const [publishAt, setPublishAt] = useState('');
  const [issuedOn, setIssuedOn] = useState(today());
  const [effectiveOn, setEffectiveOn] = useState(today());
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const inPast = !later && effectiveOn !== '' && effectiveOn < today();
  const dayOfIssue = later ? publishAt.slice(0, 10) : issuedOn;
  const errors = {
    publishAt: !later
      ? undefined
      : publishAt === ''
        ? m.timeMissing
        : Date.parse(instantInTokyo(publishAt)) <= Date.now()
          ? m.timeOver
          : undefined,
    issuedOn: !later && issuedOn === '' ? m.dateMissing : undefined,
    effectiveOn: effectiveOn === '' ? m.dateMissing : effectiveOn < dayOfIssue ? m.effectiveBeforeIssued : undefined,
    reason: inPast && reason.trim() === '' ? m.reasonMissing : undefined,
  };

  const form = useRef<HTMLFormElement>(null);
  useActions([{ id: 'publish', label: later ? m.goOnToSchedule : m.goOn, run: () => form.current?.requestSubmit() }]);
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    setError(undefined);
    if (Object.values(errors).every((text) => text === undefined)) setAsking(true);
  };
  const publish = async (): Promise<void> => {
    setBusy(true);
    try {
      if (later) await api.schedulePublication(disclosure.id, { publishAt: instantInTokyo(publishAt), effectiveOn });
      else
        await api.publish(disclosure.id, {
          issuedOn,
          effectiveOn,
          ...(inPast ? { reasonForPastDate: reason.trim() } : {}),
        });
      await refresh();
      notify.done((later ? m.scheduledDone : m.published)(revision.editionNumber));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };

  return (
    <form ref={form} onSubmit={ask} noValidate>
      <Stack gap="lg">
        <Text>{m.publishReady}</Text>
        <div className={classes.publishFacts}>
          <div>
            <h3>{m.causes}</h3>
            <Causes causes={revision.causes} />
            <p className={classes.historyText}>{revision.historyText}</p>
          </div>
          <div>
            <h3>{m.signatures}</h3>
            <Signatures signatures={revision.signatures} postReviews={revision.postReviews} />
          </div>
        </div>
        {error !== undefined && <ProblemText error={error} />}
        <Radio.Group label={m.when} value={later ? 'later' : 'now'} onChange={(chosen) => setLater(chosen === 'later')}>
          <Group gap="lg" mt="xs">
            <Radio value="now" label={m.now} />
            <Radio value="later" label={m.later} />
          </Group>
        </Radio.Group>
        <div className={classes.dates}>
          {later ? (
            <TextInput
              type="datetime-local"
              label={m.publishAt}
              description={m.publishAtHelp}
              error={checked && errors.publishAt}
              value={publishAt}
              onChange={(event) => setPublishAt(event.currentTarget.value)}
            />
          ) : (
            <TextInput
              type="date"
              label={m.issuedOn}
              description={m.issuedOnHelp}
              error={checked && errors.issuedOn}
              value={issuedOn}
              onChange={(event) => setIssuedOn(event.currentTarget.value)}
            />
          )}
          <TextInput
            type="date"
            label={m.effectiveOn}
            description={m.effectiveOnHelp}
            error={checked && errors.effectiveOn}
            value={effectiveOn}
            onChange={(event) => setEffectiveOn(event.currentTarget.value)}
          />
        </div>
        {inPast && (
          <Textarea
            label={m.reasonForPast}
            description={m.reasonForPastHelp}
            error={checked && errors.reason}
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <div>
          <Button type="submit">{later ? m.goOnToSchedule : m.goOn}</Button>
        </div>
      </Stack>
      {asking && (
        <Dialog
          onClose={() => setAsking(false)}
          busy={busy}
          title={(later ? m.confirmScheduleTitle : m.confirmTitle)(revision.editionNumber)}
        >
          <Stack gap="md">
            <dl className={classes.facts}>
              <div>
                <dt>{later ? m.publishAt : m.issuedOn}</dt>
                <dd>
                  {later ? longTime(instantInTokyo(publishAt), language) : longDate(issuedOn || today(), language)}
                </dd>
              </div>
              <div>
                <dt>{m.effectiveOn}</dt>
                <dd>{longDate(effectiveOn || today(), language)}</dd>
              </div>
              <div>
                <dt>{m.publicAddress}</dt>
                <dd>{`/d/${disclosure.service}`}</dd>
              </div>
            </dl>
            <Text size="sm">{later ? m.confirmScheduleText : m.confirmText}</Text>
            <Group justify="flex-end" gap="sm">
              <Text size="sm" role="status">
                {busy && !later && m.publishing}
              </Text>
              <Button variant="default" onClick={() => setAsking(false)} disabled={busy}>
                {t.cancel}
              </Button>
              <Button loading={busy} onClick={() => void publish()} data-autofocus>
                {later ? m.scheduleNow : m.publishNow}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </form>
  );
};
