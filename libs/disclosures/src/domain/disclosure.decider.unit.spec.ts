import { specFor } from '@app/event-sourcing/testing';
import { contentHashOf, defaultRoute, evolve, initialState, type DisclosureEvent, type Registered } from './disclosure';
import { disclosureDecider, type DisclosureCommand } from './disclosure.decider';
import {
  at,
  colleague,
  described,
  drafter,
  hashOfText,
  imported,
  management,
  managementOffice,
  parts,
  privacy,
  privacyOffice,
  registered,
  revised,
  started,
  textBody,
  texts,
} from './examples';
import { findingsOf } from './lint';

const given = specFor(disclosureDecider);
const stateAfter = (...events: readonly DisclosureEvent[]): Registered => {
  const state = events.reduce(evolve, initialState);
  if (state.status !== 'Registered') throw new Error('the examples register a disclosure');
  return state;
};

const newRisk = 'TLS1.3とクライアント証明書で接続します。';
const drafting = [registered, imported, started] as const;
const ready = [...drafting, revised('II-1', texts.risk, newRisk), described] as const;
const contentHash = contentHashOf(stateAfter(...ready), 3, '接続方式の変更に伴う見直し', [
  { type: 'configurationChange' },
]);
const submitted: DisclosureEvent = {
  type: 'SubmittedForReview',
  data: {
    revisionId: 'r3',
    route: defaultRoute,
    itemHashes: { 'I-1': hashOfText(texts.law), 'I-2': hashOfText(texts.backup), 'II-1': hashOfText(newRisk) },
    contentHash,
    by: drafter,
    at,
  },
};
const inReview = [...ready, submitted] as const;

const sign = (changes: Partial<Extract<DisclosureCommand, { type: 'SignStep' }>> = {}): DisclosureCommand => ({
  type: 'SignStep',
  contentHash,
  offices: [privacyOffice],
  holders: { privacyOfficer: [privacy.id], managementOfficer: [management.id] },
  reauthentication: 'password',
  timeZone: 'Asia/Tokyo',
  by: privacy,
  at,
  ...changes,
});
const approve = sign({ by: management, offices: [managementOffice] });
const reviewSigned: DisclosureEvent = {
  type: 'StepSigned',
  data: {
    revisionId: 'r3',
    signature: {
      step: 0,
      signer: privacy,
      officer: privacyOffice,
      meaning: 'review',
      contentHash,
      at,
      timeZone: 'Asia/Tokyo',
      reauthentication: 'password',
    },
    by: privacy,
    at,
  },
};
const reviewCompleted: DisclosureEvent = {
  type: 'StepCompleted',
  data: { revisionId: 'r3', step: 0, by: privacy, at },
};
const approvalSigned: DisclosureEvent = {
  type: 'StepSigned',
  data: {
    revisionId: 'r3',
    signature: {
      step: 1,
      signer: management,
      officer: managementOffice,
      meaning: 'approval',
      contentHash,
      at,
      timeZone: 'Asia/Tokyo',
      reauthentication: 'password',
    },
    by: management,
    at,
  },
};
const approvalCompleted: DisclosureEvent = {
  type: 'StepCompleted',
  data: { revisionId: 'r3', step: 1, by: management, at },
};
const approvedEvent: DisclosureEvent = {
  type: 'RevisionApproved',
  data: { revisionId: 'r3', contentHash, by: management, at },
};
const atSecondStep = [...inReview, reviewSigned, reviewCompleted] as const;
const approved = [...atSecondStep, approvalSigned, approvalCompleted, approvedEvent] as const;

const publish = (changes: Partial<Extract<DisclosureCommand, { type: 'PublishEdition' }>> = {}): DisclosureCommand => ({
  type: 'PublishEdition',
  issuedOn: '2030-01-10',
  effectiveOn: '2030-02-01',
  today: '2030-01-02',
  by: drafter,
  at,
  ...changes,
});

describe('an imported disclosure', () => {
  it('has the imported edition in force and the older ones in its history', () => {
    const state = stateAfter(registered, imported);
    expect(state.editions.map(({ number, origin }) => [number, origin])).toEqual([[2, 'imported']]);
    expect(state.olderEditions.map(({ number }) => number)).toEqual([1]);
  });

  it('is imported once', () =>
    given(registered, imported)
      .when({
        type: 'ImportDisclosure',
        disclosureId: 'd1',
        service: 'minato',
        serviceName: 'みなと',
        title: '開示書',
        issuer: { name: '株式会社みなと' },
        parts,
        editions: [],
        edition: { number: 1, issuedOn: '2030-01-01' },
        anomalies: [],
        source: { fileName: 'a', sha256: 'a'.repeat(64), byteSize: 1, mediaType: 'text/markdown', encoding: 'utf-8' },
        by: drafter,
        at,
      })
      .thenRejected({ type: 'AlreadyRegistered' }));
});

