import { MOST_FILES, type Evidence } from '@app/blob-store/domain/evidence';
import { addDays, localDateOf, type LocalDate } from '@app/calendar';
import { canonicalHash } from '@app/content';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import {
  evolve,
  initialState,
  openFollowUps,
  type Audit,
  type AuditEvent,
  type AuditKind,
  type AuditResult,
  type Change,
  type Citation,
  type FollowUp,
  type KnownAudit,
  type Person,
  type PlannedAudit,
  type Responsible,
  type Watch,
} from './audit';
import { badRecurrence, nextInSchedule, periodAfter, type BadRecurrence, type Recurrence } from './recurrence';

/** So soon what has changed has to be looked at. */
export const BROUGHT_FORWARD_DAYS = 14;

export type AuditCommand = { readonly auditId: string; readonly by: Person; readonly at: string } & (
  | {
      readonly type: 'PlanAudit';
      readonly kind: AuditKind;
      readonly name: string;
      readonly recurrence: Recurrence | null;
      readonly dueOn: LocalDate;
      readonly responsible?: Responsible | undefined;
      readonly lead?: string | undefined;
      readonly citedBy: readonly Citation[];
      /** With the newest editions as they are now. */
      readonly watches: readonly Watch[];
    }
  | { readonly type: 'RescheduleAudit'; readonly newDueOn: LocalDate; readonly reason: string }
  /** Asked by the clock: an edition was published that changes what the audit watches. */
  | { readonly type: 'BringAuditForward'; readonly change: Change }
  /** Asked by the clock: an edition of the watched disclosure was published. */
  | {
      readonly type: 'FollowApproval';
      readonly disclosureId: string;
      readonly serviceName: string;
      readonly edition: number;
      readonly approvedOn: LocalDate;
    }
  | {
      readonly type: 'PerformAudit';
      readonly performedOn: LocalDate;
      readonly result: AuditResult;
      readonly note: string;
      /** Hashes of files that are attached. */
      readonly evidence: readonly string[];
      readonly followUps: readonly FollowUp[];
    }
  | { readonly type: 'SkipAudit'; readonly reason: string }
  | { readonly type: 'CloseFollowUp'; readonly followUpId: string; readonly on: LocalDate; readonly note: string }
  | { readonly type: 'CiteAudit'; readonly citedBy: readonly Citation[] }
  | { readonly type: 'NameResponsible'; readonly responsible: Responsible | null }
  | { readonly type: 'AttachEvidence'; readonly evidence: Evidence }
  | { readonly type: 'RemoveEvidence'; readonly sha256: string; readonly reason: string }
  | { readonly type: 'CancelAudit'; readonly reason: string }
);

export type AuditRejection =
  | BadRecurrence
  | { readonly type: 'UnknownAudit' }
  | { readonly type: 'AlreadyPlanned' }
  | { readonly type: 'AuditCancelled' }
  | { readonly type: 'WatchesOneDisclosure' }
  | { readonly type: 'NothingDue' }
  | { readonly type: 'RescheduledIntoPast'; readonly newDueOn: LocalDate; readonly today: LocalDate }
  | { readonly type: 'DayInFuture'; readonly on: LocalDate; readonly today: LocalDate }
  | { readonly type: 'BeforeLastPerformed'; readonly performedOn: LocalDate; readonly last: LocalDate }
  | { readonly type: 'NoteMissing' }
  | { readonly type: 'FollowUpBeforeAudit'; readonly dueOn: LocalDate; readonly performedOn: LocalDate }
  | { readonly type: 'UnknownFollowUp' }
  | { readonly type: 'OpenFollowUps'; readonly count: number }
  | { readonly type: 'UnknownEvidence' }
  | { readonly type: 'EvidenceReliedOn' }
  | { readonly type: 'TooManyFiles'; readonly most: number };

type Outcome = Decision<AuditEvent, AuditRejection>;
type Command<T extends AuditCommand['type']> = Extract<AuditCommand, { type: T }>;

