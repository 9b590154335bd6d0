import type { CommentView } from '../api/types';

export type Thread = { readonly root: CommentView; readonly replies: readonly CommentView[] };

/** Comments by the thread they are in, the oldest first. A reply whose thread is not among them is left out. */
export const threadsOf = (comments: readonly CommentView[]): readonly Thread[] =>
  comments
    .filter(({ replyTo }) => replyTo === null)
    .map((root) => ({ root, replies: comments.filter(({ replyTo }) => replyTo === root.id) }));

export const unresolvedOf = (comments: readonly CommentView[]): readonly CommentView[] =>
  comments.filter(({ replyTo, resolved }) => replyTo === null && resolved === null);

/** Unresolved threads of an item. */
export const unresolvedOn = (comments: readonly CommentView[], itemKey: string): number =>
  unresolvedOf(comments).filter((comment) => comment.itemKey === itemKey).length;
