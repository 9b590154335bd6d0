import type { Evidence } from '@app/blob-store/domain/evidence';
import type { LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import type { OfficerRole } from '@app/officers/domain/officer-role';

/** `isms`, `privacyMark`, `ismap`, `other`, or the key of a kind that an administrator has added: see `libs/reminding`. */
export type CertificateKind = string;

/** Who did it, named as then. */
export type Person = { readonly id: string; readonly name: string };
type By = { readonly by: Person; /** UTC, ISO 8601. */ readonly at: string };

/** An item of a disclosure that claims the certificate. */
export type Citation = { readonly disclosureId: string; readonly itemKey: string };

/** Who sees to it: whoever holds an office on that day, or one user. */
export type Responsible = { readonly officer: OfficerRole } | { readonly user: string };

/** 維持審査, which keeps it within its term, and 更新審査, after which it is renewed. */
export const certificateAudits = ['surveillance', 'renewal'] as const;
export type CertificateAudit = (typeof certificateAudits)[number];

/** What is printed on the certificate for one term. Expiry is data: real certificates are not exactly three years. */
export type Term = {
  readonly number: string;
  /** 審査・登録機関 */
  readonly body: string;
  /** 規格の版, e.g. `ISO/IEC 27001:2022 / JIS Q 27001:2023`. */
  readonly standard?: string | undefined;
  /** 登録範囲 */
  readonly scope?: string | undefined;
  readonly issuedOn?: LocalDate | undefined;
  readonly validFrom: LocalDate;
  /** 有効期限: the last day on which it is valid. */
  readonly validUntil: LocalDate;
};

// What can have happened -------------------------------------------------

type Event<Type extends string, Data = unknown> = {
  readonly type: Type;
  readonly data: By & { readonly certificateId: string } & Data;
};

export type CertificateEvent =
  | Event<
      'CertificateRegistered',
      Term & {
        readonly kind: CertificateKind;
        readonly name: string;
        readonly citedBy: readonly Citation[];
        readonly responsible?: Responsible | undefined;
      }
    >
  | Event<'CertificateRenewed', Term>
  /** Something was mistyped: name and term as they should have been. */
  | Event<'CertificateCorrected', Term & { readonly name: string; readonly reason: string }>
  /** The items that cite it, as a whole. */
  | Event<'CertificateCited', { readonly citedBy: readonly Citation[] }>
  | Event<'ResponsibleNamed', { readonly responsible: Responsible | null }>
  | Event<'EvidenceAttached', { readonly evidence: Evidence }>
  | Event<'EvidenceRemoved', { readonly sha256: string; readonly reason: string }>
  /** 更新申請: what that changes depends on the kind. */
  | Event<'RenewalFiled', { readonly filedOn: LocalDate }>
  /** Taken back: it was not applied for. */
  | Event<'RenewalFilingTakenBack', { readonly filedOn: LocalDate; readonly reason: string }>
  /** 維持審査 or 更新審査 (the name is older than the latter): planned, or moved to another day. */
  | Event<'SurveillancePlanned', { readonly audit: CertificateAudit; readonly dueOn: LocalDate }>
  | Event<
      'SurveillancePassed',
      {
        readonly audit: CertificateAudit;
        readonly dueOn: LocalDate;
        readonly on: LocalDate;
        readonly nextDueOn?: LocalDate | undefined;
      }
    >
  /** It is still to be passed. */
  | Event<
      'SurveillanceFailed',
      { readonly audit: CertificateAudit; readonly dueOn: LocalDate; readonly on: LocalDate; readonly reason: string }
    >
  /** The term ended without a renewal that is known here. */
  | Event<'CertificateLapsed', { readonly validUntil: LocalDate; readonly on: LocalDate }>
  | Event<'CertificateWithdrawn', { readonly reason: string }>;

// What is true now -------------------------------------------------------

export type Certificate =
  | { readonly status: 'NotRegistered' }
  | (Standing & { readonly status: 'Registered' })
  | (Standing & { readonly status: 'Withdrawn' });

type Standing = {
  readonly id: string;
  readonly kind: CertificateKind;
  readonly name: string;
  readonly citedBy: readonly Citation[];
  readonly responsible: Responsible | null;
  readonly term: Term;
  /** When the present expiry became known here (UTC): reminders of days before it are past, not missed. */
  readonly knownSince: string;
  /** The newest last. */
  readonly evidence: readonly Evidence[];
  /** The day on which the renewal of the present term was applied for. */
  readonly filedOn: LocalDate | null;
  /** Since when it is known here (UTC) that the renewal of the present term was applied for, or that it was not. */
  readonly filingKnownSince: string;
  /** Of each kind the audit that is to be passed next. */
  readonly audits: { readonly [A in CertificateAudit]: PlannedAudit | null };
  /** The day on which it was recorded that the present term has ended. */
  readonly lapsedOn: LocalDate | null;
};

type PlannedAudit = {
  readonly dueOn: LocalDate;
  readonly knownSince: string;
  /** It was tried and not passed. */
  readonly failed: { readonly on: LocalDate; readonly reason: string } | null;
};

export type RegisteredCertificate = Extract<Certificate, { status: 'Registered' }>;

export const initialState: Certificate = { status: 'NotRegistered' };

export const evolve = (state: Certificate, event: CertificateEvent): Certificate => {
  const { at } = event.data;
  if (event.type === 'CertificateRegistered') {
    const { certificateId, kind, name, citedBy, responsible = null } = event.data;
    const nothingYet = { evidence: [], filedOn: null, audits: { surveillance: null, renewal: null }, lapsedOn: null };
    return {
      ...{ status: 'Registered', id: certificateId, kind, name, citedBy, responsible, term: termOf(event.data) },
      ...{ knownSince: at, filingKnownSince: at, ...nothingYet },
    };
  }
  if (state.status === 'NotRegistered') return state;

  switch (event.type) {
    case 'CertificateRenewed': {
      const term = termOf(event.data);
      const { surveillance, renewal } = state.audits;
      // An audit belongs to a term: one of the term that ends here is no longer asked for.
      const standing = (audit: PlannedAudit | null) =>
        audit !== null && term.validFrom <= audit.dueOn && audit.dueOn <= term.validUntil ? audit : null;
      return {
        ...state,
        ...{ term, knownSince: at, filingKnownSince: at, filedOn: null, lapsedOn: null },
        audits: { surveillance: standing(surveillance), renewal: standing(renewal) },
      };
    }
    case 'CertificateCorrected': {
      const term = termOf(event.data);
      const { name } = event.data;
      if (term.validUntil === state.term.validUntil) return { ...state, name, term };
      return { ...state, name, term, knownSince: at, filingKnownSince: at, lapsedOn: null };
    }
    case 'CertificateCited':
      return { ...state, citedBy: event.data.citedBy };
    case 'ResponsibleNamed':
      return { ...state, responsible: event.data.responsible };
    case 'EvidenceAttached':
      return { ...state, evidence: [...state.evidence, event.data.evidence] };
    case 'EvidenceRemoved':
      return { ...state, evidence: state.evidence.filter(({ sha256 }) => sha256 !== event.data.sha256) };
    case 'RenewalFiled':
      return {
        ...state,
        filedOn: event.data.filedOn,
        filingKnownSince: state.filedOn === null ? at : state.filingKnownSince,
        lapsedOn: staysValidWhileFiled(state.kind) ? null : state.lapsedOn,
      };
    case 'RenewalFilingTakenBack':
      return { ...state, filedOn: null, filingKnownSince: at };
    case 'SurveillancePlanned':
      return withAudit(state, event.data.audit, { dueOn: event.data.dueOn, knownSince: at, failed: null });
    case 'SurveillancePassed': {
      const { audit, nextDueOn } = event.data;
      const next = nextDueOn === undefined ? null : { dueOn: nextDueOn, knownSince: at, failed: null };
      return withAudit(state, audit, next);
    }
    case 'SurveillanceFailed': {
      const { audit, on, reason } = event.data;
      const planned = state.audits[audit];
      return withAudit(state, audit, planned && { ...planned, failed: { on, reason } });
    }
    case 'CertificateLapsed':
      return { ...state, lapsedOn: event.data.on };
    case 'CertificateWithdrawn':
      return { ...state, status: 'Withdrawn' };
    default:
      return assertNever(event);
  }
};

const withAudit = (
  state: Exclude<Certificate, { status: 'NotRegistered' }>,
  audit: CertificateAudit,
  planned: PlannedAudit | null,
): Certificate => ({ ...state, audits: { ...state.audits, [audit]: planned } });

/** The term alone, without what surrounds it. */
export const termOf = ({ number, body, standard, scope, issuedOn, validFrom, validUntil }: Term): Term => ({
  number,
  body,
  validFrom,
  validUntil,
  ...(standard === undefined ? {} : { standard }),
  ...(scope === undefined ? {} : { scope }),
  ...(issuedOn === undefined ? {} : { issuedOn }),
});

// Questions about the state ----------------------------------------------

/** ISMAP: while a renewal that was filed in time is being decided, the registration stays valid beyond its term. */
export const staysValidWhileFiled = (kind: CertificateKind): boolean => kind === 'ismap';

/** Whether it stays valid beyond its term because its renewal is being decided. */
export const isBeingDecided = ({ kind, filedOn }: Pick<Standing, 'kind' | 'filedOn'>): boolean =>
  filedOn !== null && staysValidWhileFiled(kind);

/** Whether nothing makes it valid on that day any more; before its first day it is not valid yet, but not lapsed. */
export const isLapsedOn = (state: RegisteredCertificate, day: LocalDate): boolean =>
  state.term.validUntil < day && !isBeingDecided(state);
