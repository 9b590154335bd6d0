import type { Body } from '@app/content/body';

/** Somebody else saved the item while we were writing. */
export type Conflict = {
  readonly mine: Body;
  readonly theirs: Body;
  /** The hash of `theirs`, which is now the text in the disclosure. */
  readonly theirsHash: string;
};

export type ConflictChoice = 'theirs' | 'mine' | 'goOnWithMine';

/** What the editor does after the choice. Whichever it is, the next save is based on their text, so it is a decision, not an accident. */
export type Resolution = {
  readonly body: Body;
  readonly basedOn: string;
  /** Save at once; otherwise the person goes on first. */
  readonly saveNow: boolean;
  /** The other text, to be shown beside the editor while going on. */
  readonly beside: Body | null;
};

export const resolve = (choice: ConflictChoice, { mine, theirs, theirsHash }: Conflict): Resolution => {
  switch (choice) {
    case 'theirs':
      return { body: theirs, basedOn: theirsHash, saveNow: false, beside: null };
    case 'mine':
      return { body: mine, basedOn: theirsHash, saveNow: true, beside: null };
    case 'goOnWithMine':
      return { body: mine, basedOn: theirsHash, saveNow: false, beside: theirs };
  }
};

/** What to do when the item on the server is no longer the one the editor started from. */
export const whenServerMoves = (
  server: string,
  { base, mine }: { readonly base: string; readonly mine: string },
): 'nothing' | 'takeOver' | 'rebase' | 'conflict' => {
  if (server === base) return 'nothing';
  // Both wrote the same: no quarrel.
  if (server === mine) return 'rebase';
  return mine === base ? 'takeOver' : 'conflict';
};