describe('a revision', () => {
  it('leads to the next edition number, so that numbers have no gaps (invariant 8)', () =>
    given(registered, imported)
      .when({ type: 'StartRevision', revisionId: 'r3', causes: [{ type: 'configurationChange' }], by: drafter, at })
      .then(started));

  it('needs a cause', () =>
    given(registered, imported)
      .when({ type: 'StartRevision', revisionId: 'r3', causes: [], by: drafter, at })
      .thenRejected({ type: 'CauseMissing' }));

  it('is open alone', () =>
    given(...drafting)
      .when({ type: 'StartRevision', revisionId: 'r4', causes: [{ type: 'other' }], by: colleague, at })
      .thenRejected({ type: 'RevisionAlreadyOpen', editionNumber: 3 }));

  it('is started once, however often that is asked', () =>
    given(...drafting)
      .when({ type: 'StartRevision', revisionId: 'r3', causes: [{ type: 'other' }], by: drafter, at })
      .thenNothing());

  it('cannot be edited before it is started', () =>
    given(registered, imported)
      .when({
        type: 'ReviseItem',
        itemKey: 'I-1',
        body: textBody('x'),
        bodyHash: hashOfText('x'),
        basedOn: hashOfText(texts.law),
        by: drafter,
        at,
      })
      .thenRejected({ type: 'NoOpenRevision' }));

  it('that is withdrawn leaves the text of the edition in force', () => {
    given(...ready)
      .when({ type: 'Withdraw', by: drafter, at })
      .then({ type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } });
    const state = stateAfter(...ready, { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } });
    expect(state.parts).toEqual(parts);
    expect(state.revision).toEqual({ status: 'none' });
  });
});

describe('an edit', () => {
  const revise = (itemKey: string, basedOn: string, text: string): DisclosureCommand => ({
    type: 'ReviseItem',
    itemKey,
    body: textBody(text),
    bodyHash: hashOfText(text),
    basedOn: hashOfText(basedOn),
    by: colleague,
    at,
  });

  it('of one item does not disturb an edit of another (invariant 9)', () =>
    given(...drafting, revised('II-1', texts.risk, newRisk))
      .when(revise('I-1', texts.law, '国内法のみ適用されます。'))
      .then(revised('I-1', texts.law, '国内法のみ適用されます。', colleague)));

  it('of a text that has moved on is refused with the current text, so that nothing is lost (invariant 9)', () =>
    given(...drafting, revised('II-1', texts.risk, newRisk))
      .when(revise('II-1', texts.risk, '別の文'))
      .thenRejected({ type: 'EditConflict', itemKey: 'II-1', body: textBody(newRisk), bodyHash: hashOfText(newRisk) }));

  it('that changes nothing is quiet', () =>
    given(...drafting)
      .when(revise('II-1', 'whatever', texts.risk))
      .thenNothing());

  it('names an item that exists', () =>
    given(...drafting)
      .when(revise('III-1', '', 'x'))
      .thenRejected({ type: 'UnknownItem', itemKey: 'III-1' }));

  it('is refused while the text is in review', () =>
    given(...inReview)
      .when(revise('I-1', texts.law, 'x'))
      .thenRejected({ type: 'NotDrafting', status: 'inReview' }));

  it('is refused once the text is approved', () =>
    given(...approved)
      .when(revise('I-1', texts.law, 'x'))
      .thenRejected({ type: 'NotDrafting', status: 'approved' }));
});

