import type { Block } from '@app/content';
import { excerpt, type Report } from './anomalies';
import { comparable } from './japanese-text';
import type { Outline, OutlineItem, OutlinePart } from './outline';
import { plainText } from './to-blocks';

/** Some items alone are no whole disclosure: numbers left out are none of its faults, nor references to what it does not have. */
export type Extent = 'whole' | 'someItems';

/** Looks for what a reader would stumble over: missing figures, references that lead nowhere, numbers that disagree. */
export const checkOutline = (outline: Outline, extent: Extent, report: Report): void => {
  checkToc(outline, report);
  if (extent === 'whole') checkHistory(outline, report);
  for (const part of outline.parts) {
    if (extent === 'whole') checkNumbers(part, report);
    else checkNumbersTwice(part, report);
    for (const item of part.items) {
      checkFigures(part, item, report);
      for (const { block, line } of item.blocks) {
        const text = plainText(block);
        checkDangling(part, item, text, line, report);
        checkReferences(outline.parts, extent, text, line, `${part.number}-${item.number}`, report);
      }
    }
  }
};

const nameOf = (part: OutlinePart, item: OutlineItem): string =>
  `${part.number}-${item.number}「${excerpt(item.title)}」`;

// Numbers of items -------------------------------------------------------------------

const checkNumbers = ({ number: part, items }: OutlinePart, report: Report): void =>
  items.forEach(({ number, line }, i) => {
    const expected = (items[i - 1]?.number ?? 0) + 1;
    if (number === expected) return;
    report(
      'ITEM_NUMBER_UNEXPECTED',
      line,
      `項目番号 ${part}-${number} は ${part}-${expected} の位置にあります。番号の抜けや重複を確かめてください。`,
    );
  });

const checkNumbersTwice = ({ number: part, items }: OutlinePart, report: Report): void =>
  items.forEach(({ number, line }, i) => {
    if (!items.slice(0, i).some((before) => before.number === number)) return;
    report(
      'ITEM_NUMBER_UNEXPECTED',
      line,
      `項目番号 ${part}-${number} が二つ以上の項目に付いています。それぞれどの項目の本文かを確かめてください。`,
    );
  });

// Figures and places -------------------------------------------------------------

const FIGURE_WORDS = /[上下右左次]図|図[\s　]*[0-9０-９]+|以下の図|次の図/g;
const PAGE_WORDS = /[前次]の?ページ|[前次]頁|別紙/g;

const checkFigures = (part: OutlinePart, item: OutlineItem, report: Report): void => {
  const blocks = item.blocks.map(({ block }) => block);
  const text = plainText(...blocks);
  if (text.includes('［図：')) return; // Said already, where the image was.
  if (blocks.length === 0) {
    const code = /図|体制/.test(item.title) ? 'FIGURE_MISSING' : 'ITEM_EMPTY';
    report(
      code,
      item.line,
      `${nameOf(part, item)}に本文がありません。図だけの項目なら図を、そうでなければ本文を入れてください。`,
    );
  } else if (
    /構成図|体制図|体制/.test(item.title) &&
    blocks.every(({ type }) => type === 'note') &&
    !refersElsewhere(text)
  ) {
    report(
      'FIGURE_MISSING',
      item.line,
      `${nameOf(part, item)}には注記だけがあり、図が欠けているようです。図を差し込んでください。`,
    );
  } else if (text.search(FIGURE_WORDS) !== -1 && !hasFigure(blocks)) {
    report(
      'FIGURE_MISSING',
      item.line,
      `${nameOf(part, item)}は図に触れていますが、図がありません。図を差し込んでください。`,
    );
  }
};

const refersElsewhere = (text: string): boolean => /参照/.test(text);
const hasFigure = (blocks: readonly Block[]): boolean =>
  blocks.some(({ type, content }) => type === 'figure' || hasFigure(content ?? []));

const checkDangling = (part: OutlinePart, item: OutlineItem, text: string, line: number, report: Report): void => {
  if (!text.includes('［図：')) {
    for (const [word] of text.matchAll(FIGURE_WORDS)) {
      report(
        'DANGLING_REFERENCE',
        line,
        `${nameOf(part, item)}の「${word}」が指す図がありません。図を差し込むか、文を改めてください。`,
      );
    }
  }
  for (const [word] of text.matchAll(PAGE_WORDS)) {
    report(
      'DANGLING_REFERENCE',
      line,
      `${nameOf(part, item)}の「${word}」が指す内容がありません。内容を補うか、項目の番号で参照してください。`,
    );
  }
};

// References to items ---------------------------------------------------------------

/** `「I-2. 題名」` with the whole title in brackets, or `II-3. 題名` up to the end of the line. */
const REFERENCE =
  /(?<open>[「『])?(?<part>[IVＩＶ]{1,3}|[Ⅰ-Ⅴ])\s*[-－‐–—]\s*(?<number>[0-9０-９]{1,2})(?:\s*[.．]\s*(?<title>[^」』\n]+))?/gu;

type Reference = {
  readonly written: string;
  readonly part: string;
  readonly number: number;
  readonly title: string | null;
  /** Inside brackets the title is known to end where it ends. */
  readonly whole: boolean;
};

