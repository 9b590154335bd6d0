import { specFor } from '@app/event-sourcing/testing';
import type { DisclosureEvent } from './disclosure';
import { disclosureDecider, type DisclosureCommand, type DisclosureRejection } from './disclosure.decider';
import {
  approvalSigned,
  approvalStep,
  approved,
  approvedBy,
  at,
  atSecondStep,
  colleague,
  completed,
  contentHash,
  contentHashAfter,
  drafter,
  drafting,
  imported,
  inReview,
  management,
  managementOffice,
  newRisk,
  organisation,
  organisationWith,
  privacy,
  privacyOffice,
  published,
  ready,
  registered,
  reviewSigned,
  revised,
  route,
  signatureOf,
  signed,
  stateAfter,
  step,
  submittedWith,
  texts,
} from './examples';
import type { Organisation } from './seats';
import type { Person } from './signature';

const given = specFor(disclosureDecider);
type Command<T extends DisclosureCommand['type']> = Extract<DisclosureCommand, { type: T }>;

const third: Person = { id: 'third', name: '第三 花' };
const deputy: Person = { id: 'deputy', name: '代理 四郎' };
const thirdOffice = {
  userId: third.id,
  role: 'privacyOfficer',
  name: third.name,
  department: '監査室',
  title: '室長',
} as const;
const deputation = {
  id: 'dp1',
  principal: privacy,
  deputy,
  roles: 'all',
  disclosureIds: 'all',
  from: '2030-01-01',
  until: '2030-01-31',
} as const;

const submit = (changes: Partial<Command<'SubmitForReview'>> = {}): DisclosureCommand => ({
  type: 'SubmitForReview',
  route: route(),
  organisation,
  by: drafter,
  at,
  ...changes,
});
const sign = (by: Person = privacy, changes: Partial<Command<'SignStep'>> = {}): DisclosureCommand => ({
  type: 'SignStep',
  contentHash,
  onBehalfOf: null,
  organisation,
  reauthentication: 'password',
  timeZone: 'Asia/Tokyo',
  by,
  at,
  ...changes,
});
const back = (by: Person = privacy, changes: Partial<Command<'ReturnForChanges'>> = {}): DisclosureCommand => ({
  type: 'ReturnForChanges',
  organisation,
  reason: 'II-1を具体的に',
  toStep: null,
  by,
  at,
  ...changes,
});
const no = (by: Person = privacy, changes: Partial<Command<'Reject'>> = {}): DisclosureCommand => ({
  type: 'Reject',
  organisation,
  reason: '不要な改訂',
  by,
  at,
  ...changes,
});
const recall = (by: Person = drafter): DisclosureCommand => ({ type: 'Recall', by, at });
const withdraw = (by: Person = drafter, changes: Partial<Command<'Withdraw'>> = {}): DisclosureCommand => ({
  type: 'Withdraw',
  isDrafter: true,
  isAdministrator: false,
  submitterHasLeft: false,
  reason: null,
  by,
  at,
  ...changes,
});
const complete = (changes: Partial<Command<'CompleteStep'>> = {}): DisclosureCommand => ({
  type: 'CompleteStep',
  step: 0,
  organisation,
  by: colleague,
  at,
  ...changes,
});
const reassign = (
  from: Person,
  to: Person,
  changes: Partial<Command<'ReassignSignatory'>> = {},
): DisclosureCommand => ({
  type: 'ReassignSignatory',
  step: 0,
  from,
  to,
  reason: '長期休暇のため',
  organisation,
  by: colleague,
  at,
  ...changes,
});
const read = (by: Person, changes: Partial<Command<'PostReview'>> = {}): DisclosureCommand => ({
  type: 'PostReview',
  editionNumber: 3,
  step: 2,
  onBehalfOf: null,
  organisation,
  by,
  at,
  ...changes,
});

const returned = (index: number, by = privacy): DisclosureEvent => ({
  type: 'ReturnedForChanges',
  data: { revisionId: 'r3', step: index, reason: 'II-1を具体的に', by, at },
});
const reassigned = (from: Person, to: Person): DisclosureEvent => ({
  type: 'SignatoryReassigned',
  data: { revisionId: 'r3', step: 0, from, to, reason: '長期休暇のため', by: colleague, at },
});
const eventsOf = (command: DisclosureCommand, ...history: readonly DisclosureEvent[]): readonly DisclosureEvent[] => {
  const { decision } = given(...history).when(command);
  if (decision.outcome === 'rejected') throw new Error(`refused: ${JSON.stringify(decision.rejection)}`);
  return decision.events;
};
/** The history with what a command adds to it. */
const after = (history: readonly DisclosureEvent[], ...commands: readonly DisclosureCommand[]) =>
  commands.reduce<readonly DisclosureEvent[]>(
    (events, command) => [...events, ...eventsOf(command, ...events)],
    history,
  );

describe('every action in every state', () => {
  const states: Readonly<Record<string, readonly DisclosureEvent[]>> = {
    'before a revision': [registered, imported],
    'while drafting': ready,
    'when it waits for the first step': inReview,
    'when it waits for the second step': atSecondStep,
    'once approved': approved,
    'once published': published,
  };
  const actions: Readonly<Record<string, DisclosureCommand>> = {
    'to submit': submit(),
    'to sign as the first': sign(),
    'to sign as the second': sign(management),
    'to return to the drafter': back(management),
    'to return to the first step': back(management, { toStep: 0 }),
    'to reject': no(management),
    'to complete the first step': complete(),
    'to recall': recall(),
    'to withdraw': withdraw(),
    'to reassign': reassign(management, third, { step: 1 }),
    'to review afterwards': read(third),
    'to comment': {
      ...{
        type: 'AddComment',
        commentId: 'c1',
        itemKey: 'I-1',
        quote: null,
        text: '根拠は？',
        mentions: [],
        replyTo: null,
      },
      ...{ by: colleague, at },
    },
  };
  type Verdict = 'accepted' | 'quiet' | DisclosureRejection['type'];
  // In the order of `states`.
  const verdicts: Readonly<Record<string, readonly Verdict[]>> = {
    'to submit': ['NoOpenRevision', 'accepted', 'NotDrafting', 'NotDrafting', 'NotDrafting', 'NoOpenRevision'],
    'to sign as the first': ['NotInReview', 'NotInReview', 'accepted', 'NotYourTurn', 'NotInReview', 'NotInReview'],
    'to sign as the second': ['NotInReview', 'NotInReview', 'NotYourTurn', 'accepted', 'NotInReview', 'NotInReview'],
    'to return to the drafter': ['NotInReview', 'NotInReview', 'NotYourTurn', 'accepted', 'accepted', 'NotInReview'],
    'to return to the first step': [
      'NotInReview',
      'NotInReview',
      'NotYourTurn',
      'accepted',
      'NotInReview',
      'NotInReview',
    ],
    'to reject': ['NotInReview', 'NotInReview', 'NotYourTurn', 'accepted', 'NotInReview', 'NotInReview'],
    'to complete the first step': [
      ...(['NotInReview', 'NotInReview', 'StepNotComplete', 'quiet', 'quiet', 'NotInReview'] as const),
    ],
    'to recall': ['NotInReview', 'NotInReview', 'accepted', 'accepted', 'NotInReview', 'NotInReview'],
    'to withdraw': ['NoOpenRevision', 'accepted', 'accepted', 'accepted', 'accepted', 'NoOpenRevision'],
    'to reassign': ['NotInReview', 'NotInReview', 'accepted', 'accepted', 'NotInReview', 'NotInReview'],
    'to review afterwards': [
      ...(['NoSuchApproval', 'NoSuchApproval', 'NoSuchApproval', 'NoSuchApproval'] as const),
      ...(['NoSuchStep', 'NoSuchStep'] as const),
    ],
    'to comment': ['NoOpenRevision', 'accepted', 'accepted', 'accepted', 'accepted', 'NoOpenRevision'],
  };
  const cases = Object.entries(verdicts).flatMap(([action, row]) =>
    Object.keys(states).map((state, index) => [action, state, row[index] as Verdict] as const),
  );

  it.each(cases)('%s %s: %s', (action, state, verdict) => {
    const { decision } = given(...(states[state] ?? [])).when(actions[action] as DisclosureCommand);
    const seen =
      decision.outcome === 'rejected' ? decision.rejection.type : decision.events.length === 0 ? 'quiet' : 'accepted';
    expect(seen).toBe(verdict);
  });
});

