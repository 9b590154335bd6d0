import { hashBody, type Body } from '@app/content';
import { specFor } from '@app/event-sourcing/testing';
import { at, colleague, drafter, hashOfText, textBody, texts } from './examples';
import { bodyWith, evolveProposals, isWaiting, noProposals, type ProposalEvent, type ProposedText } from './proposal';
import { proposalDecider, type ProposalCommand } from './proposal.decider';

const given = specFor(proposalDecider);

const bodyOf = (paragraphs: readonly string[]): Body => ({
  type: 'doc',
  content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});

const text = (title: string, words: string, place: ProposedText['place']): ProposedText => ({
  partNumber: 'I',
  number: 1,
  title,
  body: textBody(words),
  bodyHash: hashOfText(words),
  place,
});
const law = text('国内法の適用状況', '日本国法のみが適用されます。', {
  itemKey: 'I-1',
  basedOn: hashOfText(texts.law),
});
const stray = text('組織', '三部門からなります。', null);
const file = {
  fileId: 'f1',
  source: {
    fileName: '部門から.docx',
    sha256: 'a'.repeat(64),
    byteSize: 10,
    mediaType: 'text/plain',
    encoding: 'utf-8',
  },
  texts: [law, stray],
  unchanged: 1,
  missing: ['II-1'],
  anomalies: [],
} as const;

const proposed: ProposalEvent = { type: 'FileProposed', data: { ...file, by: drafter, at } };
const by = { by: colleague, at };
const of = (index: number) => ({ fileId: 'f1', index, ...by });
const accepted = (index: number): ProposalEvent => ({
  type: 'ProposalAccepted',
  data: { ...of(index), itemKey: 'I-1' },
});
const refused = (index: number): ProposalEvent => ({ type: 'ProposalRefused', data: of(index) });
const refuse = (index: number): ProposalCommand => ({ type: 'RefuseProposal', ...of(index) });
const acceptIt = (index: number): ProposalCommand => ({ type: 'AcceptProposal', itemKey: 'I-1', ...of(index) });

describe('a file', () => {
  it('is proposed with what differs in it', () =>
    given()
      .when({ type: 'ProposeFile', ...file, by: drafter, at })
      .then(proposed));

  it('that says what the disclosure says proposes nothing', () =>
    given()
      .when({ type: 'ProposeFile', ...file, texts: [], unchanged: 26, by: drafter, at })
      .thenRejected({ type: 'NothingProposed', unchanged: 26 }));

  it('is closed once, and nothing in it can be decided any more', () => {
    const closed: ProposalEvent = { type: 'ProposalsClosed', data: { fileId: 'f1', ...by } };
    given(proposed)
      .when({ type: 'CloseProposals', fileId: 'f1', ...by })
      .then(closed);
    given(proposed, closed)
      .when({ type: 'CloseProposals', fileId: 'f1', ...by })
      .then();
    given(proposed, closed).when(refuse(0)).thenRejected({ type: 'UnknownProposal' });
  });

  it('waits until the last of its texts is decided', () => {
    const after = (...events: readonly ProposalEvent[]) => events.reduce(evolveProposals, noProposals).files[0]!;
    expect(isWaiting(after(proposed, accepted(0)))).toBe(true);
    expect(isWaiting(after(proposed, accepted(0), refused(1)))).toBe(false);
  });
});

describe('a proposed text', () => {
  it('is accepted, once', () => {
    given(proposed).when(acceptIt(0)).then(accepted(0));
    given(proposed, accepted(0)).when(acceptIt(0)).then();
  });

  it('is refused, once; a change of mind accepts it all the same', () => {
    given(proposed).when(refuse(1)).then(refused(1));
    given(proposed, refused(1)).when(refuse(1)).then();
    given(proposed, refused(0)).when(acceptIt(0)).then(accepted(0));
  });

  it('that was accepted is neither refused nor placed elsewhere', () => {
    const why = { type: 'ProposalAlreadyAccepted', acceptedBy: colleague } as const;
    given(proposed, accepted(0)).when(refuse(0)).thenRejected(why);
    given(proposed, accepted(0))
      .when({ type: 'PlaceProposal', place: null, ...of(0) })
      .thenRejected(why);
  });

  it('is placed by hand, and waits again if it had been refused', () => {
    const place = { itemKey: 'II-1', basedOn: hashOfText(texts.risk) };
    const placed: ProposalEvent = { type: 'ProposalPlaced', data: { ...of(1), place } };
    given(proposed, refused(1))
      .when({ type: 'PlaceProposal', place, ...of(1) })
      .then(placed);
    const { texts: now } = [proposed, refused(1), placed].reduce(evolveProposals, noProposals).files[0]!;
    expect(now[1]).toMatchObject({ place, decision: null });
  });

  it('is divided: chosen paragraphs are a text of their own, the last of the file, and the others stay', () => {
    const words = ['一段落目です。', '二段落目です。', '三段落目です。'];
    const body = (...at: readonly number[]) => bodyOf(at.map((each) => words[each]!));
    const page = { ...stray, body: body(0, 1, 2), bodyHash: hashBody(body(0, 1, 2)) };
    const onePage: ProposalEvent = { type: 'FileProposed', data: { ...file, texts: [page], by: drafter, at } };
    const place = { itemKey: 'II-1', basedOn: hashOfText(texts.risk) };
    const choose = (...chosen: readonly number[]): ProposalCommand => ({
      ...{ type: 'PlaceProposal', place, paragraphs: { of: page.bodyHash, at: chosen }, ...of(0) },
    });
    const taken = { ...page, body: body(0, 2), bodyHash: hashBody(body(0, 2)), place };
    const rest = { body: body(1), bodyHash: hashBody(body(1)) };
    const divided: ProposalEvent = { type: 'ProposalDivided', data: { ...of(0), taken, rest } };
    given(onePage).when(choose(2, 0)).then(divided);
    const { texts: now } = [onePage, divided].reduce(evolveProposals, noProposals).files[0]!;
    expect(now).toEqual([
      { ...page, ...rest, decision: null },
      { ...taken, decision: null },
    ]);
    // All of them are the text itself, and a text that somebody else has divided is another one.
    given(onePage)
      .when(choose(0, 1, 2))
      .then({ type: 'ProposalPlaced', data: { ...of(0), place } });
    given(onePage, divided).when(choose(0)).thenRejected({ type: 'ProposalDividedSince' });
    given(onePage).when(choose(3)).thenRejected({ type: 'ProposalDividedSince' });
  });

  it('comes after what the item says, once, or stands in its place', () => {
    const now = bodyOf(['前からの文です。']);
    const text = (append: boolean) => ({ ...law, place: { ...law.place!, append } });
    const both = { type: 'doc', content: [...now.content, ...law.body.content] } as const;
    expect(bodyWith(text(true), now)).toEqual(both);
    expect(bodyWith(text(true), both)).toEqual(both);
    expect(bodyWith(text(false), now)).toEqual(law.body);
  });

  it('that there is not cannot be decided', () =>
    given(proposed).when(refuse(2)).thenRejected({ type: 'UnknownProposal' }));
});
