import type { FindingView, ItemView, PartView } from '../api/types';

export type PlacedItem = { readonly part: PartView; readonly item: ItemView };

/** Items in reading order. */
export const itemsInOrder = (parts: readonly PartView[]): readonly PlacedItem[] =>
  parts.flatMap((part) => part.items.map((item) => ({ part, item })));

/** The item before and after; without an item, the first is next. */
export const neighboursOf = (
  parts: readonly PartView[],
  itemKey: string | undefined,
): { readonly previous: string | undefined; readonly next: string | undefined } => {
  const keys = itemsInOrder(parts).map(({ item }) => item.itemKey);
  const at = itemKey === undefined ? -1 : keys.indexOf(itemKey);
  return { previous: at > 0 ? keys[at - 1] : undefined, next: keys[at + 1] };
};

/** Findings that nobody has waived: those that stop a submission, or all. */
export const openFindings = (
  findings: readonly FindingView[],
  severity?: FindingView['severity'],
): readonly FindingView[] =>
  findings.filter((finding) => finding.waived === null && (severity === undefined || finding.severity === severity));
