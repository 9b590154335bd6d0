import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api';
import type { DisclosureView, OpenRevision, RevisionCause } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { CausesField, causesProblem, tidyCauses } from './causes-field';
import { draftedRow } from './drafted-row';
import { messages } from './messages';

type DialogProps = { readonly disclosure: DisclosureView; readonly onClose: () => void };

/** 改訂を始める: with typed causes. */
export const StartDialog = ({ disclosure, onClose }: DialogProps) => {
  const t = useMessages(messages);
  const common = useCommon();
  const [causes, setCauses] = useState<readonly RevisionCause[]>([]);
  const [tried, setTried] = useState(false);
  const last = disclosure.editions.at(-1)?.number ?? 0;
  return (
    <CommandDialog
      title={t.startTitle}
      about={t.startText(common.edition(last), common.edition(last + 1))}
      now={t.start}
      done={t.started(common.edition(last + 1))}
      size="lg"
      onClose={onClose}
      command={() => {
        setTried(true);
        return causesProblem(causes) === null ? api.startRevision(disclosure.id, tidyCauses(causes)) : null;
      }}
    >
      <CausesField value={causes} onChange={setCauses} showProblem={tried} />
    </CommandDialog>
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
  const [causes, setCauses] = useState<readonly RevisionCause[]>(revision.causes);
  const [historyText, setHistoryText] = useState(revision.historyText);
  const [tried, setTried] = useState(false);
  const drafted = useQuery(draftedRow(disclosure.id));
  const propose = (): void =>
    setHistoryText(
      [
        t.proposal(causes.map(({ type, note }) => (type === 'other' && note ? note : common.causes[type])).join('・')),
        ...(drafted.data?.lines ?? []).map(({ line }) => line),
      ].join('\n'),
    );
  return (
    <CommandDialog
      title={t.describeTitle}
      now={common.save}
      done={t.described}
      size="lg"
      onClose={onClose}
      command={() => {
        setTried(true);
        return causesProblem(causes) === null
          ? api.describeRevision(disclosure.id, historyText.trim(), tidyCauses(causes))
          : null;
      }}
    >
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
      {historyText.trim() === '' && (drafted.data?.lines.length ?? 0) > 0 && causes.length > 0 && (
        <div>
          <Button size="xs" variant="default" onClick={propose}>
            {t.propose}
          </Button>
        </div>
      )}
      <CausesField value={causes} onChange={setCauses} showProblem={tried} />
    </CommandDialog>
  );
};
