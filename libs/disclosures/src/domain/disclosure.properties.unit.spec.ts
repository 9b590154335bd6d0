import { SYSTEM } from '@app/event-sourcing';
import type { Route, RouteStep } from '@app/routes/domain/route';
import fc from 'fast-check';
import { disclosureCodec } from '../disclosure.codec';
import {
  contentHashOf,
  coverageHashOf,
  evolve,
  initialState,
  itemsOf,
  seriesOf,
  type Disclosure,
  type DisclosureEvent,
  type Registered,
} from './disclosure';
import { decide, type DisclosureCommand } from './disclosure.decider';
import { hashOfText, imported, registered, step, textBody } from './examples';
import { blockingFindings } from './lint';
import { isInReview, mayActAs } from './review';
import type { Organisation } from './seats';
import { principalOf, type Signature } from './signature';

/*
 * People who do anything in any order, in an organisation that changes all the time: they write, sign, sign for others,
 * send back, recall, are replaced, comment. About half of the commands are what a sensible person would do next, so that
 * publications happen.
 */

const people = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id, name: id }));
const roles = ['privacyOfficer', 'managementOfficer', 'systemAdministrator'] as const;
const person = fc.constantFrom(...people);
const days = ['2030-01-02', '2030-01-04', '2030-01-09'].map((day) => `${day}T03:00:00.000Z`);