export const decide = (command: AuditCommand, state: Audit): Outcome => {
  if (command.type === 'PlanAudit') return plan(command, state);
  if (state.status === 'NotPlanned') return reject({ type: 'UnknownAudit' });
  if (state.status === 'Cancelled') {
    return ['CancelAudit', 'BringAuditForward', 'FollowApproval'].includes(command.type)
      ? accept()
      : reject({ type: 'AuditCancelled' });
  }

  const { auditId, by, at } = command;
  const common = { auditId, by, at };
  switch (command.type) {
    case 'RescheduleAudit':
      return reschedule(command, state);
    case 'BringAuditForward':
      return bringForward(command, state);
    case 'FollowApproval':
      return followApproval(command, state);
    case 'PerformAudit':
      return perform(command, state);
    case 'SkipAudit': {
      if (state.status !== 'Planned') return reject({ type: 'NothingDue' });
      const { dueOn } = state;
      const nextDueOn = nextAfter(state, dueOn);
      return accept({ type: 'AuditSkipped', data: { ...common, dueOn, reason: command.reason, nextDueOn } });
    }
    case 'CloseFollowUp': {
      const { followUpId, on, note } = command;
      const followUp = state.followUps.find(({ id }) => id === followUpId);
      if (!followUp) return reject({ type: 'UnknownFollowUp' });
      if (followUp.closed) return accept();
      return inFuture(on, at) ?? accept({ type: 'FollowUpClosed', data: { ...common, followUpId, on, note } });
    }
    case 'CiteAudit': {
      const { citedBy } = command;
      return same(citedBy, state.citedBy) ? accept() : accept({ type: 'AuditCited', data: { ...common, citedBy } });
    }
    case 'NameResponsible': {
      const { responsible } = command;
      if (same(responsible, state.responsible)) return accept();
      return accept({ type: 'ResponsibleNamed', data: { ...common, responsible } });
    }
    case 'AttachEvidence': {
      const { evidence } = command;
      if (state.evidence.some(({ sha256 }) => sha256 === evidence.sha256)) return accept();
      if (state.evidence.length >= MOST_FILES) return reject({ type: 'TooManyFiles', most: MOST_FILES });
      return accept({ type: 'EvidenceAttached', data: { ...common, evidence } });
    }
    case 'RemoveEvidence': {
      const { sha256, reason } = command;
      if (!state.evidence.some((each) => each.sha256 === sha256)) return reject({ type: 'UnknownEvidence' });
      if (state.reliedOn.includes(sha256)) return reject({ type: 'EvidenceReliedOn' });
      return accept({ type: 'EvidenceRemoved', data: { ...common, sha256, reason } });
    }
    case 'CancelAudit': {
      const count = openFollowUps(state).length;
      if (count > 0) return reject({ type: 'OpenFollowUps', count });
      return accept({ type: 'AuditCancelled', data: { ...common, reason: command.reason } });
    }
    default:
      return assertNever(command);
  }
};

const plan = (command: Command<'PlanAudit'>, state: Audit): Outcome => {
  if (state.status !== 'NotPlanned') return reject({ type: 'AlreadyPlanned' });
  const { auditId, kind, name, recurrence, dueOn, responsible, lead, citedBy, watches, by, at } = command;
  const bad = recurrence && badRecurrence(recurrence, dueOn);
  if (bad) return reject(bad);
  if (recurrence?.anchor === 'lastApproval' && watches.length !== 1) return reject({ type: 'WatchesOneDisclosure' });
  return accept({
    type: 'AuditPlanned',
    data: {
      ...{ auditId, kind, name, recurrence, dueOn, citedBy, watches, by, at },
      ...(responsible === undefined ? {} : { responsible }),
      ...(lead === undefined ? {} : { lead }),
    },
  });
};

