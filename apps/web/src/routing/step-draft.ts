import {
  meanings,
  type Meaning,
  type Quorum,
  type RuleStep,
  type Signatories,
  type StepTemplate,
} from '@app/routes/domain/route';
import { officerRoles, type OfficerRole } from '@app/officers/domain/officer-role';

export { meanings, officerRoles };

/** Who may sign, as a choice in a list: `role:privacyOfficer`, `person:{userId}`. */
export type Chosen = string;
export type People = readonly { readonly id: string; readonly name: string }[];

/** A step while somebody types: it may lack what a step must have. */
export type StepDraft = {
  readonly who: readonly Chosen[];
  readonly meaning: Meaning;
  readonly quorum: Quorum['kind'];
  readonly n: number | null;
  readonly due: number | null;
  readonly escalates: boolean;
  readonly escalationAfter: number | null;
  readonly escalationTo: Chosen | null;
  /** Kept as it was; a rule's step has none of its own, it covers the items that called for it. */
  readonly covers: StepTemplate['covers'];
};

export const emptyStep: StepDraft = {
  who: [],
  meaning: 'review',
  quorum: 'all',
  n: 2,
  due: 5,
  escalates: false,
  escalationAfter: 2,
  escalationTo: null,
  covers: 'everything',
};

/** A step in a list of them; the key keeps what is typed with its step when steps change places. */
export type Row = {
  readonly key: number;
  readonly draft: StepDraft;
  /** Somebody tried to save it since it was added: say what is missing. */
  readonly checked: boolean;
};
export const rowOf = (key: number, draft: StepDraft): Row => ({ key, draft, checked: false });
export const checkedRows = (rows: readonly Row[]): readonly Row[] => rows.map((row) => ({ ...row, checked: true }));

const choicesOf = (signatories: readonly Signatories[]): readonly Chosen[] =>
  signatories.flatMap((of) => (of.kind === 'role' ? [`role:${of.role}`] : of.people.map(({ id }) => `person:${id}`)));

export const draftOf = (step: RuleStep & Partial<Pick<StepTemplate, 'covers'>>): StepDraft => ({
  who: choicesOf(step.signatories),
  meaning: step.meaning,
  quorum: step.quorum.kind,
  n: step.quorum.kind === 'n' ? step.quorum.n : emptyStep.n,
  due: step.dueInBusinessDays,
  escalates: step.escalation !== null,
  escalationAfter: step.escalation?.afterBusinessDays ?? emptyStep.escalationAfter,
  escalationTo: step.escalation === null ? null : (choicesOf([step.escalation.to])[0] ?? null),
  covers: step.covers ?? 'everything',
});

const roleOf = (chosen: Chosen): OfficerRole | undefined => officerRoles.find((role) => chosen === `role:${role}`);

/** Offices first, in the order chosen; all people named are one group. Whoever is not known any more is left out. */
const signatoriesOf = (chosen: readonly Chosen[], people: People): readonly Signatories[] => {
  const roles = chosen.map(roleOf).filter((role) => role !== undefined);
  const named = chosen.flatMap((one) => people.filter(({ id }) => one === `person:${id}`));
  return [
    ...roles.map((role) => ({ kind: 'role', role }) as const),
    ...(named.length === 0 ? [] : [{ kind: 'people', people: named.map(({ id, name }) => ({ id, name })) } as const]),
  ];
};

export type StepProblem = 'whoMissing' | 'nMissing' | 'escalationMissing' | 'escalationNeedsDue';

/** What has to be filled in before the draft is a step. */
export const problemsOf = (draft: StepDraft, people: People): readonly StepProblem[] => [
  ...(signatoriesOf(draft.who, people).length === 0 ? (['whoMissing'] as const) : []),
  ...(draft.quorum === 'n' && (draft.n ?? 0) < 1 ? (['nMissing'] as const) : []),
  ...(draft.escalates && draft.due === null ? (['escalationNeedsDue'] as const) : []),
  ...(draft.escalates && (draft.escalationAfter === null || signatoriesOf(escalationIn(draft), people).length === 0)
    ? (['escalationMissing'] as const)
    : []),
];

const escalationIn = ({ escalationTo }: StepDraft): readonly Chosen[] => (escalationTo === null ? [] : [escalationTo]);

/** @returns null while the draft is not a step yet */
export const stepOf = (draft: StepDraft, people: People): StepTemplate | null => {
  const [first, ...others] = signatoriesOf(draft.who, people);
  const [to] = signatoriesOf(escalationIn(draft), people);
  if (first === undefined || problemsOf(draft, people).length > 0) return null;
  return {
    signatories: [first, ...others],
    meaning: draft.meaning,
    quorum: draft.quorum === 'n' ? { kind: 'n', n: draft.n ?? 1 } : { kind: draft.quorum },
    covers: draft.covers,
    dueInBusinessDays: draft.due,
    escalation: draft.escalates && to !== undefined ? { afterBusinessDays: draft.escalationAfter ?? 0, to } : null,
  };
};
