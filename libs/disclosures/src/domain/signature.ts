import type { OfficerRole } from '@app/officers/domain/officer-role';
import type { Coverage, ItemKey, Meaning, Person } from '@app/routes/domain/route';

/** SHA-256, hex. */
export type Hash = string;
/** ISO 8601, UTC, milliseconds. */
export type Instant = string;
/** yyyy-mm-dd, in the company's time zone. */
export type LocalDate = string;

/** Name, department and title as of then, and the office they go with; who holds none has an empty department and title. */
export type OfficerAsOfThen = {
  readonly role: OfficerRole | null;
  readonly name: string;
  readonly department: string;
  readonly title: string;
};

/** As what somebody signs: holder of the office, named in the route, in the place of another, or because it escalated. */
export const capacities = ['officer', 'named', 'reassigned', 'escalated'] as const;
export type Capacity = (typeof capacities)[number];

/** 代理: whose signature it counts as, and under which deputation; `from` and `until` are its first and last day. */
export type OnBehalfOf = {
  readonly person: Person;
  readonly officer: OfficerAsOfThen;
  readonly deputation: {
    readonly id: string;
    readonly from: LocalDate;
    readonly until: LocalDate;
    /** What it extended to at that moment; left out in records from before it was kept. */
    readonly scope?: DeputationScope | undefined;
  };
};

/** The principal's offices, and the disclosures, that a deputation extends to. */
export type DeputationScope = {
  readonly roles: readonly OfficerRole[] | 'all';
  readonly disclosureIds: readonly string[] | 'all';
};

/** The record of a signature (21 CFR 11.50, 11.70, 11.200; 厚生労働省 ER/ES 指針 4(4)). */
export type Signature = {
  /** Index in the route, from 0. */
  readonly step: number;
  readonly signer: Person;
  readonly officer: OfficerAsOfThen;
  readonly capacity: Capacity;
  readonly onBehalfOf: OnBehalfOf | null;
  readonly meaning: Meaning;
  /** The sentence that was signed; null in records from before it was kept. */
  readonly statement: string | null;
  /** Of the text that lay before the signer. */
  readonly contentHash: Hash;
  /** Of what the signature vouches for: it holds for every text with this hash, and for no other. */
  readonly coverageHash: Hash;
  readonly at: Instant;
  readonly timeZone: string;
  readonly reauthentication: 'password';
  readonly comment?: string | undefined;
};

/** 後閲: the record of somebody who read the text after the decision. */
export type PostReview = {
  readonly step: number;
  readonly reader: Person;
  readonly officer: OfficerAsOfThen;
  readonly capacity: Capacity;
  readonly onBehalfOf: OnBehalfOf | null;
  readonly statement: string;
  readonly contentHash: Hash;
  readonly at: Instant;
  readonly comment?: string | undefined;
};

/** Whose signature it counts as. */
export const principalOf = ({ signer, onBehalfOf }: Pick<Signature, 'signer' | 'onBehalfOf'>): Person =>
  onBehalfOf?.person ?? signer;

/** Whether somebody signed, or somebody else did for them: whoever is in a step in either way is in no other. */
export const isPartyTo = (signature: Pick<Signature, 'signer' | 'onBehalfOf'>, id: string): boolean =>
  signature.signer.id === id || signature.onBehalfOf?.person.id === id;

/** The sentence that is shown before signing, and kept with the signature. */
export const statementOf = ({
  meaning,
  covers,
  editionNumber,
  onBehalfOf,
}: {
  readonly meaning: Meaning;
  readonly covers: Coverage;
  readonly editionNumber: number;
  readonly onBehalfOf: Pick<OnBehalfOf, 'person'> | null;
}): string => {
  const who = onBehalfOf === null ? '' : `${onBehalfOf.person.name}の代理として、`;
  const edition = `第${editionNumber}版`;
  const what =
    covers === 'everything' ? `${edition}の変更箇所と全文` : `${edition}のうち${covers.join('、')}の変更箇所と本文`;
  const says: Readonly<Record<Meaning, string>> = {
    review: `${what}を審査し、適切であると認めます。`,
    approval: `${what}を確認し、承認します。`,
    acknowledgement: `${what}を確認しました。`,
    postReview: `承認された${what}を後閲しました。`,
  };
  return `${who}${says[meaning]}`;
};

export type { Coverage, ItemKey, Meaning, Person };
