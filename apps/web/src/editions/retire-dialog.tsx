import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/api';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { today } from './edition-state';
import { editionsMessages } from './messages';

/** 提供終了, with its day and the reason that readers see. */
export const RetireDialog = ({
  disclosureId,
  onClose,
}: {
  readonly disclosureId: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(editionsMessages);
  const [on, setOn] = useState(today());
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.retireTitle}
      about={m.retireText}
      now={m.retireNow}
      done={m.retiredDone}
      dangerous
      onClose={onClose}
      command={() => {
        setChecked(true);
        return on === '' || reason.trim() === '' ? null : api.retire(disclosureId, { on, reason: reason.trim() });
      }}
    >
      <TextInput
        type="date"
        label={m.retireOn}
        error={checked && on === '' && m.dateMissing}
        value={on}
        onChange={(event) => setOn(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label={m.reason}
        description={m.erratumReasonHelp}
        error={checked && reason.trim() === '' && m.reasonMissing}
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};
