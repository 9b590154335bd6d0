import { MOST_FILES, type Evidence } from '@app/blob-store/domain/evidence';
import { localDateOf, type LocalDate } from '@app/calendar';
import { canonicalHash } from '@app/content';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import { applicationWindow } from './application-window';
import {
  evolve,
  initialState,
  isLapsedOn,
  termOf,
  certificateAudits,
  type Certificate,
  type CertificateAudit,
  type CertificateEvent,
  type CertificateKind,
  type Citation,
  type Person,
  type RegisteredCertificate,
  type Responsible,
  type Term,
} from './certificate';

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

export type CertificateCommand = { readonly certificateId: string; readonly by: Person; readonly at: string } & (
  | {
      readonly type: 'RegisterCertificate';
      readonly kind: CertificateKind;
      /** The kinds that there are. */
      readonly kinds: readonly CertificateKind[];
      readonly name: string;
      readonly citedBy: readonly Citation[];
      readonly responsible?: Responsible | undefined;
      readonly term: Term;
    }
  | {
      readonly type: 'RenewCertificate';
      /** What is left out stays as it was, but for the issue, which is the new one's own. */
      readonly term: Pick<Term, 'issuedOn' | 'validFrom' | 'validUntil'> &
        Optional<Pick<Term, 'number' | 'body' | 'standard' | 'scope'>>;
    }
  | {
      readonly type: 'CorrectCertificate';
      /** What is left out stays as it was. */
      readonly name?: string | undefined;
      readonly term: Optional<Term>;
      readonly reason: string;
    }
  | { readonly type: 'CiteCertificate'; readonly citedBy: readonly Citation[] }
  | { readonly type: 'NameResponsible'; readonly responsible: Responsible | null }
  | { readonly type: 'AttachEvidence'; readonly evidence: Evidence }
  | { readonly type: 'RemoveEvidence'; readonly sha256: string; readonly reason: string }
  | { readonly type: 'FileRenewal'; readonly filedOn: LocalDate }
  | { readonly type: 'TakeBackFiling'; readonly reason: string }
  | { readonly type: 'PlanSurveillance'; readonly audit: CertificateAudit; readonly dueOn: LocalDate }
  | {
      readonly type: 'PassSurveillance';
      readonly audit: CertificateAudit;
      readonly on: LocalDate;
      readonly nextDueOn?: LocalDate | undefined;
    }
  | {
      readonly type: 'FailSurveillance';
      readonly audit: CertificateAudit;
      readonly on: LocalDate;
      readonly reason: string;
    }
  /** Asked by the clock, every day. */
  | { readonly type: 'LapseCertificate' }
  | { readonly type: 'WithdrawCertificate'; readonly reason: string }
);

export type CertificateRejection =
  | { readonly type: 'UnknownCertificate' }
  | { readonly type: 'UnknownKind'; readonly kind: string }
  | { readonly type: 'AlreadyRegistered' }
  | { readonly type: 'CertificateWithdrawn' }
  | { readonly type: 'ExpiryBeforeIssue'; readonly issuedOn: LocalDate; readonly validUntil: LocalDate }
  | { readonly type: 'ExpiryBeforeStart'; readonly validFrom: LocalDate; readonly validUntil: LocalDate }
  | { readonly type: 'UnchangedRenewal'; readonly validUntil: LocalDate }
  | { readonly type: 'UnknownEvidence' }
  | { readonly type: 'TooManyFiles'; readonly most: number }
  | { readonly type: 'DayInFuture'; readonly on: LocalDate; readonly today: LocalDate }
  | { readonly type: 'FiledBeforeWindow'; readonly filedOn: LocalDate; readonly from: LocalDate }
  | { readonly type: 'FiledAfterExpiry'; readonly filedOn: LocalDate; readonly validUntil: LocalDate }
  | { readonly type: 'NotFiled' }
  | { readonly type: 'NoSurveillancePlanned'; readonly audit: CertificateAudit }
  | {
      readonly type: 'SurveillanceAfterExpiry';
      readonly audit: CertificateAudit;
      readonly dueOn: LocalDate;
      readonly validUntil: LocalDate;
    }
  | { readonly type: 'NextNotLater'; readonly on: LocalDate; readonly nextDueOn: LocalDate };

type Outcome = Decision<CertificateEvent, CertificateRejection>;
type Command<T extends CertificateCommand['type']> = Extract<CertificateCommand, { type: T }>;

export const decide = (command: CertificateCommand, state: Certificate): Outcome => {
  if (command.type === 'RegisterCertificate') return register(command, state);
  if (state.status === 'NotRegistered') return reject({ type: 'UnknownCertificate' });
  if (state.status === 'Withdrawn') {
    const settled = command.type === 'WithdrawCertificate' || command.type === 'LapseCertificate';
    return settled ? accept() : reject({ type: 'CertificateWithdrawn' });
  }

  const { certificateId, by, at } = command;
  const common = { certificateId, by, at };
  switch (command.type) {
    case 'RenewCertificate':
      return renew(command, state);
    case 'CorrectCertificate':
      return correct(command, state);
    case 'CiteCertificate': {
      const { citedBy } = command;
      return same(citedBy, state.citedBy)
        ? accept()
        : accept({ type: 'CertificateCited', data: { ...common, citedBy } });
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
      return accept({ type: 'EvidenceRemoved', data: { ...common, sha256, reason } });
    }
    case 'FileRenewal':
      return fileRenewal(command, state);
    case 'TakeBackFiling': {
      const { filedOn } = state;
      if (filedOn === null) return reject({ type: 'NotFiled' });
      return accept({ type: 'RenewalFilingTakenBack', data: { ...common, filedOn, reason: command.reason } });
    }
    case 'PlanSurveillance': {
      const { audit, dueOn } = command;
      const planned = state.audits[audit];
      if (planned?.dueOn === dueOn && planned.failed === null) return accept();
      return ifPossible({ type: 'SurveillancePlanned', data: { ...common, audit, dueOn } }, state);
    }
    case 'PassSurveillance':
      return passSurveillance(command, state);
    case 'FailSurveillance': {
      const { audit, on, reason } = command;
      const planned = state.audits[audit];
      if (planned === null) return reject({ type: 'NoSurveillancePlanned', audit });
      const { dueOn } = planned;
      return inFuture(on, at) ?? accept({ type: 'SurveillanceFailed', data: { ...common, audit, dueOn, on, reason } });
    }
    case 'LapseCertificate': {
      const on = localDateOf(at);
      const { validUntil } = state.term;
      if (state.lapsedOn !== null || !isLapsedOn(state, on)) return accept();
      return accept({ type: 'CertificateLapsed', data: { ...common, validUntil, on } });
    }
    case 'WithdrawCertificate':
      return accept({ type: 'CertificateWithdrawn', data: { ...common, reason: command.reason } });
    default:
      return assertNever(command);
  }
};

