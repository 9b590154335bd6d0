import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/api';
import type { OpenRevision } from '../api/types';
import { longDate, longTime, shortTime, useLanguage, useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

/** 公開の予約 as it stands, and the way to cancel it. */
export const ScheduledPublication = ({
  disclosureId,
  editionNumber,
  schedule,
  mayCancel,
}: {
  readonly disclosureId: string;
  readonly editionNumber: number;
  readonly schedule: NonNullable<OpenRevision['schedule']>;
  readonly mayCancel: boolean;
}) => {
  const m = useMessages(editionsMessages);
  const language = useLanguage();
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <div className={classes.notReady}>
      <p className={classes.line}>{m.scheduledFor(editionNumber, longTime(schedule.publishAt, language))}</p>
      <dl className={classes.facts}>
        <div>
          <dt>{m.effectiveOn}</dt>
          <dd>{longDate(schedule.effectiveOn, language)}</dd>
        </div>
        <div>
          <dt>{m.scheduledBy}</dt>
          <dd>
            {schedule.by.name}　{shortTime(schedule.at, language)}
          </dd>
        </div>
      </dl>
      {mayCancel && (
        <Button variant="default" onClick={() => setCancelling(true)}>
          {m.cancelSchedule}
        </Button>
      )}
      {cancelling && (
        <CommandDialog
          title={m.cancelScheduleTitle}
          about={m.cancelScheduleText}
          now={m.cancelScheduleNow}
          done={m.cancelledDone}
          dangerous
          onClose={() => setCancelling(false)}
          command={() => {
            setChecked(true);
            return reason.trim() === '' ? null : api.cancelPublication(disclosureId, reason.trim());
          }}
        >
          <Textarea
            label={m.reason}
            error={checked && reason.trim() === '' && m.reasonMissing}
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
        </CommandDialog>
      )}
    </div>
  );
};
