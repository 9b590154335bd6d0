import type { DisclosureEvent } from '../domain/disclosure';
import {
  approved,
  at,
  completed,
  drafter,
  drafting,
  imported,
  inReview,
  management,
  privacy,
  published,
  registered,
  reviewSigned,
  stateAfter,
} from '../domain/examples';
import { outcomeOf, toldOf } from './moved-since';

describe('what moved since a mail was written', () => {
  it('is told of whoever did it', () =>
    expect(toldOf([reviewSigned])).toEqual(['保護 一郎さんが個人情報保護責任者として審査の署名をしました。']));

  it('is told of nobody where it followed from a signature', () =>
    expect(toldOf([completed(0, privacy), ...approved.slice(-1)])).toEqual([
      '第1段階の署名がそろいました。',
      '改訂が承認されました。',
    ]));

  it('is told once', () => expect(toldOf([completed(1, management), completed(1, privacy)])).toHaveLength(1));
});

describe('what became of the revision that a link was about', () => {
  const rejected: DisclosureEvent = {
    type: 'Rejected',
    data: { revisionId: 'r3', reason: '見送り', by: management, at },
  };
  const withdrawn: DisclosureEvent = { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } };
  const after = (known: readonly DisclosureEvent[], all: readonly DisclosureEvent[]) =>
    outcomeOf(stateAfter(...known), all.slice(known.length), stateAfter(...all));

  it('is nothing yet while it is worked on', () => {
    expect(after(inReview, inReview)).toBeNull();
    expect(after(inReview, [...inReview, reviewSigned])).toBeNull();
  });

  it('is nothing where the link was about none', () => expect(after([registered, imported], published)).toBeNull());

  it('is the approval, which follows from a signature', () =>
    expect(after(inReview, approved)).toEqual({ kind: 'approved', editionNumber: 3, by: null, at, reason: null }));

  it('is the edition, also of a link that was made when it was approved', () => {
    const edition = { kind: 'published', editionNumber: 3, by: drafter, at, reason: null };
    expect(after(inReview, published)).toEqual(edition);
    expect(after(approved, published)).toEqual(edition);
  });

  it('is a rejection or a withdrawal, also when the next revision is open already', () => {
    expect(after(inReview, [...inReview, rejected])).toEqual({
      ...{ kind: 'rejected', editionNumber: 3, by: management, at, reason: '見送り' },
    });
    expect(after(inReview, [...inReview, withdrawn, ...drafting.slice(2)])).toEqual({
      ...{ kind: 'withdrawn', editionNumber: 3, by: drafter, at, reason: null },
    });
  });
});
