import type { Body } from '@app/content';
import type { RevisionCause } from '@app/disclosures/domain/disclosure';
import type { OfficerRole } from '@app/officers/domain/officer-role';

/** The shapes of the demonstration's data. Whoever replays it gives ids, and signs with the time that each step has. */

/** yyyy-mm-dd in Japan. */
export type LocalDate = string;
/** ISO 8601, UTC, milliseconds. */
export type Instant = string;

export type PersonKey =
  'sato' | 'takahashi' | 'yamamoto' | 'nakamura' | 'ogawa' | 'ito' | 'watanabe' | 'matsumoto' | 'inoue';

export type DemoPerson = {
  readonly key: PersonKey;
  readonly name: string;
  readonly loginName: string;
  readonly address: string;
  readonly roles: readonly ('drafter' | 'signatory' | 'auditor' | 'administrator')[];
  /** One of the accounts to try the system with; the others are there for the history and cannot sign in. */
  readonly signsIn: boolean;
  /** Who this is, for the list of accounts that is printed at the start. */
  readonly description: string;
};

/** Somebody's time in a role under one name of the department. */
export type DemoOffice = {
  readonly role: OfficerRole;
  readonly person: PersonKey;
  readonly department: string;
  readonly title: string;
  readonly from: LocalDate;
  /** Last day; absent while in office. */
  readonly until?: LocalDate;
};

export type DemoCertificate = {
  readonly kind: 'isms' | 'privacyMark';
  readonly name: string;
  readonly number: string;
  readonly body: string;
  readonly issuedOn: LocalDate;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate;
  readonly standard: string;
  readonly scope?: string;
  readonly citedBy: readonly string[];
  readonly responsible: { readonly officer: OfficerRole };
  /** The audit in the middle of the term that was passed. */
  readonly surveillance?: { readonly plannedOn: LocalDate; readonly dueOn: LocalDate; readonly passedOn: LocalDate };
  /** The file that shows it, and the line of ASCII in it. */
  readonly fileName: string;
  readonly title: string;
};

/** An audit that was carried out once, and comes round again. */
export type DemoAudit = {
  readonly auditId: string;
  readonly kind: 'internalAudit' | 'vulnerabilityScan';
  readonly name: string;
  readonly lead: string;
  readonly responsible: { readonly officer: OfficerRole };
  readonly recurrence: { readonly rule: string; readonly anchor: 'lastPerformed' };
  readonly plannedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly citedBy: readonly string[];
  readonly performance: {
    readonly performedOn: LocalDate;
    readonly result: 'passed' | 'passedWithFindings';
    readonly note: string;
    readonly fileName: string;
    readonly title: string;
    readonly followUp: {
      readonly id: string;
      readonly text: string;
      readonly dueOn: LocalDate;
      readonly closedOn: LocalDate;
      readonly note: string;
    } | null;
  };
};

/** A hospital that reads the disclosure: one that follows, or one that was invited and has not answered. */
export type DemoReader = { readonly hospital: string; readonly address: string } & (
  | { readonly invitedOn: LocalDate }
  | {
      readonly followedOn: LocalDate;
      readonly acknowledged: readonly { readonly number: number; readonly on: LocalDate }[];
      readonly leftOn?: LocalDate;
    }
);

type By = { readonly by: PersonKey; readonly at: Instant };

/** What happened in a revision, in the order in which it did. Signatures are given in the order of the default route. */
export type DemoStep = By &
  (
    | { readonly kind: 'start' }
    | { readonly kind: 'revise'; readonly itemKey: string; readonly body: Body }
    | { readonly kind: 'describe' }
    | { readonly kind: 'submit' }
    | { readonly kind: 'return'; readonly reason: string }
    | { readonly kind: 'sign'; readonly comment?: string }
    | { readonly kind: 'publish'; readonly issuedOn: LocalDate; readonly effectiveOn: LocalDate }
  );

export type DemoRevision = {
  readonly editionNumber: number;
  readonly causes: readonly RevisionCause[];
  readonly historyText: string;
  readonly steps: readonly DemoStep[];
};