describe('a submission', () => {
  it('fixes the route whole: later changes of a template do not touch it (invariant 3)', () =>
    given(...ready)
      .when(submit())
      .then(submittedWith()));

  it('puts the steps of 後閲 after the series, wherever the template has them', () => {
    const postReview = step({ meaning: 'postReview', signatories: [{ kind: 'people', people: [third] }] });
    given(...ready)
      .when(submit({ route: route({ steps: [postReview, step(), approvalStep()] }) }))
      .then(submittedWith(route({ steps: [step(), approvalStep(), postReview] })));
  });

  it('needs a step that is signed before the publication', () =>
    given(...ready)
      .when(submit({ route: route({ steps: [step({ meaning: 'postReview' })] }) }))
      .thenRejected({ type: 'RouteAsksNobody' }));

  const nobody = (
    index: number,
    candidates: readonly { person: Person; why: 'author' | 'signsAnotherStep' | null }[],
  ) =>
    ({
      type: 'NobodyMaySign',
      steps: [
        {
          step: index,
          meaning: index === 0 ? 'review' : 'approval',
          signatories: (index === 0 ? step() : approvalStep()).signatories,
          candidates,
        },
      ],
    }) as const;

  it('is refused, with the names and the reason, when the only holder of an office wrote in the revision', () => {
    const byPrivacy = [...drafting, revised('II-1', texts.risk, newRisk, privacy), ready[4]] as const;
    given(...byPrivacy)
      .when(submit())
      .thenRejected(nobody(0, [{ person: privacy, why: 'author' }]));
  });

  it('is refused when nobody holds an office', () =>
    given(...ready)
      .when(submit({ organisation: { offices: organisation.offices.slice(0, 1), deputations: [] } }))
      .thenRejected(nobody(1, [])));

  it('is refused when one person is all there is for two steps, unless the route lets one sign two', () => {
    const alone: Organisation = {
      offices: [
        { userId: privacy.id, ...privacyOffice },
        { userId: privacy.id, ...managementOffice, name: privacy.name },
      ],
      deputations: [],
    };
    given(...ready)
      .when(submit({ organisation: alone }))
      .thenRejected(nobody(1, [{ person: privacy, why: 'signsAnotherStep' }]));
    const lenient = route({ oneSignsTwoSteps: true });
    given(...ready)
      .when(submit({ organisation: alone, route: lenient }))
      .then(submittedWith(lenient));
  });

  it('is refused when a quorum asks for more people than there are', () => {
    const two = route({ steps: [step({ quorum: { kind: 'n', n: 2 } }), approvalStep()] });
    given(...ready)
      .when(submit({ route: two }))
      .thenRejected(nobody(0, [{ person: privacy, why: null }]));
    given(...ready)
      .when(submit({ route: two, organisation: organisationWith({ offices: [thirdOffice] }) }))
      .then(submittedWith(two));
  });

  it('sees that whoever has to sign an earlier step for all is missing in a later one', () => {
    // Privacy has to be in the first step, so the second has nobody, although the first could do with the third person.
    const both = route({
      steps: [step(), step({ meaning: 'approval', signatories: [{ kind: 'people', people: [privacy] }] })],
    });
    const { decision } = given(...ready).when(
      submit({ route: both, organisation: organisationWith({ offices: [thirdOffice] }) }),
    );
    expect(decision).toMatchObject({ outcome: 'rejected', rejection: { type: 'NobodyMaySign', steps: [{ step: 1 }] } });
  });

  it('finds the one assignment that works', () => {
    // Anyone of two reviews; only one of them can approve.
    const either = step({ quorum: { kind: 'any' }, signatories: [{ kind: 'people', people: [privacy, management] }] });
    const only = step({
      meaning: 'approval',
      quorum: { kind: 'any' },
      signatories: [{ kind: 'people', people: [privacy] }],
    });
    const possible = route({ steps: [either, only] });
    given(...ready)
      .when(submit({ route: possible }))
      .then(submittedWith(possible));
  });
});

