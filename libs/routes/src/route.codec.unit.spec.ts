import type { RouteEvent } from './domain/register';
import { routeCodec } from './route.codec';

/** As they were stored. Lines are added, never changed. */
const golden: readonly (readonly [stored: string, event: RouteEvent])[] = [
  [
    '{"type":"RouteTemplateSaved","schemaVersion":1,"data":{"by":{"id":"u9","name":"管理 花子"},"at":"2030-03-01T00:00:00.000Z","templateId":"short","name":"簡易","version":2,"steps":[{"signatories":[{"kind":"role","role":"managementOfficer"},{"kind":"people","people":[{"id":"u1","name":"足立 愛"}]}],"meaning":"approval","quorum":{"kind":"n","n":2},"dueInBusinessDays":3,"escalation":{"afterBusinessDays":2,"to":{"kind":"role","role":"operationsOfficer"}},"covers":"everything"},{"signatories":[{"kind":"people","people":[{"id":"u1","name":"足立 愛"}]}],"meaning":"postReview","quorum":{"kind":"any"},"dueInBusinessDays":null,"escalation":null,"covers":["II-7"]}],"carryOver":"untouchedItems","oneSignsTwoSteps":true}}',
    {
      type: 'RouteTemplateSaved',
      data: {
        by: { id: 'u9', name: '管理 花子' },
        at: '2030-03-01T00:00:00.000Z',
        templateId: 'short',
        name: '簡易',
        version: 2,
        steps: [
          {
            signatories: [
              { kind: 'role', role: 'managementOfficer' },
              { kind: 'people', people: [{ id: 'u1', name: '足立 愛' }] },
            ],
            meaning: 'approval',
            quorum: { kind: 'n', n: 2 },
            dueInBusinessDays: 3,
            escalation: { afterBusinessDays: 2, to: { kind: 'role', role: 'operationsOfficer' } },
            covers: 'everything',
          },
          {
            signatories: [{ kind: 'people', people: [{ id: 'u1', name: '足立 愛' }] }],
            meaning: 'postReview',
            quorum: { kind: 'any' },
            dueInBusinessDays: null,
            escalation: null,
            covers: ['II-7'],
          },
        ],
        carryOver: 'untouchedItems',
        oneSignsTwoSteps: true,
      },
    },
  ],
  [
    '{"type":"RouteTemplateRetired","schemaVersion":1,"data":{"by":{"id":"u9","name":"管理 花子"},"at":"2030-03-01T00:00:00.000Z","templateId":"short"}}',
    {
      type: 'RouteTemplateRetired',
      data: { by: { id: 'u9', name: '管理 花子' }, at: '2030-03-01T00:00:00.000Z', templateId: 'short' },
    },
  ],
  [
    '{"type":"RoutingRuleSaved","schemaVersion":1,"data":{"by":{"id":"u9","name":"管理 花子"},"at":"2030-03-01T00:00:00.000Z","ruleId":"network","name":"構成","itemKeys":["II-3","II-4"],"step":{"signatories":[{"kind":"role","role":"systemAdministrator"}],"meaning":"acknowledgement","quorum":{"kind":"all"},"dueInBusinessDays":5,"escalation":null},"place":"beforeApproval","active":true}}',
    {
      type: 'RoutingRuleSaved',
      data: {
        by: { id: 'u9', name: '管理 花子' },
        at: '2030-03-01T00:00:00.000Z',
        ruleId: 'network',
        name: '構成',
        itemKeys: ['II-3', 'II-4'],
        step: {
          signatories: [{ kind: 'role', role: 'systemAdministrator' }],
          meaning: 'acknowledgement',
          quorum: { kind: 'all' },
          dueInBusinessDays: 5,
          escalation: null,
        },
        place: 'beforeApproval',
        active: true,
      },
    },
  ],
  [
    '{"type":"RoutingRuleRemoved","schemaVersion":1,"data":{"by":{"id":"u9","name":"管理 花子"},"at":"2030-03-01T00:00:00.000Z","ruleId":"network"}}',
    {
      type: 'RoutingRuleRemoved',
      data: { by: { id: 'u9', name: '管理 花子' }, at: '2030-03-01T00:00:00.000Z', ruleId: 'network' },
    },
  ],
  [
    '{"type":"RouteChosen","schemaVersion":1,"data":{"by":{"id":"u9","name":"管理 花子"},"at":"2030-03-01T00:00:00.000Z","disclosureId":"d1","templateId":"short"}}',
    {
      type: 'RouteChosen',
      data: {
        by: { id: 'u9', name: '管理 花子' },
        at: '2030-03-01T00:00:00.000Z',
        disclosureId: 'd1',
        templateId: 'short',
      },
    },
  ],
];

describe('a stored event of the routes', () => {
  it.each(golden)('reads as today %s', (stored, event) => {
    expect(routeCodec.decode(JSON.parse(stored))).toEqual(event);
    expect(routeCodec.encode(event)).toEqual(JSON.parse(stored));
  });

  it('that is malformed or unknown is refused', () => {
    expect(() => routeCodec.decode({ type: 'RouteChosen', schemaVersion: 1, data: { templateId: '' } })).toThrow();
    expect(() => routeCodec.decode({ type: 'RouteLost', schemaVersion: 1, data: {} })).toThrow('RouteLost');
  });
});
