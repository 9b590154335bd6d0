import type { LocalDate } from '@app/calendar';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import {
  evolve,
  initialState,
  termOf,
  type Certificate,
  type CertificateEvent,
  type CertificateKind,
  type Citation,
  type Person,
  type RegisteredCertificate,
  type Term,
} from './certificate';

export type CertificateCommand = { readonly certificateId: string; readonly by: Person; readonly at: string } & (
  | {
      readonly type: 'RegisterCertificate';
      readonly kind: CertificateKind;
      readonly name: string;
      readonly citedBy: readonly Citation[];
      readonly term: Term;
    }
  | {
      readonly type: 'RenewCertificate';
      /** What is left out stays as it was, but for the issue, which is the new one's own. */
      readonly term: Pick<Term, 'issuedOn' | 'validFrom' | 'validUntil'> & {
        readonly number?: string | undefined;
        readonly body?: string | undefined;
      };
    }
  | { readonly type: 'WithdrawCertificate'; readonly reason: string }
);

export type CertificateRejection =
  | { readonly type: 'UnknownCertificate' }
  | { readonly type: 'AlreadyRegistered' }
  | { readonly type: 'CertificateWithdrawn' }
  | { readonly type: 'ExpiryBeforeIssue'; readonly issuedOn: LocalDate; readonly validUntil: LocalDate }
  | { readonly type: 'ExpiryBeforeStart'; readonly validFrom: LocalDate; readonly validUntil: LocalDate }
  | { readonly type: 'UnchangedRenewal'; readonly validUntil: LocalDate };

type Outcome = Decision<CertificateEvent, CertificateRejection>;
type Command<T extends CertificateCommand['type']> = Extract<CertificateCommand, { type: T }>;

export const decide = (command: CertificateCommand, state: Certificate): Outcome => {
  if (command.type === 'RegisterCertificate') return register(command, state);
  if (state.status === 'NotRegistered') return reject({ type: 'UnknownCertificate' });

  switch (command.type) {
    case 'RenewCertificate':
      return state.status === 'Withdrawn' ? reject({ type: 'CertificateWithdrawn' }) : renew(command, state);
    case 'WithdrawCertificate': {
      const { certificateId, reason, by, at } = command;
      if (state.status === 'Withdrawn') return accept();
      return accept({ type: 'CertificateWithdrawn', data: { certificateId, reason, by, at } });
    }
    default:
      return assertNever(command);
  }
};

const register = (
  { certificateId, kind, name, citedBy, term, by, at }: Command<'RegisterCertificate'>,
  state: Certificate,
): Outcome => {
  if (state.status !== 'NotRegistered') return reject({ type: 'AlreadyRegistered' });
  return (
    impossible(term) ??
    accept({
      type: 'CertificateRegistered',
      data: { certificateId, kind, name, ...termOf(term), citedBy, by, at },
    })
  );
};

const renew = (
  { certificateId, term, by, at }: Command<'RenewCertificate'>,
  { term: present }: RegisteredCertificate,
): Outcome => {
  const next = termOf({ ...term, number: term.number ?? present.number, body: term.body ?? present.body });
  if (sameTerm(next, present)) return reject({ type: 'UnchangedRenewal', validUntil: present.validUntil });
  return impossible(next) ?? accept({ type: 'CertificateRenewed', data: { certificateId, ...next, by, at } });
};

const impossible = ({ issuedOn, validFrom, validUntil }: Term): Outcome | null => {
  if (issuedOn !== undefined && validUntil < issuedOn)
    return reject({ type: 'ExpiryBeforeIssue', issuedOn, validUntil });
  if (validUntil < validFrom) return reject({ type: 'ExpiryBeforeStart', validFrom, validUntil });
  return null;
};

const sameTerm = (a: Term, b: Term): boolean =>
  a.number === b.number &&
  a.body === b.body &&
  a.issuedOn === b.issuedOn &&
  a.validFrom === b.validFrom &&
  a.validUntil === b.validUntil;

export const certificateDecider: Decider<CertificateCommand, Certificate, CertificateEvent, CertificateRejection> = {
  initialState,
  evolve,
  decide,
};
