import { NativeSelect, Switch } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { remindingMessages } from './messages';
import { remindingApi, type QuietHours } from './reminding-api';
import classes from './reminding.module.css';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

export const QuietHoursDialog = ({
  quietHours,
  onClose,
}: {
  readonly quietHours: QuietHours | null;
  readonly onClose: () => void;
}) => {
  const m = useMessages(remindingMessages);
  const [on, setOn] = useState(quietHours !== null);
  const [chosen, setChosen] = useState<QuietHours>(quietHours ?? { from: 20, until: 8 });
  const field = (name: keyof QuietHours, label: string) => (
    <NativeSelect
      label={label}
      value={String(chosen[name])}
      data={hours.map((hour) => ({ value: String(hour), label: m.hour(hour) }))}
      onChange={(event) => setChosen({ ...chosen, [name]: Number(event.currentTarget.value) })}
    />
  );
  return (
    <CommandDialog
      title={m.quietHoursTitle}
      about={m.quietHoursAbout}
      now={m.saveNow}
      done={m.quietHoursSaved}
      onClose={onClose}
      command={() => remindingApi.setQuietHours(on ? chosen : null)}
    >
      <Switch label={m.quietHoursOn} checked={on} onChange={(event) => setOn(event.currentTarget.checked)} />
      {on && (
        <div className={classes.row}>
          {field('from', m.quietFrom)}
          {field('until', m.quietUntil)}
        </div>
      )}
    </CommandDialog>
  );
};
