import { keyOf, recipientOf } from './recipient-key';
import type { Escalation, Ladder, Recipient, Step } from './reminding-api';

/** Numbers as a field has them: empty, or not yet one. */
type Typed = number | string;

export type EscalationDraft = { readonly on: boolean; readonly after: Typed; readonly to: readonly string[] };
export type StepDraft = {
  /** Tells the rows apart while they are edited. */
  readonly id: number;
  readonly unit: 'months' | 'days';
  readonly amount: Typed;
  /** Keys of recipients; empty: those of the ladder. */
  readonly to: readonly string[];
  readonly escalate: EscalationDraft;
};
/** A ladder while it is edited. */
export type LadderDraft = {
  readonly name: string;
  readonly steps: readonly StepDraft[];
  readonly overdue: 'once' | 'daily' | 'every';
  readonly overdueDays: Typed;
  readonly businessDays: Ladder['businessDays'];
  readonly to: readonly string[];
  readonly escalateOverdue: EscalationDraft;
};

const keysOf = (to: readonly Recipient[]): string[] => to.map(keyOf);
const escalationDraft = (escalation: Escalation | undefined): EscalationDraft => ({
  on: escalation !== undefined,
  after: escalation?.afterBusinessDays ?? 3,
  to: keysOf(escalation?.to ?? []),
});

export const stepDraft = (id: number, step: Step): StepDraft => ({
  id,
  ...('months' in step
    ? { unit: 'months' as const, amount: step.months }
    : { unit: 'days' as const, amount: step.days }),
  to: keysOf(step.to ?? []),
  escalate: escalationDraft(step.escalate),
});

export const draftOf = (name: string, ladder: Ladder): LadderDraft => ({
  name,
  steps: ladder.before.map((step, index) => stepDraft(index, step)),
  overdue: ladder.overdueEveryDays === null ? 'once' : ladder.overdueEveryDays === 1 ? 'daily' : 'every',
  overdueDays: ladder.overdueEveryDays ?? 7,
  businessDays: ladder.businessDays,
  to: keysOf(ladder.to),
  escalateOverdue: escalationDraft(ladder.escalateOverdue),
});

export const isWhole = (typed: Typed, least: number): typed is number =>
  typeof typed === 'number' && Number.isInteger(typed) && typed >= least;

/** The ladder that was meant, or null while a number or a recipient is missing. Whether it makes sense is the server's to say. */
export const ladderOf = (draft: LadderDraft): Ladder | null => {
  const before = draft.steps.map(stepOf);
  const escalateOverdue = escalationOf(draft.escalateOverdue);
  const overdueEveryDays = draft.overdue === 'once' ? null : draft.overdue === 'daily' ? 1 : draft.overdueDays;
  if (overdueEveryDays !== null && !isWhole(overdueEveryDays, 1)) return null;
  if (escalateOverdue === null || before.includes(null) || draft.to.length === 0) return null;
  return {
    before: before.filter((step) => step !== null),
    overdueEveryDays,
    businessDays: draft.businessDays,
    to: draft.to.map(recipientOf),
    ...(escalateOverdue && { escalateOverdue }),
  };
};

const stepOf = ({ unit, amount, to, escalate }: StepDraft): Step | null => {
  const escalation = escalationOf(escalate);
  if (!isWhole(amount, unit === 'months' ? 1 : 0) || escalation === null) return null;
  return {
    ...(unit === 'months' ? { months: amount } : { days: amount }),
    ...(to.length > 0 && { to: to.map(recipientOf) }),
    ...(escalation && { escalate: escalation }),
  };
};

/** undefined where there is none; null where it is not complete. */
const escalationOf = ({ on, after, to }: EscalationDraft): Escalation | undefined | null => {
  if (!on) return undefined;
  return isWhole(after, 1) && to.length > 0 ? { afterBusinessDays: after, to: to.map(recipientOf) } : null;
};
