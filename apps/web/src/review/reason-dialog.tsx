import { Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/api';
import type { OpenRevision } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { useStepWords } from '../routing/step-words';
import { CommandDialog } from '../shell/command-dialog';
import { reviewMessages } from './messages';
import { stepsBefore } from './steps';

export type ReasonKind = 'return' | 'reject' | 'recall' | 'withdraw';
const DRAFTER = 'drafter';

/** 差戻し (to the drafter or to an earlier step), 却下 (both with a reason that is required), 引戻し and 取下げ. */
export const ReasonDialog = ({
  disclosureId,
  revision,
  contentHash = revision.contentHash,
  kind,
  forSubmitter = false,
  onClose,
}: {
  readonly disclosureId: string;
  readonly revision: OpenRevision;
  /** Of the text that is shown: what is sent back or rejected. */
  readonly contentHash?: string | null;
  readonly kind: ReasonKind;
  /** 取下げ by an administrator, in the place of who submitted it and has left. */
  readonly forSubmitter?: boolean;
  readonly onClose: () => void;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const { whoIn } = useStepWords();
  const [reason, setReason] = useState('');
  const [to, setTo] = useState(DRAFTER);
  const [checked, setChecked] = useState(false);
  const said = reason.trim();
  const earlier = kind === 'return' ? stepsBefore(revision) : [];
  const toDrafter = to === DRAFTER;
  const { label, command, ...texts } = {
    return: {
      title: m.returnTitle,
      about: toDrafter
        ? m.returnExplanation(revision.routing?.carryOver === 'untouchedItems')
        : m.returnToStepExplanation,
      label: m.returnReason,
      now: m.returnNow,
      done: toDrafter ? m.returned : m.returnedToStep,
      command: () => api.returnForChanges(disclosureId, said, contentHash, toDrafter ? undefined : Number(to)),
    },
    reject: {
      title: m.rejectTitle,
      about: m.rejectExplanation,
      label: m.rejectReason,
      now: m.rejectNow,
      done: m.rejected,
      command: () => api.reject(disclosureId, said, contentHash),
    },
    recall: {
      title: m.recallTitle,
      about: m.recallExplanation,
      label: null,
      now: m.recallNow,
      done: m.recalled,
      command: () => api.recall(disclosureId),
    },
    withdraw: {
      title: m.withdrawTitle,
      about: forSubmitter
        ? `${m.withdrawForSubmitter(revision.submittedBy?.name ?? '')}${m.withdrawExplanation(t.edition(revision.editionNumber))}`
        : m.withdrawExplanation(t.edition(revision.editionNumber)),
      label: forSubmitter ? m.withdrawReason : null,
      now: m.withdrawNow,
      done: m.withdrawn,
      command: () => api.withdraw(disclosureId, forSubmitter ? said : undefined),
    },
  }[kind];

  return (
    <CommandDialog
      {...texts}
      dangerous={kind === 'reject' || kind === 'withdraw'}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return label !== null && said === '' ? null : command();
      }}
    >
      {earlier.length > 0 && (
        <Radio.Group label={m.returnTo} value={to} onChange={setTo}>
          <Stack gap="xs" mt="xs">
            <Radio value={DRAFTER} label={m.returnToDrafter} description={m.returnToDrafterHelp} />
            {earlier.map((step) => (
              <Radio
                key={step.index}
                value={String(step.index)}
                label={m.returnToStep(step.index + 1, whoIn(step.signatories), t.meanings[step.meaning])}
                description={m.returnToStepHelp(step.index + 1)}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {label !== null && (
        <Textarea
          label={label}
          description={kind === 'return' ? m.returnReasonHelp : undefined}
          error={checked && said === '' && m.reasonMissing}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={2000}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </CommandDialog>
  );
};
