import fc from 'fast-check';
import { initialState, type RouteRegister, type RoutingRule } from './register';
import { routeDecider } from './register.decider';
import { isSameStep, meanings, type RouteStep, type RuleStep, type StepTemplate } from './route';
import { routeFor } from './route-for';

const form = ['I-1', 'I-2', 'I-3', 'II-1', 'II-2', 'II-3'];
const role = (name: 'privacyOfficer' | 'managementOfficer' | 'systemAdministrator' | 'operationsOfficer') =>
  ({ kind: 'role', role: name }) as const;

const aRule = (changes: Partial<RoutingRule> & { readonly step?: RuleStep } = {}): RoutingRule => ({
  ruleId: 'network',
  name: '構成',
  itemKeys: ['II-1', 'II-3'],
  step: {
    signatories: [role('systemAdministrator')],
    meaning: 'review',
    quorum: { kind: 'any' },
    dueInBusinessDays: 5,
    escalation: null,
  },
  place: 'beforeApproval',
  active: true,
  ...changes,
});
const withRules = (...rules: readonly RoutingRule[]): RouteRegister => ({ ...initialState, rules });
const who = ({ signatories }: RouteStep) =>
  signatories.map((each) => (each.kind === 'role' ? each.role : each.people.map(({ id }) => id).join()));

describe('the route of a revision', () => {
  it('is the standard one while no rule fires', () => {
    const route = routeFor(withRules(aRule()), 'd1', ['I-1', 'II-2']);
    expect(route).toMatchObject({ templateId: 'standard', templateName: '標準', templateVersion: 1 });
    expect(route.steps.map(who)).toEqual([['privacyOfficer'], ['managementOfficer']]);
    expect(route.steps.map(({ because }) => because)).toEqual([
      [{ kind: 'template', name: '標準' }],
      [{ kind: 'template', name: '標準' }],
    ]);
  });

  it('has the step of a rule that fires, covering what called for it, and says why', () => {
    const { steps } = routeFor(withRules(aRule()), 'd1', ['I-1', 'II-3', 'II-1']);
    expect(steps.map(who)).toEqual([['privacyOfficer'], ['systemAdministrator'], ['managementOfficer']]);
    expect(steps[1]).toMatchObject({
      covers: ['II-3', 'II-1'],
      because: [{ kind: 'rule', name: '構成', items: ['II-3', 'II-1'] }],
    });
  });

  it('has it before all others where the rule says so', () =>
    expect(routeFor(withRules(aRule({ place: 'first' })), 'd1', ['II-1']).steps.map(who)).toEqual([
      ['systemAdministrator'],
      ['privacyOfficer'],
      ['managementOfficer'],
    ]));

  it('is no different for a rule at rest', () =>
    expect(routeFor(withRules(aRule({ active: false })), 'd1', ['II-1']).steps).toHaveLength(2));

  it('gains a reason, not a step, where the rule asks for what is there', () => {
    const same = aRule({ step: { ...aRule().step, signatories: [role('privacyOfficer')] } });
    const { steps } = routeFor(withRules(same), 'd1', ['II-1']);
    expect(steps.map(who)).toEqual([['privacyOfficer'], ['managementOfficer']]);
    expect(steps[0]).toMatchObject({
      covers: 'everything',
      quorum: { kind: 'all' },
      because: [
        { kind: 'template', name: '標準' },
        { kind: 'rule', name: '構成', items: ['II-1'] },
      ],
    });
  });

  it('is no weaker for a second rule about the same people', () => {
    const strict = aRule({
      ruleId: 'risk',
      name: 'リスク',
      itemKeys: ['II-2'],
      step: { ...aRule().step, quorum: { kind: 'n', n: 2 } },
    });
    const { steps } = routeFor(withRules(aRule(), strict), 'd1', ['II-1', 'II-2']);
    expect(steps[1]).toMatchObject({ covers: ['II-1', 'II-2'], quorum: { kind: 'n', n: 2 } });
    expect(steps).toHaveLength(3);
  });

  it('is as urgent as the more urgent of the template and the rules, and escalates to the first next in line', () => {
    const escalation = (afterBusinessDays: number, name: 'operationsOfficer' | 'managementOfficer') => ({
      afterBusinessDays,
      to: role(name),
    });
    const asking = (ruleId: string, changes: Partial<RuleStep>) =>
      aRule({ ruleId, name: ruleId, step: { ...aRule().step, signatories: [role('privacyOfficer')], ...changes } });
    const first = (...rules: readonly RoutingRule[]) => routeFor(withRules(...rules), 'd1', ['II-1']).steps[0];

    // The template's own step: within five business days, and no escalation.
    expect(first(asking('later', { dueInBusinessDays: 9 }))).toMatchObject({ dueInBusinessDays: 5, escalation: null });
    expect(first(asking('whenever', { dueInBusinessDays: null }))).toMatchObject({ dueInBusinessDays: 5 });
    const early = asking('early', { dueInBusinessDays: 2, escalation: escalation(3, 'operationsOfficer') });
    expect(first(early)).toMatchObject({ dueInBusinessDays: 2, escalation: escalation(3, 'operationsOfficer') });
    const sooner = asking('sooner', { dueInBusinessDays: 3, escalation: escalation(1, 'managementOfficer') });
    for (const rules of [
      [early, sooner],
      [sooner, early],
    ])
      expect(first(...rules)).toMatchObject({ dueInBusinessDays: 2, escalation: escalation(1, 'managementOfficer') });
  });

  it('has the steps of 後閲 at its end', () => {
    const read: StepTemplate = { ...aRule().step, covers: 'everything', meaning: 'postReview' };
    const [standard] = initialState.templates;
    const first = { ...initialState, templates: [{ ...standard!, steps: [read, ...standard!.steps] }] };
    expect(routeFor(first, 'd1', ['I-1']).steps.map(({ meaning }) => meaning)).toEqual([
      'review',
      'approval',
      'postReview',
    ]);
  });

  it('follows the template that the disclosure has chosen', () => {
    const [standard] = initialState.templates;
    const short = { ...standard!, templateId: 'short', name: '簡易', version: 4, steps: standard!.steps.slice(1) };
    const register = { ...initialState, templates: [standard!, short], choices: { d2: 'short' } };
    expect(routeFor(register, 'd1', ['I-1'])).toMatchObject({ templateId: 'standard' });
    expect(routeFor(register, 'd2', ['I-1'])).toMatchObject({ templateName: '簡易', templateVersion: 4 });
  });
});

