import type { Body } from '@app/content';
import type { OfficerRole, RevisionCause } from '@app/disclosures';
import type { UserRole } from '@app/http';

/** The life of a made-up company's disclosure, as data. `replay` turns it into events with these dates. */
export type DemoHistory = {
  readonly people: readonly DemoPerson[];
  /** In the order of `from`. */
  readonly offices: readonly DemoOffice[];
  /** The first edition in the form in which companies have theirs; read by the importer. */
  readonly firstEdition: {
    readonly fileName: string;
    readonly markdown: string;
    readonly service: string;
    readonly importedAt: string;
  };
  /** Oldest first. The last one may be open. */
  readonly revisions: readonly DemoRevision[];
  readonly certificates: (today: string) => readonly DemoCertificate[];
};

/** `key` is also the user's id and the login name. */
export type DemoPerson = {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly password: string;
  readonly roles: readonly UserRole[];
  /** Listed among the accounts to try; predecessors are not. */
  readonly toTry?: string;
};

export type DemoOffice = {
  readonly person: string;
  readonly role: OfficerRole;
  readonly department: string;
  readonly title: string;
  /** yyyy-mm-dd */
  readonly from: string;
};

export type DemoRevision = {
  readonly editionNumber: number;
  readonly causes: readonly RevisionCause[];
  readonly historyText: string;
  /** Instants are ISO 8601 with the offset +09:00. */
  readonly startedAt: string;
  readonly edits: readonly {
    readonly itemKey: string;
    readonly body: Body;
    readonly by: string;
    readonly at: string;
  }[];
  /** Findings that block are waived with this reason. */
  readonly waiverReason?: string;
  readonly describedBy: string;
  /** Each round is submitted; all but the last are returned by the privacy officer, with edits before the next. */
  readonly rounds: readonly {
    readonly submittedAt: string;
    readonly returned?: {
      readonly at: string;
      readonly reason: string;
      readonly edits: readonly {
        readonly itemKey: string;
        readonly body: Body;
        readonly by: string;
        readonly at: string;
      }[];
    };
  }[];
  /** Who signs, in the order of the route; nobody yet: the revision is in review. */
  readonly signatures: readonly { readonly by: string; readonly at: string; readonly comment?: string }[];
  readonly published?: { readonly at: string; readonly issuedOn: string; readonly effectiveOn: string };
};

export type DemoCertificate = {
  readonly id: string;
  readonly kind: 'isms' | 'privacyMark' | 'ismap' | 'other';
  readonly name: string;
  readonly number: string;
  readonly body: string;
  readonly issuedOn: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly citedItems: readonly string[];
  readonly registeredAt: string;
};
