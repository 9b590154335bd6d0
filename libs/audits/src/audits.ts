import { addMonths, compare, daysBetween, localDateOf, type LocalDate } from '@app/calendar';
import { assertNever, CLOCK, type Clock } from '@app/event-sourcing';
import { readView, readViewPage, viewProjection, type ReadModel, type View } from '@app/projections';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { auditStream, isAuditStream } from './audit-stream';
import { auditCodec } from './audit.codec';
import type { auditHistoryEntry, auditList, auditsQuery, auditView } from './contract';
import { auditDeadlines } from './deadlines';
import { evolve, initialState, type AuditEvent, type Change, type KnownAudit } from './domain/audit';
import { nextInSchedule, periodAfter } from './domain/recurrence';

type HistoryEntry = z.infer<typeof auditHistoryEntry>;

/** An audit as the register keeps it. Nothing in it depends on the day on which it is read. */
export type AuditRow = {
  readonly id: string;
  readonly state: KnownAudit;
  /** The newest first. */
  readonly history: readonly HistoryEntry[];
};

const NAME = 'audits.v1';

const auditsView: View<AuditEvent, AuditRow> = {
  name: NAME,
  decode: (stored) => (isAuditStream(stored.stream) ? auditCodec.decode(stored) : undefined),
  keyOf: (stored) => stored.stream.slice(auditStream('').length),
  evolve: (row, event) => {
    const state = evolve(row?.state ?? initialState, event);
    if (state.status === 'NotPlanned') return null;
    return { id: state.id, state, history: [historyEntry(event, row?.state), ...(row?.history ?? [])] };
  },
};

const historyEntry = (event: AuditEvent, before: KnownAudit | undefined): HistoryEntry => {
  const { at, by } = event.data;
  const nothing = { on: null, dueOn: null, newDueOn: null, result: null, text: null, change: null, evidence: [] };
  const entry: HistoryEntry = { type: event.type, at, by, ...nothing };
  switch (event.type) {
    case 'AuditPlanned':
      return { ...entry, dueOn: event.data.dueOn };
    case 'AuditRescheduled':
      return { ...entry, dueOn: event.data.dueOn, newDueOn: event.data.newDueOn, text: event.data.reason };
    case 'AuditBroughtForward': {
      const { dueOn, newDueOn, change } = event.data;
      return { ...entry, dueOn, newDueOn, change: shown(change) };
    }
    case 'AuditFollowedApproval': {
      const { dueOn, newDueOn, disclosureId, serviceName, edition, approvedOn } = event.data;
      return {
        ...entry,
        ...{ on: approvedOn, dueOn, newDueOn },
        change: { disclosureId, serviceName, edition, itemKeys: [] },
      };
    }
    case 'AuditPerformed': {
      const { performedOn, dueOn, nextDueOn, result, note, evidence } = event.data;
      return {
        ...entry,
        ...{ on: performedOn, dueOn, newDueOn: nextDueOn, result, text: note || null, evidence: [...evidence] },
      };
    }
    case 'AuditSkipped':
      return { ...entry, dueOn: event.data.dueOn, newDueOn: event.data.nextDueOn, text: event.data.reason };
    case 'FollowUpClosed': {
      const { followUpId, on, note } = event.data;
      const text = before?.followUps.find(({ id }) => id === followUpId)?.text ?? '';
      return { ...entry, on, text: note === '' ? text : `${text}（${note}）` };
    }
    case 'AuditCited':
    case 'ResponsibleNamed':
      return entry;
    case 'EvidenceAttached':
      return { ...entry, text: event.data.evidence.name };
    case 'EvidenceRemoved':
    case 'AuditCancelled':
      return { ...entry, text: event.data.reason };
    default:
      return assertNever(event);
  }
};

const shown = ({ itemKeys, ...change }: Change) => ({ ...change, itemKeys: [...itemKeys] });

export const auditsProjections: readonly ReadModel[] = [viewProjection(auditsView)];

/** What is due first comes first; what does not come round again comes last, behind it what was cancelled. Has an index. */
const PLACE = `((case body->'state'->>'status' when 'Planned' then '0' when 'Cancelled' then '2' else '1' end)
  || coalesce(body->'state'->>'dueOn', '') || key) collate "C"`;

