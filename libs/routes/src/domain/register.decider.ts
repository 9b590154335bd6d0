import { canonicalHash } from '@app/content';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import {
  chosenTemplate,
  evolve,
  initialState,
  STANDARD_TEMPLATE,
  templateOf,
  type RouteEvent,
  type RouteRegister,
  type RoutingRule,
} from './register';
import { isSameStep, type CarryOver, type Person, type RuleStep, type StepTemplate } from './route';

/** People in steps come with the names they have now. */
export type RouteCommand = { readonly by: Person; readonly at: string } & (
  | {
      readonly type: 'SaveTemplate';
      readonly templateId: string;
      readonly name: string;
      readonly steps: readonly StepTemplate[];
      readonly carryOver: CarryOver;
      readonly oneSignsTwoSteps: boolean;
      /** The version that was edited; 0 for a new template. */
      readonly basedOn: number;
    }
  | { readonly type: 'RetireTemplate'; readonly templateId: string }
  | ({ readonly type: 'SaveRule' } & RoutingRule)
  | { readonly type: 'RemoveRule'; readonly ruleId: string }
  | { readonly type: 'ChooseTemplate'; readonly disclosureId: string; readonly templateId: string }
);

/** What is wrong with a step; `step` counts from 0 (0 for that of a rule). */
export type StepRejection =
  | { readonly type: 'NobodyNamed'; readonly step: number }
  | { readonly type: 'QuorumTooLarge'; readonly step: number; readonly n: number; readonly named: number }
  | { readonly type: 'EscalationWithoutDue'; readonly step: number };

export type RouteRejection =
  | StepRejection
  | { readonly type: 'NoSteps' }
  | { readonly type: 'NoApproval' }
  | { readonly type: 'StepTwice'; readonly step: number }
  | { readonly type: 'NameTaken'; readonly name: string }
  | { readonly type: 'TemplateMovedOn'; readonly version: number }
  | { readonly type: 'UnknownTemplate' }
  | { readonly type: 'TemplateRetired' }
  | { readonly type: 'TemplateInUse'; readonly disclosureIds: readonly string[] }
  | { readonly type: 'StandardTemplateStays' }
  | { readonly type: 'NoItems' };

type Outcome = Decision<RouteEvent, RouteRejection>;
type Command<T extends RouteCommand['type']> = Extract<RouteCommand, { type: T }>;

export const decide = (command: RouteCommand, state: RouteRegister): Outcome => {
  switch (command.type) {
    case 'SaveTemplate':
      return saveTemplate(command, state);
    case 'RetireTemplate':
      return retireTemplate(command, state);
    case 'SaveRule':
      return saveRule(command, state);
    case 'RemoveRule': {
      const { ruleId, by, at } = command;
      const known = state.rules.some((rule) => rule.ruleId === ruleId);
      return known ? accept({ type: 'RoutingRuleRemoved', data: { ruleId, by, at } }) : accept();
    }
    case 'ChooseTemplate':
      return chooseTemplate(command, state);
    default:
      return assertNever(command);
  }
};

const saveTemplate = (command: Command<'SaveTemplate'>, state: RouteRegister): Outcome => {
  const { templateId, name, steps, carryOver, oneSignsTwoSteps, basedOn, by, at } = command;
  const present = templateOf(state, templateId);
  const content = { name, steps, carryOver, oneSignsTwoSteps };
  if (present?.retired) return reject({ type: 'TemplateRetired' });
  // Asked twice, or saved without a change.
  if (present && isSame(content, contentOf(present))) return accept();
  if (basedOn !== (present?.version ?? 0)) return reject({ type: 'TemplateMovedOn', version: present?.version ?? 0 });
  const others = state.templates.filter((other) => other.templateId !== templateId && !other.retired);
  if (others.some((other) => other.name === name)) return reject({ type: 'NameTaken', name });

  if (steps.length === 0) return reject({ type: 'NoSteps' });
  const fault = steps.flatMap(faultsOf)[0];
  if (fault) return reject(fault);
  const twice = steps.findIndex((step, index) => steps.slice(0, index).some((earlier) => isSameStep(earlier, step)));
  if (twice !== -1) return reject({ type: 'StepTwice', step: twice });
  // Somebody has to approve the whole text: nothing is published that nobody vouches for.
  if (!steps.some(({ meaning, covers }) => meaning === 'approval' && covers === 'everything')) {
    return reject({ type: 'NoApproval' });
  }
  return accept({ type: 'RouteTemplateSaved', data: { templateId, version: basedOn + 1, ...content, by, at } });
};

