import { canonicalHash, figureOf, textOf, type Block, type Body, type Figure } from '@app/content';
import { historyFindings } from './history-findings';
import { itemsOf, type Item, type ItemKey, type Part, type Registered, type Waiver } from './disclosure';

/**
 * Something that is wrong, or looks wrong, with the text. A `blocking` finding is fixed or waived before the revision
 * can be submitted or published.
 */
export type Finding = {
  /** Stays the same as long as the place it complains of does: the words, and the clauses in which they stand. */
  readonly id: string;
  /** What the id was before it knew the clauses: waivers from then name it. */
  readonly formerId: string;
  readonly ruleId:
    | 'ITEM_EMPTY'
    | 'FIGURE_MISSING'
    | 'FIGURE_WITHOUT_CAPTION'
    | 'PAGE_REFERENCE'
    | 'CROSS_REFERENCE_WRONG'
    | 'HISTORY_TITLE_WRONG'
    | 'HISTORY_ITEM_UNCHANGED'
    | 'HISTORY_ITEM_OMITTED';
  readonly severity: 'blocking' | 'advice';
  readonly itemKey: ItemKey;
  /** In Japanese: what is wrong, and what to do. */
  readonly message: string;
};

/** Everything the rules find in a text, in reading order. */
export const findingsOf = (parts: readonly Part[]): readonly Finding[] =>
  parts.flatMap((part) =>
    part.items.flatMap((item) => {
      const text = textOf(item.body);
      return [
        ...emptyItem(part, item, text),
        ...missingFigure(part, item, text),
        ...missingCaptions(part, item),
        ...pageReferences(part, item, text),
        ...wrongCrossReferences(parts, part, item, text),
      ];
    }),
  );

/** What the rules find in the text as it is drafted, and in the row that it will have in 改訂履歴. */
export const findingsIn = (state: Pick<Registered, 'parts' | 'editions' | 'revision'>): readonly Finding[] => [
  ...findingsOf(state.parts),
  ...historyFindings(state),
];

/** Findings that stop a submission and a publication: blocking, and waived by nobody. */
export const blockingFindings = (
  state: Pick<Registered, 'parts' | 'editions' | 'revision' | 'waivers'>,
): readonly Finding[] =>
  findingsIn(state).filter((found) => found.severity === 'blocking' && !waiverOf(found, state.waivers));

/** The waiver of a finding, if there is one. */
export const waiverOf = <W extends Pick<Waiver, 'findingId'>>(
  { id, formerId }: Pick<Finding, 'id' | 'formerId'>,
  waivers: readonly W[],
): W | undefined => waivers.find(({ findingId }) => findingId === id || findingId === formerId);

const emptyItem = (part: Part, item: Item, text: string): readonly Finding[] =>
  text.trim() !== '' || hasFigure(item.body)
    ? []
    : [
        finding('ITEM_EMPTY', 'blocking', item, '', {
          place: '',
          message: `${nameOf(part, item)}に本文がありません。本文を書くか、図を挿入してください。`,
        }),
      ];

const missingFigure = (part: Part, item: Item, text: string): readonly Finding[] => {
  const mentions = [...new Set(text.match(/[下上左右次]図|図の(?:通|とお)り/g) ?? [])];
  const [mention] = mentions;
  return mention === undefined || hasFigure(item.body)
    ? []
    : [
        finding('FIGURE_MISSING', 'blocking', item, mention, {
          place: mentions.map((each) => clausesWith(each, text)).join('\n'),
          message: `${nameOf(part, item)}に「${mention}」とありますが、図がありません。図を挿入するか、文を改めてください。`,
        }),
      ];
};

/** Of figures that came with a file, or were placed before a caption was asked for: nobody places one without. */
const missingCaptions = (part: Part, item: Item): readonly Finding[] =>
  [...new Set(figuresWithoutCaption(item.body).map(({ alt }) => alt))].map((alt) =>
    finding('FIGURE_WITHOUT_CAPTION', 'advice', item, alt, {
      place: '',
      message: `${nameOf(part, item)}の図「${alt}」に題がありません。図をダブルクリックして、題を書いてください。`,
    }),
  );

