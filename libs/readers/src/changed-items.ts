import { pairItems, type Body, type PlacedItem } from '@app/content';

type Part = {
  readonly number: string;
  readonly title: string;
  readonly items: readonly {
    readonly itemKey: string;
    readonly number: number;
    readonly title: string;
    readonly body: Body;
    readonly bodyHash: string;
  }[];
};
type Placed = PlacedItem & { readonly bodyHash: string };

/** Each item that differs between two editions, in one line: `I-7 認証（改正）`; new, removed and rewritten ones. */
export const changedItems = (older: readonly Part[], newer: readonly Part[]): readonly string[] =>
  pairItems(placed(older), placed(newer), 'key').flatMap(({ before, after }) => {
    if (before === null) return [line(after, '新設')];
    if (after === null) return [line(before, '削除')];
    return before.bodyHash === after.bodyHash && before.title === after.title ? [] : [line(after, '改正')];
  });

const placed = (parts: readonly Part[]): readonly Placed[] =>
  parts.flatMap(({ number: partNumber, items }) =>
    items.map(({ itemKey, number, title, body, bodyHash }) => ({ partNumber, itemKey, number, title, body, bodyHash })),
  );

const line = ({ partNumber, number, title }: Placed, what: string): string =>
  `${partNumber}-${number} ${title}（${what}）`;