describe('a signature', () => {
  it('says who, as what, over which hash and in which words, and passes the revision on (invariants 1 and 4)', () => {
    given(...inReview)
      .when(sign())
      .then(reviewSigned, completed(0, privacy));
    expect(reviewSigned).toMatchObject({
      data: {
        signature: {
          officer: { role: 'privacyOfficer', department: '管理本部', title: '法務部長' },
          statement: '第3版の変更箇所と全文を審査し、適切であると認めます。',
          contentHash,
          coverageHash: contentHash,
        },
      },
    });
  });

  it('by the last step approves the revision', () =>
    given(...atSecondStep)
      .when(sign(management))
      .then(approvalSigned, completed(1, management), approvedBy(management)));

  it('over another text than the one in review is refused', () =>
    given(...inReview)
      .when(sign(privacy, { contentHash: 'b'.repeat(64) }))
      .thenRejected({ type: 'ContentHasChanged', contentHash }));

  it('is refused to those who wrote in the revision, whatever office they hold (invariant 2)', () => {
    const offices = [{ ...thirdOffice, userId: drafter.id, name: drafter.name }];
    given(...inReview)
      .when(sign(drafter, { organisation: organisationWith({ offices }) }))
      .thenRejected({ type: 'SignerIsAuthor' });
  });

  it('is refused to who started the revision: the causes that they gave are shown to whoever signs, and printed', () => {
    const byPrivacy: DisclosureEvent = {
      type: 'RevisionStarted',
      data: { revisionId: 'r3', editionNumber: 3, causes: [{ type: 'configurationChange' }], by: privacy, at },
    };
    given(registered, imported, byPrivacy, ...inReview.slice(3))
      .when(sign())
      .thenRejected({ type: 'SignerIsAuthor' });
  });

  it('is refused to those who waived a finding: the waiver is part of what is signed', () => {
    const waived: DisclosureEvent = {
      type: 'FindingWaived',
      data: { findingId: 'f', reason: '次の版で改めます。', by: privacy, at },
    };
    given(...ready, waived, submittedWith())
      .when(sign(privacy))
      .thenRejected({ type: 'SignerIsAuthor' });
  });

  it('is refused to those who are neither signatories of the waiting step nor deputies of one', () =>
    given(...inReview)
      .when(sign(management))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories }));

  it('is given once, however often it is asked', () => {
    const two = organisationWith({ offices: [thirdOffice] });
    given(...inReview)
      .when(sign(privacy, { organisation: two }))
      .then(reviewSigned);
    given(...inReview, reviewSigned)
      .when(sign(privacy, { organisation: two }))
      .thenNothing();
  });

  it('is not given for two steps by one person, unless the route says so', () => {
    const both = organisationWith({ offices: [{ ...managementOffice, userId: privacy.id, name: privacy.name }] });
    given(...atSecondStep)
      .when(sign(privacy, { organisation: both }))
      .thenRejected({ type: 'SignedAnotherStep' });
    const lenient = [...ready, submittedWith(route({ oneSignsTwoSteps: true })), reviewSigned, completed(0, privacy)];
    expect(eventsOf(sign(privacy, { organisation: both, step: 1 }), ...lenient)).toMatchObject([
      { type: 'StepSigned' },
    ]);
  });

  it('is of the step whose sentence was shown, and of no other that waits by now', () => {
    const both = organisationWith({ offices: [{ ...managementOffice, userId: privacy.id, name: privacy.name }] });
    const anyOf = route({ steps: [step({ quorum: { kind: 'any' } }), approvalStep()] });
    const passedOn = [...ready, submittedWith(anyOf), signed(signatureOf(third, 0, step())), completed(0, third)];
    given(...passedOn)
      .when(sign(privacy, { step: 0, organisation: both }))
      .thenRejected({ type: 'AnotherStepWaits', step: 1 });
    expect(eventsOf(sign(privacy, { step: 1, organisation: both }), ...passedOn)).toMatchObject([
      { data: { signature: { meaning: 'approval' } } },
    ]);
  });

  it('says for which step, where several ask the same person', () => {
    const both = organisationWith({ offices: [{ ...managementOffice, userId: privacy.id, name: privacy.name }] });
    const lenient = [...ready, submittedWith(route({ oneSignsTwoSteps: true }))];
    given(...lenient)
      .when(sign(privacy, { organisation: both }))
      .thenRejected({ type: 'StepMissing', steps: [0, 1] });
    expect(eventsOf(sign(privacy, { organisation: both, step: 0 }), ...lenient)).toMatchObject([
      { type: 'StepSigned', data: { signature: { step: 0 } } },
      { type: 'StepCompleted' },
    ]);
    expect(eventsOf(sign(privacy), ...lenient)).toMatchObject([{ type: 'StepSigned' }, { type: 'StepCompleted' }]);
  });

  it('that is asked twice is not given for the next step as well, where one may sign both', () => {
    const both = organisationWith({ offices: [{ ...managementOffice, userId: privacy.id, name: privacy.name }] });
    given(...ready, submittedWith(route({ oneSignsTwoSteps: true })), reviewSigned, completed(0, privacy))
      .when(sign(privacy, { step: 0, organisation: both }))
      .thenNothing();
  });

  it('is taken from the one who holds the office at that moment, and keeps the names as of then (invariant 4)', () => {
    const moved: Organisation = {
      offices: [{ ...thirdOffice, department: '新設 法務室' }, ...organisation.offices.slice(1)],
      deputations: [],
    };
    given(...inReview)
      .when(sign(privacy, { organisation: moved }))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories });
    expect(eventsOf(sign(third, { organisation: moved }), ...inReview)[0]).toMatchObject({
      data: { signature: { signer: third, officer: { name: third.name, department: '新設 法務室', title: '室長' } } },
    });
  });

  it('of a person who is named in the route needs no office', () => {
    const named = [
      ...ready,
      submittedWith(route({ steps: [step({ signatories: [{ kind: 'people', people: [third] }] }), approvalStep()] })),
    ];
    expect(eventsOf(sign(third), ...named)).toMatchObject([
      {
        data: {
          signature: { capacity: 'named', officer: { role: null, name: third.name, department: '', title: '' } },
        },
      },
      { type: 'StepCompleted' },
    ]);
  });
});

describe('a quorum', () => {
  const two = organisationWith({ offices: [thirdOffice] });
  const asking = (quorum: { kind: 'any' } | { kind: 'all' } | { kind: 'n'; n: number }) =>
    [...ready, submittedWith(route({ steps: [step({ quorum }), approvalStep()] }))] as const;

  it('of any is reached at once, of n with the n-th', () => {
    given(...asking({ kind: 'any' }))
      .when(sign(privacy, { organisation: two }))
      .then(reviewSigned, completed(0, privacy));
    const asked = asking({ kind: 'n', n: 2 });
    given(...asked)
      .when(sign(privacy, { organisation: two }))
      .then(reviewSigned);
    expect(eventsOf(sign(third, { organisation: two }), ...asked, reviewSigned)).toMatchObject([
      { type: 'StepSigned' },
      { type: 'StepCompleted' },
    ]);
  });

  it('of all is reached when every holder but the authors has signed', () => {
    const authorToo = organisationWith({ offices: [{ ...thirdOffice, userId: drafter.id, name: drafter.name }] });
    given(...inReview)
      .when(sign(privacy, { organisation: authorToo }))
      .then(reviewSigned, completed(0, privacy));
    given(...inReview)
      .when(sign(privacy, { organisation: two }))
      .then(reviewSigned);
  });

  it('of all is not reached by those who have left their office since they signed', () => {
    const others: Organisation = { ...two, offices: two.offices.filter(({ userId }) => userId !== privacy.id) };
    const fourth = { ...thirdOffice, userId: 'fourth', name: '第四 月' };
    const signedByThird = sign(third, { organisation: { ...others, offices: [...others.offices, fourth] } });
    expect(eventsOf(signedByThird, ...inReview, reviewSigned)).toMatchObject([{ type: 'StepSigned' }]);
  });

  it('of all does not wait for somebody who signed another step', () => {
    const twoHats = organisationWith({ offices: [{ ...managementOffice, userId: privacy.id, name: privacy.name }] });
    given(...atSecondStep)
      .when(sign(management, { organisation: twoHats }))
      .then(approvalSigned, completed(1, management), approvedBy(management));
  });
});

