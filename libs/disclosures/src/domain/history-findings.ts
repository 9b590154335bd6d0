import { changedItems, type Item, type ItemKey, type Part, type Registered } from './disclosure';
import { clausesWith, finding, type Finding } from './lint';

/**
 * The row of 改訂履歴 that somebody wrote, held against what really changed since the edition published last:
 * - `HISTORY_TITLE_WRONG`: it calls an item by a title that this item does not have (blocking: the row stays for ever)
 * - `HISTORY_ITEM_UNCHANGED`: it names an item that did not change
 * - `HISTORY_ITEM_OMITTED`: it names items, but not one that did change. A row that names none only gives the reason,
 *   as is customary (「社内の組織変更に伴う見直し」), and claims nothing
 */
export const historyFindings = ({ parts, editions, revision }: Pick<Registered, 'parts' | 'editions' | 'revision'>) =>
  revision.status === 'none' ? [] : findingsInHistory(revision.historyText, parts, changedItems({ parts, editions }));

export const findingsInHistory = (
  historyText: string,
  parts: readonly Part[],
  changed: readonly Pick<Item, 'itemKey'>[],
): readonly Finding[] => {
  const isChanged = (itemKey: ItemKey): boolean => changed.some((item) => item.itemKey === itemKey);
  const mentions = mentionsIn(historyText, parts);
  const named = mentions.flatMap(({ items }) => items);
  const wrong = mentions.filter(({ isWrong }) => isWrong);
  const unchanged = mentions
    .filter(({ isWrong }) => !isWrong)
    .flatMap(({ items, quote }) =>
      items.filter(({ item }) => !isChanged(item.itemKey)).map((one) => ({ ...one, quote })),
    );
  const isNamed = ({ itemKey, title }: Item): boolean =>
    named.some(({ item }) => item.itemKey === itemKey) || tidy(historyText).includes(tidy(title));
  const omitted =
    named.length === 0 ? [] : placed(parts).filter(({ item }) => isChanged(item.itemKey) && !isNamed(item));

  return [
    ...wrong.flatMap((mention) => titleWrong(mention, parts, historyText)),
    ...distinct(unchanged).map(({ part, item, quote }) =>
      finding('HISTORY_ITEM_UNCHANGED', 'advice', item, quote, {
        place: clausesWith(quote, historyText),
        message: `改訂履歴の文に「${quote}」とありますが、${nameOf(part, item)}は前の版から変わっていません。文から除くか、項目を確かめてください。`,
      }),
    ),
    ...omitted.map(({ part, item }) =>
      finding('HISTORY_ITEM_OMITTED', 'advice', item, '', {
        place: historyText,
        message: `${nameOf(part, item)}が変わりましたが、改訂履歴の文にありません。文に加えてください。`,
      }),
    ),
  ];
};

type Placed = { readonly part: Part; readonly item: Item };
type Mention = {
  /** As it was written. */
  readonly quote: string;
  /** What it can mean: the item of that number, and where the title is another one's, that one too. */
  readonly items: readonly Placed[];
  readonly isWrong: boolean;
  readonly written: { readonly partNumber: string; readonly number: number; readonly title: string } | null;
};

const placed = (parts: readonly Part[]): readonly Placed[] =>
  parts.flatMap((part) => part.items.map((item) => ({ part, item })));

/** 「II-4. リスク対応」, II-4 リスク対応：…, ・Ⅱ－４（…）, II-3～5, and titles in brackets of their own: 「リスク対応」. */
const mentionsIn = (text: string, parts: readonly Part[]): readonly Mention[] => {
  const all = placed(parts);
  const numbered = [...text.matchAll(NUMBERED)].map((match): Mention => {
    const [start, roman = '', digits = '', until] = match;
    const partNumber = roman.normalize('NFKC');
    const [number, last] = [digits, until ?? digits].map((each) => Number(each.normalize('NFKC')));
    const items = all.filter(
      ({ part, item }) => part.number === partNumber && item.number >= number! && item.number <= last!,
    );
    const title = until === undefined ? titleAfter(text, match.index, start, items[0]?.item.title) : '';
    const quote = `${start}${title === '' ? '' : text.slice(match.index + start.length).split(title)[0] + title}`;
    const isWrong = items.length === 0 || (title !== '' && !items.some(({ item }) => tidy(item.title) === tidy(title)));
    const others = isWrong ? all.filter(({ item }) => title !== '' && tidy(item.title) === tidy(title)) : [];
    return { quote, items: [...items, ...others], isWrong, written: { partNumber, number: number!, title } };
  });
  const titled = [...text.matchAll(/「([^「」]+)」/g)].flatMap(([, title = '']): Mention[] => {
    const items = all.filter(({ item }) => tidy(item.title) === tidy(title));
    return items.length === 0 ? [] : [{ quote: title, items: items.slice(0, 1), isWrong: false, written: null }];
  });
  return [...numbered, ...titled];
};

