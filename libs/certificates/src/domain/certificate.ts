import type { LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';

/** ISMS (ISO/IEC 27001), プライバシーマーク, ISMAP, and what else has a number and an expiry. */
export const certificateKinds = ['isms', 'privacyMark', 'ismap', 'other'] as const;
export type CertificateKind = (typeof certificateKinds)[number];

/** Who did it, named as then. */
export type Person = { readonly id: string; readonly name: string };
type By = { readonly by: Person; /** UTC, ISO 8601. */ readonly at: string };

/** An item of a disclosure that claims the certificate. */
export type Citation = { readonly disclosureId: string; readonly itemKey: string };

/** What is printed on the certificate for one term. Expiry is data: real certificates are not exactly three years. */
export type Term = {
  readonly number: string;
  /** 審査登録機関 */
  readonly body: string;
  readonly issuedOn?: LocalDate | undefined;
  readonly validFrom: LocalDate;
  /** 有効期限: the last day on which it is valid. */
  readonly validUntil: LocalDate;
};

// What can have happened -------------------------------------------------

export type CertificateEvent =
  | {
      readonly type: 'CertificateRegistered';
      readonly data: By &
        Term & {
          readonly certificateId: string;
          readonly kind: CertificateKind;
          readonly name: string;
          readonly citedBy: readonly Citation[];
        };
    }
  | { readonly type: 'CertificateRenewed'; readonly data: By & Term & { readonly certificateId: string } }
  | {
      readonly type: 'CertificateWithdrawn';
      readonly data: By & { readonly certificateId: string; readonly reason: string };
    };

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
  readonly term: Term;
  /** When the present term became known here (UTC): reminders of days before it are past, not missed. */
  readonly knownSince: string;
};

export type RegisteredCertificate = Extract<Certificate, { status: 'Registered' }>;

export const initialState: Certificate = { status: 'NotRegistered' };

export const evolve = (state: Certificate, event: CertificateEvent): Certificate => {
  if (event.type === 'CertificateRegistered') {
    const { certificateId, kind, name, citedBy, at } = event.data;
    return { status: 'Registered', id: certificateId, kind, name, citedBy, term: termOf(event.data), knownSince: at };
  }
  if (state.status === 'NotRegistered') return state;

  switch (event.type) {
    case 'CertificateRenewed':
      return { ...state, term: termOf(event.data), knownSince: event.data.at };
    case 'CertificateWithdrawn':
      return { ...state, status: 'Withdrawn' };
    default:
      return assertNever(event);
  }
};

/** The term alone, without what surrounds it. */
export const termOf = ({ number, body, issuedOn, validFrom, validUntil }: Term): Term => ({
  number,
  body,
  validFrom,
  validUntil,
  ...(issuedOn === undefined ? {} : { issuedOn }),
});
