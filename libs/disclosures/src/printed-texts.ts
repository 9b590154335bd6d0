import { textOf } from '@app/content';
import type { HistoryRow, Item, ItemKey, Part, Registered } from './domain/disclosure';

/** A text that is printed, and where it stands: an item as it is cited (`II-4`), or what it is. */
export type PrintedText = {
  readonly place: string;
  /** The item that it belongs to. */
  readonly itemKey?: ItemKey;
  readonly text: string;
  /** Nothing edits it after the import: only another file mends it. */
  readonly onlyInFile: boolean;
};

/** All texts of a disclosure that are printed with its next edition, the names of those who sign aside. */
export const printedTextsOf = ({
  serviceName,
  title,
  issuer,
  parts,
  history,
  nextHistoryText = '',
}: Pick<Registered, 'serviceName' | 'title' | 'issuer'> & {
  readonly parts: readonly (Pick<Part, 'number' | 'title'> & {
    readonly items: readonly Pick<Item, 'itemKey' | 'number' | 'title' | 'body'>[];
  })[];
  /** The rows of the editions that there are. */
  readonly history: readonly Pick<HistoryRow, 'historyText'>[];
  /** The row of the edition that is being written. */
  readonly nextHistoryText?: string | undefined;
}): readonly PrintedText[] => [
  { place: 'サービス名・文書名', text: `${serviceName}${title}`, onlyInFile: true },
  { place: '発行者', text: Object.values(issuer).join(''), onlyInFile: true },
  ...parts.flatMap((part) => [
    { place: `第${part.number}部の題`, text: part.title, onlyInFile: true },
    ...part.items.flatMap((item) => {
      const [place, { itemKey }] = [`${part.number}-${item.number}`, item];
      return [
        { place: `${place}の題`, itemKey, text: item.title, onlyInFile: true },
        { place, itemKey, text: textOf(item.body), onlyInFile: false },
      ];
    }),
  ]),
  { place: '改訂履歴', text: history.map(({ historyText }) => historyText).join(''), onlyInFile: true },
  { place: '改訂履歴に載せる文', text: nextHistoryText, onlyInFile: false },
];