/** Not the end of a product's name (API-2), nor the beginning of a longer number. */
const NUMBERED =
  /(?<![A-Za-zＡ-Ｚａ-ｚ0-9０-９])([IVⅠⅡⅢⅣⅤＩＶ]+)[-－‐‑–−ー]([0-9０-９]{1,2})(?![0-9０-９])(?:[~〜～](?:[IVⅠⅡⅢⅣⅤＩＶ]+[-－‐‑–−ー])?([0-9０-９]{1,2})(?![0-9０-９]))?/g;
/** Words that can stand after an item's name, but are no part of it. */
const GOES_ON = /^(?:の|を|に|は|が|と|へ|も|で|や|及び|および|並びに|ならびに|から|より|まで|ほか|他|等)/;

/** What was done, or the next item: no title. */
const SENTENCE = /を|(?:見直し|追記|追加|変更|更新|修正|訂正|削除|改訂|新設)$|^[IVⅠⅡⅢⅣⅤＩＶ]+[-－‐‑–−ー][0-9０-９]/;

/** The title that is written after a number, or '' when there is none. */
const titleAfter = (text: string, index: number, start: string, expected: string | undefined): string => {
  const separator = /^(?:[.．]\s*|\s+|(?=「))/.exec(text.slice(index + start.length))?.[0];
  if (separator === undefined) return '';
  const rest = text.slice(index + start.length + separator.length);
  const bracketed = text.slice(0, index).endsWith('「') ? /^[^」]*/.exec(rest)?.[0] : /^「([^」]*)」/.exec(rest)?.[1];
  if (bracketed !== undefined) return bracketed.trim();
  if (expected !== undefined && rest.startsWith(expected)) {
    const after = rest.slice(expected.length);
    if (after === '' || /^[\s：:、。，,．.（(）)；;／/・」』]/.test(after) || GOES_ON.test(after)) return expected;
  }
  const [written = ''] = /^[^\s：:、。，,（(）)；;／/・」』]*/.exec(rest) ?? [];
  return GOES_ON.test(written) || SENTENCE.test(written) ? '' : written;
};

const titleWrong = (
  { quote, items, written }: Mention,
  parts: readonly Part[],
  historyText: string,
): readonly Finding[] => {
  if (written === null) return [];
  const { partNumber, number, title } = written;
  const own = items.find(({ part, item }) => part.number === partNumber && item.number === number);
  const meant = items.find(({ item }) => title !== '' && tidy(item.title) === tidy(title));
  const place = own ?? meant ?? placed(parts)[0];
  if (!place) return [];
  const is = own
    ? `${partNumber}-${number}の題名は「${own.item.title}」です。`
    : `${partNumber}-${number}という項目はありません。`;
  const advice = meant
    ? `この題名の項目は${meant.part.number}-${meant.item.number}です。番号か題名を改めてください。`
    : '番号と題名を改めてください。';
  return [
    finding('HISTORY_TITLE_WRONG', 'blocking', place.item, quote, {
      place: clausesWith(quote, historyText),
      message: `改訂履歴の文に「${quote}」とありますが、${is}${advice}`,
    }),
  ];
};

const distinct = <T extends Placed>(all: readonly T[]): readonly T[] =>
  all.filter((one, index) => all.findIndex(({ item }) => item.itemKey === one.item.itemKey) === index);

const tidy = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

const nameOf = (part: Part, item: Item): string => `${part.number}-${item.number}「${item.title}」`;
