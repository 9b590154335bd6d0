import fc from 'fast-check';
import { disclosureCodec } from '../disclosure.codec';
import {
  contentHashOf,
  defaultRoute,
  evolve,
  type Disclosure,
  type DisclosureEvent,
  type OfficerAsOfThen,
} from './disclosure';
import { decide, type DisclosureCommand } from './disclosure.decider';
import { at, hashOfText, imported, registered, textBody } from './examples';

const people = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id }));
const person = fc.constantFrom(...people);
const officesOf = (roles: readonly OfficerAsOfThen['role'][]): readonly OfficerAsOfThen[] =>
  roles.map((role) => ({ role, name: '名', department: '部', title: '長' }));
const offices = fc.subarray(['privacyOfficer', 'managementOfficer'] as const).map(officesOf);
const text = fc.constantFrom('', '日本国法が適用されます。', '日次で保管します。', '新しい文です。', '下図の通り');

/** A command as somebody might send it in any state: `now` fills in what the page would have shown them. */
const command: fc.Arbitrary<(now: Disclosure) => DisclosureCommand> = fc.oneof(
  fc.record({ by: person, id: fc.constantFrom('r1', 'r2', 'r3') }).map(({ by, id }) => () => ({
    type: 'StartRevision' as const,
    revisionId: id,
    causes: [{ type: 'other' as const }],
    by,
    at,
  })),
  fc
    .record({ by: person, itemKey: fc.constantFrom('I-1', 'I-2', 'II-1', 'X'), text, fresh: fc.boolean() })
    .map(({ by, itemKey, text: words, fresh }) => (now: Disclosure): DisclosureCommand => {
      const items = now.status === 'Registered' ? now.parts.flatMap((part) => part.items) : [];
      const current = items.find((item) => item.itemKey === itemKey)?.bodyHash ?? '';
      const basedOn = fresh ? current : hashOfText('old');
      return { type: 'ReviseItem', itemKey, body: textBody(words), bodyHash: hashOfText(words), basedOn, by, at };
    }),
  person.map((by) => () => ({
    type: 'DescribeRevision' as const,
    historyText: '見直し',
    causes: [{ type: 'other' as const }],
    by,
    at,
  })),
  person.map((by) => () => ({ type: 'SubmitForReview' as const, route: defaultRoute, by, at })),
  fc
    .record({ by: person, offices, holding: fc.subarray(['a', 'b', 'c', 'd']), fresh: fc.boolean() })
    .map(({ by, offices: held, holding, fresh }) => (now: Disclosure): DisclosureCommand => {
      const revision = now.status === 'Registered' ? now.revision : undefined;
      const seen = revision?.status === 'inReview' && fresh ? revision.contentHash : 'f'.repeat(64);
      const common = { reauthentication: 'password', timeZone: 'Asia/Tokyo', by, at } as const;
      const holders = { privacyOfficer: holding, managementOfficer: holding };
      return { type: 'SignStep', contentHash: seen, offices: held, holders, ...common };
    }),
  fc.record({ by: person, offices }).map(({ by, offices: held }) => () => ({
    type: 'ReturnForChanges' as const,
    offices: held,
    reason: '直す',
    by,
    at,
  })),
  fc.record({ by: person, offices }).map(({ by, offices: held }) => () => ({
    type: 'Reject' as const,
    offices: held,
    reason: '不要',
    by,
    at,
  })),
  person.map((by) => () => ({ type: 'Recall' as const, by, at })),
  person.map((by) => () => ({ type: 'Withdraw' as const, by, at })),
  person.map((by) => () => ({
    type: 'PublishEdition' as const,
    issuedOn: '2030-01-10',
    effectiveOn: '2030-01-10',
    today: '2030-01-02',
    by,
    at,
  })),
);

