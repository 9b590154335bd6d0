import type { DisclosureEvent } from '../domain/disclosure';
import {
  approvalStep,
  approved,
  atSecondStep,
  drafter,
  inReview,
  management,
  organisation as twoOfficers,
  organisationWith,
  privacy,
  privacyOffice,
  ready,
  reviewSigned,
  revised,
  route,
  signatureOf,
  signed,
  stateAfter,
  step,
  submittedWith,
  texts,
} from '../domain/examples';
import { entriesOf } from '../inbox/inbox';
import { revisionViewOf, waitingForOf } from './revision-view';

const third = { id: 'third', name: '第三 花' };
const deputy = { id: 'deputy', name: '代理 四郎' };
const deputation: (typeof twoOfficers.deputations)[number] = {
  ...{
    id: 'dp1',
    principal: privacy,
    deputy,
    roles: 'all',
    disclosureIds: 'all',
    from: '2030-01-01',
    until: '2030-01-31',
  },
};
const organisation = organisationWith({
  offices: [{ userId: third.id, role: 'privacyOfficer', name: third.name, department: '監査室', title: '室長' }],
  deputations: [deputation],
});
const byDeputy = signatureOf(deputy, 0, step(), {
  onBehalfOf: {
    person: privacy,
    officer: { role: 'privacyOfficer', name: privacy.name, department: '管理本部', title: '法務部長' },
    deputation: { id: 'dp1', from: '2030-01-01', until: '2030-01-31' },
  },
});
const seenBy = (by: { readonly id: string }, events: readonly DisclosureEvent[], held = organisation) =>
  revisionViewOf(stateAfter(...events), { by, today: '2030-01-02', organisation: held });

describe('the open revision as somebody sees it', () => {
  it('waits for nobody for whom a deputy has signed', () =>
    expect(waitingForOf(seenBy(third, [...inReview, signed(byDeputy)]))).toEqual([third.name]));

  it('says who sent it back last and why, also when it has been submitted again since', () => {
    const facts = { reason: '根拠が足りません。', by: management, at: '2030-01-02T00:00:00.000Z' };
    const back: DisclosureEvent = { type: 'ReturnedForChanges', data: { ...facts, revisionId: 'r3', step: 1 } };
    const toFirst: DisclosureEvent = { type: 'ReturnedToStep', data: { ...facts, revisionId: 'r3', from: 1, to: 0 } };
    expect(seenBy(privacy, inReview)).toMatchObject({ lastReturn: null });
    expect(seenBy(privacy, [...atSecondStep, back, submittedWith(), signed(byDeputy)])).toMatchObject({
      ...{ returned: null, lastReturn: { ...facts, step: 1 } },
    });
    expect(seenBy(privacy, [...atSecondStep, toFirst])).toMatchObject({ lastReturn: { ...facts, step: 1 } });
  });

  it('knows which text the reader sent back, also when it has been submitted again since', () => {
    const facts = { reason: '根拠が足りません。', by: privacy, at: '2030-01-02T00:00:00.000Z', revisionId: 'r3' };
    const back: DisclosureEvent = { type: 'ReturnedForChanges', data: { ...facts, step: 0 } };
    const first = stateAfter(...inReview).revision;
    const contentHash = 'contentHash' in first ? first.contentHash : '';
    const again = [...inReview, back, revised('I-2', texts.backup, '週次で検証します。'), submittedWith()];
    expect(seenBy(privacy, again)).toMatchObject({
      ...{ lastSigned: null, lastReturned: { step: 0, at: facts.at, contentHash } },
    });
    expect(seenBy(third, again)).toMatchObject({ lastReturned: null });
  });

  it('says that a step may be completed when everybody has signed who holds the office now', () => {
    const oneSigned = [...inReview, reviewSigned];
    expect(seenBy(drafter, oneSigned)).toMatchObject({ mayBeCompleted: false });
    expect(seenBy(drafter, oneSigned, twoOfficers)).toMatchObject({ mayBeCompleted: true });
    for (const events of [ready, inReview, approved])
      expect(seenBy(drafter, events, twoOfficers)).toMatchObject({ mayBeCompleted: false });
  });

  describe('says why somebody may not sign:', () => {
    const byPrivacy = [...ready, revised('I-1', texts.law, '日本国法のみ', privacy), submittedWith()];

    it('it is not their turn', () =>
      expect(seenBy(management, inReview)).toMatchObject({ whyNot: 'NotYourTurn', whyNotFor: null }));

    it('they wrote in it', () =>
      expect(seenBy(privacy, byPrivacy)).toMatchObject({ whyNot: 'SignerIsAuthor', whyNotFor: null }));

    it('the one they would act for wrote in it', () =>
      expect(seenBy(deputy, byPrivacy)).toMatchObject({ whyNot: 'PrincipalIsAuthor', whyNotFor: privacy }));

    it('the one they would act for has signed, or a deputy has signed for them', () => {
      expect(seenBy(deputy, [...inReview, reviewSigned])).toMatchObject({
        ...{ whyNot: 'AlreadySignedFor', whyNotFor: privacy },
      });
      expect(seenBy(privacy, [...inReview, signed(byDeputy)])).toMatchObject({
        ...{ whyNot: 'AlreadySignedFor', whyNotFor: privacy },
      });
    });

    it('they signed, here or in another step', () => {
      expect(seenBy(privacy, [...inReview, reviewSigned])).toMatchObject({ whyNot: 'AlreadySigned', whyNotFor: null });
      const bothOffices = organisationWith({
        offices: [{ ...privacyOffice, role: 'managementOfficer', userId: privacy.id }],
      });
      expect(seenBy(privacy, atSecondStep, bothOffices)).toMatchObject({ whyNot: 'SignedAnotherStep' });
    });

    it('and nothing of somebody who may', () =>
      expect(seenBy(third, [...inReview, reviewSigned])).toMatchObject({ whyNot: null, whyNotFor: null }));
  });
});

