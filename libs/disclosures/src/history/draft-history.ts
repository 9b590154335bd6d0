import { blocksOf, compareBodies, type Body } from '@app/content';
import type { Item, Part, RevisionCause } from '../domain/disclosure';
import { itemOf } from '../domain/lint';
import { causeNames } from '../words';

/** A row of 改訂履歴 as it is proposed. */
export type DraftedRow = {
  /** The reason, and a line per item. */
  readonly historyText: string;
  /** In the order of the text: 「・II-4 リスク対応：委託先の記載を追加」. */
  readonly lines: readonly { readonly itemKey: string; readonly line: string }[];
};

/**
 * The next row of 改訂履歴, from what changed and why: 「社内の組織変更に伴う見直し」 and a line per item. It names each
 * item that changed, by its title, and no other. Pure.
 */
export const draftedRow = (
  before: readonly Part[],
  after: readonly Part[],
  causes: readonly RevisionCause[],
): DraftedRow => {
  const lines = after.flatMap((part) =>
    part.items.flatMap((item) => {
      const old = itemOf(before, item.itemKey);
      return old?.bodyHash === item.bodyHash && old.title === item.title
        ? []
        : [{ itemKey: item.itemKey, line: `・${part.number}-${item.number} ${item.title}：${changeOf(old, item)}` }];
    }),
  );
  return { historyText: [reasonOf(causes), ...lines.map(({ line }) => line)].filter(Boolean).join('\n'), lines };
};

/** 「社内の組織変更およびガイドライン改定に伴う見直し」 */
const reasonOf = (causes: readonly RevisionCause[]): string => {
  const names = causes.map(({ type, note }) =>
    type === 'other' && note ? note : type === 'reorganisation' ? `社内の${causeNames[type]}` : causeNames[type],
  );
  if (names.length === 0) return '';
  return causes.every(({ type }) => type === 'correction') ? names.join('') : `${names.join('および')}に伴う見直し`;
};

/** So many changes of one item are told one by one. */
const TOLD = 3;

const changeOf = (before: Item | undefined, after: Item): string => {
  if (!before) return '項目を新設';
  if (before.title !== after.title) return `題名を「${before.title}」から改める`;
  const changes = [...new Set(changesBetween(before.body, after.body))];
  if (changes.length === 0) return '体裁を変更';
  return changes.length > TOLD ? `${changes.slice(0, TOLD - 1).join('、')}ほか` : changes.join('、');
};

const changesBetween = (before: Body, after: Body): readonly string[] => {
  if (before.content.length === 0) return ['本文を記載'];
  if (after.content.length === 0) return ['本文を削除'];
  const shapes = shapesIn(before, after);
  return compareBodies(before, after).flatMap(({ kind, runs }): readonly string[] => {
    const side = (of: 'removed' | 'added') =>
      runs
        .filter((run) => run.kind === of || run.kind === 'same')
        .map(({ text }) => text)
        .join('');
    const [was, is] = [side('removed'), side('added')];
    const shape = shapes.get(is) ?? shapes.get(was) ?? 'text';
    if (kind === 'same' || kind === 'movedAway') return [];
    if (shape !== 'text')
      return [
        `${shape === 'table' ? '表' : '図'}を${kind === 'added' ? '追加' : kind === 'removed' ? '削除' : '変更'}`,
      ];
    if (kind === 'added') return [`${topicOf(is)}を追加`];
    if (kind === 'removed') return [`${topicOf(was)}を削除`];
    if (kind === 'movedHere' && was === is) return ['記載の順序を変更'];
    return [changeOfWords(runs, is)];
  });
};

/** Which texts are those of tables and figures. */
const shapesIn = (...bodies: readonly Body[]): ReadonlyMap<string, 'text' | 'table' | 'figure'> =>
  new Map(bodies.flatMap(blocksOf).map(({ text, kind }) => [text, kind]));

/** A short wording against another is quoted; a longer change is named by what it is about. */
const SHORT = 20;

const changeOfWords = (runs: ReturnType<typeof compareBodies>[number]['runs'], now: string): string => {
  const changed = runs.filter(({ kind }) => kind !== 'same');
  const [one, other, ...more] = changed;
  const removed = changed.find(({ kind }) => kind === 'removed')?.text.trim() ?? '';
  const added = changed.find(({ kind }) => kind === 'added')?.text.trim() ?? '';
  const isShort = [removed, added].every((text) => text.length <= SHORT && !text.includes('\n'));
  if (one && other && more.length === 0 && removed !== '' && added !== '' && isShort)
    return `「${removed}」を「${added}」に変更`;
  if (one && !other && isShort && removed !== '') return `「${removed}」を削除`;
  if (one && !other && added !== '') return `${topicOf(added)}を追加`;
  return `${topicOf(now)}を変更`;
};

/** 「委託先の記載」 of a sentence that says what it is about, 「「日次で保管…」の記載」 of one that does not. */
const topicOf = (text: string): string => {
  const plain = text.replace(/^[\s・※]*(?:\d+\. |[①-⑳] )?/, '').trim();
  const topic =
    /^([^\s、。，,：:「」（）()]{2,18}?)(?:については|について|に関しては|においては|では|には|とは|は|：|:)/.exec(
      plain,
    )?.[1];
  if (topic !== undefined && /[\p{Script=Han}\p{Script=Katakana}\p{Script=Latin}ー]$/u.test(topic))
    return `${topic}の記載`;
  const first = plain.split(/[。\n]/)[0] ?? '';
  return `「${first.length > SHORT ? `${first.slice(0, SHORT)}…` : first}」の記載`;
};
