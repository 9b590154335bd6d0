import type { OfficerRole } from '@app/officers/domain/officer-role';

/** Somebody, named as then. */
export type Person = { readonly id: string; readonly name: string };

/** Names an item of a disclosure, e.g. `II-7`; survives renumbering. */
export type ItemKey = string;

/** Who may sign: whoever holds a role at the moment of signing, or people by name. */
export type Signatories =
  | { readonly kind: 'role'; readonly role: OfficerRole }
  | { readonly kind: 'people'; readonly people: readonly Person[] };

/**
 * What a signature means: 審査, 承認, 確認 or 後閲 (21 CFR 11.50 asks that it is said). A step of 後閲 is not part of the
 * series: it opens when the revision is approved, and it never blocks.
 */
export const meanings = ['review', 'approval', 'acknowledgement', 'postReview'] as const;
export type Meaning = (typeof meanings)[number];

/** How many of those who may sign a step have to (合議). */
export type Quorum = { readonly kind: 'all' } | { readonly kind: 'any' } | { readonly kind: 'n'; readonly n: number };

/** What a signature of the step vouches for: the whole text, or these items of it. */
export type Coverage = 'everything' | readonly ItemKey[];

/** Who is told when a step is this many business days past its due day; from that day on they may sign it as well. */
export type Escalation = { readonly afterBusinessDays: number; readonly to: Signatories };

/** What a step asks for, before anybody knows the revision. */
export type StepTemplate = {
  /** Whoever is in any of them may sign. */
  readonly signatories: readonly [Signatories, ...Signatories[]];
  readonly meaning: Meaning;
  readonly quorum: Quorum;
  readonly covers: Coverage;
  /** Counted from the day on which the step is asked for; null: whenever. */
  readonly dueInBusinessDays: number | null;
  /** Only where there is a due day to count from. */
  readonly escalation: Escalation | null;
};

/** The step that a rule adds. What it covers is known when the rule fires: the items that called for it. */
export type RuleStep = Omit<StepTemplate, 'covers'>;

/** Whether two steps ask the same people for the same thing; a route has each once. */
export const isSameStep = (one: RuleStep, other: RuleStep): boolean =>
  one.meaning === other.meaning && whoOf(one) === whoOf(other);

const whoOf = ({ signatories }: RuleStep): string => {
  const names = signatories.flatMap((each) =>
    each.kind === 'role' ? [`role ${each.role}`] : each.people.map(({ id }) => `person ${id}`),
  );
  return JSON.stringify([...new Set(names)].sort());
};

/** Why a step is in a route. */
export type StepReason =
  | { readonly kind: 'template'; readonly name: string }
  /** `items`: those of the rule's items that were changed. */
  | { readonly kind: 'rule'; readonly name: string; readonly items: readonly ItemKey[] };

/** A step of a revision's route. */
export type RouteStep = StepTemplate & { readonly because: readonly StepReason[] };

/** Whether signatures over items that were not changed stay valid after a 差戻し. */
export const carryOvers = ['none', 'untouchedItems'] as const;
export type CarryOver = (typeof carryOvers)[number];

/**
 * The route of a revision, fixed when it is submitted: the steps of the series in the order in which they are worked,
 * then those of 後閲.
 */
export type Route = {
  readonly templateId: string;
  readonly templateName: string;
  readonly templateVersion: number;
  readonly carryOver: CarryOver;
  /** Whether one person may sign two steps. Nobody signs what they wrote, whatever this says. */
  readonly oneSignsTwoSteps: boolean;
  readonly steps: readonly [RouteStep, ...RouteStep[]];
};
