import { matters } from '@app/calendar';
import { commandAnswer } from '@app/http/contract';
import { z } from 'zod';
import { escalationCauses } from './domain/reminder';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const date = z.iso.date();

/** What the deadline belongs to, in words. */
export const subjectView = z.object({
  /** 「ISMS認証」 */
  title: z.string(),
  /** 「登録番号 …、審査・登録機関 …」; may be empty. */
  detail: z.string(),
  /** Where it is shown, from the root: `/certificates/0190…`, `/audits/0190…`. */
  path: z.string(),
});
const citation = z.object({ disclosureId: z.string(), itemKey: z.string() });

/** What of the subject falls due. */
const ofDeadline = {
  /** The stream that has the deadline, e.g. `certificate-0190…`. */
  subject: z.string(),
  about: subjectView,
  matter: z.enum(matters),
  /** Which one, where a subject has several of one matter: the text of a follow-up. */
  part: z.string().nullable(),
  dueOn: date,
};

/** A mail as it will be sent when nothing changes until then. */
export const plannedRung = z.object({
  /** `{subject}:{dueDate}:{rung}`: also names the mail's entry in the ledger. */
  rungId: z.string(),
  /** `9m`, `30d`, `0d`, `overdue`, `overdue+30d`, `surveillance-3m` … */
  rung: z.string(),
  /** 「9か月前」「30日前」「当日」「期限切れ」… */
  label: z.string(),
  sendOn: date,
});

export const deadlineView = z.object({
  ...ofDeadline,
  citedBy: z.array(citation),
  /** 0 on the day itself, negative afterwards. */
  daysLeft: z.number().int(),
  overdue: z.boolean(),
  /** Nothing is mailed before this day; null: not snoozed. */
  snoozedUntil: date.nullable(),
  /** Those still to come in the twelve months, the next first; of what is overdue again and again, the first ten. */
  rungs: z.array(plannedRung),
});
/** Where the next page begins, as the page before has said; left out: at the beginning. */
const after = z.string().max(400).optional();
export const deadlinesQuery = z.object({
  /** Only those of one stream. */
  subject: z.string().max(200).optional(),
  after,
  size: z.coerce.number().int().min(1).max(200).default(100),
});
/** What is overdue and what falls due in twelve months, the most urgent first, a page of it; `next` is `after` of the next, null: that was all. */
export const deadlinesView = z.object({
  ...{ from: date, until: date },
  deadlines: z.array(deadlineView),
  next: z.string().nullable(),
});

/** `unneeded`: in no mail, because what it is of was renewed, met, moved or withdrawn before the digest for which it was kept. */
export const deliveryStates = ['waiting', 'sent', 'failed', 'unneeded'] as const;
export const deliveryView = z.object({
  userId: z.string(),
  name: z.string(),
  /** Told because of an escalation; null: from the first. */
  escalation: z.enum(escalationCauses).nullable(),
  state: z.enum(deliveryStates),
  /** The Message-ID header of the mail; null until it was sent. */
  messageId: z.string().nullable(),
  /** The mail server's answer, or why it could not be sent. */
  answer: z.string().nullable(),
  at: z.string().nullable(),
  /**
   * Each time that it was sent, the first first, with the mail server's answer: `refused`, it was not taken, or came back later, and
   * was to be tried again; `failed`: it was given up, by then or without a mail server.
   */
  attempts: z.array(z.object({ outcome: z.enum(['sent', 'refused', 'failed']), answer: z.string(), at: z.string() })),
});

const person = z.object({ id: z.string(), name: z.string() });

export const reminderView = z.object({
  rungId: z.string(),
  ...ofDeadline,
  rung: z.string(),
  label: z.string(),
  /** Labels of earlier rungs whose day had passed and which this one mail stands for. */
  collapsed: z.array(z.string()),
  /** What it is about is still to be done on that day; false: it was renewed, met, moved or withdrawn. */
  stands: z.boolean(),
  /** It should have gone out before: the service was down. */
  missed: z.boolean(),
  /** When it was found due (UTC). */
  at: z.string(),
  deliveries: z.array(deliveryView),
  /** Somebody sees to it; null: nobody has said so. */
  acknowledged: z.object({ by: person, at: z.string(), until: date }).nullable(),
  escalations: z.array(z.object({ cause: z.enum(escalationCauses), on: date, recipients: z.number().int() })),
});

/** What of the ledger is asked for; everything may be left out. */
export const ledgerQuery = z.object({
  /** `acknowledged`, `unacknowledged`: whether somebody sees to it; the others: that a mail of it is so. */
  state: z.enum([...deliveryStates, 'acknowledged', 'unacknowledged']).optional(),
  subject: z.string().max(200).optional(),
  /** One of its recipients. */
  person: z.string().max(100).optional(),
  /** Found due on or after, on or before, where the company is. */
  from: date.optional(),
  to: date.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
});
/** 督促の送付台帳, the newest first. */
export const reminderLedger = z.object({
  reminders: z.array(reminderView),
  /** How many there are on all pages. */
  total: z.number().int(),
  page: z.number().int(),
  size: z.number().int(),
});

/** Others hear of it then, if nobody has recorded by then that they see to it; null: it is the reminder itself. */
const escalation = z.literal('unacknowledged').nullable();

export const nextQuery = z.object({ days: z.coerce.number().int().min(0).max(400).default(30) });
/** A mail as it will be sent, rendered for the first of its recipients. */
export const nextMail = plannedRung.extend({
  ...ofDeadline,
  escalation,
  /** By name, in the order of the ladder; empty: there is nobody to remind. */
  recipients: z.array(
    z.object({ userId: z.string(), name: z.string(), /** Goes into their daily mail. */ daily: z.boolean() }),
  ),
  mail: z.object({ subject: z.string(), text: z.string(), html: z.string() }),
  /** What is overdue is mailed again until something is recorded: so often in the days that were asked for; null: it is not. */
  again: z.object({ times: z.number().int(), everyDays: z.number().int(), businessDaysOnly: z.boolean() }).nullable(),
});
/** The first hundred, the next first. */
export const nextMails = z.object({ from: date, until: date, mails: z.array(nextMail), more: z.boolean() });

/** `until`: until when what is overdue is not mailed again; fourteen days when it is left out. */
export const acknowledgeBody = z.object({ until: date.optional() });
/** What comes before that day goes out once, on it. */
export const snoozeBody = z.object({ until: date, reason: z.string().trim().min(1).max(2000).optional() });
/** How a subject's mails were paused and went on, the newest first. */
export const snoozesView = z.object({
  snoozes: z.array(
    z.object({
      /** The day on which mails go on; with `resumed` that of `at`. */
      until: date,
      /** The pause was ended before its day. */
      resumed: z.boolean(),
      reason: z.string().nullable(),
      by: person,
      at: z.string(),
    }),
  ),
});
export const reminderAnswer = commandAnswer.extend({ until: date });

/** `kaijisho reminders plan --as-of DATE --json`: see docs/api.md; fields are added, never renamed. */
export const reminderPlan = z.array(
  z.object({
    rungId: z.string(),
    ...ofDeadline,
    /** With those that are of a certificate. */
    certificate: z
      .object({ certificateId: z.string(), kind: z.string(), name: z.string(), number: z.string() })
      .optional(),
    sendOn: date,
    rung: z.string(),
    label: z.string(),
    /** Offices (`managementOfficer`), roles (`drafter`), `responsible`, or the ids of users. */
    recipients: z.array(z.string()),
    escalation,
  }),
);
