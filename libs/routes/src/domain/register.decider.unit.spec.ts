import { specFor } from '@app/event-sourcing/testing';
import { readyMadeRules } from './ready-made';
import { chosenTemplate, initialState, type RouteEvent, type RoutingRule } from './register';
import { routeDecider, type RouteCommand } from './register.decider';
import type { StepTemplate } from './route';

const given = specFor(routeDecider);
const by = { id: 'admin', name: '管理 花子' };
const at = '2030-01-02T00:00:00.000Z';
const ada = { id: 'ada', name: '足立 愛' };
const ken = { id: 'ken', name: '剣持 健' };

const step = (changes: Partial<StepTemplate> = {}): StepTemplate => ({
  signatories: [{ kind: 'role', role: 'managementOfficer' }],
  meaning: 'approval',
  quorum: { kind: 'all' },
  covers: 'everything',
  dueInBusinessDays: 3,
  escalation: null,
  ...changes,
});
const content = { name: '簡易', carryOver: 'none', oneSignsTwoSteps: false } as const;
const save = (changes: Partial<Extract<RouteCommand, { type: 'SaveTemplate' }>> = {}): RouteCommand => ({
  type: 'SaveTemplate',
  templateId: 'short',
  ...content,
  steps: [step()],
  basedOn: 0,
  by,
  at,
  ...changes,
});
const saved = (version = 1, steps: readonly StepTemplate[] = [step()]): RouteEvent => ({
  type: 'RouteTemplateSaved',
  data: { templateId: 'short', version, ...content, steps, by, at },
});
const retired: RouteEvent = { type: 'RouteTemplateRetired', data: { templateId: 'short', by, at } };
const chosen: RouteEvent = { type: 'RouteChosen', data: { disclosureId: 'd1', templateId: 'short', by, at } };
const choose = (templateId: string): RouteCommand => ({
  type: 'ChooseTemplate',
  disclosureId: 'd1',
  templateId,
  by,
  at,
});
const retire = (templateId = 'short'): RouteCommand => ({ type: 'RetireTemplate', templateId, by, at });

describe('a route template', () => {
  it('is saved, and saved again as its next version', () => {
    given().when(save()).then(saved());
    const shorter = [step({ dueInBusinessDays: 1 })];
    given(saved())
      .when(save({ steps: shorter, basedOn: 1 }))
      .then(saved(2, shorter));
  });

  it('that says what it said before is left alone, whichever version was edited', () =>
    given(saved(), saved(2))
      .when(save({ basedOn: 1 }))
      .thenNothing());

  it('that somebody else has changed meanwhile is not overwritten', () => {
    given(saved())
      .when(save({ steps: [step({ dueInBusinessDays: 9 })], basedOn: 0 }))
      .thenRejected({ type: 'TemplateMovedOn', version: 1 });
    given()
      .when(save({ basedOn: 3 }))
      .thenRejected({ type: 'TemplateMovedOn', version: 0 });
  });

  it('needs steps, and one that approves the whole text', () => {
    given()
      .when(save({ steps: [] }))
      .thenRejected({ type: 'NoSteps' });
    for (const other of [{ meaning: 'review' }, { meaning: 'postReview' }, { covers: ['II-1'] }] as const) {
      given()
        .when(save({ steps: [step(other)] }))
        .thenRejected({ type: 'NoApproval' });
    }
  });

  it('does not ask for more signatures than it names people', () => {
    const twoOf = (people: readonly (typeof ada)[]) =>
      step({ signatories: [{ kind: 'people', people }], quorum: { kind: 'n', n: 2 } });
    given()
      .when(save({ steps: [step({ meaning: 'review' }), twoOf([ada, ada])] }))
      .thenRejected({ type: 'QuorumTooLarge', step: 1, n: 2, named: 1 });
    expect(given().when(save({ steps: [twoOf([ada, ken])] })).decision.outcome).toBe('accepted');
    // Who holds a role is known only when it is signed.
    const oneNamedAndARole = step({
      signatories: [
        { kind: 'people', people: [ada] },
        { kind: 'role', role: 'privacyOfficer' },
      ],
      quorum: { kind: 'n', n: 2 },
    });
    expect(given().when(save({ steps: [oneNamedAndARole] })).decision.outcome).toBe('accepted');
  });

  it('names somebody wherever it names people', () => {
    given()
      .when(save({ steps: [step({ signatories: [{ kind: 'people', people: [] }] })] }))
      .thenRejected({ type: 'NobodyNamed', step: 0 });
    given()
      .when(save({ steps: [step({ escalation: { afterBusinessDays: 1, to: { kind: 'people', people: [] } } })] }))
      .thenRejected({ type: 'NobodyNamed', step: 0 });
  });

  it('escalates only after a due day', () =>
    given()
      .when(
        save({
          steps: [
            step({
              dueInBusinessDays: null,
              escalation: { afterBusinessDays: 1, to: { kind: 'role', role: 'operationsOfficer' } },
            }),
          ],
        }),
      )
      .thenRejected({ type: 'EscalationWithoutDue', step: 0 }));

  it('does not ask the same people for the same thing twice', () =>
    given()
      .when(save({ steps: [step(), step({ quorum: { kind: 'any' }, dueInBusinessDays: 9 })] }))
      .thenRejected({ type: 'StepTwice', step: 1 }));

  it('has a name of its own among those in use', () => {
    given()
      .when(save({ name: '標準' }))
      .thenRejected({ type: 'NameTaken', name: '標準' });
    expect(given(saved(), retired).when(save({ templateId: 'other' })).decision.outcome).toBe('accepted');
  });
});