/** The audits that are to come and watch disclosures, and which. */
export const watchingAudits = (
  dataSource: DataSource,
): Promise<readonly { readonly id: string; readonly disclosureIds: readonly string[] }[]> =>
  dataSource.query(
    `select key as id, jsonb_path_query_array(body, '$.state.watches[*].disclosureId') as "disclosureIds" from view
      where name = '${NAME}' and body->'state'->>'status' = 'Planned' and body->'state'->'watches' <> '[]' order by key`,
  );

export type AuditView = z.infer<typeof auditView>;

/** The row as the page shows it on a day. */
const auditAsOf = ({ id, state, history }: AuditRow, today: LocalDate): AuditView => {
  const { kind, name, recurrence, responsible, lead, citedBy, watches, lastPerformed } = state;
  const daysUntil = (day: LocalDate) => daysBetween(today, day);
  const due = state.status === 'Planned' ? state : null;
  return {
    ...{ id, kind, name, recurrence, responsible, lead, lastPerformed },
    status: due
      ? due.dueOn < today
        ? 'overdue'
        : 'planned'
      : state.status === 'Cancelled'
        ? 'cancelled'
        : 'completed',
    dueOn: due?.dueOn ?? null,
    daysLeft: due && daysUntil(due.dueOn),
    scheduledOn: due?.scheduledOn ?? null,
    broughtForward: due?.broughtForward ? shown(due.broughtForward) : null,
    upcoming: [...upcoming(state, addMonths(today, 12))],
    citedBy: [...citedBy],
    watches: watches.map(({ disclosureId, itemKeys }) => ({ disclosureId, itemKeys: [...itemKeys] })),
    followUps: state.followUps
      .map(({ id: followUpId, text, dueOn, responsible: whose, closed }) => ({
        ...{ id: followUpId, text, dueOn, daysLeft: daysUntil(dueOn), responsible: whose ?? null, closed },
      }))
      .sort((a, b) => Number(a.closed !== null) - Number(b.closed !== null) || compare(a.dueOn, b.dueOn)),
    evidence: [...state.evidence],
    reliedOn: [...state.reliedOn],
    deadlines: auditDeadlines(state)
      .map(({ matter, part, dueOn }) => ({ matter, text: part?.text ?? null, dueOn, daysLeft: daysUntil(dueOn) }))
      .sort((a, b) => compare(a.dueOn, b.dueOn)),
    history: [...history],
  };
};

const MOST_UPCOMING = 60;

/** The days on which it comes round until a day, when each turn is taken when it is due. */
const upcoming = (state: KnownAudit, until: LocalDate): readonly LocalDate[] => {
  if (state.status !== 'Planned') return [];
  const { dueOn, scheduledOn, recurrence, firstDueOn } = state;
  const after = (day: LocalDate): LocalDate | null => {
    if (recurrence === null) return null;
    const { rule, anchor } = recurrence;
    return anchor === 'schedule' ? nextInSchedule(rule, firstDueOn, day) : periodAfter(rule, day);
  };
  const days = [dueOn];
  for (let day = after(scheduledOn); day !== null && day <= until && days.length < MOST_UPCOMING; day = after(day))
    days.push(day);
  return days;
};

export class ListAudits extends Query<z.infer<typeof auditList>> {
  constructor(readonly query: z.infer<typeof auditsQuery>) {
    super();
  }
}

@QueryHandler(ListAudits)
export class ListAuditsHandler implements IQueryHandler<ListAudits> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ query }: ListAudits): Promise<z.infer<typeof auditList>> {
    const today = localDateOf(this.clock());
    const { views, next } = await readViewPage<AuditRow>(this.dataSource, NAME, PLACE, query);
    return { audits: views.map((row) => auditAsOf(row, today)), next };
  }
}

/** Answers null when there is no such audit. */
export class ShowAudit extends Query<AuditView | null> {
  constructor(readonly auditId: string) {
    super();
  }
}

@QueryHandler(ShowAudit)
export class ShowAuditHandler implements IQueryHandler<ShowAudit> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ auditId }: ShowAudit): Promise<AuditView | null> {
    const row = await readView<AuditRow>(this.dataSource, NAME, auditId);
    return row ? auditAsOf(row, localDateOf(this.clock())) : null;
  }
}
