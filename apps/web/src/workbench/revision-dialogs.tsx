import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api';
import { useRefresh } from '../api/queries';
import type { DisclosureView, OpenRevision, RevisionCause } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { ProblemText } from '../shell/problem-text';
import { CausesField, causesProblem, tidyCauses } from './causes-field';
import { itemsInOrder } from './items';
import { messages } from './messages';

type DialogProps = { readonly disclosure: DisclosureView; readonly onClose: () => void };

/** 改訂を始める: with typed causes. */
export const StartDialog = ({ disclosure, onClose }: DialogProps) => {
  const t = useMessages(messages);
  const common = useCommon();
  const refresh = useRefresh();
  const [causes, setCauses] = useState<readonly RevisionCause[]>([]);
  const [tried, setTried] = useState(false);
  const last = disclosure.editions.at(-1)?.number ?? 0;
  const start = useMutation({
    mutationFn: () => api.startRevision(disclosure.id, tidyCauses(causes)),
    onSuccess: async () => {
      await refresh();
      notify.done(t.started(common.edition(last + 1)));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t.startTitle} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (causesProblem(causes) === null) start.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t.startText(common.edition(last), common.edition(last + 1))}</Text>
          <CausesField value={causes} onChange={setCauses} showProblem={tried} />
          {start.isError && <ProblemText error={start.error} />}
          <Buttons onClose={onClose} busy={start.isPending} label={t.start} />
        </Stack>
      </form>
    </Modal>
  );
};

/** The row of 改訂履歴 that this revision will become, and why it is made. */
export const DescribeDialog = ({
  disclosure,
  revision,
  onClose,
}: DialogProps & { readonly revision: OpenRevision }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const refresh = useRefresh();
  const [causes, setCauses] = useState<readonly RevisionCause[]>(revision.causes);
  const [historyText, setHistoryText] = useState(revision.historyText);
  const [tried, setTried] = useState(false);
  const changed = itemsInOrder(disclosure.parts).filter(({ item }) => item.changed);
  const describe = useMutation({
    mutationFn: () => api.describeRevision(disclosure.id, historyText.trim(), tidyCauses(causes)),
    onSuccess: async () => {
      await refresh();
      notify.done(t.described);
      onClose();
    },
  });
  const propose = (): void =>
    setHistoryText(
      t.proposal(
        causes.map(({ type, note }) => (type === 'other' && note ? note : common.causes[type])).join('・'),
        changed.map(({ part, item }) => `${part.number}-${item.number}. ${item.title}`).join('、'),
      ),
    );
  return (
    <Modal opened onClose={onClose} title={t.describeTitle} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (causesProblem(causes) === null) describe.mutate();
        }}
      >
        <Stack>
          <Textarea
            label={t.historyText}
            description={t.historyTextHelp}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            data-autofocus
            value={historyText}
            onChange={(event) => setHistoryText(event.currentTarget.value)}
          />
          {historyText.trim() === '' && changed.length > 0 && causes.length > 0 && (
            <div>
              <Button size="xs" variant="default" onClick={propose}>
                {t.propose}
              </Button>
            </div>
          )}
          <CausesField value={causes} onChange={setCauses} showProblem={tried} />
          {describe.isError && <ProblemText error={describe.error} />}
          <Buttons onClose={onClose} busy={describe.isPending} label={common.save} />
        </Stack>
      </form>
    </Modal>
  );
};

/** 取下げ */
export const WithdrawDialog = ({
  disclosure,
  revision,
  onClose,
}: DialogProps & { readonly revision: OpenRevision }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const refresh = useRefresh();
  const withdraw = useMutation({
    mutationFn: () => api.withdraw(disclosure.id),
    onSuccess: async () => {
      await refresh();
      notify.done(t.withdrawn);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t.withdrawTitle}>
      <Stack>
        <Text size="sm">{t.withdrawText(common.edition(revision.editionNumber))}</Text>
        {withdraw.isError && <ProblemText error={withdraw.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {common.cancel}
          </Button>
          <Button color="seal" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t.withdraw}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

const Buttons = ({ onClose, busy, label }: { onClose: () => void; busy: boolean; label: string }) => {
  const common = useCommon();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {common.cancel}
      </Button>
      <Button type="submit" loading={busy}>
        {label}
      </Button>
    </Group>
  );
};
