import type { ProposalView } from './proposals-api';

/** Page by page where a file has pages; what was taken out of a page comes after what is left of it. */
export const inReadingOrder = (proposals: readonly ProposalView[]): readonly ProposalView[] =>
  proposals.toSorted((a, b) => (a.page ?? 0) - (b.page ?? 0) || a.index - b.index);

/**
 * What can be accepted at once, one after the other: of several texts of one item, what comes after the item's text, and
 * only the first that replaces it, before anything was added.
 */
export const acceptedTogether = (proposals: readonly ProposalView[]): readonly ProposalView[] => {
  const begun = new Set<string>();
  return inReadingOrder(proposals).filter(({ standing, item, append }) => {
    if (standing !== 'open' || item === null || (!append && begun.has(item.itemKey))) return false;
    begun.add(item.itemKey);
    return true;
  });
};

/** Texts in one frame: those of a page together, any other by itself. */
export const byPage = (
  proposals: readonly ProposalView[],
): readonly { readonly page: number | null; readonly texts: readonly ProposalView[] }[] => {
  const groups: { page: number | null; texts: ProposalView[] }[] = [];
  for (const proposal of inReadingOrder(proposals)) {
    const last = groups.at(-1);
    if (last && last.page !== null && last.page === proposal.page) last.texts.push(proposal);
    else groups.push({ page: proposal.page, texts: [proposal] });
  }
  return groups;
};
