import { evidenceView } from '@app/blob-store/contract';
import { matters } from '@app/calendar';
import { commandAnswer, printedLine } from '@app/http/contract';
import { officerRoles } from '@app/officers/domain/officer-role';
import { z } from 'zod';
import { auditKinds, auditResults } from './domain/audit';
import { anchors } from './domain/recurrence';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const date = z.iso.date();
const person = z.object({ id: z.string(), name: z.string() });
const reason = z.string().trim().min(1).max(2000);
const id = z.string().min(1).max(100);

/** An item of a disclosure that speaks of the audit. */
const auditCitation = z.object({ disclosureId: id, itemKey: id });
const responsible = z.union([z.object({ officer: z.enum(officerRoles) }), z.object({ user: id })]);

/** `rule`: RFC 5545 as after `RRULE:`. `anchor`: what it is counted from; with `lastApproval`, also each edition of what is watched. */
export const recurrence = z.object({ rule: z.string().trim().min(1).max(200), anchor: z.enum(anchors) });

const change = z.object({
  disclosureId: z.string(),
  serviceName: z.string(),
  edition: z.number().int(),
  itemKeys: z.array(z.string()),
});

export const followUpView = z.object({
  id: z.string(),
  text: z.string(),
  dueOn: date,
  /** 0 on the day itself, negative afterwards. */
  daysLeft: z.number().int(),
  responsible: responsible.nullable(),
  closed: z.object({ on: date, note: z.string() }).nullable(),
});

/** One thing that happened, named as the event is. Which of the fields are there depends on that. */
export const auditHistoryEntry = z.object({
  type: z.enum([
    'AuditPlanned',
    'AuditRescheduled',
    'AuditBroughtForward',
    'AuditFollowedApproval',
    'AuditPerformed',
    'AuditSkipped',
    'FollowUpClosed',
    'AuditCited',
    'ResponsibleNamed',
    'EvidenceAttached',
    'EvidenceRemoved',
    'AuditCancelled',
  ]),
  at: z.string(),
  by: person,
  /** The day on which it took place: carried out, closed, approved. */
  on: date.nullable(),
  /** The day by which it was due. */
  dueOn: date.nullable(),
  /** The day by which it is due from then on. */
  newDueOn: date.nullable(),
  result: z.enum(auditResults).nullable(),
  /** The reason or note given, the follow-up that was closed, or the name of the file. */
  text: z.string().nullable(),
  /** The edition because of which it was moved. */
  change: change.nullable(),
  /** The files that the result is based on. */
  evidence: z.array(evidenceView),
});

export const auditView = z.object({
  id: z.string(),
  kind: z.enum(auditKinds),
  name: z.string(),
  /** As of today in the company's time zone. `completed`: it does not come round again. */
  status: z.enum(['planned', 'overdue', 'completed', 'cancelled']),
  recurrence: recurrence.nullable(),
  /** null when it does not come round again. */
  dueOn: date.nullable(),
  daysLeft: z.number().int().nullable(),
  /** The day of its schedule, where it was moved; else as `dueOn`. */
  scheduledOn: date.nullable(),
  /** The change because of which it does not wait for its turn. */
  broughtForward: change.nullable(),
  /** The days on which it comes round in the twelve months from today, and what is overdue: as far as can be said now. */
  upcoming: z.array(date),
  responsible: responsible.nullable(),
  /** Who carries it out, in words. */
  lead: z.string().nullable(),
  citedBy: z.array(auditCitation),
  /** What of disclosures it depends on: these items, or the whole where none is named. */
  watches: z.array(z.object({ disclosureId: z.string(), itemKeys: z.array(z.string()) })),
  lastPerformed: z.object({ dueOn: date, performedOn: date, result: z.enum(auditResults) }).nullable(),
  /** Those to be done first, by their day; then those that are done. */
  followUps: z.array(followUpView),
  /** The newest last. */
  evidence: z.array(evidenceView),
  /** Hashes of those that a result is based on: they cannot be removed. */
  reliedOn: z.array(z.string()),
  /** Everything of it that falls due, the first first. */
  deadlines: z.array(
    z.object({ matter: z.enum(matters), text: z.string().nullable(), dueOn: date, daysLeft: z.number().int() }),
  ),
  /** Everything that happened, the newest first. */
  history: z.array(auditHistoryEntry),
});
/** What is due first comes first; what does not come round again comes last. */
export const auditList = z.object({
  audits: z.array(auditView),
  /** Where the next page begins; null: that was all. */
  next: z.string().nullable(),
});
/** `after`: `next` of the page before; left out: from the beginning. */
export const auditsQuery = z.object({
  after: z.string().max(200).optional(),
  size: z.coerce.number().int().min(1).max(200).default(100),
});

export const planAuditBody = z.object({
  kind: z.enum(auditKinds),
  name: printedLine,
  /** null: once. */
  recurrence: recurrence.nullable(),
  dueOn: date,
  responsible: responsible.optional(),
  lead: printedLine.optional(),
  citedBy: z.array(auditCitation).max(200).default([]),
  /**
   * What of disclosures it depends on. Left out: of those in `citedBy`, for 脆弱性診断 the items about the network, and for what
   * is counted from approvals the whole; else nothing.
   */
  watches: z
    .array(z.object({ disclosureId: id, itemKeys: z.array(id).max(200) }))
    .max(50)
    .optional(),
});
export const rescheduleAuditBody = z.object({ newDueOn: date, reason });
export const performAuditBody = z.object({
  performedOn: date,
  result: z.enum(auditResults),
  /** Required unless it was passed. */
  note: z.string().trim().max(5000).default(''),
  /** Hashes of files that were attached to the audit before. */
  evidence: z.array(z.string().max(64)).max(100).default([]),
  followUps: z
    .array(z.object({ text: reason, dueOn: date, responsible: responsible.optional() }))
    .max(100)
    .default([]),
});
export const skipAuditBody = z.object({ reason });
export const closeFollowUpBody = z.object({ on: date, note: z.string().trim().max(2000).default('') });
export const citeAuditBody = z.object({ citedBy: z.array(auditCitation).max(200) });
export const nameAuditResponsibleBody = z.object({ responsible: responsible.nullable() });
export const cancelAuditBody = z.object({ reason });

export const auditAnswer = commandAnswer.extend({ auditId: z.string() });