describe('a step whose last missing signatory has left', () => {
  const two = organisationWith({ offices: [thirdOffice] });
  const oneSigned = [...inReview, reviewSigned] as const;
  const becauseOthersLeft = { on: '2030-01-02', signatories: [privacy] };
  const noticed: DisclosureEvent = {
    type: 'StepCompleted',
    data: { revisionId: 'r3', step: 0, becauseOthersLeft, by: colleague, at },
  };

  it('is complete when somebody notices: who was asked on that day is kept', () => {
    given(...oneSigned)
      .when(complete({ organisation: two }))
      .thenRejected({ type: 'StepNotComplete', step: 0 });
    given(...oneSigned)
      .when(complete())
      .then(noticed);
  });

  it('passes the revision on as far as it is signed, to the approval', () => {
    const threeAsked = [...atSecondStep, approvalSigned] as const;
    expect(eventsOf(complete({ step: 1 }), ...threeAsked)).toMatchObject([
      { type: 'StepCompleted', data: { becauseOthersLeft: { signatories: [management] } } },
      { type: 'RevisionApproved', data: { by: colleague } },
    ]);
  });

  it('is noticed once', () =>
    given(...oneSigned, noticed)
      .when(complete())
      .thenNothing());

  it('is not complete by the signatures of those who have left alone: it waits for a holder of the office', () => {
    const nobody: Organisation = { ...organisation, offices: organisation.offices.slice(1) };
    given(...oneSigned)
      .when(complete({ organisation: nobody }))
      .thenRejected({ type: 'StepNotComplete', step: 0 });
    const successor: Organisation = { ...nobody, offices: [...nobody.offices, thirdOffice] };
    expect(eventsOf(sign(third, { organisation: successor }), ...oneSigned)).toMatchObject([
      { type: 'StepSigned' },
      { type: 'StepCompleted' },
    ]);
  });

  it('is not submitted with nothing but a signature that carries over of somebody who has left', () => {
    const nobody: Organisation = { ...organisation, offices: organisation.offices.slice(1) };
    const sentBack = [...atSecondStep, returned(1, management)];
    given(...sentBack)
      .when(submit({ organisation: nobody }))
      .thenRejected({
        type: 'NobodyMaySign',
        steps: [{ step: 0, meaning: 'review', signatories: step().signatories, candidates: [] }],
      });
  });

  it('is complete for a deputy who has signed, after the deputation has ended', () => {
    const acting = organisationWith({ offices: [thirdOffice], deputations: [deputation] });
    const byDeputy = eventsOf(sign(deputy, { onBehalfOf: privacy.id, organisation: acting }), ...inReview);
    expect(byDeputy).toMatchObject([{ type: 'StepSigned' }]);
    expect(eventsOf(complete(), ...inReview, ...byDeputy)).toMatchObject([
      { type: 'StepCompleted', data: { becauseOthersLeft } },
    ]);
  });
});

