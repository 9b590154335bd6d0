import { textOf } from '@app/content';
import type { HistoryRow, Item, Part, Registered } from './domain/disclosure';

/** A text that is printed, and where it stands: an item as it is cited (`II-4`), or what it is. */
export type PrintedText = { readonly place: string; readonly text: string };

/** All texts of a disclosure that are printed with its next edition, the names of those who sign aside. */
export const printedTextsOf = ({
  serviceName,
  title,
  issuer,
  parts,
  history,
}: Pick<Registered, 'serviceName' | 'title' | 'issuer'> & {
  readonly parts: readonly (Pick<Part, 'number' | 'title'> & {
    readonly items: readonly Pick<Item, 'number' | 'title' | 'body'>[];
  })[];
  readonly history: readonly Pick<HistoryRow, 'historyText'>[];
}): readonly PrintedText[] => [
  { place: 'サービス名・文書名', text: `${serviceName}${title}` },
  { place: '発行者', text: Object.values(issuer).join('') },
  ...parts.flatMap((part) => [
    { place: `第${part.number}部の題`, text: part.title },
    ...part.items.map((item) => ({
      place: `${part.number}-${item.number}`,
      text: `${item.title}${textOf(item.body)}`,
    })),
  ]),
  { place: '改訂履歴', text: history.map(({ historyText }) => historyText).join('') },
];
