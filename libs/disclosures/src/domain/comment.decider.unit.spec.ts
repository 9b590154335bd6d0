import { specFor } from '@app/event-sourcing/testing';
import { unresolved } from './comment.decider';
import type { DisclosureEvent } from './disclosure';
import { disclosureDecider, type DisclosureCommand } from './disclosure.decider';
import { approved, at, colleague, drafter, inReview, privacy, ready, stateAfter } from './examples';

const given = specFor(disclosureDecider);

const comment = (
  commentId: string,
  changes: Partial<Extract<DisclosureCommand, { type: 'AddComment' }>> = {},
): DisclosureCommand => ({
  type: 'AddComment',
  commentId,
  itemKey: 'II-1',
  quote: 'クライアント証明書',
  text: '発行の手順も書けますか。',
  mentions: [drafter.id],
  replyTo: null,
  by: privacy,
  at,
  ...changes,
});
const added = (
  commentId: string,
  changes: Partial<Extract<DisclosureEvent, { type: 'CommentAdded' }>['data']> = {},
): DisclosureEvent => ({
  type: 'CommentAdded',
  data: {
    revisionId: 'r3',
    commentId,
    itemKey: 'II-1',
    quote: 'クライアント証明書',
    text: '発行の手順も書けますか。',
    mentions: [drafter.id],
    replyTo: null,
    by: privacy,
    at,
    ...changes,
  },
});
const mark = (type: 'ResolveComment' | 'ReopenComment', commentId: string): DisclosureCommand => ({
  type,
  commentId,
  by: colleague,
  at,
});
const marked = (type: 'CommentResolved' | 'CommentReopened'): DisclosureEvent => ({
  type,
  data: { revisionId: 'r3', commentId: 'c1', by: colleague, at },
});

describe('a comment', () => {
  it.each([
    ['drafted', ready],
    ['in review', inReview],
    ['approved', approved],
  ])('is made while the revision is %s, and makes nobody an author', (_name, history) => {
    given(...history)
      .when(comment('c1'))
      .then(added('c1'));
    const { revision } = stateAfter(...history, added('c1'));
    expect(revision).toMatchObject({ authors: [drafter], comments: [{ id: 'c1', by: privacy, resolved: null }] });
  });

  it('is made once, however often it is sent', () =>
    given(...ready, added('c1'))
      .when(comment('c1'))
      .thenNothing());

  it('is about an item that exists, and says something', () => {
    given(...ready)
      .when(comment('c1', { itemKey: 'III-1' }))
      .thenRejected({ type: 'UnknownItem', itemKey: 'III-1' });
    given(...ready)
      .when(comment('c1', { text: '  ' }))
      .thenRejected({ type: 'CommentIsEmpty' });
  });

  it('that answers an answer belongs to the thread, and is about what the thread is about', () => {
    const reply = added('c2', { replyTo: 'c1', quote: null, by: drafter });
    given(...ready, added('c1'), reply)
      .when(comment('c3', { replyTo: 'c2', itemKey: 'I-1', quote: null }))
      .then(added('c3', { replyTo: 'c1', quote: null }));
    given(...ready)
      .when(comment('c2', { replyTo: 'c9' }))
      .thenRejected({ type: 'UnknownComment', commentId: 'c9' });
  });

  it('is resolved and reopened with its thread, each once', () => {
    const thread = [...ready, added('c1'), added('c2', { replyTo: 'c1' })] as const;
    given(...thread)
      .when(mark('ResolveComment', 'c2'))
      .then(marked('CommentResolved'));
    const resolved = [...thread, marked('CommentResolved')] as const;
    given(...resolved)
      .when(mark('ResolveComment', 'c1'))
      .thenNothing();
    given(...resolved)
      .when(mark('ReopenComment', 'c1'))
      .then(marked('CommentReopened'));
    given(...thread)
      .when(mark('ReopenComment', 'c1'))
      .thenNothing();
    given(...thread)
      .when(mark('ResolveComment', 'c9'))
      .thenRejected({ type: 'UnknownComment', commentId: 'c9' });

    const threadsOpen = (...events: readonly DisclosureEvent[]) => {
      const { revision } = stateAfter(...events);
      return revision.status === 'none' ? [] : unresolved(revision.comments).map(({ id }) => id);
    };
    expect(threadsOpen(...thread)).toEqual(['c1']);
    expect(threadsOpen(...resolved)).toEqual([]);
  });

  it('outlives a return, and ends with the revision', () => {
    const returned: DisclosureEvent = {
      type: 'ReturnedForChanges',
      data: { revisionId: 'r3', step: 0, reason: '直す', by: privacy, at },
    };
    const withdrawn: DisclosureEvent = { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } };
    expect(stateAfter(...inReview, added('c1'), returned).revision).toMatchObject({ comments: [{ id: 'c1' }] });
    expect(stateAfter(...inReview, added('c1'), returned, withdrawn).revision).toEqual({ status: 'none' });
  });
});