describe('a deputy', () => {
  const acting = organisationWith({ deputations: [deputation] });
  const onBehalfOf = {
    person: privacy,
    officer: privacyOffice,
    deputation: {
      ...{ id: 'dp1', from: '2030-01-01', until: '2030-01-31' },
      scope: { roles: 'all', disclosureIds: 'all' } as const,
    },
  };
  const signedByDeputy = signed(
    signatureOf(deputy, 0, step(), {
      onBehalfOf,
      statement: '保護 一郎の代理として、第3版の変更箇所と全文を審査し、適切であると認めます。',
    }),
  );
  const inPlace = sign(deputy, { onBehalfOf: privacy.id, organisation: acting });

  it('signs for the other, and both names are kept, with the deputation', () =>
    given(...inReview)
      .when(inPlace)
      .then(signedByDeputy, completed(0, deputy)));

  it('has to say for whom', () =>
    given(...inReview)
      .when(sign(deputy, { organisation: acting }))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories }));

  it('acts only for the offices that the deputation names', () => {
    const narrow = organisationWith({ deputations: [{ ...deputation, roles: ['managementOfficer'] }] });
    given(...inReview)
      .when(sign(deputy, { onBehalfOf: privacy.id, organisation: narrow }))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories });
  });

  it('acts for any of the offices by which the other is asked', () => {
    const bothOffices = { ...privacyOffice, role: 'systemAdministrator' } as const;
    const asked = route({
      steps: [
        step({
          signatories: [
            { kind: 'role', role: 'privacyOfficer' },
            { kind: 'role', role: 'systemAdministrator' },
          ],
        }),
        approvalStep(),
      ],
    });
    const second = organisationWith({
      offices: [{ userId: privacy.id, ...bothOffices }],
      deputations: [{ ...deputation, roles: ['systemAdministrator'] }],
    });
    const events = eventsOf(
      sign(deputy, { onBehalfOf: privacy.id, organisation: second }),
      ...ready,
      submittedWith(asked),
    );
    expect(events).toMatchObject([
      { data: { signature: { onBehalfOf: { person: privacy, officer: { role: 'systemAdministrator' } } } } },
      { type: 'StepCompleted' },
    ]);
  });

  it('signs nothing that the other could not: not what the other wrote', () => {
    const byPrivacy = [...drafting, revised('II-1', texts.risk, newRisk, privacy), ready[4], submittedWith()] as const;
    given(...byPrivacy)
      .when(sign(deputy, { onBehalfOf: privacy.id, organisation: acting }))
      .thenRejected({ type: 'PrincipalIsAuthor', principal: privacy });
  });

  it('signs nothing that they wrote', () =>
    given(...inReview)
      .when(
        sign(drafter, {
          onBehalfOf: privacy.id,
          organisation: organisationWith({ deputations: [{ ...deputation, deputy: drafter }] }),
        }),
      )
      .thenRejected({ type: 'SignerIsAuthor' }));

  it('is in one step only, and so is whom they acted for', () => {
    const held = [...inReview, signedByDeputy, completed(0, deputy)] as const;
    const also = organisationWith({
      offices: [
        { ...managementOffice, userId: deputy.id, name: deputy.name },
        { ...managementOffice, userId: privacy.id, name: privacy.name },
      ],
      deputations: [deputation],
    });
    given(...held)
      .when(sign(deputy, { organisation: also }))
      .thenRejected({ type: 'SignedAnotherStep' });
    given(...held)
      .when(sign(privacy, { organisation: also }))
      .thenRejected({ type: 'SignedAnotherStep' });
  });

  it('does not add a second signature for the same person', () => {
    const asked = [
      ...ready,
      submittedWith(route({ steps: [step({ quorum: { kind: 'n', n: 2 } }), approvalStep()] })),
      signedByDeputy,
    ];
    given(...asked)
      .when(sign(privacy, { organisation: acting }))
      .thenRejected({ type: 'AlreadySignedFor', principal: privacy });
    given(...asked)
      .when(inPlace)
      .thenNothing();
  });

  it('is not put into a step through somebody who is in it already, as a signer or through a deputy', () => {
    // The deputy signed for the one; now the one is to sign as a deputy of another, or another for the deputy.
    const asked = [
      ...ready,
      submittedWith(route({ steps: [step({ quorum: { kind: 'n', n: 2 } }), approvalStep()] })),
      signedByDeputy,
    ];
    const swapped: Organisation = {
      offices: [thirdOffice, { ...thirdOffice, userId: deputy.id, name: deputy.name }],
      deputations: [
        { ...deputation, id: 'dp2', principal: third, deputy: privacy },
        { ...deputation, id: 'dp3', principal: deputy, deputy: colleague },
      ],
    };
    given(...asked)
      .when(sign(privacy, { onBehalfOf: third.id, organisation: swapped }))
      .thenRejected({ type: 'AlreadySignedFor', principal: privacy });
    given(...asked)
      .when(sign(colleague, { onBehalfOf: deputy.id, organisation: swapped }))
      .thenRejected({ type: 'AlreadySignedFor', principal: deputy });
    given(...asked)
      .when(reassign(third, deputy, { organisation: organisationWith({ offices: [thirdOffice] }) }))
      .thenRejected({ type: 'ReplacementMayNotSign', person: deputy, why: 'signatory' });
  });

  it('who may sign in their own right does so, and not for another as well', () => {
    const colleagues = organisationWith({
      offices: [thirdOffice],
      deputations: [{ ...deputation, deputy: third }],
    });
    given(...inReview)
      .when(sign(third, { onBehalfOf: privacy.id, organisation: colleagues }))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories });
    expect(eventsOf(sign(third, { organisation: colleagues }), ...inReview)).toMatchObject([{ type: 'StepSigned' }]);
    given(...inReview, signed(signatureOf(third, 0, step())))
      .when(sign(third, { onBehalfOf: privacy.id, organisation: colleagues }))
      .thenRejected({ type: 'SignedThisStep' });
  });

  it('has no deputy', () => {
    const chain = organisationWith({
      deputations: [deputation, { ...deputation, id: 'dp2', principal: deputy, deputy: third }],
    });
    for (const onBehalf of [deputy.id, privacy.id]) {
      given(...inReview)
        .when(sign(third, { onBehalfOf: onBehalf, organisation: chain }))
        .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories });
    }
  });
});

describe('an escalation', () => {
  const escalating = step({
    dueInBusinessDays: 1,
    escalation: { afterBusinessDays: 1, to: { kind: 'people', people: [third] } },
  });
  const asked = [...ready, submittedWith(route({ steps: [escalating, approvalStep()] }))] as const;

  it('lets the next in line sign as well, from its day on', () => {
    // Asked on Wednesday 2030-01-02, due on Thursday, escalates on Friday.
    const early = sign(third, { at: '2030-01-03T14:59:59.999Z' });
    given(...asked)
      .when(early)
      .thenRejected({ type: 'NotYourTurn', waitingFor: escalating.signatories });
    const events = eventsOf(sign(third, { at: '2030-01-03T15:00:00.000Z' }), ...asked);
    expect(events).toMatchObject([
      { data: { signature: { capacity: 'escalated', signer: third } } },
      { type: 'StepCompleted' },
    ]);
  });

  it('replaces one of those who are missing, and not two', () => {
    const two = organisationWith({ offices: [{ ...thirdOffice, userId: 'fourth', name: '第四 月' }] });
    const events = eventsOf(sign(third, { at: '2030-01-04T00:00:00.000Z', organisation: two }), ...asked);
    expect(events).toMatchObject([{ type: 'StepSigned' }]);
  });
});

describe('a return for changes', () => {
  it('gives the same revision back to the drafter with the reason', () => {
    given(...inReview)
      .when(back())
      .then(returned(0));
    const { revision } = stateAfter(...inReview, returned(0));
    expect(revision).toMatchObject({ id: 'r3', status: 'drafting', returned: { reason: 'II-1を具体的に' } });
  });

  it('needs a reason (invariant 5)', () => {
    given(...inReview)
      .when(back(privacy, { reason: '  ' }))
      .thenRejected({ type: 'ReasonMissing' });
    given(...atSecondStep)
      .when(back(management, { reason: '', toStep: 0 }))
      .thenRejected({ type: 'ReasonMissing' });
  });

  it('is of the text that was read, where it says which', () => {
    given(...inReview)
      .when(back(privacy, { contentHash }))
      .then(returned(0));
    for (const facts of [inReview, approved])
      given(...facts)
        .when(back(facts === inReview ? privacy : management, { contentHash: 'f'.repeat(64) }))
        .thenRejected({ type: 'ContentHasChanged', contentHash });
  });

  it('is for a deputy as well, and for an author who has the turn: it is no signature', () => {
    const acting = organisationWith({ deputations: [deputation] });
    given(...inReview)
      .when(back(deputy, { organisation: acting }))
      .then(returned(0, deputy));
    const offices = [{ ...thirdOffice, userId: drafter.id, name: drafter.name }];
    given(...inReview)
      .when(back(drafter, { organisation: organisationWith({ offices }) }))
      .then(returned(0, drafter));
  });

  it('reopens an approved text and voids its signatures', () => {
    given(...approved)
      .when(back(management))
      .then(returned(1, management));
    expect(stateAfter(...approved, returned(1, management)).revision).not.toHaveProperty('signatures');
  });

  it('to an earlier step voids the signatures from there on; the text stays as it is', () => {
    const toFirst: DisclosureEvent = {
      type: 'ReturnedToStep',
      data: { revisionId: 'r3', from: 1, to: 0, reason: 'II-1を具体的に', by: management, at },
    };
    given(...atSecondStep)
      .when(back(management, { toStep: 0 }))
      .then(toFirst);
    expect(stateAfter(...atSecondStep, toFirst).revision).toMatchObject({
      status: 'inReview',
      step: 0,
      contentHash,
      signatures: [],
      voided: [{ signer: privacy }],
      returned: { toStep: 0 },
    });
    // The same person signs again, and the way on is the same.
    given(...atSecondStep, toFirst)
      .when(sign())
      .then(reviewSigned, completed(0, privacy));
  });

  it('to a step that is not earlier is refused', () => {
    for (const toStep of [1, 2]) {
      given(...atSecondStep)
        .when(back(management, { toStep }))
        .thenRejected({ type: 'NoSuchStep', step: toStep });
    }
  });
});