const contentOf = ({ name, steps, carryOver, oneSignsTwoSteps }: RouteRegister['templates'][number]) => ({
  name,
  steps,
  carryOver,
  oneSignsTwoSteps,
});

const retireTemplate = ({ templateId, by, at }: Command<'RetireTemplate'>, state: RouteRegister): Outcome => {
  const template = templateOf(state, templateId);
  if (!template) return reject({ type: 'UnknownTemplate' });
  if (template.retired) return accept();
  if (templateId === STANDARD_TEMPLATE) return reject({ type: 'StandardTemplateStays' });
  const disclosureIds = Object.keys(state.choices).filter((id) => state.choices[id] === templateId);
  if (disclosureIds.length > 0) return reject({ type: 'TemplateInUse', disclosureIds });
  return accept({ type: 'RouteTemplateRetired', data: { templateId, by, at } });
};

const saveRule = (command: Command<'SaveRule'>, state: RouteRegister): Outcome => {
  const { by, at, ruleId, name, itemKeys, step, place, active } = command;
  const rule: RoutingRule = { ruleId, name, itemKeys: [...new Set(itemKeys)], step, place, active };
  const present = state.rules.find((other) => other.ruleId === ruleId);
  if (present && isSame(rule, present)) return accept();
  if (state.rules.some((other) => other.ruleId !== ruleId && other.name === name)) {
    return reject({ type: 'NameTaken', name });
  }
  if (itemKeys.length === 0) return reject({ type: 'NoItems' });
  const fault = faultsOf(step, 0)[0];
  if (fault) return reject(fault);
  return accept({ type: 'RoutingRuleSaved', data: { ...rule, by, at } });
};

const chooseTemplate = (
  { disclosureId, templateId, by, at }: Command<'ChooseTemplate'>,
  state: RouteRegister,
): Outcome => {
  const template = templateOf(state, templateId);
  if (!template) return reject({ type: 'UnknownTemplate' });
  if (template.retired) return reject({ type: 'TemplateRetired' });
  if (chosenTemplate(state, disclosureId).templateId === templateId) return accept();
  return accept({ type: 'RouteChosen', data: { disclosureId, templateId, by, at } });
};

const faultsOf = ({ signatories, quorum, dueInBusinessDays, escalation }: RuleStep, step: number): StepRejection[] => {
  const named = new Set(signatories.flatMap((each) => (each.kind === 'people' ? each.people.map(({ id }) => id) : [])));
  const everybodyIsNamed = signatories.every(({ kind }) => kind === 'people');
  const empty = [...signatories, ...(escalation ? [escalation.to] : [])].some(
    (each) => each.kind === 'people' && each.people.length === 0,
  );
  if (empty) return [{ type: 'NobodyNamed', step }];
  if (everybodyIsNamed && quorum.kind === 'n' && quorum.n > named.size) {
    return [{ type: 'QuorumTooLarge', step, n: quorum.n, named: named.size }];
  }
  return escalation && dueInBusinessDays === null ? [{ type: 'EscalationWithoutDue', step }] : [];
};

const isSame = (one: unknown, other: unknown): boolean => canonicalHash(one) === canonicalHash(other);

export const routeDecider: Decider<RouteCommand, RouteRegister, RouteEvent, RouteRejection> = {
  initialState,
  evolve,
  decide,
};