describe('the standard template', () => {
  it('is there from the start: 個人情報保護責任者 reviews, 管理責任者 approves', () => {
    const { steps, version } = chosenTemplate(initialState, 'any disclosure');
    expect(version).toBe(1);
    expect(steps.map(({ signatories, meaning }) => [signatories, meaning])).toEqual([
      [[{ kind: 'role', role: 'privacyOfficer' }], 'review'],
      [[{ kind: 'role', role: 'managementOfficer' }], 'approval'],
    ]);
  });

  it('can be edited, and not retired', () => {
    const { decision } = given().when(save({ templateId: 'standard', name: '標準', basedOn: 1 }));
    expect(decision).toMatchObject({ outcome: 'accepted', events: [{ data: { version: 2 } }] });
    given().when(retire('standard')).thenRejected({ type: 'StandardTemplateStays' });
  });
});

describe('the choice of a route', () => {
  it('is made, and made once', () => {
    given(saved()).when(choose('short')).then(chosen);
    given(saved(), chosen).when(choose('short')).thenNothing();
    given(saved()).when(choose('standard')).thenNothing();
  });

  it('is of a template that exists and is not retired', () => {
    given().when(choose('short')).thenRejected({ type: 'UnknownTemplate' });
    given(saved(), retired).when(choose('short')).thenRejected({ type: 'TemplateRetired' });
  });
});

describe('a retirement', () => {
  it('takes the template out of use, once', () => {
    given(saved()).when(retire()).then(retired);
    given(saved(), retired).when(retire()).thenNothing();
    given(saved(), retired)
      .when(save({ basedOn: 1 }))
      .thenRejected({ type: 'TemplateRetired' });
    given().when(retire()).thenRejected({ type: 'UnknownTemplate' });
  });

  it('waits until no disclosure uses it', () => {
    given(saved(), chosen)
      .when(retire())
      .thenRejected({ type: 'TemplateInUse', disclosureIds: ['d1'] });
    const back: RouteEvent = { type: 'RouteChosen', data: { disclosureId: 'd1', templateId: 'standard', by, at } };
    given(saved(), chosen, back).when(retire()).then(retired);
  });
});

describe('a routing rule', () => {
  const [rule] = readyMadeRules as readonly [RoutingRule, ...RoutingRule[]];
  const ruleSaved = (changes: Partial<RoutingRule> = {}): RouteEvent => ({
    type: 'RoutingRuleSaved',
    data: { ...rule, ...changes, by, at },
  });
  const saveRule = (changes: Partial<RoutingRule> = {}): RouteCommand => ({
    type: 'SaveRule',
    ...rule,
    ...changes,
    by,
    at,
  });

  it('is saved, switched on and removed; a repetition changes nothing', () => {
    given().when(saveRule()).then(ruleSaved());
    given(ruleSaved()).when(saveRule()).thenNothing();
    given(ruleSaved())
      .when(saveRule({ active: true }))
      .then(ruleSaved({ active: true }));
    const removal: RouteCommand = { type: 'RemoveRule', ruleId: rule.ruleId, by, at };
    const removed: RouteEvent = { type: 'RoutingRuleRemoved', data: { ruleId: rule.ruleId, by, at } };
    given(ruleSaved()).when(removal).then(removed);
    given(ruleSaved(), removed).when(removal).thenNothing();
  });

  it('is about items, has a name of its own, and a step that somebody can sign', () => {
    given()
      .when(saveRule({ itemKeys: [] }))
      .thenRejected({ type: 'NoItems' });
    given(ruleSaved())
      .when(saveRule({ ruleId: 'another' }))
      .thenRejected({ type: 'NameTaken', name: rule.name });
    given()
      .when(saveRule({ step: { ...rule.step, signatories: [{ kind: 'people', people: [] }] } }))
      .thenRejected({ type: 'NobodyNamed', step: 0 });
  });

  it('ready-made is about items of the standard form, each of them of one rule at most', () => {
    const form = [...Array(10).keys()].map((n) => `I-${n + 1}`).concat([...Array(16).keys()].map((n) => `II-${n + 1}`));
    const keys = readyMadeRules.flatMap(({ itemKeys }) => itemKeys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(form).toContain(key);
    for (const ready of readyMadeRules) {
      given()
        .when({ type: 'SaveRule', ...ready, by, at })
        .then({ type: 'RoutingRuleSaved', data: { ...ready, by, at } });
    }
  });
});