const referencesIn = (text: string): readonly Reference[] =>
  Array.from(text.matchAll(REFERENCE), ({ 0: written, groups = {} }) => ({
    written: written.replace(/^[「『]/, '').trim(),
    part: (groups['part'] ?? '').normalize('NFKC'),
    number: Number((groups['number'] ?? '').normalize('NFKC')),
    title: groups['title']?.trim() ?? null,
    whole: groups['open'] !== undefined,
  }));

const find = (
  parts: readonly OutlinePart[],
  wanted: (part: OutlinePart, item: OutlineItem) => boolean,
): string | null => {
  for (const part of parts) {
    for (const item of part.items) if (wanted(part, item)) return `${part.number}-${item.number}. ${item.title}`;
  }
  return null;
};

const titled = ({ title, whole }: Reference) => {
  const wanted = comparable(title ?? '');
  return (_part: OutlinePart, item: OutlineItem): boolean => {
    const own = comparable(item.title);
    return whole ? wanted === own : wanted.startsWith(own);
  };
};

/** Null when the reference is right, else what it may mean. */
const fault = (
  parts: readonly OutlinePart[],
  reference: Reference,
): { readonly meant: string | null; readonly exists: string | null } | null => {
  const numbered = (part: OutlinePart, item: OutlineItem) =>
    part.number === reference.part && item.number === reference.number;
  const hasTitle = titled(reference);
  const exists = find(parts, numbered);
  if (reference.title === null) return exists === null ? { meant: null, exists } : null;
  const right = find(parts, (part, item) => numbered(part, item) && hasTitle(part, item)) !== null;
  return right ? null : { meant: find(parts, hasTitle), exists };
};

const checkReferences = (
  parts: readonly OutlinePart[],
  extent: Extent,
  text: string,
  line: number,
  from: string,
  report: Report,
): void => {
  for (const reference of referencesIn(text)) {
    const found = fault(parts, reference);
    if (found === null) continue;
    if (extent === 'someItems' && found.meant === null && found.exists === null) continue;
    const meant =
      found.meant !== null
        ? `「${found.meant}」のことと思われます`
        : found.exists !== null
          ? `その番号の項目は「${found.exists}」です`
          : 'その番号の項目はありません';
    report(
      'WRONG_CROSS_REFERENCE',
      line,
      `${from} の参照「${excerpt(reference.written, 40)}」は番号と項目名が合いません。${meant}。直してください。`,
    );
  }
};

// Contents and history --------------------------------------------------------------

const checkToc = ({ toc, parts }: Outline, report: Report): void => {
  if (toc === null) return;
  for (const part of parts) {
    const listed = toc.find(({ number }) => number === part.number);
    if (listed !== undefined && comparable(listed.title) !== comparable(part.title)) {
      report(
        'TOC_MISMATCH',
        part.line,
        `部 ${part.number} の題名が目次と異なります。目次「${listed.title}」、本文「${part.title}」。本文に合わせました。`,
      );
    }
    for (const item of part.items) {
      const entry = listed?.items.find(({ number }) => number === item.number);
      if (entry !== undefined && comparable(entry.title) === comparable(item.title)) continue;
      const said = entry === undefined ? '目次にありません' : `目次では「${entry.title}」です`;
      report(
        'TOC_MISMATCH',
        item.line,
        `項目 ${part.number}-${item.number}「${item.title}」は${said}。本文に合わせました。`,
      );
    }
  }
  for (const listed of toc) {
    const part = parts.find(({ number }) => number === listed.number);
    for (const entry of listed.items) {
      if (part?.items.some(({ number }) => number === entry.number)) continue;
      report(
        'TOC_MISMATCH',
        0,
        `目次の ${listed.number}-${entry.number}「${entry.title}」に当たる項目が本文にありません。`,
      );
    }
  }
};

const checkHistory = ({ history, edition, parts }: Outline, report: Report): void => {
  const last = history.at(-1);
  if (last === undefined)
    report('HISTORY_MISSING', 0, '改訂履歴の表が見つかりません。これまでの版を書き足してください。');
  else if (edition !== null && (last.number !== edition.number || last.issuedOn !== edition.issuedOn)) {
    report(
      'EDITION_MISMATCH',
      edition.line,
      `表紙の第${edition.number}版（${edition.issuedOn}）と改訂履歴の最後の第${last.number}版（${last.issuedOn}）が異なります。どちらが正しいか確かめてください。`,
    );
  }
  history.forEach(({ number, line }, i) => {
    const before = history[i - 1];
    if (before !== undefined && number !== before.number + 1) {
      report(
        'HISTORY_GAP',
        line,
        `改訂履歴の第${before.number}版の次が第${number}版です。抜けや重複がないか確かめてください。`,
      );
    }
  });
  for (const { historyText, number, line } of history) {
    for (const reference of referencesIn(historyText)) {
      const found = fault(parts, reference);
      if (found === null) continue;
      const now = found.exists === null ? 'その番号の項目はありません' : `現在の項目は「${found.exists}」です`;
      report(
        'HISTORY_NAMES_UNKNOWN_ITEM',
        line,
        `第${number}版の改訂履歴にある「${excerpt(reference.written, 40)}」という項目はありません（${now}）。当時の名称か確かめてください。`,
      );
    }
  }
};
