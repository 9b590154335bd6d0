import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { api } from '../api/api';
import { useRefresh } from '../api/queries';
import { useCommon, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { ProblemText } from '../shell/problem-text';
import { reviewMessages } from './messages';

export type ReasonKind = 'return' | 'reject' | 'recall';

/** 差戻し, 却下 (both with a reason that is required) and 引戻し. */
export const ReasonDialog = ({
  disclosureId,
  kind,
  onClose,
}: {
  readonly disclosureId: string;
  readonly kind: ReasonKind;
  readonly onClose: () => void;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const texts = {
    return: {
      title: m.returnTitle,
      about: m.returnExplanation,
      label: m.returnReason,
      now: m.returnNow,
      done: m.returned,
    },
    reject: {
      title: m.rejectTitle,
      about: m.rejectExplanation,
      label: m.rejectReason,
      now: m.rejectNow,
      done: m.rejected,
    },
    recall: { title: m.recallTitle, about: m.recallExplanation, label: '', now: m.recallNow, done: m.recalled },
  }[kind];

  const decide = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const said = reason.trim();
    if (kind !== 'recall' && said === '') return setMissing(true);
    setBusy(true);
    setError(undefined);
    try {
      if (kind === 'return') await api.returnForChanges(disclosureId, said);
      else if (kind === 'reject') await api.reject(disclosureId, said);
      else await api.recall(disclosureId);
      await refresh();
      notify.done(texts.done);
      onClose();
      if (kind === 'recall') await navigate({ to: '/disclosures/$id', params: { id: disclosureId } });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Modal opened onClose={onClose} title={texts.title} centered size="md">
      <form onSubmit={(event) => void decide(event)} noValidate>
        <Stack gap="md">
          <Text size="sm">{texts.about}</Text>
          {error !== undefined && <ProblemText error={error} />}
          {kind !== 'recall' && (
            <Textarea
              label={texts.label}
              description={kind === 'return' ? m.returnReasonHelp : undefined}
              error={missing && m.reasonMissing}
              required
              withAsterisk={false}
              autosize
              minRows={3}
              maxRows={12}
              maxLength={2000}
              data-autofocus
              value={reason}
              onChange={(event) => {
                setReason(event.currentTarget.value);
                setMissing(false);
              }}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t.cancel}
            </Button>
            <Button type="submit" loading={busy} color={kind === 'reject' ? 'seal' : undefined}>
              {texts.now}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
