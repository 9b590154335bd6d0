import { chosenTemplate, type RouteRegister, type RoutingRule } from './register';
import {
  isSameStep,
  type Coverage,
  type Escalation,
  type ItemKey,
  type Quorum,
  type Route,
  type RouteStep,
} from './route';

/**
 * The route of a revision that changes these items (in reading order), with the reasons for every step.
 *
 * The steps are those of the disclosure's template, and those that rules add for items they name. A rule that asks for
 * what is there already (same signatories, same meaning) adds its reason to that step, and makes it no weaker: the
 * stricter quorum of both holds, what either covers is covered, and the earlier due day counts. Of two escalations that
 * which comes first holds: a step has one next in line, and one that comes later would come for nothing. The steps of 後閲
 * come last.
 */
export const routeFor = (register: RouteRegister, disclosureId: string, changedItems: readonly ItemKey[]): Route => {
  const template = chosenTemplate(register, disclosureId);
  const { templateId, name, version, carryOver, oneSignsTwoSteps } = template;

  const planned = template.steps.map((step): Placed => {
    return { step: { ...step, because: [{ kind: 'template', name }] }, place: 'template' };
  });
  const called = register.rules.flatMap((rule) => {
    const items = changedItems.filter((item) => rule.itemKeys.includes(item));
    return rule.active && items.length > 0 ? [calledBy(rule, items)] : [];
  });
  const all = called.reduce(withCalled, planned);

  const inSeries = all.filter(({ step }) => step.meaning !== 'postReview');
  const from = (place: Placed['place']) => inSeries.filter((each) => each.place === place);
  const own = from('template');
  const approval = own.findIndex(({ step }) => step.meaning === 'approval');
  const [first, ...more] = [
    ...from('first'),
    ...own.slice(0, approval),
    ...from('beforeApproval'),
    ...own.slice(approval),
    ...all.filter(({ step }) => step.meaning === 'postReview'),
  ].map(({ step }) => step);
  if (!first) throw new Error(`The route template ${templateId} has no steps`);
  return {
    templateId,
    templateName: name,
    templateVersion: version,
    carryOver,
    oneSignsTwoSteps,
    steps: [first, ...more],
  };
};

type Placed = { readonly step: RouteStep; readonly place: 'template' | RoutingRule['place'] };

const calledBy = ({ name, step, place }: RoutingRule, items: readonly ItemKey[]): Placed => ({
  step: { ...step, covers: items, because: [{ kind: 'rule', name, items }] },
  place,
});

const withCalled = (steps: readonly Placed[], called: Placed): readonly Placed[] =>
  steps.some(({ step }) => isSameStep(step, called.step))
    ? steps.map((each) =>
        isSameStep(each.step, called.step) ? { ...each, step: merged(each.step, called.step) } : each,
      )
    : [...steps, called];

const merged = (one: RouteStep, other: RouteStep): RouteStep => ({
  ...one,
  quorum: stricterOf(one.quorum, other.quorum),
  covers: bothCovered(one.covers, other.covers),
  dueInBusinessDays: earlierOf(one.dueInBusinessDays, other.dueInBusinessDays),
  escalation: firstOf(one, other),
  because: [...one.because, ...other.because],
});

/** `any` asks for one, `n` for several, `all` for everybody who may sign. */
const stricterOf = (one: Quorum, other: Quorum): Quorum => {
  if (one.kind === 'all' || other.kind === 'any') return one;
  if (other.kind === 'all' || one.kind === 'any') return other;
  return one.n >= other.n ? one : other;
};

/** Business days; null: whenever. */
const earlierOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

/** The escalation whose day comes first, told by the step that it was set for; the earlier due day moves it forward. */
const firstOf = (one: RouteStep, other: RouteStep): Escalation | null => {
  const dayOf = ({ dueInBusinessDays, escalation }: RouteStep) =>
    escalation === null ? Infinity : (dueInBusinessDays ?? 0) + escalation.afterBusinessDays;
  return dayOf(one) <= dayOf(other) ? one.escalation : other.escalation;
};

const bothCovered = (one: Coverage, other: Coverage): Coverage =>
  one === 'everything' || other === 'everything' ? 'everything' : [...new Set([...one, ...other])];
