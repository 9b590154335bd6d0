import { matters } from '@app/calendar';
import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import { escalationCauses, type ReminderEvent } from './domain/reminder';

const at = z.iso.datetime();
const date = z.iso.date();
const id = z.string().min(1);
const rung = { rungId: id, rung: z.string(), label: z.string(), sendOn: date };
const delivery = { rungId: id, recipient: id, of: id.optional(), at };
const by = z.object({ id, name: z.string() });

const about = z.object({
  title: z.string(),
  detail: z.string(),
  path: z.string(),
  citedBy: z.array(z.object({ disclosureId: z.string(), itemKey: z.string(), label: z.string() })),
});

/** Shape 1 knew certificates alone, and had their fields; their mails called number and body by these words. */
const ofCertificate = z.looseObject({
  certificateId: z.string(),
  name: z.string(),
  number: z.string(),
  body: z.string(),
});
const lifted = (stored: unknown): unknown => {
  const { data: certificate } = ofCertificate.safeParse(stored);
  if (!certificate) return stored;
  const { certificateId, name, number, body, citedBy } = certificate;
  return {
    title: name,
    detail: `登録証番号 ${number}、審査登録機関 ${body}`,
    path: `/certificates/${certificateId}`,
    citedBy,
  };
};

/** Stored JSON to and from the events of `reminder-{subject}`. */
export const reminderCodec = codecOf<ReminderEvent>(
  'reminder',
  {
    ReminderDue: z.object({
      ...rung,
      subject: z.string(),
      matter: z.enum(matters).optional(),
      part: z.object({ id, text: z.string() }).optional(),
      about: z.preprocess(lifted, about),
      dueOn: date,
      on: date,
      collapsed: z.array(z.object(rung)),
      recipients: z.array(id),
      missed: z.boolean().optional(),
      at,
    }),
    ReminderSent: z.object({ ...delivery, messageId: z.string(), smtpAnswer: z.string() }),
    ReminderRefused: z.object({ ...delivery, reason: z.string(), refusals: z.number().int() }),
    ReminderFailed: z.object({ ...delivery, reason: z.string() }),
    ReminderUnneeded: z.object(delivery),
    ReminderEscalated: z.object({
      rungId: id,
      cause: z.enum(escalationCauses),
      of: id.optional(),
      recipients: z.array(id),
      again: z.array(id).optional(),
      on: date,
      at,
    }),
    ReminderAcknowledged: z.object({ rungId: id, until: date, by, at }),
    ReminderSnoozed: z.object({ subject: z.string(), until: date, reason: z.string().optional(), by, at }),
  },
  { ReminderDue: 2 },
);