describe('what carries over', () => {
  const covering = (...covers: readonly string[]) => step({ covers });
  const asked = route({ steps: [covering('I-1', 'I-2'), approvalStep()] });
  const atApproval = [
    ...ready,
    submittedWith(asked),
    signed(signatureOf(privacy, 0, covering('I-1', 'I-2'))),
    completed(0, privacy),
  ] as const;
  const sentBack = [...atApproval, returned(1, management)] as const;
  const submitAgain = submit({ route: asked });

  it('is a signature over items that nobody touched: the step is done when it is submitted again (invariant 6)', () => {
    const changed = [...sentBack, revised('II-1', newRisk, 'TLS1.3のみで接続します。')] as const;
    const events = eventsOf(submitAgain, ...changed);
    expect(events).toMatchObject([
      { type: 'SubmittedForReview', data: { carriedOver: [{ signer: privacy, step: 0, contentHash }] } },
      { type: 'StepCompleted', data: { step: 0 } },
    ]);
    expect(stateAfter(...changed, ...events).revision).toMatchObject({ status: 'inReview', step: 1 });
  });

  it('is no signature over items that were touched', () => {
    const changed = [...sentBack, revised('I-2', texts.backup, '時間ごとに保管します。')] as const;
    expect(eventsOf(submitAgain, ...changed)).toMatchObject([{ data: { carriedOver: [] } }]);
  });

  it('is nothing where the route says none', () => {
    const none = { ...asked, carryOver: 'none' } as const;
    expect(eventsOf(submit({ route: none }), ...sentBack)).toMatchObject([{ data: { carriedOver: [] } }]);
  });

  it('is nothing that another step asks for, in who, what or meaning', () => {
    for (const other of [covering('I-1'), step({ covers: ['I-1', 'I-2'], meaning: 'acknowledgement' })]) {
      const changed = submit({ route: route({ steps: [other, approvalStep()] }) });
      expect(eventsOf(changed, ...sentBack)[0]).toMatchObject({ data: { carriedOver: [] } });
    }
  });

  it('is no signature of the step that sent it back', () => {
    const byApprover = [...approved, returned(1, management)] as const;
    expect(eventsOf(submit(), ...byApprover)).toMatchObject([
      { data: { carriedOver: [{ signer: privacy }] } },
      { type: 'StepCompleted', data: { step: 0 } },
    ]);
  });

  it('is every signature when the submitter takes it back: nobody dissented', () => {
    const recalled: DisclosureEvent = { type: 'Recalled', data: { revisionId: 'r3', by: drafter, at } };
    expect(eventsOf(submitAgain, ...atApproval, recalled)).toMatchObject([
      { data: { carriedOver: [{ signer: privacy }] } },
      { type: 'StepCompleted', data: { step: 0 } },
    ]);
  });

  it('is a signature of a later step as well, over items that nobody touched', () => {
    const three = route({
      steps: [
        step(),
        step({ signatories: [{ kind: 'people', people: [third] }], covers: ['I-1'], meaning: 'acknowledgement' }),
        approvalStep(),
      ],
    });
    const thirdSigned = signed(
      signatureOf(third, 1, three.steps[1] as (typeof three.steps)[number], { capacity: 'named' }),
    );
    // Signed by the second step, sent back by the third; submitted again, and sent back by the first.
    const once = [
      ...ready,
      submittedWith(three),
      reviewSigned,
      completed(0, privacy),
      thirdSigned,
      completed(1, third),
    ];
    const sentBackTwice = after(
      [...once, returned(2, management), revised('II-1', newRisk, 'TLS1.3のみで接続します。')],
      submit({ route: three }),
      back(),
    );
    expect(stateAfter(...sentBackTwice).revision).toMatchObject({
      status: 'drafting',
      earlier: [{ signature: { signer: third } }],
    });
    expect(eventsOf(submit({ route: three }), ...sentBackTwice)).toMatchObject([
      { data: { carriedOver: [{ signer: third, step: 1 }] } },
    ]);
  });

  it('is no signature of somebody who has written in the revision since', () => {
    const others = organisationWith({ offices: [thirdOffice] });
    const wrote = [...sentBack, revised('II-1', newRisk, 'TLS1.3のみで接続します。', privacy)] as const;
    expect(eventsOf(submit({ route: asked, organisation: others }), ...wrote)).toMatchObject([
      { data: { carriedOver: [] } },
    ]);
  });

  it('keeps over which text it was signed, and holds for the text that is published', () => {
    const changed = [...sentBack, revised('II-1', newRisk, 'TLS1.3のみで接続します。')] as const;
    const again = [...changed, ...eventsOf(submitAgain, ...changed)];
    const hash = contentHashAfter(...changed);
    const all = after(again, sign(management, { contentHash: hash }));
    expect(stateAfter(...all).revision).toMatchObject({
      status: 'approved',
      signatures: [
        { signer: privacy, contentHash },
        { signer: management, contentHash: hash },
      ],
    });
  });

  it('remembers what each signed last, whatever became of it', () => {
    const { revision } = stateAfter(...sentBack);
    expect(revision).toMatchObject({ lastSigned: { [privacy.id]: { step: 0, contentHash } } });
  });
});

describe('a recall', () => {
  it('takes the revision back before anyone signed the waiting step (invariant 5)', () =>
    given(...atSecondStep)
      .when(recall())
      .then({ type: 'Recalled', data: { revisionId: 'r3', by: drafter, at } }));

  it('is too late once somebody signed the waiting step (invariant 5)', () =>
    given(...inReview, reviewSigned)
      .when(recall())
      .thenRejected({ type: 'AlreadySigned' }));

  it('is for the one who submitted', () =>
    given(...inReview)
      .when(recall(colleague))
      .thenRejected({ type: 'NotTheSubmitter', submittedBy: drafter }));
});

