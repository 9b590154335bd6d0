import { assertNever } from '@app/event-sourcing';
import type { CarryOver, ItemKey, Person, RuleStep, StepTemplate } from './route';

type By = { readonly by: Person; /** UTC, ISO 8601. */ readonly at: string };

/** Where a rule puts its step: before all others, or right before the first approval. */
export const rulePlaces = ['first', 'beforeApproval'] as const;
export type RulePlace = (typeof rulePlaces)[number];

/** Adds its step to the route of a revision that changes one of these items. */
export type RoutingRule = {
  readonly ruleId: string;
  readonly name: string;
  readonly itemKeys: readonly ItemKey[];
  readonly step: RuleStep;
  readonly place: RulePlace;
  /** A rule at rest is kept, and adds nothing. */
  readonly active: boolean;
};

// What can have happened -------------------------------------------------

export type RouteEvent =
  | {
      readonly type: 'RouteTemplateSaved';
      readonly data: By & {
        readonly templateId: string;
        readonly name: string;
        /** Counts from 1. */
        readonly version: number;
        readonly steps: readonly StepTemplate[];
        readonly carryOver: CarryOver;
        readonly oneSignsTwoSteps: boolean;
      };
    }
  | { readonly type: 'RouteTemplateRetired'; readonly data: By & { readonly templateId: string } }
  | { readonly type: 'RoutingRuleSaved'; readonly data: By & RoutingRule }
  | { readonly type: 'RoutingRuleRemoved'; readonly data: By & { readonly ruleId: string } }
  | {
      readonly type: 'RouteChosen';
      readonly data: By & { readonly disclosureId: string; readonly templateId: string };
    };

// What is true now -------------------------------------------------------

/** 回付経路のひな形. Routes of revisions that are in review are copies: no later version touches them. */
export type RouteTemplate = {
  readonly templateId: string;
  readonly name: string;
  readonly version: number;
  readonly steps: readonly StepTemplate[];
  readonly carryOver: CarryOver;
  readonly oneSignsTwoSteps: boolean;
  /** No disclosure can choose it any more. */
  readonly retired: boolean;
};

/** Templates and rules in the order in which they were first saved. */
export type RouteRegister = {
  readonly templates: readonly RouteTemplate[];
  readonly rules: readonly RoutingRule[];
  /** Which template a disclosure has chosen; the others have the standard one. */
  readonly choices: { readonly [disclosureId: string]: string };
};

export const STANDARD_TEMPLATE = 'standard';

const officer = (role: 'privacyOfficer' | 'managementOfficer', meaning: 'review' | 'approval'): StepTemplate => ({
  signatories: [{ kind: 'role', role }],
  meaning,
  quorum: { kind: 'all' },
  covers: 'everything',
  dueInBusinessDays: 5,
  escalation: null,
});

/** There from the start, and first: 個人情報保護責任者 reviews, 管理責任者 approves. */
export const initialState: RouteRegister = {
  templates: [
    {
      templateId: STANDARD_TEMPLATE,
      name: '標準',
      version: 1,
      steps: [officer('privacyOfficer', 'review'), officer('managementOfficer', 'approval')],
      carryOver: 'untouchedItems',
      oneSignsTwoSteps: false,
      retired: false,
    },
  ],
  rules: [],
  choices: {},
};

export const evolve = (state: RouteRegister, event: RouteEvent): RouteRegister => {
  switch (event.type) {
    case 'RouteTemplateSaved': {
      const { templateId, name, version, steps, carryOver, oneSignsTwoSteps } = event.data;
      const saved = { templateId, name, version, steps, carryOver, oneSignsTwoSteps, retired: false };
      return { ...state, templates: replaced(state.templates, saved, (other) => other.templateId === templateId) };
    }
    case 'RouteTemplateRetired': {
      const { templateId } = event.data;
      return {
        ...state,
        templates: state.templates.map((template) =>
          template.templateId === templateId ? { ...template, retired: true } : template,
        ),
      };
    }
    case 'RoutingRuleSaved': {
      const { ruleId, name, itemKeys, step, place, active } = event.data;
      const saved = { ruleId, name, itemKeys, step, place, active };
      return { ...state, rules: replaced(state.rules, saved, (other) => other.ruleId === ruleId) };
    }
    case 'RoutingRuleRemoved':
      return { ...state, rules: state.rules.filter(({ ruleId }) => ruleId !== event.data.ruleId) };
    case 'RouteChosen':
      return { ...state, choices: { ...state.choices, [event.data.disclosureId]: event.data.templateId } };
    default:
      return assertNever(event);
  }
};

/** The list with the one in the place of that which it replaces, or at the end. */
const replaced = <T>(list: readonly T[], one: T, isOld: (other: T) => boolean): readonly T[] =>
  list.some(isOld) ? list.map((other) => (isOld(other) ? one : other)) : [...list, one];

// Questions about the state ----------------------------------------------

export const templateOf = ({ templates }: RouteRegister, templateId: string): RouteTemplate | undefined =>
  templates.find((template) => template.templateId === templateId);

/** The template that a disclosure's next revision follows. */
export const chosenTemplate = (register: RouteRegister, disclosureId: string): RouteTemplate => {
  const { choices } = register;
  const chosen = Object.hasOwn(choices, disclosureId) ? choices[disclosureId] : undefined;
  const template = templateOf(register, chosen ?? STANDARD_TEMPLATE);
  if (!template) throw new Error(`The register has no route template ${chosen ?? STANDARD_TEMPLATE}`);
  return template;
};
