import { compare, daysBetween, localDateOf, type LocalDate } from '@app/calendar';
import { assertNever, CLOCK, type Clock, type LogPosition } from '@app/event-sourcing';
import { readView, readViewPage, viewProjection, type ReadModel, type View } from '@app/projections';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { isCertificateStream } from './certificate-stream';
import { certificateCodec } from './certificate.codec';
import type { certificateHistoryEntry, certificateList, certificatesQuery, certificateView } from './contract';
import { certificateDeadlines } from './deadlines';
import { applicationWindow } from './domain/application-window';
import {
  evolve,
  initialState,
  isLapsedOn,
  termOf,
  type Certificate,
  type CertificateEvent,
  type CertificateKind,
  type Citation,
  type Person,
  type Term,
} from './domain/certificate';

type HistoryEntry = z.infer<typeof certificateHistoryEntry>;
type RecordedTerm = Term & { readonly recordedAt: string; readonly recordedBy: Person };

/** A citation that stands in the register, or that stood there, between two places in the log. */
export type CitationSpan = Citation & {
  readonly from: LogPosition;
  /** null: it stands */
  readonly until: LogPosition | null;
};

/** A certificate as the register keeps it. Nothing in it depends on the day on which it is read. */
export type CertificateRow = {
  readonly id: string;
  readonly kind: CertificateKind;
  readonly name: string;
  readonly citedBy: readonly Citation[];
  /** All that there were, the oldest first. Has an index. */
  readonly citations: readonly CitationSpan[];
  readonly state: Exclude<Certificate, { status: 'NotRegistered' }>;
  /** The newest first. */
  readonly terms: readonly [RecordedTerm, ...RecordedTerm[]];
  readonly withdrawn: { readonly reason: string; readonly at: string; readonly by: Person } | null;
  /** The newest first. */
  readonly history: readonly HistoryEntry[];
};

export const CERTIFICATES = 'certificates.v4';

const certificatesView: View<CertificateEvent, CertificateRow> = {
  name: CERTIFICATES,
  decode: (stored) => (isCertificateStream(stored.stream) ? certificateCodec.decode(stored) : undefined),
  keyOf: (stored) => stored.stream.slice('certificate-'.length),
  evolve: (row, event, { position }) => {
    const state = evolve(row?.state ?? initialState, event);
    if (state.status === 'NotRegistered') return null;
    const { id, kind, name, citedBy } = state;
    return {
      ...{ id, kind, name, citedBy, state },
      citations: citationsAfter(row?.citations ?? [], citedBy, position),
      terms: termsAfter(row?.terms, event, state.term),
      withdrawn: event.type === 'CertificateWithdrawn' ? withdrawal(event.data) : (row?.withdrawn ?? null),
      history: [historyEntry(event), ...(row?.history ?? [])],
    };
  },
};

const withdrawal = ({ reason, at, by }: Extract<CertificateEvent, { type: 'CertificateWithdrawn' }>['data']) => ({
  reason,
  at,
  by,
});

const citationsAfter = (
  spans: readonly CitationSpan[],
  citedBy: readonly Citation[],
  position: LogPosition,
): readonly CitationSpan[] => [
  ...spans.map((span) =>
    span.until === null && !citedBy.some(isSameCitation(span)) ? { ...span, until: position } : span,
  ),
  ...citedBy
    .filter((citation) => !spans.some((span) => span.until === null && isSameCitation(citation)(span)))
    .map(({ disclosureId, itemKey }) => ({ disclosureId, itemKey, from: position, until: null })),
];

const isSameCitation =
  (one: Citation) =>
  (other: Citation): boolean =>
    one.disclosureId === other.disclosureId && one.itemKey === other.itemKey;

/** A renewal begins a term; a correction is of the present one. */
const termsAfter = (
  terms: CertificateRow['terms'] | undefined,
  { type, data }: CertificateEvent,
  present: Term,
): CertificateRow['terms'] => {
  const recorded: RecordedTerm = { ...termOf(present), recordedAt: data.at, recordedBy: data.by };
  if (terms === undefined) return [recorded];
  if (type === 'CertificateRenewed') return [recorded, ...terms];
  return type === 'CertificateCorrected' ? [recorded, ...terms.slice(1)] : terms;
};

const historyEntry = (event: CertificateEvent): HistoryEntry => {
  const { type } = event;
  const { at, by } = event.data;
  const entry = { type, at, by, audit: null, on: null, dueOn: null, text: null };
  switch (event.type) {
    case 'CertificateRegistered':
    case 'CertificateRenewed':
      return { ...entry, dueOn: event.data.validUntil };
    case 'CertificateCorrected':
      return { ...entry, dueOn: event.data.validUntil, text: event.data.reason };
    case 'CertificateCited':
    case 'ResponsibleNamed':
      return entry;
    case 'EvidenceAttached':
      return { ...entry, text: event.data.evidence.name };
    case 'EvidenceRemoved':
    case 'CertificateWithdrawn':
      return { ...entry, text: event.data.reason };
    case 'RenewalFiled':
      return { ...entry, on: event.data.filedOn };
    case 'RenewalFilingTakenBack':
      return { ...entry, on: event.data.filedOn, text: event.data.reason };
    case 'SurveillancePlanned':
      return { ...entry, audit: event.data.audit, dueOn: event.data.dueOn };
    case 'SurveillancePassed':
      return { ...entry, audit: event.data.audit, on: event.data.on, dueOn: event.data.dueOn };
    case 'SurveillanceFailed': {
      const { audit, on, dueOn, reason } = event.data;
      return { ...entry, audit, on, dueOn, text: reason };
    }
    case 'CertificateLapsed':
      return { ...entry, on: event.data.on, dueOn: event.data.validUntil };
    default:
      return assertNever(event);
  }
};