const reschedule = ({ auditId, newDueOn, reason, by, at }: Command<'RescheduleAudit'>, state: KnownAudit): Outcome => {
  if (state.status !== 'Planned') return reject({ type: 'NothingDue' });
  const { dueOn } = state;
  if (dueOn === newDueOn) return accept();
  const today = localDateOf(at);
  if (newDueOn < today) return reject({ type: 'RescheduledIntoPast', newDueOn, today });
  return accept({ type: 'AuditRescheduled', data: { auditId, dueOn, newDueOn, reason, by, at } });
};

/** Also when it is due sooner anyway, so that the edition is not taken into account again after the audit. */
const bringForward = ({ auditId, change, by, at }: Command<'BringAuditForward'>, state: KnownAudit): Outcome => {
  if (state.status !== 'Planned' || !isNew(state, change)) return accept();
  const { dueOn } = state;
  const soon = addDays(localDateOf(at), BROUGHT_FORWARD_DAYS);
  const newDueOn = soon < dueOn ? soon : dueOn;
  return accept({ type: 'AuditBroughtForward', data: { auditId, dueOn, newDueOn, change, by, at } });
};

const followApproval = (command: Command<'FollowApproval'>, state: KnownAudit): Outcome => {
  if (state.status !== 'Planned' || !isNew(state, command)) return accept();
  const { auditId, disclosureId, serviceName, edition, approvedOn, by, at } = command;
  const { dueOn, recurrence } = state;
  if (recurrence?.anchor !== 'lastApproval') return accept();
  const newDueOn = periodAfter(recurrence.rule, approvedOn);
  return accept({
    type: 'AuditFollowedApproval',
    data: { auditId, dueOn, newDueOn, disclosureId, serviceName, edition, approvedOn, by, at },
  });
};

const isNew = (
  { watches }: KnownAudit,
  { disclosureId, edition }: { readonly disclosureId: string; readonly edition: number },
): boolean => watches.some((watch) => watch.disclosureId === disclosureId && watch.edition < edition);

const perform = (command: Command<'PerformAudit'>, state: KnownAudit): Outcome => {
  const { auditId, performedOn, result, note, followUps, by, at } = command;
  if (state.status !== 'Planned') return reject({ type: 'NothingDue' });
  const future = inFuture(performedOn, at);
  if (future) return future;
  const last = state.lastPerformed?.performedOn;
  if (last !== undefined && performedOn < last) return reject({ type: 'BeforeLastPerformed', performedOn, last });
  if (result !== 'passed' && note === '') return reject({ type: 'NoteMissing' });
  const early = followUps.find(({ dueOn }) => dueOn < performedOn);
  if (early) return reject({ type: 'FollowUpBeforeAudit', dueOn: early.dueOn, performedOn });
  const evidence = state.evidence.filter(({ sha256 }) => command.evidence.includes(sha256));
  if (evidence.length < new Set(command.evidence).size) return reject({ type: 'UnknownEvidence' });
  const { dueOn } = state;
  const nextDueOn = nextAfter(state, performedOn);
  return accept({
    type: 'AuditPerformed',
    data: { auditId, dueOn, performedOn, result, note, evidence, followUps, nextDueOn, by, at },
  });
};

/** When it comes round again after it was carried out, or skipped, on a day. */
const nextAfter = (
  { recurrence, firstDueOn, dueOn, scheduledOn, broughtForward }: PlannedAudit,
  day: LocalDate,
): LocalDate | null => {
  if (recurrence === null) return null;
  const { rule, anchor } = recurrence;
  if (anchor !== 'schedule') return periodAfter(rule, day);
  // What did not wait for its turn does not take it either.
  return nextInSchedule(rule, firstDueOn, broughtForward !== null && dueOn < scheduledOn ? dueOn : scheduledOn);
};

const inFuture = (on: LocalDate, at: string): Outcome | null => {
  const today = localDateOf(at);
  return on > today ? reject({ type: 'DayInFuture', on, today }) : null;
};

const same = (a: unknown, b: unknown): boolean => canonicalHash(a) === canonicalHash(b);

export const auditDecider: Decider<AuditCommand, Audit, AuditEvent, AuditRejection> = { initialState, evolve, decide };