describe('a submission', () => {
  const submit: DisclosureCommand = { type: 'SubmitForReview', route: defaultRoute, by: drafter, at };

  it('fixes the content hash, every item and the route (invariant 3)', () =>
    given(...ready)
      .when(submit)
      .then(submitted));

  it('needs a changed item', () =>
    given(...drafting, described)
      .when(submit)
      .thenRejected({ type: 'NothingChanged' }));

  it('needs the text for the revision history', () =>
    given(...drafting, revised('II-1', texts.risk, newRisk))
      .when(submit)
      .thenRejected({ type: 'HistoryTextMissing' }));

  it('is stopped by a blocking finding until that is waived', () => {
    const emptied = [...drafting, revised('I-2', texts.backup, ''), described] as const;
    const [finding] = findingsOf(stateAfter(...emptied).parts);
    if (!finding) throw new Error('an empty item is a finding');
    given(...emptied)
      .when(submit)
      .thenRejected({ type: 'BlockingFindings', findings: [finding] });
    const waived: DisclosureEvent = {
      type: 'FindingWaived',
      data: { findingId: finding.id, reason: '準備中', by: drafter, at },
    };
    given(...emptied)
      .when({ type: 'WaiveFinding', findingId: finding.id, reason: '準備中', by: drafter, at })
      .then(waived);
    const { decision } = given(...emptied, waived).when(submit);
    expect(decision.outcome).toBe('accepted');
  });
});

describe('a signature', () => {
  it('names the hash it covers and passes the revision on to the next step (invariant 1)', () =>
    given(...inReview)
      .when(sign())
      .then(reviewSigned, reviewCompleted));

  it('by the last step approves the revision', () =>
    given(...atSecondStep)
      .when(approve)
      .then(approvalSigned, approvalCompleted, approvedEvent));

  it('over another text than the one in review is refused', () =>
    given(...inReview)
      .when(sign({ contentHash: 'b'.repeat(64) }))
      .thenRejected({ type: 'ContentHasChanged', contentHash }));

  it('is refused to those who wrote in the revision, whatever office they hold (invariant 2)', () =>
    given(...inReview)
      .when(
        sign({ by: drafter, offices: [privacyOffice, managementOffice], holders: { privacyOfficer: [drafter.id] } }),
      )
      .thenRejected({ type: 'SignerIsAuthor' }));

  it('is refused to those who do not hold the office that it waits for', () =>
    given(...inReview)
      .when(sign({ by: management, offices: [managementOffice] }))
      .thenRejected({ type: 'NotYourTurn', waitingFor: 'privacyOfficer' }));

  it('is given once, however often it is asked', () => {
    const both = sign({ holders: { privacyOfficer: [privacy.id, colleague.id] } });
    given(...inReview)
      .when(both)
      .then(reviewSigned);
    given(...inReview, reviewSigned)
      .when(both)
      .thenNothing();
  });

  it('asked again completes the step when the other holder has left the office since', () => {
    const both = { privacyOfficer: [privacy.id, colleague.id] };
    given(...inReview)
      .when(sign({ holders: both }))
      .then(reviewSigned);
    given(...inReview, reviewSigned)
      .when(sign())
      .then(reviewCompleted);
  });

  it('is not given for two steps by one person', () =>
    given(...atSecondStep)
      .when(sign({ offices: [privacyOffice, managementOffice] }))
      .thenRejected({ type: 'SignedAnEarlierStep' }));

  it('completes a step for all when every holder but the authors has signed (invariant 3)', () =>
    given(...inReview)
      .when(sign({ holders: { privacyOfficer: [privacy.id, drafter.id] } }))
      .then(reviewSigned, reviewCompleted));

  it('completes the step that waits when it is decided, whichever waited when the holders were looked up', () => {
    const holders = { privacyOfficer: [privacy.id], managementOfficer: [management.id, colleague.id] };
    const { decision } = given(...atSecondStep).when(sign({ by: management, offices: [managementOffice], holders }));
    expect(decision).toMatchObject({ outcome: 'accepted', events: [{ type: 'StepSigned' }] });
  });

  it('completes a step for any at once, and for n with the n-th', () => {
    const withQuorum = (quorum: { kind: 'any' } | { kind: 'n'; n: number }): readonly DisclosureEvent[] => [
      ...ready,
      {
        ...submitted,
        data: { ...submitted.data, route: [{ role: 'privacyOfficer', meaning: 'review', quorum }, defaultRoute[1]!] },
      } as DisclosureEvent,
    ];
    const holders = { privacyOfficer: [privacy.id, colleague.id, 'third'] };
    given(...withQuorum({ kind: 'any' }))
      .when(sign({ holders }))
      .then(reviewSigned, reviewCompleted);
    given(...withQuorum({ kind: 'n', n: 2 }))
      .when(sign({ holders }))
      .then(reviewSigned);
  });

  it('is refused when nothing is in review', () =>
    given(...ready)
      .when(sign())
      .thenRejected({ type: 'NotInReview', status: 'drafting' }));
});