describe('any route', () => {
  const people = ['ada', 'ken', 'leo'].map((id) => ({ id, name: id }));
  const signatories = fc.oneof(
    fc.constantFrom('privacyOfficer', 'managementOfficer', 'systemAdministrator').map((name) => role(name as never)),
    fc.subarray(people, { minLength: 1 }).map((named) => ({ kind: 'people', people: named }) as const),
  );
  const ruleStep: fc.Arbitrary<RuleStep> = fc.record({
    signatories: fc.array(signatories, { minLength: 1, maxLength: 2 }).map((all) => all as never),
    meaning: fc.constantFrom(...meanings),
    quorum: fc.constantFrom({ kind: 'all' } as const, { kind: 'any' } as const, { kind: 'n', n: 1 } as const),
    dueInBusinessDays: fc.constantFrom(null, 3),
    escalation: fc.constant(null),
  });
  const items = fc.subarray(form, { minLength: 1 });
  const rule = fc.record({
    name: fc.constantFrom('構成', '運用', 'リスク', '組織'),
    itemKeys: items,
    step: ruleStep,
    place: fc.constantFrom('first' as const, 'beforeApproval' as const),
    active: fc.boolean(),
  });
  const steps = fc.array(fc.record({ step: ruleStep, covers: fc.oneof(fc.constant('everything' as const), items) }), {
    maxLength: 4,
  });
  const by = { id: 'admin', name: '管理 花子' };
  const at = '2030-01-02T00:00:00.000Z';

  /** What the decider lets into the register of an arbitrary template and arbitrary rules. */
  const register = fc.record({ steps, rules: fc.array(rule, { maxLength: 5 }) }).map(({ steps: asked, rules }) =>
    [
      {
        type: 'SaveTemplate' as const,
        templateId: 'standard',
        name: '標準',
        steps: asked.map(({ step, covers }) => ({ ...step, covers })),
        carryOver: 'none' as const,
        oneSignsTwoSteps: false,
        basedOn: 1,
        by,
        at,
      },
      ...rules.map((each, index) => ({ type: 'SaveRule' as const, ruleId: `r${index}`, ...each, by, at })),
    ].reduce((state, command) => {
      const decision = routeDecider.decide(command, state);
      return decision.outcome === 'accepted' ? decision.events.reduce(routeDecider.evolve, state) : state;
    }, routeDecider.initialState),
  );
  const always = (holds: (state: RouteRegister, changed: readonly string[]) => void) =>
    fc.assert(fc.property(register, items, holds), { numRuns: 300 });

  it('says of every step why it is there', () =>
    always((state, changed) => {
      for (const step of routeFor(state, 'd1', changed).steps) expect(step.because.length).toBeGreaterThan(0);
    }));

  it('has the reason of a rule exactly when the rule is active and one of its items was changed', () =>
    always((state, changed) => {
      const reasons = routeFor(state, 'd1', changed).steps.flatMap(({ because }) => because);
      const fired = reasons.flatMap((reason) => (reason.kind === 'rule' ? [[reason.name, ...reason.items]] : []));
      const expected = state.rules
        .filter(({ active, itemKeys }) => active && itemKeys.some((item) => changed.includes(item)))
        .map(({ name, itemKeys }) => [name, ...changed.filter((item) => itemKeys.includes(item))]);
      expect(fired.map(String).sort()).toEqual(expected.map(String).sort());
    }));

  it('has no step twice', () =>
    always((state, changed) => {
      const { steps: all } = routeFor(state, 'd1', changed);
      all.forEach((step, index) => expect(all.findIndex((other) => isSameStep(other, step))).toBe(index));
    }));

  it('keeps every step of the template, in its order, and lets somebody approve the whole text', () =>
    always((state, changed) => {
      const { steps: all } = routeFor(state, 'd1', changed);
      const own = (state.templates[0]?.steps ?? []).filter(({ meaning }) => meaning !== 'postReview');
      const places = own.map((step) => all.findIndex((other) => isSameStep(other, step)));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(all.some(({ meaning, covers }) => meaning === 'approval' && covers === 'everything')).toBe(true);
      const series = all.findIndex(({ meaning }) => meaning === 'postReview');
      if (series !== -1) expect(all.slice(series).every(({ meaning }) => meaning === 'postReview')).toBe(true);
    }));

  it('covers what each rule that fires is about', () =>
    always((state, changed) => {
      for (const { covers, because } of routeFor(state, 'd1', changed).steps) {
        const asked = because.flatMap((reason) => (reason.kind === 'rule' ? reason.items : []));
        if (covers !== 'everything') expect(covers).toEqual(expect.arrayContaining([...asked]));
      }
    }));
});