describe('what 後閲 asks of a deputy', () => {
  const reading = step({ meaning: 'postReview', signatories: [{ kind: 'role', role: 'systemAdministrator' }] });
  const decided = [
    ...ready,
    submittedWith(route({ steps: [step(), approvalStep(), reading] })),
    ...approved.slice(inReview.length),
  ];
  const held = organisationWith({
    offices: [{ ...privacyOffice, userId: third.id, name: third.name, role: 'systemAdministrator' }],
    deputations: [{ ...deputation, principal: third }],
  });
  const askedOf = (by: { readonly id: string }, events: readonly DisclosureEvent[]) =>
    entriesOf({ state: stateAfter(...events), since: '' }, { by, today: '2030-01-02', organisation: held }, []).map(
      ({ kind, onBehalfOf }) => [kind, onBehalfOf],
    );

  const lastStep = (view: ReturnType<typeof seenBy>) => {
    const last = view.status === 'none' ? undefined : view.route.at(-1);
    return { standing: last?.standing, signed: last?.candidates.map(({ signed: given }) => given) };
  };

  it('is asked until one of both has done it, and then the step is done', () => {
    expect(askedOf(deputy, decided)).toEqual([['postReview', [third]]]);
    expect(askedOf(third, decided)).toEqual([['postReview', [null]]]);
    const {
      step: index,
      signer: reader,
      officer,
      capacity,
      onBehalfOf,
      contentHash,
      at,
    } = signatureOf(deputy, 2, reading, {
      onBehalfOf: { person: third, officer: privacyOffice, deputation: { id: 'dp1', from: '', until: '' } },
    });
    const read: DisclosureEvent = {
      type: 'PostReviewed',
      data: {
        ...{ revisionId: 'r3', editionNumber: 3, by: deputy, at },
        postReview: { step: index, reader, officer, capacity, onBehalfOf, statement: '', contentHash, at },
      },
    };
    for (const by of [deputy, third]) expect(askedOf(by, [...decided, read])).toEqual([]);
    expect(lastStep(seenBy(third, decided, held))).toEqual({ standing: 'open', signed: [false, false] });
    expect(lastStep(seenBy(third, [...decided, read], held))).toEqual({ standing: 'done', signed: [true, true] });
  });
});
