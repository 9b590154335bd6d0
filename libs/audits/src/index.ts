export { auditCodec } from './audit.codec';
export { auditStream, isAuditStream } from './audit-stream';
export {
  allAudits,
  auditAsOf,
  auditsProjections,
  auditsView,
  ListAudits,
  ShowAudit,
  type AuditRow,
  type AuditView,
} from './audits';
export { AuditsApiModule } from './audits.api.module';
export * from './contract';
export { auditDeadlines, auditSubject } from './deadlines';
export { auditNow, DecideAudit, decideAudit } from './decide-audit';
export {
  auditKinds,
  auditResults,
  evolve as evolveAudit,
  initialState as noAudit,
  type Audit,
  type AuditEvent,
  type AuditKind,
  type AuditResult,
  type FollowUp,
  type Watch,
} from './domain/audit';
export { auditDecider, type AuditCommand, type AuditRejection } from './domain/audit.decider';
export { type Recurrence } from './domain/recurrence';
export { followEditions, followEditionsOf } from './follow-editions';
