import type { Evidence } from '@app/blob-store/domain/evidence';
import type { LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import type { OfficerRole } from '@app/officers/domain/officer-role';
import type { Recurrence } from './recurrence';

/** 内部監査, マネジメントレビュー, 脆弱性診断, 文書見直し, 規程見直し, 委託先監査, 訓練, その他. */
export const auditKinds = [
  'internalAudit',
  'managementReview',
  'vulnerabilityScan',
  'documentReview',
  'regulationReview',
  'supplierAudit',
  'drill',
  'other',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export const auditResults = ['passed', 'passedWithFindings', 'failed'] as const;
export type AuditResult = (typeof auditResults)[number];

/** Who did it, named as then. */
export type Person = { readonly id: string; readonly name: string };
type By = { readonly by: Person; /** UTC, ISO 8601. */ readonly at: string };

/** An item of a disclosure that speaks of the audit. */
export type Citation = { readonly disclosureId: string; readonly itemKey: string };

/** Who sees to it: whoever holds an office on that day, or one user. */
export type Responsible = { readonly officer: OfficerRole } | { readonly user: string };

/** What of a disclosure an audit depends on: these items, or all of them where none is named. */
export type Watch = {
  readonly disclosureId: string;
  readonly itemKeys: readonly string[];
  /** The newest edition that was taken into account; 0: there was none. */
  readonly edition: number;
};

/** 指摘事項への対応: what has to be done because of a result. */
export type FollowUp = {
  /** No `:` in it. */
  readonly id: string;
  readonly text: string;
  readonly dueOn: LocalDate;
  readonly responsible?: Responsible | undefined;
};

/** An edition that changed what an audit watches. */
export type Change = {
  readonly disclosureId: string;
  readonly serviceName: string;
  readonly edition: number;
  readonly itemKeys: readonly string[];
};

// What can have happened -------------------------------------------------

type Event<Type extends string, Data> = {
  readonly type: Type;
  readonly data: By & { readonly auditId: string } & Data;
};
/** The day by which it was due, and the day by which it is due now. */
type Moved = { readonly dueOn: LocalDate; readonly newDueOn: LocalDate };

export type AuditEvent =
  | Event<
      'AuditPlanned',
      {
        readonly kind: AuditKind;
        readonly name: string;
        /** null: once. */
        readonly recurrence: Recurrence | null;
        readonly dueOn: LocalDate;
        readonly responsible?: Responsible | undefined;
        /** Who carries it out, in words: a department, a firm. */
        readonly lead?: string | undefined;
        readonly citedBy: readonly Citation[];
        readonly watches: readonly Watch[];
      }
    >
  | Event<'AuditRescheduled', Moved & { readonly reason: string }>
  /** What it is about has changed: it does not wait for its turn. */
  | Event<'AuditBroughtForward', Moved & { readonly change: Change }>
  /** The approval of an edition was a review of its text: the next one is counted from there. */
  | Event<
      'AuditFollowedApproval',
      Moved & {
        readonly disclosureId: string;
        readonly serviceName: string;
        readonly edition: number;
        readonly approvedOn: LocalDate;
      }
    >
  | Event<
      'AuditPerformed',
      {
        readonly dueOn: LocalDate;
        readonly performedOn: LocalDate;
        readonly result: AuditResult;
        readonly note: string;
        readonly evidence: readonly Evidence[];
        readonly followUps: readonly FollowUp[];
        /** When it comes round again, as it was computed then; null: it does not. */
        readonly nextDueOn: LocalDate | null;
      }
    >
  | Event<'AuditSkipped', { readonly dueOn: LocalDate; readonly reason: string; readonly nextDueOn: LocalDate | null }>
  | Event<'FollowUpClosed', { readonly followUpId: string; readonly on: LocalDate; readonly note: string }>
  /** The items that speak of it, as a whole. */
  | Event<'AuditCited', { readonly citedBy: readonly Citation[] }>
  | Event<'ResponsibleNamed', { readonly responsible: Responsible | null }>
  | Event<'EvidenceAttached', { readonly evidence: Evidence }>
  | Event<'EvidenceRemoved', { readonly sha256: string; readonly reason: string }>
  | Event<'AuditCancelled', { readonly reason: string }>;

// What is true now -------------------------------------------------------

export type Audit =
  | { readonly status: 'NotPlanned' }
  | (Standing & Due & { readonly status: 'Planned' })
  /** It does not come round again. */
  | (Standing & { readonly status: 'Completed' })
  | (Standing & { readonly status: 'Cancelled' });

type Standing = {
  readonly id: string;
  readonly kind: AuditKind;
  readonly name: string;
  readonly recurrence: Recurrence | null;
  /** From which the days of a schedule are counted. */
  readonly firstDueOn: LocalDate;
  readonly responsible: Responsible | null;
  readonly lead: string | null;
  readonly citedBy: readonly Citation[];
  readonly watches: readonly Watch[];
  readonly lastPerformed: {
    readonly dueOn: LocalDate;
    readonly performedOn: LocalDate;
    readonly result: AuditResult;
  } | null;
  /** The oldest first, also those that are done. */
  readonly followUps: readonly (FollowUp & {
    readonly knownSince: string;
    readonly closed: { readonly on: LocalDate; readonly note: string } | null;
  })[];
  /** The newest last. */
  readonly evidence: readonly Evidence[];
  /** Hashes of those that a result is based on. */
  readonly reliedOn: readonly string[];
};

type Due = {
  readonly dueOn: LocalDate;
  /** The day of its schedule, wherever it was moved to. */
  readonly scheduledOn: LocalDate;
  /** When the present due day became known here (UTC). */
  readonly knownSince: string;
  readonly broughtForward: Change | null;
};

export type KnownAudit = Exclude<Audit, { status: 'NotPlanned' }>;
export type PlannedAudit = Extract<Audit, { status: 'Planned' }>;

export const initialState: Audit = { status: 'NotPlanned' };

export const evolve = (state: Audit, event: AuditEvent): Audit => {
  const { at } = event.data;
  if (event.type === 'AuditPlanned') {
    const { auditId, kind, name, recurrence, dueOn, responsible = null, lead = null, citedBy, watches } = event.data;
    return {
      ...{ status: 'Planned', id: auditId, kind, name, recurrence, firstDueOn: dueOn, responsible, lead },
      ...{ citedBy, watches, lastPerformed: null, followUps: [], evidence: [], reliedOn: [] },
      ...due(dueOn, at),
    };
  }
  if (state.status === 'NotPlanned') return state;

  switch (event.type) {
    case 'AuditRescheduled':
      return moved(state, event.data);
    case 'AuditBroughtForward': {
      const { change } = event.data;
      const after = moved(watching(state, change), event.data);
      return after.status === 'Planned' ? { ...after, broughtForward: change } : after;
    }
    case 'AuditFollowedApproval': {
      const after = watching(state, event.data);
      return after.status === 'Planned' ? { ...after, ...due(event.data.newDueOn, at) } : after;
    }
    case 'AuditPerformed': {
      const { dueOn, performedOn, result, evidence, followUps, nextDueOn } = event.data;
      return comeRound(
        {
          ...state,
          lastPerformed: { dueOn, performedOn, result },
          followUps: [...state.followUps, ...followUps.map((each) => ({ ...each, knownSince: at, closed: null }))],
          reliedOn: [...new Set([...state.reliedOn, ...evidence.map(({ sha256 }) => sha256)])],
        },
        nextDueOn,
        at,
      );
    }
    case 'AuditSkipped':
      return comeRound(state, event.data.nextDueOn, at);
    case 'FollowUpClosed': {
      const { followUpId, on, note } = event.data;
      const followUps = state.followUps.map((each) =>
        each.id === followUpId ? { ...each, closed: { on, note } } : each,
      );
      return { ...state, followUps };
    }
    case 'AuditCited':
      return { ...state, citedBy: event.data.citedBy };
    case 'ResponsibleNamed':
      return { ...state, responsible: event.data.responsible };
    case 'EvidenceAttached':
      return { ...state, evidence: [...state.evidence, event.data.evidence] };
    case 'EvidenceRemoved':
      return { ...state, evidence: state.evidence.filter(({ sha256 }) => sha256 !== event.data.sha256) };
    case 'AuditCancelled':
      return { ...standingOf(state), status: 'Cancelled' };
    default:
      return assertNever(event);
  }
};

const due = (dueOn: LocalDate, knownSince: string): Due => ({
  ...{ dueOn, scheduledOn: dueOn, knownSince, broughtForward: null },
});

const moved = (state: KnownAudit, { dueOn, newDueOn, at }: Moved & By): KnownAudit =>
  state.status === 'Planned' && dueOn !== newDueOn ? { ...state, dueOn: newDueOn, knownSince: at } : state;

/** The editions that were taken into account move on. */
const watching = <A extends KnownAudit>(
  state: A,
  { disclosureId, edition }: { readonly disclosureId: string; readonly edition: number },
): A => ({
  ...state,
  watches: state.watches.map((watch) => (watch.disclosureId === disclosureId ? { ...watch, edition } : watch)),
});

const comeRound = (state: KnownAudit, nextDueOn: LocalDate | null, at: string): KnownAudit =>
  nextDueOn === null
    ? { ...standingOf(state), status: 'Completed' }
    : { ...standingOf(state), status: 'Planned', ...due(nextDueOn, at) };

const standingOf = (state: KnownAudit): Standing => {
  const { id, kind, name, recurrence, firstDueOn, responsible, lead, citedBy, watches } = state;
  const { lastPerformed, followUps, evidence, reliedOn } = state;
  return {
    ...{ id, kind, name, recurrence, firstDueOn, responsible, lead, citedBy, watches },
    ...{ lastPerformed, followUps, evidence, reliedOn },
  };
};

// Questions about the state ----------------------------------------------

/** What has to be done and is not. */
export const openFollowUps = ({ followUps }: KnownAudit): KnownAudit['followUps'] =>
  followUps.filter(({ closed }) => closed === null);
