import { useState } from 'react';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { DateField } from '../shell/date-field';
import { remindingMessages } from './messages';
import { remindersApi, type ReminderView } from './reminders-api';

/** 見合わせ: what comes before a day goes out once, on it. */
export const SnoozeDialog = ({
  subject,
  title,
  onClose,
}: {
  readonly subject: string;
  readonly title: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(remindingMessages);
  const [until, setUntil] = useState('');
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
        return until === '' ? null : remindersApi.snooze(subject, until);
      }}
    >
      <DateField
        label={m.snoozeUntil}
        autoFocus
        value={until}
        error={checked && until === '' && m.chooseDate}
        onChange={setUntil}
      />
    </CommandDialog>
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
