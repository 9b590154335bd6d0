/** Shown as it is, or folded away together with its neighbours until the reader asks. */
export type Group<B> =
  { readonly kind: 'shown'; readonly block: B } | { readonly kind: 'folded'; readonly blocks: readonly B[] };

/** How many unchanged blocks stay in sight on either side of a change, so that it is read in its context. */
const CONTEXT = 1;

/** Long stretches of unchanged blocks fold away, except those next to a change. */
export const foldUnchanged = <B extends { readonly kind: string }>(blocks: readonly B[]): readonly Group<B>[] => {
  const nearChange = (index: number): boolean =>
    blocks.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((block) => block.kind !== 'same');
  const groups: Group<B>[] = [];
  let unchanged: B[] = [];
  const close = (): void => {
    // One block takes no more room than the button that hides it.
    if (unchanged.length > 1) groups.push({ kind: 'folded', blocks: unchanged });
    else groups.push(...unchanged.map((block) => ({ kind: 'shown' as const, block })));
    unchanged = [];
  };
  blocks.forEach((block, index) => {
    if (block.kind === 'same' && !nearChange(index)) {
      unchanged.push(block);
      return;
    }
    close();
    groups.push({ kind: 'shown', block });
  });
  close();
  return groups;
};
