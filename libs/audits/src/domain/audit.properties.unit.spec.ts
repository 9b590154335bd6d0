import { addDays } from '@app/calendar';
import fc from 'fast-check';
import { auditCodec } from '../audit.codec';
import { auditDeadlines } from '../deadlines';
import { evolve, initialState, openFollowUps, type Audit, type AuditEvent } from './audit';
import { decide, type AuditCommand } from './audit.decider';

/* Anybody does anything in any order, on days that go forward, with audits of every recurrence. */

const first = '2029-01-01';
const day = fc.integer({ min: -100, max: 900 }).map((days) => addDays(first, days));
const hash = fc.constantFrom('a', 'b', 'c').map((letter) => letter.repeat(64));
const reason = fc.constant('理由');
const editions = {
  disclosureId: fc.constant('d1'),
  serviceName: fc.constant('みなと'),
  edition: fc.integer({ min: 1, max: 9 }),
};
const recurrence = fc.constantFrom(
  null,
  { rule: 'FREQ=YEARLY', anchor: 'schedule' as const },
  { rule: 'FREQ=MONTHLY;INTERVAL=3;COUNT=4', anchor: 'schedule' as const },
  { rule: 'FREQ=MONTHLY;INTERVAL=12', anchor: 'lastPerformed' as const },
  { rule: 'FREQ=YEARLY', anchor: 'lastApproval' as const },
);

type Asked = AuditCommand extends infer C ? (C extends unknown ? Omit<C, 'by' | 'at' | 'auditId'> : never) : never;
const asked: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({ type: fc.constant('RescheduleAudit' as const), newDueOn: day, reason }),
  fc.record({
    type: fc.constant('BringAuditForward' as const),
    change: fc.record({ ...editions, itemKeys: fc.constant(['II-3']) }),
  }),
  fc.record({ type: fc.constant('FollowApproval' as const), ...editions, approvedOn: day }),
  fc.record({
    ...{ type: fc.constant('PerformAudit' as const), performedOn: day, note: fc.constantFrom('', '所見') },
    result: fc.constantFrom('passed' as const, 'passedWithFindings' as const, 'failed' as const),
    evidence: fc.uniqueArray(hash, { maxLength: 2 }),
    followUps: fc.uniqueArray(fc.record({ id: fc.uuid(), text: fc.constant('対応'), dueOn: day }), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('SkipAudit' as const), reason }),
  fc.record({
    ...{ type: fc.constant('CloseFollowUp' as const), followUpId: fc.constant('?'), on: day },
    note: fc.constant(''),
  }),
  fc.record({
    type: fc.constant('CiteAudit' as const),
    citedBy: fc.constantFrom([], [{ disclosureId: 'd', itemKey: 'I-7' }]),
  }),
  fc.record({ type: fc.constant('NameResponsible' as const), responsible: fc.constantFrom(null, { user: 'u' }) }),
  fc.record({
    type: fc.constant('AttachEvidence' as const),
    evidence: hash.map((sha256) => ({ sha256, name: 'a.pdf', mediaType: 'application/pdf', byteSize: 1 })),
  }),
  fc.record({ type: fc.constant('RemoveEvidence' as const), sha256: hash, reason }),
  fc.record({ type: fc.constant('CancelAudit' as const), reason }),
);
const likely = fc.oneof({ weight: 20, arbitrary: asked.filter(({ type }) => type !== 'CancelAudit') }, asked);
const life = fc.record({
  recurrence,
  steps: fc.array(fc.record({ asked: likely, days: fc.integer({ min: 0, max: 60 }) }), { maxLength: 40, size: 'max' }),
});
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

/** Lives it, and looks at every state on the way. */
const live = (
  { recurrence: each, steps }: Life,
  look: (state: Exclude<Audit, { status: 'NotPlanned' }>, event: AuditEvent, before: Audit) => void,
) => {
  const begin: Asked = {
    ...{ type: 'PlanAudit', kind: 'internalAudit', name: '内部監査', recurrence: each, dueOn: addDays(first, 100) },
    ...{ citedBy: [], watches: [{ disclosureId: 'd1', itemKeys: ['II-3'], edition: 1 }] },
  };
  let state: Audit = initialState;
  let today = first;
  const events: AuditEvent[] = [];
  for (const { asked: next, days } of [{ asked: begin, days: 0 }, ...steps]) {
    today = addDays(today, days);
    const common = { auditId: 'a', by: { id: 'u', name: '人' }, at: `${today}T03:00:00.000Z` };
    // A follow-up that is there, when there is one.
    const open = state.status === 'NotPlanned' ? undefined : openFollowUps(state)[0]?.id;
    const command = { ...next, ...common, ...(next.type === 'CloseFollowUp' && open ? { followUpId: open } : {}) };
    const decision = decide(command as AuditCommand, state);
    if (decision.outcome === 'rejected') continue;
    for (const event of decision.events) {
      const before = state;
      state = evolve(state, event);
      events.push(event);
      if (state.status !== 'NotPlanned') look(state, event, before);
    }
  }
  return { state, events };
};

describe('whatever is done with an audit', () => {
  it('it is due once or not at all, later than the last time, and nothing happens after it was cancelled', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(life, (each) => {
        live(each, (state, event, before) => {
          seen.add(event.type);
          expect(before.status).not.toBe('Cancelled');
          const due = auditDeadlines(state);
          expect(due.filter(({ matter }) => matter === 'audit')).toHaveLength(state.status === 'Planned' ? 1 : 0);
          const names = due.map(({ matter, part }) => `${matter}:${part?.id ?? ''}`);
          expect(new Set(names).size).toBe(names.length);
          if (state.status === 'Cancelled') expect(openFollowUps(state)).toEqual([]);
          if (state.status === 'Completed' && event.type !== 'AuditPerformed' && event.type !== 'AuditSkipped')
            expect(before.status).toBe('Completed');
          const kept = new Set(state.evidence.map(({ sha256 }) => sha256));
          expect(kept.size).toBe(state.evidence.length);
          expect(state.reliedOn.every((sha256) => kept.has(sha256))).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
    expect(seen.size).toBe(12);
  });

  it('what comes round goes on until its rule ends', () =>
    fc.assert(
      fc.property(life, (each) => {
        live(each, (state, event) => {
          if (event.type !== 'AuditPerformed' && event.type !== 'AuditSkipped') return;
          const ends = each.recurrence === null || each.recurrence.rule.includes('COUNT');
          if (!ends) expect(state.status).toBe('Planned');
        });
      }),
      { numRuns: 200 },
    ));

  it('a replay of what was stored is the same audit', () =>
    fc.assert(
      fc.property(life, (each) => {
        const { state, events } = live(each, () => {});
        const stored = events.map((event) => JSON.parse(JSON.stringify(auditCodec.encode(event))));
        expect(stored.map((one) => auditCodec.decode(one)).reduce(evolve, initialState)).toEqual(state);
      }),
      { numRuns: 200 },
    ));
});