describe('a withdrawal', () => {
  it('is for any drafter while it is drafted, and for the one who submitted from then on', () => {
    const withdrawn = (by: Person): DisclosureEvent => ({ type: 'Withdrawn', data: { revisionId: 'r3', by, at } });
    given(...ready)
      .when(withdraw(colleague))
      .then(withdrawn(colleague));
    for (const state of [inReview, approved]) {
      given(...state)
        .when(withdraw(colleague))
        .thenRejected({ type: 'NotTheSubmitter', submittedBy: drafter });
      given(...state)
        .when(withdraw())
        .then(withdrawn(drafter));
    }
  });
});

describe('a withdrawal in the place of a submitter who has left', () => {
  const instead = withdraw(colleague, {
    ...{ isDrafter: false, isAdministrator: true, submitterHasLeft: true, reason: '提出者の退職' },
  });

  it('is for an administrator, who says why', () => {
    for (const state of [inReview, approved]) {
      given(...state)
        .when(instead)
        .then({ type: 'Withdrawn', data: { revisionId: 'r3', reason: '提出者の退職', by: colleague, at } });
      given(...state)
        .when({ ...instead, reason: ' ' } as DisclosureCommand)
        .thenRejected({ type: 'ReasonMissing' });
    }
  });

  it('is for no other drafter, and for nobody while the submitter can do it', () => {
    for (const changes of [{ isDrafter: true, isAdministrator: false }, { submitterHasLeft: false }]) {
      given(...inReview)
        .when({ ...instead, ...changes } as DisclosureCommand)
        .thenRejected({ type: 'NotTheSubmitter', submittedBy: drafter });
    }
  });

  it('is for an administrator while it is drafted as well', () => {
    const draft = withdraw(colleague, { isDrafter: false, isAdministrator: true });
    given(...ready)
      .when(draft)
      .thenRejected({ type: 'ReasonMissing' });
  });
});

describe('a rejection', () => {
  it('is known, with its reason, until another text is submitted or withdrawn', () => {
    const rejected = after(inReview, no());
    const again: DisclosureEvent = {
      type: 'RevisionStarted',
      data: { revisionId: 'r4', editionNumber: 3, causes: [], by: drafter, at },
    };
    const lastRejection = { editionNumber: 3, reason: '不要な改訂', by: privacy, at };
    expect(stateAfter(...rejected)).toMatchObject({ lastRejection });
    expect(stateAfter(...rejected, again)).toMatchObject({ lastRejection });
    expect(stateAfter(...rejected, again, submittedWith())).not.toHaveProperty('lastRejection');
    expect(stateAfter(...after([...rejected, again], withdraw()))).not.toHaveProperty('lastRejection');
  });

  it('ends the revision', () =>
    given(...inReview)
      .when(no())
      .then({ type: 'Rejected', data: { revisionId: 'r3', reason: '不要な改訂', by: privacy, at } }));

  it('is of the text that was read, where it says which', () =>
    given(...inReview)
      .when(no(privacy, { contentHash: 'f'.repeat(64) }))
      .thenRejected({ type: 'ContentHasChanged', contentHash }));

  it('needs a reason (invariant 5)', () =>
    given(...inReview)
      .when(no(privacy, { reason: '' }))
      .thenRejected({ type: 'ReasonMissing' }));
});

describe('a reassignment', () => {
  const moved = [...inReview, reassigned(privacy, third)] as const;

  it('puts somebody in the place of another, in that step of that revision', () => {
    given(...inReview)
      .when(reassign(privacy, third))
      .then(reassigned(privacy, third));
    given(...moved)
      .when(sign())
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories });
    expect(eventsOf(sign(third), ...moved)).toMatchObject([
      { data: { signature: { signer: third, capacity: 'reassigned' } } },
      { type: 'StepCompleted' },
    ]);
  });

  it('ends where the one who was replaced has left and somebody else holds the office; while nobody does, it stays', () => {
    const [, managing] = organisation.offices;
    const successor: Organisation = {
      deputations: [],
      offices: [
        { ...thirdOffice, userId: 'fourth', name: '第四 月' },
        managing as (typeof organisation.offices)[number],
      ],
    };
    const fourth = { id: 'fourth', name: '第四 月' };
    given(...moved)
      .when(sign(third, { organisation: successor }))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories });
    expect(eventsOf(sign(fourth, { organisation: successor }), ...moved)).toMatchObject([
      { data: { signature: { signer: fourth, capacity: 'officer' } } },
      { type: 'StepCompleted' },
    ]);
    const vacant = { ...successor, offices: successor.offices.slice(1) };
    expect(eventsOf(sign(third, { organisation: vacant }), ...moved)).toMatchObject([
      { data: { signature: { signer: third, capacity: 'reassigned' } } },
      { type: 'StepCompleted' },
    ]);
  });

  it('leaves somebody who is appointed alongside the one who was replaced to sign as well', () => {
    const alongside = organisationWith({ offices: [{ ...thirdOffice, userId: 'fourth', name: '第四 月' }] });
    expect(eventsOf(sign(third, { organisation: alongside }), ...moved)).toMatchObject([{ type: 'StepSigned' }]);
  });

  it('holds for the whole revision: it is not asked for again after a return, unless the replacement has written since', () => {
    const again = after([...moved, returned(0, third)], submit());
    given(...again)
      .when(sign(privacy))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories });
    expect(eventsOf(sign(third), ...again)).toMatchObject([{ type: 'StepSigned' }, { type: 'StepCompleted' }]);

    const written = [...moved, returned(0, third), revised('II-1', newRisk, 'TLS1.3のみ', third)];
    expect(stateAfter(...after(written, submit())).revision).toMatchObject({ reassignments: [] });
  });

  it('is done once, however often it is asked', () =>
    given(...moved)
      .when(reassign(privacy, third))
      .thenNothing());

  it('ends the deputation for that place', () =>
    given(...moved)
      .when(sign(deputy, { onBehalfOf: privacy.id, organisation: organisationWith({ deputations: [deputation] }) }))
      .thenRejected({ type: 'NotYourTurn', waitingFor: step().signatories }));

  it('needs a reason', () =>
    given(...inReview)
      .when(reassign(privacy, third, { reason: ' ' }))
      .thenRejected({ type: 'ReasonMissing' }));

  it('is not to an author, to somebody who is in another step, or to somebody who is in this one', () => {
    given(...inReview)
      .when(reassign(privacy, third, { by: third }))
      .thenRejected({ type: 'ReplacementMayNotSign', person: third, why: 'oneself' });
    given(...inReview)
      .when(reassign(privacy, drafter))
      .thenRejected({ type: 'ReplacementMayNotSign', person: drafter, why: 'author' });
    given(...atSecondStep)
      .when(reassign(management, privacy, { step: 1 }))
      .thenRejected({ type: 'ReplacementMayNotSign', person: privacy, why: 'signedAnotherStep' });
    given(...inReview)
      .when(reassign(privacy, third, { organisation: organisationWith({ offices: [thirdOffice] }) }))
      .thenRejected({ type: 'ReplacementMayNotSign', person: third, why: 'signatory' });
  });

  it('is not from somebody who is not in the step, or has signed it', () => {
    given(...inReview)
      .when(reassign(colleague, third))
      .thenRejected({ type: 'NotASignatory', person: colleague });
    const two = organisationWith({ offices: [{ ...thirdOffice, userId: 'fourth' }] });
    given(...inReview, reviewSigned)
      .when(reassign(privacy, third, { organisation: two }))
      .thenRejected({ type: 'AlreadySignedFor', principal: privacy });
  });

  it('is not from somebody who may sign only because it escalated: they are not waited for', () => {
    const escalation = { afterBusinessDays: 1, to: { kind: 'people', people: [colleague] } } as const;
    const late = route({ steps: [step({ dueInBusinessDays: 1, escalation }), approvalStep()] });
    given(...ready, submittedWith(late))
      .when(reassign(colleague, third, { at: '2030-02-01T00:00:00.000Z' }))
      .thenRejected({ type: 'NotASignatory', person: colleague });
  });

  it('of a step that is done is refused', () =>
    given(...atSecondStep)
      .when(reassign(privacy, third))
      .thenRejected({ type: 'NoSuchStep', step: 0 }));

  it('does not leave a later step without anybody', () => {
    const { decision } = given(...inReview).when(reassign(privacy, management));
    expect(decision).toMatchObject({ rejection: { type: 'NobodyMaySign', steps: [{ step: 1 }] } });
  });
});

