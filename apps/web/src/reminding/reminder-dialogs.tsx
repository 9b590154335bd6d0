import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { DateField } from '../shell/date-field';
import { remindingMessages } from './messages';
import { remindersApi, type ReminderView, type Snooze } from './reminders-api';

/** 見合わせ: what comes before a day goes out once, on it. */
export const SnoozeDialog = ({
  subject,
  title,
  present,
  onClose,
}: {
  readonly subject: string;
  readonly title: string;
  /** What is in force; null: nothing. */
  readonly present: Pick<Snooze, 'until' | 'reason'> | null;
  readonly onClose: () => void;
}) => {
  const m = useMessages(remindingMessages);
  const [until, setUntil] = useState(present?.until ?? '');
  const [reason, setReason] = useState(present?.reason ?? '');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.snoozeTitle}
      about={m.snoozeAbout(title)}
      now={m.snoozeNow}
      done={m.snoozed}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return until === '' ? null : remindersApi.snooze(subject, until, reason.trim() || undefined);
      }}
    >
      <DateField
        label={m.snoozeUntil}
        autoFocus
        value={until}
        error={checked && until === '' && m.chooseDate}
        onChange={setUntil}
      />
      <Textarea
        label={m.snoozeReason}
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};

/** 見合わせの解除: what came meanwhile goes out at once. */
export const ResumeDialog = ({
  subject,
  title,
  onClose,
}: {
  readonly subject: string;
  readonly title: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(remindingMessages);
  return (
    <CommandDialog
      title={m.resumeTitle}
      about={m.resumeAbout(title)}
      now={m.resumeNow}
      done={m.resumed}
      onClose={onClose}
      command={() => remindersApi.resume(subject)}
    />
  );
};

/** 対応中: somebody sees to it, so nobody else is told, and what is overdue is not repeated for a while. */
export const AcknowledgeDialog = ({
  reminder,
  onClose,
}: {
  readonly reminder: ReminderView;
  readonly onClose: () => void;
}) => {
  const m = useMessages(remindingMessages);
  const [until, setUntil] = useState('');
  return (
    <CommandDialog
      title={m.acknowledgeTitle}
      about={m.acknowledgeAbout}
      now={m.acknowledgeNow}
      done={m.acknowledgedDone}
      onClose={onClose}
      command={() => remindersApi.acknowledge(reminder.rungId, until === '' ? undefined : until)}
    >
      <DateField label={m.acknowledgeUntil} description={m.acknowledgeUntilHelp} value={until} onChange={setUntil} />
    </CommandDialog>
  );
};
