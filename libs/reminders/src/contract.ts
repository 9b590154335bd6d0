import { certificateKinds, citation } from '@app/certificates';
import { z } from 'zod';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const date = z.iso.date();

/** What the deadline belongs to. */
export const subjectView = z.object({
  certificateId: z.string(),
  kind: z.enum(certificateKinds),
  name: z.string(),
  number: z.string(),
});

/** A mail as it will be sent when nothing changes until then. */
export const plannedRung = z.object({
  /** `{subject}:{dueDate}:{rung}`: also names the mail's entry in the ledger. */
  rungId: z.string(),
  /** `9m`, `60d`, `0d`, `overdue`, `overdue+30d` … */
  rung: z.string(),
  /** 「9か月前」「60日前」「当日」「期限切れ」… */
  label: z.string(),
  sendOn: date,
});

export const deadlineView = z.object({
  /** The stream that has the deadline, e.g. `certificate-0190…`. */
  subject: z.string(),
  certificate: subjectView,
  citedBy: z.array(citation),
  dueOn: date,
  /** 0 on the day itself, negative afterwards. */
  daysLeft: z.number().int(),
  overdue: z.boolean(),
  /** Those still to come in the twelve months, the next first. */
  rungs: z.array(plannedRung),
});
/** What is overdue and what falls due in twelve months, the most urgent first. */
export const deadlinesView = z.object({ from: date, until: date, deadlines: z.array(deadlineView) });

export const deliveryView = z.object({
  userId: z.string(),
  name: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  /** The Message-ID header of the mail; null until it was sent. */
  messageId: z.string().nullable(),
  /** The mail server's answer, or why it could not be sent. */
  answer: z.string().nullable(),
  at: z.string().nullable(),
});

export const reminderView = z.object({
  rungId: z.string(),
  subject: z.string(),
  certificate: subjectView,
  dueOn: date,
  rung: z.string(),
  label: z.string(),
  /** Labels of earlier rungs whose day had passed and which this one mail stands for. */
  collapsed: z.array(z.string()),
  /** When it was found due (UTC). */
  at: z.string(),
  deliveries: z.array(deliveryView),
});
/** 督促の送付台帳, the newest first. */
export const reminderLedger = z.object({ reminders: z.array(reminderView) });

/** `kaijisho reminders plan --as-of DATE --json`: see docs/api.md; fields are added, never renamed. */
export const reminderPlan = z.array(
  z.object({
    rungId: z.string(),
    subject: z.string(),
    certificate: subjectView,
    dueOn: date,
    sendOn: date,
    rung: z.string(),
    label: z.string(),
    recipients: z.array(z.enum(['managementOfficer', 'drafter'])),
  }),
);
