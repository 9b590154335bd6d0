import { hashBody, type Body } from '@app/content';
import { specFor } from '@app/event-sourcing/testing';
import { contentHashOf, type DisclosureEvent } from './disclosure';
import { disclosureDecider, type DisclosureCommand } from './disclosure.decider';
import {
  approved,
  at,
  atSecondStep,
  colleague,
  contentHash,
  described,
  drafter,
  drafting,
  hashOfText,
  imported,
  inReview,
  management,
  newRisk,
  organisation,
  parts,
  privacy,
  publishedEvent,
  ready,
  registered,
  revised,
  route,
  started,
  stateAfter,
  submittedWith,
  textBody,
  texts,
} from './examples';
import { findingsOf } from './lint';

const given = specFor(disclosureDecider);

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
      .when({
        ...{ type: 'Withdraw', isDrafter: true, isAdministrator: false, submitterHasLeft: false, reason: null },
        ...{ by: drafter, at },
      })
      .then({ type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } });
    const state = stateAfter(...ready, { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } });
    expect(state.parts).toEqual(parts);
    expect(state.revision).toEqual({ status: 'none' });
  });
});

describe('a figure', () => {
  const figure = (alt: string, caption: string) => ({
    type: 'figure',
    attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt, caption },
  });
  const edit = (before: Body, after: Body): DisclosureCommand => ({
    ...{ type: 'ReviseItem', itemKey: 'I-1', body: after, bodyHash: hashBody(after), basedOn: hashBody(before) },
    ...{ by: colleague, at },
  });
  const bodyOf = (...content: Body['content']): Body => ({ type: 'doc', content });
  const placed = (body: Body): DisclosureEvent => ({
    type: 'ItemRevised',
    data: {
      ...{ itemKey: 'I-1', body, bodyHash: hashBody(body), basedOn: hashOfText(texts.law), by: drafter, at },
      fromFile: { fileName: 'a.docx', sha256: 'b'.repeat(64) },
    },
  });
  const before = textBody(texts.law);

  it('is placed with a caption', () =>
    given(...drafting)
      .when(edit(before, bodyOf(figure('構成', ' '))))
      .thenRejected({ type: 'CaptionMissing', itemKey: 'I-1', alt: '構成' }));

  it('may come from a file without, and stay as it came', () => {
    const came = bodyOf(figure('構成', ''));
    const more = bodyOf(figure('構成', ''), ...textBody('続き').content);
    given(...drafting)
      .when({ ...edit(before, came), fromFile: { fileName: 'a.docx', sha256: 'b'.repeat(64) } } as DisclosureCommand)
      .then({ ...placed(came), data: { ...placed(came).data, by: colleague } } as DisclosureEvent);
    given(...drafting, placed(came))
      .when(edit(came, bodyOf(figure('別の説明', ''))))
      .thenRejected({ type: 'CaptionMissing', itemKey: 'I-1', alt: '別の説明' });
    given(...drafting, placed(came))
      .when(edit(came, more))
      .then({
        type: 'ItemRevised',
        data: {
          ...{ itemKey: 'I-1', body: more, bodyHash: hashBody(more), basedOn: hashBody(came) },
          ...{ by: colleague, at },
        },
      });
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
  const submit: DisclosureCommand = { type: 'SubmitForReview', route: route(), organisation, by: drafter, at };

  it('fixes the content hash, every item and the route (invariant 3)', () =>
    given(...ready)
      .when(submit)
      .then(submittedWith()));

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
    if (decision.outcome !== 'accepted' || decision.events[0]?.type !== 'SubmittedForReview')
      throw new Error('a waived finding stops nothing');
    // The waiver is part of what is signed.
    const { waivers, contentHash: hash } = decision.events[0].data;
    expect(waivers).toEqual([{ findingId: finding.id, itemKey: 'I-2', reason: '準備中' }]);
    const causes = [{ type: 'configurationChange' }] as const;
    const state = stateAfter(...emptied, waived);
    expect(hash).toBe(contentHashOf(state, 3, '接続方式の変更に伴う見直し', causes, waivers));
    expect(hash).not.toBe(contentHashOf(state, 3, '接続方式の変更に伴う見直し', causes));
  });

  it('is not let through by a waiver of a revision that ended without an edition: nobody has signed it', () => {
    const emptied = revised('I-2', texts.backup, '');
    const [finding] = findingsOf(stateAfter(...drafting, emptied).parts);
    if (!finding) throw new Error('an empty item is a finding');
    const ends: readonly DisclosureEvent[] = [
      { type: 'Withdrawn', data: { revisionId: 'r3', by: colleague, at } },
      { type: 'Rejected', data: { revisionId: 'r3', reason: '不要', by: management, at } },
    ];
    for (const end of ends) {
      const waived: DisclosureEvent = {
        type: 'FindingWaived',
        data: { findingId: finding.id, reason: '準備中', by: management, at },
      };
      given(...drafting, emptied, waived, end, started, emptied, described)
        .when(submit)
        .thenRejected({ type: 'BlockingFindings', findings: [finding] });
    }
  });
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

  it('is what the event says, to the letter', () =>
    given(...approved)
      .when(publish())
      .then(publishedEvent));

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
