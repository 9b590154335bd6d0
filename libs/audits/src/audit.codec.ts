import { codecOf } from '@app/event-sourcing';
import { officerRoles } from '@app/officers/domain/officer-role';
import { z } from 'zod';
import { auditKinds, auditResults, type AuditEvent } from './domain/audit';
import { anchors } from './domain/recurrence';

const common = {
  by: z.object({ id: z.string().min(1), name: z.string() }),
  at: z.iso.datetime(),
  auditId: z.string().min(1),
};
const date = z.iso.date();
const moved = { dueOn: date, newDueOn: date };
const citedBy = z.array(z.object({ disclosureId: z.string(), itemKey: z.string() }));
const responsible = z.union([z.object({ officer: z.enum(officerRoles) }), z.object({ user: z.string().min(1) })]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const evidence = z.object({ sha256, name: z.string(), mediaType: z.string(), byteSize: z.number().int() });
const edition = z.number().int().nonnegative();

/** Stored JSON to and from the events of `audit-{id}`. */
export const auditCodec = codecOf<AuditEvent>('audit', {
  AuditPlanned: z.object({
    ...common,
    kind: z.enum(auditKinds),
    name: z.string(),
    recurrence: z.object({ rule: z.string(), anchor: z.enum(anchors) }).nullable(),
    dueOn: date,
    responsible: responsible.optional(),
    lead: z.string().optional(),
    citedBy,
    watches: z.array(z.object({ disclosureId: z.string(), itemKeys: z.array(z.string()), edition })),
  }),
  AuditRescheduled: z.object({ ...common, ...moved, reason: z.string() }),
  AuditBroughtForward: z.object({
    ...common,
    ...moved,
    change: z.object({ disclosureId: z.string(), serviceName: z.string(), edition, itemKeys: z.array(z.string()) }),
  }),
  AuditFollowedApproval: z.object({
    ...common,
    ...moved,
    disclosureId: z.string(),
    serviceName: z.string(),
    edition,
    approvedOn: date,
  }),
  AuditPerformed: z.object({
    ...common,
    dueOn: date,
    performedOn: date,
    result: z.enum(auditResults),
    note: z.string(),
    evidence: z.array(evidence),
    followUps: z.array(
      z.object({ id: z.string().min(1), text: z.string(), dueOn: date, responsible: responsible.optional() }),
    ),
    nextDueOn: date.nullable(),
  }),
  AuditSkipped: z.object({ ...common, dueOn: date, reason: z.string(), nextDueOn: date.nullable() }),
  FollowUpClosed: z.object({ ...common, followUpId: z.string().min(1), on: date, note: z.string() }),
  AuditCited: z.object({ ...common, citedBy }),
  ResponsibleNamed: z.object({ ...common, responsible: responsible.nullable() }),
  EvidenceAttached: z.object({ ...common, evidence }),
  EvidenceRemoved: z.object({ ...common, sha256, reason: z.string() }),
  AuditCancelled: z.object({ ...common, reason: z.string() }),
});
