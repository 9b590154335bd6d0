import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { CitationsField } from '../certificates/citations-field';
import { useMessages } from '../messages/language';
import { keyOfResponsible, ResponsibleField, responsibleOf } from '../reminding/responsible-field';
import { CommandDialog } from '../shell/command-dialog';
import { DateField } from '../shell/date-field';
import { auditsApi, type AuditView, type FollowUp } from './audits-api';
import { auditsMessages } from './messages';

type DialogProps = { readonly audit: AuditView; readonly onClose: () => void };

export const RescheduleDialog = ({ audit, onClose }: DialogProps) => {
  const m = useMessages(auditsMessages);
  const [newDueOn, setNewDueOn] = useState(audit.dueOn ?? '');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.rescheduleTitle}
      about={m.rescheduleHelp}
      now={m.saveNow}
      done={m.rescheduled}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return newDueOn === '' || reason.trim() === '' ? null : auditsApi.reschedule(audit.id, newDueOn, reason.trim());
      }}
    >
      <DateField
        label={m.newDueOn}
        autoFocus
        value={newDueOn}
        error={checked && newDueOn === '' && m.required}
        onChange={setNewDueOn}
      />
      <ReasonField value={reason} checked={checked} onChange={setReason} />
    </CommandDialog>
  );
};

export const SkipDialog = ({ audit, onClose }: DialogProps) => {
  const m = useMessages(auditsMessages);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.skipTitle}
      about={m.skipHelp}
      now={m.skipNow}
      done={m.skipped}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return reason.trim() === '' ? null : auditsApi.skip(audit.id, reason.trim());
      }}
    >
      <ReasonField value={reason} checked={checked} autoFocus onChange={setReason} />
    </CommandDialog>
  );
};

export const CancelDialog = ({ audit, onClose }: DialogProps) => {
  const m = useMessages(auditsMessages);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.cancelTitle}
      about={m.cancelHelp}
      now={m.cancelNow}
      done={m.cancelled}
      dangerous
      onClose={onClose}
      command={() => {
        setChecked(true);
        return reason.trim() === '' ? null : auditsApi.cancel(audit.id, reason.trim());
      }}
    >
      <ReasonField value={reason} checked={checked} autoFocus onChange={setReason} />
    </CommandDialog>
  );
};

export const ResponsibleDialog = ({ audit, onClose }: DialogProps) => {
  const m = useMessages(auditsMessages);
  const [key, setKey] = useState(keyOfResponsible(audit.responsible));
  return (
    <CommandDialog
      title={m.responsibleTitle}
      now={m.saveNow}
      done={m.responsibleNamed}
      onClose={onClose}
      command={() => auditsApi.nameResponsible(audit.id, responsibleOf(key))}
    >
      <ResponsibleField description={m.responsibleHelp} value={key} onChange={setKey} />
    </CommandDialog>
  );
};

export const CiteDialog = ({ audit, onClose }: DialogProps) => {
  const m = useMessages(auditsMessages);
  const [cited, setCited] = useState([...audit.citedBy]);
  return (
    <CommandDialog
      title={m.citeTitle}
      now={m.saveNow}
      done={m.citationsSaved}
      onClose={onClose}
      command={() => auditsApi.cite(audit.id, cited)}
    >
      <CitationsField label={m.cited} description={m.citedHelp} value={cited} onChange={setCited} />
    </CommandDialog>
  );
};

export const CloseFollowUpDialog = ({ audit, onClose, followUp }: DialogProps & { readonly followUp: FollowUp }) => {
  const m = useMessages(auditsMessages);
  const [on, setOn] = useState('');
  const [note, setNote] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.closeTitle}
      about={followUp.text}
      now={m.close}
      done={m.closed}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return on === '' ? null : auditsApi.closeFollowUp(audit.id, followUp.id, on, note.trim());
      }}
    >
      <DateField label={m.closedOn} autoFocus value={on} error={checked && on === '' && m.required} onChange={setOn} />
      <Textarea
        label={m.closeNote}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};

const ReasonField = ({
  value,
  checked,
  autoFocus = false,
  onChange,
}: {
  readonly value: string;
  readonly checked: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}) => {
  const m = useMessages(auditsMessages);
  return (
    <Textarea
      label={m.reason}
      autosize
      minRows={2}
      maxLength={2000}
      data-autofocus={autoFocus || undefined}
      value={value}
      error={checked && value.trim() === '' && m.required}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};