/** Mostly sensible sequences, so that publications are reached often: random commands around a way that works. */
const [author, reviewer, approver] = [people[0]!, people[1]!, people[2]!];
const asked = (make: (now: Disclosure) => DisclosureCommand) => make;
const wayThatWorks = (n: number): readonly ((now: Disclosure) => DisclosureCommand)[] => [
  asked(() => ({ type: 'StartRevision', revisionId: `way-${n}`, causes: [{ type: 'other' }], by: author, at })),
  asked((now) => {
    const item = now.status === 'Registered' ? now.parts[0]?.items[0] : undefined;
    const words = `第${n}の文`;
    return {
      type: 'ReviseItem',
      itemKey: 'I-1',
      body: textBody(words),
      bodyHash: hashOfText(words),
      basedOn: item?.bodyHash ?? '',
      by: author,
      at,
    };
  }),
  asked(() => ({ type: 'DescribeRevision', historyText: '見直し', causes: [{ type: 'other' }], by: author, at })),
  asked(() => ({ type: 'SubmitForReview', route: defaultRoute, by: author, at })),
  ...(
    [
      [reviewer, 'privacyOfficer'],
      [approver, 'managementOfficer'],
    ] as const
  ).map(([by, role]) =>
    asked((now) => ({
      type: 'SignStep',
      contentHash: now.status === 'Registered' && now.revision.status === 'inReview' ? now.revision.contentHash : '',
      offices: officesOf([role]),
      holders: { [role]: [by.id] },
      reauthentication: 'password',
      timeZone: 'Asia/Tokyo',
      by,
      at,
    })),
  ),
  asked(() => ({
    type: 'PublishEdition',
    issuedOn: '2030-01-10',
    effectiveOn: '2030-01-10',
    today: '2030-01-02',
    by: author,
    at,
  })),
];
const sequence = fc
  .array(fc.oneof({ arbitrary: command, weight: 2 }, { arbitrary: fc.constant(null), weight: 3 }), { maxLength: 60 })
  .map((steps) => {
    let n = 0;
    return steps.map((step) => step ?? wayThatWorks(Math.floor(n / 7))[n++ % 7]!);
  });

type Told = { readonly events: readonly DisclosureEvent[]; readonly states: readonly Disclosure[] };

/** The events that a sequence of commands leads to; `states[i]` is what was true before `events[i]`. */
const tell = (commands: readonly ((now: Disclosure) => DisclosureCommand)[]): Told => {
  let state: Disclosure = [registered, imported].reduce(evolve, { status: 'NotRegistered' } as Disclosure);
  const events: DisclosureEvent[] = [];
  const states: Disclosure[] = [];
  for (const make of commands) {
    const decision = decide(make(state), state);
    if (decision.outcome === 'rejected') continue;
    for (const event of decision.events) {
      events.push(event);
      states.push(state);
      state = evolve(state, event);
    }
  }
  return { events, states };
};

let publications = 0;

describe('whatever people ask, in whatever order', () => {
  it('nothing is published without the signatures of the whole route over exactly its text', () =>
    fc.assert(
      fc.property(sequence, (commands) => {
        const { events, states } = tell(commands);
        events.forEach((event, index) => {
          if (event.type !== 'EditionPublished') return;
          publications += 1;
          const before = states[index];
          if (before?.status !== 'Registered') throw new Error('only a registered disclosure publishes');
          const { number, historyText, causes, contentHash, signatures } = event.data;
          expect(contentHashOf(before, number, historyText, causes)).toBe(contentHash);
          // Several may sign one step; none is left out, and each signed it in its office and its meaning.
          expect([...new Set(signatures.map(({ step }) => step))]).toEqual(defaultRoute.map((_, step) => step));
          for (const { step, meaning, officer } of signatures)
            expect({ meaning, role: officer.role }).toEqual({
              meaning: defaultRoute[step]?.meaning,
              role: defaultRoute[step]?.role,
            });
          expect(signatures.every((signature) => signature.contentHash === contentHash)).toBe(true);
        });
      }),
      { numRuns: 500 },
    ));

  it('(and publications do happen in these sequences)', () => expect(publications).toBeGreaterThan(20));

  it('nobody signs a revision in which they wrote, and nobody signs it twice', () =>
    fc.assert(
      fc.property(sequence, (commands) => {
        let authors = new Set<string>();
        let signers: string[] = [];
        for (const event of tell(commands).events) {
          if (event.type === 'RevisionStarted') authors = new Set();
          if (event.type === 'ItemRevised' || event.type === 'RevisionDescribed') authors.add(event.data.by.id);
          if (event.type === 'SubmittedForReview') signers = [];
          if (event.type !== 'StepSigned') continue;
          signers.push(event.data.signature.signer.id);
          expect(authors.has(event.data.signature.signer.id)).toBe(false);
          expect(new Set(signers).size).toBe(signers.length);
        }
      }),
      { numRuns: 500 },
    ));

  it('edition numbers have no gaps, and the text never changes while it is in review or approved', () =>
    fc.assert(
      fc.property(sequence, (commands) => {
        let next = 3;
        const { events, states } = tell(commands);
        events.forEach((event, index) => {
          const before = states[index];
          if (event.type === 'EditionPublished') expect(event.data.number).toBe(next++);
          if (event.type === 'ItemRevised') {
            expect(before?.status === 'Registered' && before.revision.status).toBe('drafting');
          }
        });
      }),
      { numRuns: 300 },
    ));

  it('every event survives being stored', () =>
    fc.assert(
      fc.property(sequence, (commands) => {
        for (const event of tell(commands).events) {
          const stored = JSON.parse(JSON.stringify(disclosureCodec.encode(event)));
          expect(disclosureCodec.decode(stored)).toEqual(event);
        }
      }),
      { numRuns: 100 },
    ));
});
