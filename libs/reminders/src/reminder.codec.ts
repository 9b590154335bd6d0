import { certificateKinds } from '@app/certificates';
import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { ReminderEvent } from './domain/reminder';

const at = z.iso.datetime();
const date = z.iso.date();
const rung = { rungId: z.string().min(1), rung: z.string(), label: z.string(), sendOn: date };
const delivery = { rungId: z.string().min(1), recipient: z.string().min(1), at };

/** Stored JSON to and from the events of `reminder-{subject}`. */
export const reminderCodec = codecOf<ReminderEvent>('reminder', {
  ReminderDue: z.object({
    ...rung,
    subject: z.string(),
    about: z.object({
      certificateId: z.string(),
      kind: z.enum(certificateKinds),
      name: z.string(),
      number: z.string(),
      body: z.string(),
      citedBy: z.array(z.object({ disclosureId: z.string(), itemKey: z.string(), label: z.string() })),
    }),
    dueOn: date,
    on: date,
    collapsed: z.array(z.object(rung)),
    recipients: z.array(z.string().min(1)),
    at,
  }),
  ReminderSent: z.object({ ...delivery, messageId: z.string(), smtpAnswer: z.string() }),
  ReminderFailed: z.object({ ...delivery, reason: z.string() }),
});
