import { addDays } from '@app/calendar';
import fc from 'fast-check';
import { certificateCodec } from '../certificate.codec';
import { certificateDeadlines } from '../deadlines';
import { certificateAudits, evolve, initialState, type Certificate, type CertificateEvent } from './certificate';
import { contradictionIn, decide, type CertificateCommand } from './certificate.decider';

/* Anybody does anything in any order, on days that go forward; about half of it makes sense at the time. */

const kinds = ['isms', 'privacyMark', 'ismap', 'other'];
const first = '2029-01-01';
const day = fc.integer({ min: -200, max: 900 }).map((days) => addDays(first, days));
const file = fc.constantFrom('a', 'b', 'c').map((letter) => ({
  ...{ sha256: letter.repeat(64), name: `${letter}.pdf`, mediaType: 'application/pdf', byteSize: 1 },
}));
const audit = fc.constantFrom(...certificateAudits);
const term = fc.record({
  number: fc.constantFrom('1', '2'),
  body: fc.constant('機関'),
  validFrom: day,
  validUntil: day,
});

type Asked = CertificateCommand extends infer C
  ? C extends unknown
    ? Omit<C, 'by' | 'at' | 'certificateId'>
    : never
  : never;
const asked: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({
    ...{ type: fc.constant('RegisterCertificate' as const), kind: fc.constantFrom(...kinds, 'diploma') },
    ...{ kinds: fc.constant(kinds), name: fc.constant('証明書'), citedBy: fc.constant([]), term },
  }),
  fc.record({ type: fc.constant('RenewCertificate' as const), term }),
  fc.record({
    ...{ type: fc.constant('CorrectCertificate' as const), reason: fc.constant('誤記') },
    term: fc.record({ validUntil: day, validFrom: day }, { requiredKeys: [] }),
  }),
  fc.record({
    type: fc.constant('CiteCertificate' as const),
    citedBy: fc.constantFrom([], [{ disclosureId: 'd', itemKey: 'I-7' }]),
  }),
  fc.record({
    type: fc.constant('NameResponsible' as const),
    responsible: fc.constantFrom(null, { user: 'u' }, { officer: 'managementOfficer' as const }),
  }),
  fc.record({ type: fc.constant('AttachEvidence' as const), evidence: file }),
  fc.record({
    ...{ type: fc.constant('RemoveEvidence' as const), reason: fc.constant('誤り') },
    sha256: file.map(({ sha256 }) => sha256),
  }),
  fc.record({ type: fc.constant('FileRenewal' as const), filedOn: day }),
  fc.constant({ type: 'TakeBackFiling' as const, reason: '誤り' }),
  fc.record({ type: fc.constant('PlanSurveillance' as const), audit, dueOn: day }),
  fc.record({
    ...{ type: fc.constant('PassSurveillance' as const), audit, on: day },
    nextDueOn: fc.option(day, { nil: undefined }),
  }),
  fc.record({ type: fc.constant('FailSurveillance' as const), audit, on: day, reason: fc.constant('不備') }),
  fc.constant({ type: 'LapseCertificate' as const }),
  fc.constant({ type: 'WithdrawCertificate' as const, reason: '取りやめ' }),
);
const likely = fc.oneof({ weight: 20, arbitrary: asked.filter(({ type }) => type !== 'WithdrawCertificate') }, asked);
const life = fc.array(fc.record({ asked: likely, days: fc.integer({ min: 0, max: 60 }) }), {
  maxLength: 40,
  size: 'max',
});

/** Lives it, and looks at every state on the way. */
const live = (
  steps: readonly { readonly asked: Asked; readonly days: number }[],
  look: (state: Certificate, event: CertificateEvent, before: Certificate) => void,
) => {
  const begin: Asked = {
    ...{ type: 'RegisterCertificate', kind: 'privacyMark', kinds, name: '証明書', citedBy: [] },
    term: { number: '1', body: '機関', validFrom: first, validUntil: addDays(first, 700) },
  };
  let state: Certificate = initialState;
  let today = first;
  const events: CertificateEvent[] = [];
  for (const { asked: each, days } of [{ asked: begin, days: 0 }, ...steps]) {
    today = addDays(today, days);
    const by = { certificateId: 'c', by: { id: 'u', name: '人' }, at: `${today}T03:00:00.000Z` };
    const decision = decide({ ...each, ...by } as CertificateCommand, state);
    if (decision.outcome === 'rejected') continue;
    for (const event of decision.events) {
      const before = state;
      state = evolve(state, event);
      events.push(event);
      look(state, event, before);
    }
  }
  return { state, events };
};

describe('whatever is done with a certificate', () => {
  it('its dates never contradict each other, and nothing happens after it was withdrawn', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(life, (steps) => {
        live(steps, (state, event, before) => {
          seen.add(event.type);
          expect(before.status).not.toBe('Withdrawn');
          if (state.status !== 'Registered') return;
          expect(contradictionIn(state)).toBeNull();
          expect(new Set(state.evidence.map(({ sha256 }) => sha256)).size).toBe(state.evidence.length);
          if (state.lapsedOn !== null) expect(state.lapsedOn > state.term.validUntil).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
    expect(seen.size).toBe(14);
  });

  it('a replay of what was stored is the same certificate', () =>
    fc.assert(
      fc.property(life, (steps) => {
        const { state, events } = live(steps, () => {});
        const stored = events.map((event) => JSON.parse(JSON.stringify(certificateCodec.encode(event))));
        expect(stored.map((each) => certificateCodec.decode(each)).reduce(evolve, initialState)).toEqual(state);
      }),
      { numRuns: 200 },
    ));

  it('each matter falls due once, and the same command again changes nothing but what was failed', () =>
    fc.assert(
      fc.property(life, asked, (steps, once) => {
        const { state } = live(steps, () => {});
        const matters = certificateDeadlines(state).map(({ matter }) => matter);
        expect(new Set(matters).size).toBe(matters.length);
        const command = {
          ...once,
          ...{ certificateId: 'c', by: { id: 'u', name: '人' }, at: '2040-01-01T03:00:00.000Z' },
        } as CertificateCommand;
        const decision = decide(command, state);
        if (decision.outcome === 'rejected' || command.type === 'FailSurveillance') return;
        const again = decide(command, decision.events.reduce(evolve, state));
        if (again.outcome === 'accepted' && command.type !== 'PassSurveillance') expect(again.events).toEqual([]);
      }),
      { numRuns: 300 },
    ));
});
