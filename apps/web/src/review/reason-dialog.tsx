import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/api';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
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
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const said = reason.trim();
  const { label, command, ...texts } = {
    return: {
      title: m.returnTitle,
      about: m.returnExplanation,
      label: m.returnReason,
      now: m.returnNow,
      done: m.returned,
      command: () => api.returnForChanges(disclosureId, said),
    },
    reject: {
      title: m.rejectTitle,
      about: m.rejectExplanation,
      label: m.rejectReason,
      now: m.rejectNow,
      done: m.rejected,
      command: () => api.reject(disclosureId, said),
    },
    recall: {
      title: m.recallTitle,
      about: m.recallExplanation,
      label: null,
      now: m.recallNow,
      done: m.recalled,
      command: () => api.recall(disclosureId),
    },
  }[kind];

  return (
    <CommandDialog
      {...texts}
      dangerous={kind === 'reject'}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return label !== null && said === '' ? null : command();
      }}
    >
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