const organisation: fc.Arbitrary<Organisation> = fc
  .record({
    held: fc.array(fc.record({ role: fc.constantFrom(...roles), holder: person }), { minLength: 3, maxLength: 6 }),
    deputations: fc.array(
      fc.record({ principal: person, deputy: person, scope: fc.constantFrom('all' as const, [roles[0]], [roles[1]]) }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ held, deputations }) => ({
    offices: held.map(({ role, holder }) => ({
      role,
      userId: holder.id,
      name: holder.name,
      department: '部',
      title: '長',
    })),
    deputations: deputations
      .filter(({ principal, deputy }) => principal.id !== deputy.id)
      .map(({ principal, deputy, scope }, index) => ({
        id: `dp${index}`,
        principal,
        deputy,
        roles: scope,
        disclosureIds: 'all' as const,
        from: '2030-01-01',
        until: '2030-12-31',
      })),
  }));

const signatories: fc.Arbitrary<RouteStep['signatories']> = fc
  .record({
    role: fc.constantFrom(...roles),
    named: fc.uniqueArray(person, { maxLength: 2, selector: ({ id }) => id }),
  })
  .map(({ role, named }) =>
    named.length === 0
      ? [{ kind: 'role', role }]
      : [
          { kind: 'role', role },
          { kind: 'people', people: named },
        ],
  );
const routeStep: fc.Arbitrary<RouteStep> = fc
  .record({
    signatories,
    meaning: fc.constantFrom('review' as const, 'approval' as const, 'acknowledgement' as const, 'postReview' as const),
    quorum: fc.constantFrom({ kind: 'all' } as const, { kind: 'any' } as const, { kind: 'n', n: 2 } as const),
    covers: fc.constantFrom('everything' as const, ['I-1'], ['I-2', 'II-1']),
    escalation: fc.option(fc.constant({ afterBusinessDays: 1, to: { kind: 'role', role: roles[2] } } as const)),
  })
  .map(({ escalation, ...asked }) => step({ ...asked, dueInBusinessDays: 1, escalation }));
const route: fc.Arbitrary<Route> = fc.record({
  templateId: fc.constant('t'),
  templateName: fc.constant('標準'),
  templateVersion: fc.constant(1),
  carryOver: fc.constantFrom('none', 'untouchedItems', 'untouchedItems'),
  oneSignsTwoSteps: fc.constantFrom(false, false, true),
  steps: fc.array(routeStep, { minLength: 1, maxLength: 3 }).map((steps) => steps as unknown as Route['steps']),
});

/** Routes that a company might really have; that of one disclosure seldom changes. */
const [privacyOfficer, managementOfficer] = [
  { kind: 'role', role: roles[0] },
  { kind: 'role', role: roles[1] },
] as const;
const usual: fc.Arbitrary<Route> = fc.constantFrom('all' as const, 'any' as const).map((quorum) => ({
  templateId: 't',
  templateName: '標準',
  templateVersion: 1,
  carryOver: 'untouchedItems',
  oneSignsTwoSteps: false,
  steps: [
    step({ signatories: [privacyOfficer], quorum: { kind: quorum }, covers: ['I-1'] }),
    step({ signatories: [managementOfficer], quorum: { kind: 'any' }, meaning: 'approval' }),
    step({
      signatories: [{ kind: 'people', people: people.slice(2) }],
      quorum: { kind: 'any' },
      meaning: 'postReview',
    }),
  ],
}));

type Maker = (now: Registered) => DisclosureCommand;
type Asked = Pick<DisclosureCommand, 'by' | 'at'>;
const asked: fc.Arbitrary<Asked> = fc.record({ by: person, at: fc.constantFrom(...days) });
const text = fc.constantFrom(
  '日本国法が適用されます。',
  '日次で保管します。',
  '新しい文です。',
  '別の文です。',
  '下図の通りです。',
);
const itemKey = fc.constantFrom('I-1', 'I-2', 'II-1');

const revise =
  (who: Asked, key: string, words: string, stale: boolean): Maker =>
  (now) => ({
    type: 'ReviseItem',
    itemKey: key,
    body: textBody(words),
    bodyHash: hashOfText(words),
    ...who,
    basedOn: stale ? hashOfText('old') : (itemsOf(now.parts).find((item) => item.itemKey === key)?.bodyHash ?? ''),
  });
const describeIt = (who: Asked): DisclosureCommand => ({
  type: 'DescribeRevision',
  historyText: '見直し',
  causes: [{ type: 'other' }],
  ...who,
});
const publish = (who: Asked): DisclosureCommand => ({
  type: 'PublishEdition',
  issuedOn: '2030-01-10',
  effectiveOn: '2030-01-10',
  today: '2030-01-02',
  ...who,
});
/** Scheduled, changed their mind, or carried out: whatever comes next. */
const arrange = (who: Asked, { revision }: Registered, n: number): DisclosureCommand => {
  if (revision.status !== 'approved' || revision.schedule === undefined)
    return { type: 'SchedulePublication', publishAt: days[2] ?? '', effectiveOn: '2030-01-10', ...who };
  const withdrawal = { type: 'Withdraw', isDrafter: true, isAdministrator: false, submitterHasLeft: false } as const;
  if (n % 4 === 1) return { ...withdrawal, reason: null, by: revision.submittedBy, at: who.at };
  return n % 4 === 0
    ? { type: 'CancelPublication', reason: '見直し', ...who }
    : { type: 'PublishAsScheduled', by: SYSTEM, at: who.at };
};
const signing = (who: Asked, now: Registered, more: { onBehalfOf: string | null; organisation: Organisation }) =>
  ({
    type: 'SignStep',
    reauthentication: 'password',
    timeZone: 'Asia/Tokyo',
    ...who,
    ...more,
    ...(now.revision.status === 'inReview' ? { step: now.revision.step } : {}),
    contentHash: now.revision.status === 'inReview' ? now.revision.contentHash : 'f'.repeat(64),
  }) as const;

/** Anything, by anybody, at any time. */
const anything: fc.Arbitrary<Maker> = fc.oneof<fc.Arbitrary<Maker>[]>(
  fc.tuple(asked, itemKey, text, fc.boolean()).map(([who, key, words, stale]) => revise(who, key, words, stale)),
  asked.map((who) => () => describeIt(who)),
  asked.map((who) => (now) => ({
    ...{ type: 'WaiveFinding', findingId: blockingFindings(now)[0]?.id ?? '', reason: '次の版で改める' },
    ...who,
  })),
  fc.tuple(asked, route, organisation).map(([who, way, held]) => () => ({
    type: 'SubmitForReview',
    route: way,
    organisation: held,
    ...who,
  })),
  fc
    .tuple(asked, organisation, fc.option(person), fc.boolean())
    .map(([who, held, principal, fresh]) => (now: Registered): DisclosureCommand => {
      const command = signing(who, now, { onBehalfOf: principal?.id ?? null, organisation: held });
      return fresh ? command : { ...command, contentHash: 'f'.repeat(64) };
    }),
  fc.tuple(asked, organisation, fc.option(fc.nat({ max: 2 }))).map(([who, held, toStep]) => () => ({
    type: 'ReturnForChanges',
    reason: '直す',
    toStep,
    organisation: held,
    ...who,
  })),
  fc.tuple(asked, organisation).map(([who, held]) => () => ({
    type: 'Reject',
    reason: '不要',
    organisation: held,
    ...who,
  })),
  asked.map((who) => () => ({ type: 'Recall', ...who })),
  fc
    .tuple(asked, fc.boolean(), fc.boolean(), fc.option(fc.constant('退職のため')))
    .map(([who, isAdministrator, submitterHasLeft, reason]) => () => ({
      ...{ type: 'Withdraw', isDrafter: true, isAdministrator, submitterHasLeft, reason },
      ...who,
    })),
  fc.tuple(asked, organisation).map(([who, held]) => ({ revision }: Registered): DisclosureCommand => ({
    ...{ type: 'CompleteStep', step: revision.status === 'inReview' ? revision.step : 0, organisation: held },
    ...who,
  })),
  fc.tuple(asked, organisation, person, person, fc.nat({ max: 2 })).map(([who, held, from, to, index]) => () => ({
    type: 'ReassignSignatory',
    step: index,
    from,
    to,
    reason: '休暇',
    organisation: held,
    ...who,
  })),
  fc
    .tuple(asked, organisation, fc.nat({ max: 2 }), fc.integer({ min: 3, max: 5 }), fc.option(person))
    .map(([who, held, index, editionNumber, principal]) => () => ({
      type: 'PostReview',
      step: index,
      onBehalfOf: principal?.id ?? null,
      editionNumber,
      organisation: held,
      ...who,
    })),
  fc.tuple(asked, itemKey).map(([who, key]) => () => ({
    ...{
      type: 'AddComment',
      commentId: `c-${key}`,
      itemKey: key,
      quote: null,
      text: '？',
      mentions: [],
      replyTo: null,
    },
    ...who,
  })),
  asked.map((who) => () => publish(who)),
  fc.tuple(asked, fc.nat({ max: 9 })).map(
    ([who, n]) =>
      (now: Registered) =>
        arrange(who, now, n),
  ),
  fc
    .tuple(asked, organisation, fc.option(itemKey), fc.integer({ min: 2, max: 4 }))
    .map(([who, held, key, number]) => () => ({
      ...{ type: 'AnnotateEdition', annotationId: `e${number}`, number, itemKey: key, text: '誤り', reason: '誤記' },
      organisation: held,
      ...who,
    })),
  fc.tuple(asked, organisation, fc.nat({ max: 19 })).map(([who, held, n]) => () => ({
    ...{ type: 'RetireDisclosure', reason: n === 0 ? '移行' : '', on: '2030-03-31', organisation: held },
    ...who,
  })),
);

/** What somebody sensible would do next; `n` makes texts differ. */
const sensible: fc.Arbitrary<Maker> = fc
  .tuple(asked, fc.oneof(usual, usual, usual, route), organisation, fc.nat({ max: 9999 }), itemKey)
  .map(([who, way, held, n, key]) => (now): DisclosureCommand => {
    const { revision } = now;
    const officer = held.offices.find(({ role }) => role === 'managementOfficer');
    if (revision.status === 'none' && officer && n % 30 === 7)
      return {
        ...{ type: 'RetireDisclosure', reason: '移行', on: '2030-03-31', organisation: held },
        ...{ by: { id: officer.userId, name: officer.name }, at: who.at },
      };
    if (revision.status === 'none')
      return {
        ...{ type: 'StartRevision', revisionId: `r${n}`, causes: [{ type: 'other' }], ...who },
        by: n % 4 === 0 ? who.by : (people[0] ?? who.by),
      };
    if (revision.status === 'drafting') {
      const author = n % 4 === 0 ? who : { ...who, by: people[0] ?? who.by };
      if (revision.historyText === '') return describeIt(author);
      const [finding] = blockingFindings(now);
      if (finding) return { type: 'WaiveFinding', findingId: finding.id, reason: '次の版で改める', ...who };
      const [signedBefore] = revision.earlier;
      if (signedBefore && n % 4 === 1)
        return revise({ ...who, by: signedBefore.signature.signer }, 'II-1', `第${n}の文`, false)(now);
      return n % 3 === 0
        ? revise(author, key, n % 9 === 0 ? `次図${n}の通りです。` : `第${n}の文`, false)(now)
        : { ...{ type: 'SubmitForReview', route: way, organisation: held, ...author } };
    }
    if (revision.status === 'approved' && (revision.schedule || n % 3 === 0)) return arrange(who, now, n);
    if (revision.status === 'approved')
      return n % 5 < 2
        ? publish(who)
        : {
            type: 'PostReview',
            step: seriesOf(revision.route).length,
            onBehalfOf: null,
            editionNumber: revision.editionNumber,
            organisation: held,
            ...{ by: people[2 + (n % 4)] ?? who.by, at: who.at },
          };
    const here = revision.signatures.filter((signature) => signature.step === revision.step);
    // The others leave, and somebody notices.
    if (here.length > 0 && n % 5 < 2) {
      const offices = here.flatMap((signature) => {
        const { id: userId } = principalOf(signature);
        const { role, ...officer } = signature.onBehalfOf?.officer ?? signature.officer;
        return role === null ? [] : [{ ...officer, role, userId }];
      });
      return { ...{ type: 'CompleteStep', step: revision.step, organisation: { ...held, offices } }, ...who };
    }
    const acting = people
      .flatMap(({ id }) => (isInReview(now) ? mayActAs(now, id, held, who.at.slice(0, 10)) : []))
      .sort((one, other) => (n % 3 === 1 ? Number(one.onBehalfOf === null) - Number(other.onBehalfOf === null) : 0))[0];
    const signer = acting?.signer;
    if (signer && n % 7 === 3) {
      const from = acting.seat.person;
      const { step: index } = revision;
      const asked = { step: index, from, to: who.by, reason: '休暇', organisation: held };
      return { type: 'ReassignSignatory', ...asked, by: from, at: who.at };
    }
    if (!signer || !isInReview(now)) return { type: 'Recall', by: revision.submittedBy, at: who.at };
    if (n % 4 === 0 || (revision.step > 0 && n % 2 === 0)) {
      const toStep = n % 8 === 0 && revision.step > 0 ? 0 : null;
      return { type: 'ReturnForChanges', reason: '直す', toStep, organisation: held, by: signer, at: who.at };
    }
    return signing({ ...who, by: signer }, now, {
      onBehalfOf: acting?.onBehalfOf?.person.id ?? null,
      organisation: held,
    });
  });

const sequence = fc.array(fc.oneof({ arbitrary: sensible, weight: 4 }, { arbitrary: anything, weight: 3 }), {
  minLength: 20,
  maxLength: 70,
});

type Happened = {
  readonly event: DisclosureEvent;
  readonly command: DisclosureCommand;
  /** What was true before the event, and before the command. */
  readonly before: Registered;
};

const start = [registered, imported].reduce(evolve, initialState);
const registeredOf = (state: Disclosure): Registered => {
  if (state.status !== 'Registered') throw new Error('the disclosure is registered');
  return state;
};

/** What a sequence of commands leads to. */
const tell = (makers: readonly Maker[]): { readonly story: readonly Happened[]; readonly end: Registered } => {
  let state = registeredOf(start);
  const story: Happened[] = [];
  for (const make of makers) {
    const command = make(state);
    const decision = decide(command, state);
    if (decision.outcome === 'rejected') continue;
    for (const event of decision.events) {
      story.push({ event, command, before: state });
      state = registeredOf(evolve(state, event));
    }
  }
  return { story, end: state };
};
const about = (check: (told: ReturnType<typeof tell>) => void, numRuns = 300) =>
  fc.assert(
    fc.property(sequence, (makers) => check(tell(makers))),
    { numRuns },
  );

const partiesOf = ({ signer, onBehalfOf }: Pick<Signature, 'signer' | 'onBehalfOf'>): readonly string[] =>
  onBehalfOf === null ? [signer.id] : [signer.id, onBehalfOf.person.id];

/** Who wrote in the open revision, told from the events alone. */
const authorsAlong = (story: readonly Happened[]): readonly ReadonlySet<string>[] => {
  let authors = new Set<string>();
  return story.map(({ event }) => {
    if (event.type === 'RevisionStarted') authors = new Set([event.data.by.id]);
    if (event.type === 'ItemRevised' || event.type === 'RevisionDescribed' || event.type === 'FindingWaived')
      authors = new Set([...authors, event.data.by.id]);
    return authors;
  });
};

const seen = {
  publications: 0,
  carried: 0,
  deputies: 0,
  reassigned: 0,
  returnedToStep: 0,
  escalated: 0,
  postReviews: 0,
  completedAfterwards: 0,
  waived: 0,
  scheduled: 0,
  voided: 0,
  annotated: 0,
  retired: 0,
};

describe('whatever people ask, in whatever order and organisation', () => {
  it('nothing is published without the signatures of its whole route, each over exactly what it covers of that text', () =>
    about(({ story }) => {
      let way: Route | undefined;
      story.forEach(({ event, before }) => {
        if (event.type === 'SubmittedForReview') way = event.data.route;
        if (event.type !== 'EditionPublished') return;
        seen.waived += event.data.waivers.length;
        seen.publications += 1;
        const { number, historyText, causes, waivers, contentHash, signatures } = event.data;
        expect(contentHashOf(before, number, historyText, causes, waivers)).toBe(contentHash);
        const series = seriesOf(way as Route);
        expect(series.length).toBeGreaterThan(0);
        series.forEach(({ covers, quorum, meaning }, index) => {
          const wanted = quorum.kind === 'n' ? quorum.n : 1;
          const here = signatures.filter((signature) => signature.step === index);
          expect(here.length).toBeGreaterThanOrEqual(wanted);
          const hash =
            covers === 'everything' ? contentHash : coverageHashOf(covers, contentHash, before.parts, waivers);
          for (const signature of here) expect(signature).toMatchObject({ coverageHash: hash, meaning });
          // Each signature is another person's, and counts for another person.
          const parties = here.flatMap(partiesOf);
          expect(new Set(parties).size).toBe(parties.length);
        });
        expect(signatures.every((signature) => signature.step < series.length)).toBe(true);
      });
    }));

  it('a step that asks for all is done only when everybody has signed who holds the office and may', () =>
    about(({ story }) => {
      story.forEach(({ event, command, before }) => {
        if (event.type !== 'StepCompleted' || !('organisation' in command) || !isInReview(before)) return;
        const { route: way, authors, signatures, reassignments, step: index } = before.revision;
        const asking = way.steps[index] as RouteStep;
        if (asking.quorum.kind !== 'all' || reassignments.some((each) => each.step === index)) return;
        const entitled = asking.signatories.flatMap((who) =>
          who.kind === 'people'
            ? who.people.map(({ id }) => id)
            : command.organisation.offices.filter(({ role }) => role === who.role).map(({ userId }) => userId),
        );
        const isEntitled = (id: string) => entitled.includes(id);
        const elsewhere = signatures.filter((each) => each.step !== index).flatMap(partiesOf);
        const missing = [...new Set(entitled)].filter(
          (id) =>
            !authors.some((author) => author.id === id) &&
            (way.oneSignsTwoSteps || !elsewhere.includes(id)) &&
            !signatures.some((each) => each.step === index && partiesOf(each).includes(id)),
        );
        const escalated = signatures.filter((each) => each.step === index && each.capacity === 'escalated');
        expect(missing.length).toBeLessThanOrEqual(escalated.length);
        // Those who have left are not enough by themselves.
        const held = signatures.filter(
          (each) => each.step === index && (each.capacity === 'escalated' || partiesOf(each).some(isEntitled)),
        );
        expect(held.length).toBeGreaterThan(0);
        if (command.type !== 'CompleteStep' || event.data.becauseOthersLeft === undefined) return;
        seen.completedAfterwards += 1;
        for (const { id } of event.data.becauseOthersLeft.signatories) {
          expect(entitled).toContain(id);
          if (escalated.length === 0) expect(held.some((each) => partiesOf(each).includes(id))).toBe(true);
        }
      });
    }));

  it('no author signs: not as a deputy, nor through one, nor by a signature that carries over, nor afterwards', () =>
    about(({ story }) => {
      const authors = authorsAlong(story);
      story.forEach(({ event }, index) => {
        const signatures =
          event.type === 'StepSigned'
            ? [event.data.signature]
            : event.type === 'SubmittedForReview'
              ? event.data.carriedOver
              : event.type === 'EditionPublished'
                ? event.data.signatures
                : [];
        for (const signature of signatures) {
          if (signature.onBehalfOf !== null) seen.deputies += 1;
          if (signature.capacity === 'escalated') seen.escalated += 1;
          for (const id of partiesOf(signature)) expect(authors[index]?.has(id)).toBe(false);
        }
      });
      for (const { event, before } of story) {
        if (event.type !== 'PostReviewed') continue;
        seen.postReviews += 1;
        const { revision, editions } = before;
        const wrote =
          revision.status !== 'none' && revision.id === event.data.revisionId
            ? revision.authors
            : (editions.find(({ review }) => review?.revisionId === event.data.revisionId)?.review?.authors ?? []);
        expect(wrote.map(({ id }) => id)).not.toContain(event.data.postReview.reader.id);
      }
    }));

  it('nobody is in two steps, by themselves or through a deputy, unless the route says so; nobody is twice in one', () =>
    about(({ story, end }) => {
      const states = [...story.map(({ before }) => before), end];
      for (const { revision } of states) {
        if (revision.status !== 'inReview' && revision.status !== 'approved') continue;
        const where = revision.signatures.flatMap((signature) =>
          [...new Set(partiesOf(signature))].map((id) =>
            revision.route.oneSignsTwoSteps ? `${signature.step} ${id}` : id,
          ),
        );
        expect(new Set(where).size).toBe(where.length);
      }
    }));

  it('a deputy signs under a deputation that was in force, for an office that the other held', () =>
    about(({ story }) => {
      for (const { event, command } of story) {
        if (event.type !== 'StepSigned' || command.type !== 'SignStep') continue;
        const { signer, onBehalfOf } = event.data.signature;
        if (onBehalfOf === null) continue;
        const { offices, deputations } = command.organisation;
        const deputation = deputations.find(({ id }) => id === onBehalfOf.deputation.id);
        expect(deputation).toMatchObject({ deputy: { id: signer.id }, principal: { id: onBehalfOf.person.id } });
        const { role } = onBehalfOf.officer;
        expect(offices.some((office) => office.userId === onBehalfOf.person.id && office.role === role)).toBe(true);
        expect(deputation?.roles === 'all' || (role !== null && deputation?.roles.includes(role))).toBe(true);
      }
    }));

  it('what carries over was signed in this revision, by the same people, over what it covers now', () =>
    about(({ story }) => {
      let given: Signature[] = [];
      let voided: Signature[] = [];
      for (const { event, before } of story) {
        if (event.type === 'RevisionStarted') [given, voided] = [[], []];
        if (event.type === 'StepSigned') given = [...given, event.data.signature];
        if (event.type === 'ReturnedToStep' && before.revision.status === 'inReview') {
          seen.returnedToStep += 1;
          voided = [...voided, ...before.revision.signatures.filter((signature) => signature.step >= event.data.to)];
        }
        if (event.type === 'SignatoryReassigned') seen.reassigned += 1;
        if (event.type !== 'SubmittedForReview') continue;
        const { route: way, carriedOver, contentHash, waivers } = event.data;
        if (way.carryOver === 'none') expect(carriedOver).toEqual([]);
        for (const signature of carriedOver) {
          seen.carried += 1;
          const { step: _now, ...kept } = signature;
          const same = (other: Signature) => {
            const { step: _then, ...rest } = other;
            return JSON.stringify(rest) === JSON.stringify(kept);
          };
          expect(given.some(same)).toBe(true);
          expect(given.filter(same).length).toBeGreaterThan(voided.filter(same).length);
          const { covers } = way.steps[signature.step] as RouteStep;
          expect(coverageHashOf(covers, contentHash, before.parts, waivers)).toBe(signature.coverageHash);
        }
      }
    }));

  it('the text does not move under a review, and edition numbers have no gaps', () =>
    about(({ story }) => {
      let next = 3;
      for (const { event, before } of story) {
        const { status } = before.revision;
        if (event.type === 'EditionPublished') expect(event.data.number).toBe(next++);
        if (['ItemRevised', 'RevisionDescribed', 'FindingWaived'].includes(event.type)) expect(status).toBe('drafting');
        if (before.revision.status === 'inReview' || before.revision.status === 'approved') {
          const { editionNumber, historyText, causes, waivers, contentHash } = before.revision;
          expect(contentHashOf(before, editionNumber, historyText, causes, waivers)).toBe(contentHash);
        }
      }
    }));

  it('a recall comes before anyone signed the waiting step, a withdrawal from the submitter or an administrator in their place, a return to a step before', () =>
    about(({ story }) => {
      for (const { event, command, before } of story) {
        const { revision } = before;
        if (event.type === 'Recalled') {
          if (revision.status !== 'inReview') throw new Error('only what is in review is recalled');
          expect(revision.signatures.filter((signature) => signature.step === revision.step)).toEqual([]);
          expect(event.data.by.id).toBe(revision.submittedBy.id);
        }
        if (event.type === 'Withdrawn' && revision.status !== 'none' && revision.status !== 'drafting')
          if (event.data.by.id !== revision.submittedBy.id)
            expect([command, event.data.reason]).toMatchObject([
              { isAdministrator: true, submitterHasLeft: true },
              expect.stringMatching(/./),
            ]);
        if (event.type === 'ReturnedToStep') expect(event.data.to).toBeLessThan(event.data.from);
      }
    }));

  it('the product publishes only what somebody has scheduled since the text was approved, at its time, and once', () =>
    about(({ story }) => {
      let open: Extract<DisclosureEvent, { type: 'PublicationScheduled' }>['data'] | null = null;
      for (const { event } of story) {
        if (event.type === 'PublicationScheduled') {
          expect(open).toBeNull();
          open = event.data;
        }
        if (event.type === 'EditionPublished') {
          expect(event.data.by.id === SYSTEM.id).toBe(open !== null);
          const { scheduled, at: then, revisionId } = event.data;
          if (open === null) expect(scheduled).toBeUndefined();
          else {
            seen.scheduled += 1;
            const { revisionId: same, ...arranged } = open;
            expect([revisionId, scheduled]).toEqual([same, arranged]);
            expect(then >= arranged.publishAt).toBe(true);
          }
        }
        const isVoid = event.type === 'ReturnedForChanges' || event.type === 'Withdrawn';
        if (isVoid && open !== null) seen.voided += 1;
        if (isVoid || event.type === 'PublicationCancelled' || event.type === 'EditionPublished') open = null;
      }
    }));

  it('an edition stays as it was published, whatever is said beside it; after the end of a service nothing is begun', () =>
    about(({ story, end }) => {
      story.forEach(({ event, command, before }, index) => {
        if (event.type === 'DisclosureRetired' || event.type === 'EditionAnnotated') {
          if (event.type === 'DisclosureRetired') seen.retired += 1;
          else seen.annotated += 1;
          if (!('organisation' in command)) throw new Error('it is for an officer');
          const held = command.organisation.offices.filter(({ userId }) => userId === event.data.by.id);
          expect(held.map(({ role }) => role)).toContain('managementOfficer');
          const after = story[index + 1]?.before ?? end;
          expect(after.editions.map(({ errata: _, ...edition }) => edition)).toEqual(
            before.editions.map(({ errata: _, ...edition }) => edition),
          );
          expect(after.revision).toEqual(before.revision);
        }
        if (event.type === 'RevisionStarted') expect(before.retired).toBeUndefined();
      });
    }));

  it('the events, stored and read again, lead to the same state', () =>
    about(({ story, end }) => {
      const again = story
        .map(({ event }) => disclosureCodec.decode(JSON.parse(JSON.stringify(disclosureCodec.encode(event)))))
        .reduce(evolve, start);
      expect(again).toEqual(end);
    }));

  it('(and all of this does happen in these sequences)', () => {
    expect(seen.publications).toBeGreaterThan(20);
    expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
  });
});
