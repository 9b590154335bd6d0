import { accept, reject, type Decision } from '@app/event-sourcing';
import { itemsOf, type Comment, type DisclosureEvent, type Registered, type UserId } from './disclosure';
import type { Instant, ItemKey, Person } from './signature';

/** What can be said about the text of an open revision, by whoever is signed in. */
export type CommentCommand = { readonly by: Person; readonly at: Instant } & (
  | {
      readonly type: 'AddComment';
      readonly commentId: string;
      readonly itemKey: ItemKey;
      readonly quote: string | null;
      readonly text: string;
      readonly mentions: readonly UserId[];
      readonly replyTo: string | null;
    }
  | { readonly type: 'ResolveComment' | 'ReopenComment'; readonly commentId: string }
);

export type CommentRejection =
  | { readonly type: 'NoOpenRevision' }
  | { readonly type: 'UnknownItem'; readonly itemKey: ItemKey }
  | { readonly type: 'UnknownComment'; readonly commentId: string }
  | { readonly type: 'CommentIsEmpty' };

type Outcome = Decision<DisclosureEvent, CommentRejection>;

export const decideComment = (command: CommentCommand, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status === 'none') return reject({ type: 'NoOpenRevision' });
  const { comments, id: revisionId } = revision;
  const { by, at, commentId } = command;

  if (command.type === 'AddComment') {
    const { itemKey, quote, text, mentions, replyTo } = command;
    if (comments.some(({ id }) => id === commentId)) return accept();
    if (text.trim() === '') return reject({ type: 'CommentIsEmpty' });
    const root = replyTo === null ? null : rootOf(comments, replyTo);
    if (root === undefined) return reject({ type: 'UnknownComment', commentId: replyTo ?? '' });
    // A reply is about what its thread is about, whatever it says.
    const subject = root?.itemKey ?? itemKey;
    if (!itemsOf(state.parts).some((item) => item.itemKey === subject))
      return reject({ type: 'UnknownItem', itemKey: subject });
    const about = { itemKey: subject, quote, replyTo: root?.id ?? null };
    return accept({ type: 'CommentAdded', data: { revisionId, commentId, ...about, text, mentions, by, at } });
  }

  const thread = rootOf(comments, commentId);
  if (!thread) return reject({ type: 'UnknownComment', commentId });
  const resolve = command.type === 'ResolveComment';
  if ((thread.resolved !== null) === resolve) return accept();
  return accept({
    type: resolve ? 'CommentResolved' : 'CommentReopened',
    data: { revisionId, commentId: thread.id, by, at },
  });
};

/** The comment that began the thread of this one. */
const rootOf = (comments: readonly Comment[], id: string): Comment | undefined => {
  const comment = comments.find((each) => each.id === id);
  return comment?.replyTo == null ? comment : comments.find((each) => each.id === comment.replyTo);
};

/** The threads that nobody has resolved, by the comments that began them. */
export const unresolved = (comments: readonly Comment[]): readonly Comment[] =>
  comments.filter(({ replyTo, resolved }) => replyTo === null && resolved === null);
