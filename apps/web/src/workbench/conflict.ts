import type { Body } from '@app/content/body';

/** Somebody else saved the item while we were writing. */
export type Conflict = {
  /** Who wrote the other text: somebody else, who saved it, or this person in another tab, who did not. */
  readonly with?: 'otherTab';
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

/**
 * What to do when the item on the server is no longer the one the editor started from. `shared` is the text that this tab
 * has in common with another of the same person: saved there, it is what is written on here.
 */
export const whenServerMoves = (
  server: string,
  { base, mine, shared = null }: { readonly base: string; readonly mine: string; readonly shared?: string | null },
): 'nothing' | 'takeOver' | 'rebase' | 'conflict' => {
  if (server === base) return 'nothing';
  // Both wrote the same: no quarrel.
  if (server === mine || server === shared) return 'rebase';
  return mine === base ? 'takeOver' : 'conflict';
};

/** What to do when another tab of the same person has kept a text of this item that this tab has not seen. */
export const whenOtherTabKeeps = (
  theirs: string,
  { base, mine, shared }: { readonly base: string; readonly mine: string; readonly shared: string | null },
): 'same' | 'takeOver' | 'conflict' => {
  if (theirs === mine) return 'same';
  return mine === base || mine === shared ? 'takeOver' : 'conflict';
};