describe('a return for changes', () => {
  const returned = (step: number, by = privacy): DisclosureEvent => ({
    type: 'ReturnedForChanges',
    data: { revisionId: 'r3', step, reason: 'II-1を具体的に', by, at },
  });
  const back: DisclosureCommand = {
    type: 'ReturnForChanges',
    offices: [privacyOffice],
    reason: 'II-1を具体的に',
    by: privacy,
    at,
  };

  it('gives the same revision back to the drafter with the reason', () => {
    given(...inReview)
      .when(back)
      .then(returned(0));
    const { revision } = stateAfter(...inReview, returned(0));
    expect(revision).toMatchObject({ id: 'r3', status: 'drafting', returned: { reason: 'II-1を具体的に' } });
  });

  it('needs a reason (invariant 5)', () =>
    given(...inReview)
      .when({ ...back, reason: '  ' })
      .thenRejected({ type: 'ReasonMissing' }));

  it('is for those whose turn it is', () =>
    given(...atSecondStep)
      .when(back)
      .thenRejected({ type: 'NotYourTurn', waitingFor: 'managementOfficer' }));

  it('reopens an approved text and voids its signatures', () => {
    const reopened = returned(1, management);
    given(...approved)
      .when({ ...back, by: management, offices: [managementOffice] })
      .then(reopened);
    expect(stateAfter(...approved, reopened).revision).not.toHaveProperty('signatures');
  });
});

describe('a recall', () => {
  const recall: DisclosureCommand = { type: 'Recall', by: drafter, at };

  it('takes the revision back before anyone signed the waiting step (invariant 5)', () =>
    given(...atSecondStep)
      .when(recall)
      .then({ type: 'Recalled', data: { revisionId: 'r3', by: drafter, at } }));

  it('is too late once somebody signed the waiting step (invariant 5)', () =>
    given(...inReview, reviewSigned)
      .when(recall)
      .thenRejected({ type: 'AlreadySigned' }));

  it('is for the one who submitted', () =>
    given(...inReview)
      .when({ ...recall, by: colleague })
      .thenRejected({ type: 'NotTheSubmitter', submittedBy: drafter }));
});

describe('a rejection', () => {
  const no: DisclosureCommand = { type: 'Reject', offices: [privacyOffice], reason: '不要な改訂', by: privacy, at };

  it('ends the revision', () =>
    given(...inReview)
      .when(no)
      .then({ type: 'Rejected', data: { revisionId: 'r3', reason: '不要な改訂', by: privacy, at } }));

  it('needs a reason (invariant 5)', () =>
    given(...inReview)
      .when({ ...no, reason: '' })
      .thenRejected({ type: 'ReasonMissing' }));
});

describe('a publication', () => {
  it('makes the approved text the next edition, with its signatures and the hash they cover (invariant 7)', () => {
    const { decision } = given(...approved).when(publish());
    if (decision.outcome !== 'accepted') throw new Error('it is approved');
    expect(decision.events).toHaveLength(1);
    expect(decision.events[0]).toMatchObject({
      type: 'EditionPublished',
      data: { number: 3, contentHash, effectiveOn: '2030-02-01', historyText: '接続方式の変更に伴う見直し' },
    });
    const state = stateAfter(...approved, ...decision.events);
    expect(state.editions.map(({ number }) => number)).toEqual([2, 3]);
    expect(state.editions.at(-1)?.signatures.map(({ signer }) => signer.id)).toEqual([privacy.id, management.id]);
    expect(state.revision).toEqual({ status: 'none' });
  });

  it('needs all signatures', () =>
    given(...atSecondStep)
      .when(publish())
      .thenRejected({ type: 'NotApproved', status: 'inReview' }));

  it('takes effect in the past only with a reason', () => {
    const past = { issuedOn: '2029-12-01', effectiveOn: '2029-12-01' };
    given(...approved)
      .when(publish(past))
      .thenRejected({ type: 'EffectiveDateInPast', today: '2030-01-02' });
    const { decision } = given(...approved).when(publish({ ...past, reasonForPastDate: '告示の日に合わせる' }));
    expect(decision.outcome).toBe('accepted');
  });

  it('does not take effect before it is issued', () =>
    given(...approved)
      .when(publish({ issuedOn: '2030-02-01', effectiveOn: '2030-01-15' }))
      .thenRejected({ type: 'EffectiveBeforeIssued' }));
});