describe('a 後閲', () => {
  const asked = route({
    steps: [
      step(),
      approvalStep(),
      step({ meaning: 'postReview', signatories: [{ kind: 'people', people: [third, privacy] }] }),
    ],
  });
  const decided = [
    ...ready,
    submittedWith(asked),
    reviewSigned,
    completed(0, privacy),
    approvalSigned,
    completed(1, management),
    approvedBy(management),
  ] as const;

  it('is not waited for: the approval comes before it', () =>
    expect(stateAfter(...decided).revision.status).toBe('approved'));

  it('is recorded from the approval on, after the publication too, once', () => {
    given(...decided.slice(0, -1))
      .when(read(third))
      .thenRejected({ type: 'NoSuchApproval', editionNumber: 3 });
    const before = eventsOf(read(third), ...decided);
    expect(before).toMatchObject([
      {
        type: 'PostReviewed',
        data: {
          editionNumber: 3,
          postReview: { reader: third, statement: '承認された第3版の変更箇所と全文を後閲しました。' },
        },
      },
    ]);
    given(...decided, ...before)
      .when(read(third))
      .thenNothing();

    const out = [...decided, ...published.slice(-1)];
    const events = eventsOf(read(third), ...out);
    expect(stateAfter(...out, ...events).editions.at(-1)?.postReviews).toMatchObject([
      { reader: third, afterPublication: true },
    ]);
    expect(stateAfter(...decided, ...before, ...published.slice(-1)).editions.at(-1)?.postReviews).toMatchObject([
      { reader: third, afterPublication: false },
    ]);
    // The publication says which there were, so that none is left out of what proves the edition.
    const dates = { issuedOn: '2030-01-10', effectiveOn: '2030-02-01', today: '2030-01-02' };
    expect(eventsOf({ type: 'PublishEdition', ...dates, by: drafter, at }, ...decided, ...before)).toMatchObject([
      { type: 'EditionPublished', data: { postReviews: [{ reader: third, step: 2 }] } },
    ]);
    given(...decided, ...before, ...published.slice(-1))
      .when(read(third))
      .thenNothing();
  });

  it('is for those whom the route names, and not for who signed', () => {
    given(...decided)
      .when(read(colleague))
      .thenRejected({ type: 'NotYourTurn', waitingFor: asked.steps[2]?.signatories ?? [] });
    given(...decided)
      .when(read(privacy))
      .thenRejected({ type: 'SignedAnotherStep' });
  });

  it('is given in one step by one person, unless the route says so', () => {
    const afterwards = step({ meaning: 'postReview', signatories: [{ kind: 'people', people: [third] }] });
    const inTwo = (oneSignsTwoSteps: boolean) =>
      [
        ...ready,
        submittedWith(route({ steps: [step(), approvalStep(), afterwards, afterwards], oneSignsTwoSteps })),
        ...approved.slice(inReview.length),
      ] as const;
    for (const more of [[], published.slice(-1)]) {
      const strict = [...inTwo(false), ...eventsOf(read(third), ...inTwo(false)), ...more];
      given(...strict)
        .when(read(third, { step: 3 }))
        .thenRejected({ type: 'SignedAnotherStep' });
    }
    const lenient = [...inTwo(true), ...eventsOf(read(third), ...inTwo(true))];
    expect(eventsOf(read(third, { step: 3 }), ...lenient)).toMatchObject([{ type: 'PostReviewed' }]);
  });

  describe('by a deputy', () => {
    const asked = route({
      steps: [
        step(),
        approvalStep(),
        step({ meaning: 'postReview', signatories: [{ kind: 'role', role: 'systemAdministrator' }] }),
      ],
    });
    const decided = [...ready, submittedWith(asked), ...approved.slice(inReview.length)] as const;
    const acting = organisationWith({
      offices: [{ ...thirdOffice, role: 'systemAdministrator' }],
      deputations: [{ ...deputation, principal: third }],
    });
    const asDeputy = read(deputy, { organisation: acting, onBehalfOf: third.id });

    it('says for whom, and is in the words of a deputy', () => {
      given(...decided)
        .when(read(deputy, { organisation: acting }))
        .thenRejected({ type: 'NotYourTurn', waitingFor: asked.steps[2]?.signatories ?? [] });
      const events = eventsOf(asDeputy, ...decided);
      expect(events).toMatchObject([
        {
          data: {
            postReview: {
              ...{ reader: deputy, onBehalfOf: { person: third, deputation: { id: 'dp1' } } },
              statement: '第三 花の代理として、承認された第3版の変更箇所と全文を後閲しました。',
            },
          },
        },
      ]);
      given(...decided, ...events)
        .when(asDeputy)
        .thenNothing();
    });

    it('stands for that of the other, and is none of what the other wrote', () => {
      given(...decided, ...eventsOf(asDeputy, ...decided))
        .when(read(third, { organisation: acting }))
        .thenRejected({ type: 'AlreadySignedFor', principal: third });
      const wrote = [...ready, revised('I-1', texts.law, '日本国法のみ', third), ...decided.slice(ready.length)];
      given(...wrote)
        .when(asDeputy)
        .thenRejected({ type: 'PrincipalIsAuthor', principal: third });
    });
  });
});