const pageReferences = (part: Part, item: Item, text: string): readonly Finding[] =>
  [...new Set(text.match(/[次前]ページ/g) ?? [])].map((mention) =>
    finding('PAGE_REFERENCE', 'advice', item, mention, {
      place: clausesWith(mention, text),
      message: `${nameOf(part, item)}に「${mention}」とあります。体裁が変わると指す先がずれるため、項目番号や図の名前で示してください。`,
    }),
  );

/** 「I-2. 医療情報等の…」: a reference by number and title has to name an item that bears both. */
const wrongCrossReferences = (parts: readonly Part[], part: Part, item: Item, text: string): readonly Finding[] =>
  [...text.matchAll(/「([IVⅠⅡⅢⅣⅤ]+)[-－‐]([0-9０-９]{1,2})[.．]\s*([^」]+)」/g)].flatMap(
    ([mention, roman, digits, title]) => {
      const partNumber = (roman ?? '').normalize('NFKC');
      const number = Number((digits ?? '').normalize('NFKC'));
      const target = parts.find((other) => other.number === partNumber)?.items.find((other) => other.number === number);
      if (target && sameTitle(target.title, title ?? '')) return [];
      const meant = parts
        .flatMap((other) => other.items.map((candidate) => ({ part: other, item: candidate })))
        .find((candidate) => sameTitle(candidate.item.title, title ?? ''));
      const advice = meant
        ? `この題名の項目は${meant.part.number}-${meant.item.number}です。番号を改めてください。`
        : 'この題名の項目はありません。番号と題名を確かめてください。';
      return [
        finding('CROSS_REFERENCE_WRONG', 'blocking', item, mention, {
          place: clausesWith(mention, text),
          message: `${nameOf(part, item)}の参照${mention}が指す項目と題名が一致しません。${advice}`,
        }),
      ];
    },
  );

const sameTitle = (one: string, other: string): boolean =>
  one.normalize('NFKC').replace(/\s+/g, '') === other.normalize('NFKC').replace(/\s+/g, '');

const nameOf = (part: Part, item: Item): string => `${part.number}-${item.number}「${item.title}」`;

/** @param words what it complains of; @param said with the place where that stands, by which another one is told from it */
export const finding = (
  ruleId: Finding['ruleId'],
  severity: Finding['severity'],
  { itemKey }: Pick<Item, 'itemKey'>,
  words: string,
  { place, message }: { readonly place: string; readonly message: string },
): Finding => ({
  id: `${ruleId}:${itemKey}:${canonicalHash({ words, place }).slice(0, 16)}`,
  formerId: `${ruleId}:${itemKey}:${canonicalHash(words).slice(0, 12)}`,
  ...{ ruleId, severity, itemKey, message },
});

/** The clauses of a text that have these words. */
export const clausesWith = (words: string, text: string): string =>
  text
    .split(/[、。\n]/)
    .filter((clause) => clause.includes(words))
    .map((clause) => clause.trim())
    .join('\n');

const figuresIn = (blocks: readonly Block[]): readonly Figure[] =>
  blocks.flatMap((block) => (block.type === 'figure' ? [figureOf(block)] : figuresIn(block.content ?? [])));
const hasFigure = (body: Body): boolean => figuresIn(body.content).length > 0;

/** Figures of a text that have no caption (図の題). */
export const figuresWithoutCaption = (body: Body): readonly Figure[] =>
  figuresIn(body.content).filter(({ caption }) => caption.trim() === '');

/** The item of that key, wherever it stands. */
export const itemOf = (parts: readonly Part[], itemKey: ItemKey): Item | undefined =>
  itemsOf(parts).find((item) => item.itemKey === itemKey);