export const certificatesProjections: readonly ReadModel[] = [viewProjection(certificatesView)];

/** The one that lapses first comes first; those withdrawn come last. Has an index. */
const PLACE = `((case body->'state'->>'status' when 'Withdrawn' then '1' else '0' end)
  || (body->'state'->'term'->>'validUntil') || key) collate "C"`;

/** The ids of those whose term has ended and of which that is not recorded yet, as far as the read model knows. */
export const certificatesPastTheirTerm = async (
  dataSource: DataSource,
  today: LocalDate,
): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ key: string }[]>(
    `select key from view
      where name = '${CERTIFICATES}' and body->'state'->>'status' = 'Registered' and body->'state'->>'lapsedOn' is null
        and body->'state'->'term'->>'validUntil' < $1
      order by key`,
    [today],
  );
  return rows.map(({ key }) => key);
};

export type CertificateView = z.infer<typeof certificateView>;

/** The row as the page shows it on a day. */
const certificateAsOf = (row: CertificateRow, today: LocalDate): CertificateView => {
  const { id, kind, name, citedBy, withdrawn, state } = row;
  const { term, responsible, audits, filedOn } = state;
  const daysUntil = (dueOn: LocalDate) => daysBetween(today, dueOn);
  const begun = lastBegun(row, today);
  return {
    ...{ id, kind, name, ...termShown(term), citedBy: [...citedBy], responsible, withdrawn, filedOn },
    status: statusOf(row, today),
    daysLeft: daysUntil(term.validUntil),
    deadlines: certificateDeadlines(state)
      .map(({ matter, dueOn }) => ({ matter, dueOn, daysLeft: daysUntil(dueOn) }))
      .sort((a, b) => compare(a.dueOn, b.dueOn)),
    applicationWindow: kind === 'privacyMark' ? applicationWindow(term.validUntil) : null,
    surveillance: auditShown(audits.surveillance),
    renewalAudit: auditShown(audits.renewal),
    evidence: [...state.evidence],
    terms: row.terms.map((each) => ({
      ...termShown(each),
      recordedAt: each.recordedAt,
      recordedBy: each.recordedBy,
      phase: each === begun ? 'current' : each.validFrom > today ? 'next' : 'past',
    })),
    history: [...row.history],
  };
};

const auditShown = (planned: CertificateRow['state']['audits']['renewal']) =>
  planned && { dueOn: planned.dueOn, failed: planned.failed };

const termShown = ({ number, body, standard, scope, issuedOn, validFrom, validUntil }: Term) => ({
  ...{ number, body, validFrom, validUntil },
  ...{ standard: standard ?? null, scope: scope ?? null, issuedOn: issuedOn ?? null },
});

/** Of its terms the one that is running or was the last to run. A renewal is recorded before its term begins. */
const lastBegun = ({ terms }: CertificateRow, today: LocalDate): RecordedTerm | undefined =>
  terms.find(({ validFrom }) => validFrom <= today);

const statusOf = (row: CertificateRow, today: LocalDate): CertificateView['status'] => {
  const { state } = row;
  if (state.status === 'Withdrawn') return 'withdrawn';
  if (isLapsedOn(state, today)) return 'lapsed';
  if (state.term.validUntil < today) return 'renewalPending';
  const begun = lastBegun(row, today);
  return begun && today <= begun.validUntil ? 'valid' : 'notYetValid';
};

export class ListCertificates extends Query<z.infer<typeof certificateList>> {
  constructor(readonly query: z.infer<typeof certificatesQuery>) {
    super();
  }
}

@QueryHandler(ListCertificates)
export class ListCertificatesHandler implements IQueryHandler<ListCertificates> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ query }: ListCertificates): Promise<z.infer<typeof certificateList>> {
    const today = localDateOf(this.clock());
    const { views, next } = await readViewPage<CertificateRow>(this.dataSource, CERTIFICATES, PLACE, query);
    return { certificates: views.map((row) => certificateAsOf(row, today)), next };
  }
}

/** Answers null when there is no such certificate. */
export class ShowCertificate extends Query<CertificateView | null> {
  constructor(readonly certificateId: string) {
    super();
  }
}

@QueryHandler(ShowCertificate)
export class ShowCertificateHandler implements IQueryHandler<ShowCertificate> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ certificateId }: ShowCertificate): Promise<CertificateView | null> {
    const row = await readView<CertificateRow>(this.dataSource, CERTIFICATES, certificateId);
    return row ? certificateAsOf(row, localDateOf(this.clock())) : null;
  }
}