const register = (command: Command<'RegisterCertificate'>, state: Certificate): Outcome => {
  if (state.status !== 'NotRegistered') return reject({ type: 'AlreadyRegistered' });
  const { certificateId, kind, kinds, name, citedBy, responsible, term, by, at } = command;
  if (!kinds.includes(kind)) return reject({ type: 'UnknownKind', kind });
  return ifPossible(
    {
      type: 'CertificateRegistered',
      data: {
        ...{ certificateId, kind, name, ...termOf(term), citedBy, by, at },
        ...(responsible === undefined ? {} : { responsible }),
      },
    },
    state,
  );
};

const renew = ({ certificateId, term, by, at }: Command<'RenewCertificate'>, state: RegisteredCertificate): Outcome => {
  const { issuedOn, validFrom, validUntil } = term;
  const next = termOf({ ...state.term, ...given(term), issuedOn, validFrom, validUntil });
  if (same(next, state.term)) return reject({ type: 'UnchangedRenewal', validUntil: next.validUntil });
  return ifPossible({ type: 'CertificateRenewed', data: { certificateId, ...next, by, at } }, state);
};

const correct = (
  { certificateId, name, term, reason, by, at }: Command<'CorrectCertificate'>,
  state: RegisteredCertificate,
): Outcome => {
  const corrected = { name: name ?? state.name, ...termOf({ ...state.term, ...given(term) }) };
  if (same(corrected, { name: state.name, ...state.term })) return accept();
  return ifPossible({ type: 'CertificateCorrected', data: { certificateId, ...corrected, reason, by, at } }, state);
};

const fileRenewal = (
  { certificateId, filedOn, by, at }: Command<'FileRenewal'>,
  state: RegisteredCertificate,
): Outcome => {
  if (state.filedOn === filedOn) return accept();
  const { from } = applicationWindow(state.term.validUntil);
  if (state.kind === 'privacyMark' && filedOn < from) return reject({ type: 'FiledBeforeWindow', filedOn, from });
  return inFuture(filedOn, at) ?? ifPossible({ type: 'RenewalFiled', data: { certificateId, filedOn, by, at } }, state);
};

const passSurveillance = (
  { certificateId, audit, on, nextDueOn, by, at }: Command<'PassSurveillance'>,
  state: RegisteredCertificate,
): Outcome => {
  const planned = state.audits[audit];
  if (planned === null) return reject({ type: 'NoSurveillancePlanned', audit });
  if (nextDueOn !== undefined && nextDueOn <= on) return reject({ type: 'NextNotLater', on, nextDueOn });
  const { dueOn } = planned;
  const next = nextDueOn === undefined ? {} : { nextDueOn };
  return (
    inFuture(on, at) ??
    ifPossible({ type: 'SurveillancePassed', data: { certificateId, audit, dueOn, on, ...next, by, at } }, state)
  );
};

const inFuture = (on: LocalDate, at: string): Outcome | null => {
  const today = localDateOf(at);
  return on > today ? reject({ type: 'DayInFuture', on, today }) : null;
};

/** A rule about the dates of a certificate asks them as they would be afterwards, whatever it was that changed one. */
const ifPossible = (event: CertificateEvent, state: Certificate): Outcome => {
  const after = evolve(state, event);
  const contradiction = after.status === 'Registered' ? contradictionIn(after) : null;
  return contradiction ? reject(contradiction) : accept(event);
};

/** What cannot be so, or null. Nothing that was recorded leads to it. */
export const contradictionIn = ({ term, filedOn, audits }: RegisteredCertificate): CertificateRejection | null => {
  const { issuedOn, validFrom, validUntil } = term;
  if (issuedOn !== undefined && validUntil < issuedOn) return { type: 'ExpiryBeforeIssue', issuedOn, validUntil };
  if (validUntil < validFrom) return { type: 'ExpiryBeforeStart', validFrom, validUntil };
  if (filedOn !== null && validUntil < filedOn) return { type: 'FiledAfterExpiry', filedOn, validUntil };
  const late = certificateAudits.find((audit) => validUntil < (audits[audit]?.dueOn ?? validUntil));
  const dueOn = late && audits[late]?.dueOn;
  return late && dueOn ? { type: 'SurveillanceAfterExpiry', audit: late, dueOn, validUntil } : null;
};

/** What was said, without what was left out. */
const given = <T extends object>(said: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as never;

const same = (a: unknown, b: unknown): boolean => canonicalHash(a) === canonicalHash(b);

export const certificateDecider: Decider<CertificateCommand, Certificate, CertificateEvent, CertificateRejection> = {
  initialState,
  evolve,
  decide,
};
