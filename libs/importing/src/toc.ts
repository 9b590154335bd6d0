import type { List, ListItem, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Report } from './anomalies';
import { itemTitle, partTitle, unfolded } from './japanese-text';

export type TocPart = {
  readonly number: string;
  readonly title: string;
  readonly items: readonly { readonly number: number; readonly title: string }[];
};

/** A list on the cover that names parts and their items, or null for any other list. */
export const readToc = (
  list: List,
  lineOf: (node: RootContent) => number,
  report: Report,
): readonly TocPart[] | null => {
  const parts = list.children.map((entry) => {
    const [head, ...below] = entry.children;
    const part = partTitle(head === undefined ? '' : toString(head));
    if (part === null) return null;
    const entries = below.flatMap((child) => (child.type === 'list' ? itemsIn(child) : []));
    return {
      number: part.number,
      title: unfolded(part.title),
      items: entries.map(({ number, title }) => ({ number, title })),
      nested: entries.some(({ nested }) => nested),
    };
  });
  if (parts.length === 0 || parts.some((part) => part === null)) return null;
  if (parts.some((part) => part?.nested)) {
    report(
      'TOC_NESTED_NUMBERS',
      lineOf(list),
      '目次の番号が「- 1.」と二重の行頭記号で書かれています。目次は項目から作り直します。',
    );
  }
  return parts.filter((part) => part !== null).map(({ number, title, items }) => ({ number, title, items }));
};

type Entry = { readonly number: number; readonly title: string; readonly nested: boolean };

/** `- 1. …` is a list in a list for Markdown; `1. …` and `- １．…` are entries. */
const itemsIn = (list: List): readonly Entry[] =>
  list.children.flatMap((entry: ListItem, i): readonly Entry[] => {
    const [head] = entry.children;
    if (head?.type === 'list' && head.ordered) {
      return head.children.map((inner, k) => ({
        number: (head.start ?? 1) + k,
        title: unfolded(toString(inner)),
        nested: true,
      }));
    }
    const text = head === undefined ? '' : toString(head);
    if (list.ordered) return [{ number: (list.start ?? 1) + i, title: unfolded(text), nested: false }];
    const item = itemTitle(text);
    return item === null ? [] : [{ number: item.number, title: unfolded(item.title), nested: false }];
  });
