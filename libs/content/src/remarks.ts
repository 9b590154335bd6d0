import { canonicalJson } from '@app/canonical-json';
import { figureOf } from './attributes';
import type { Block, Mark } from './body';
import type { LeafBlock } from './blocks';
import type { Piece } from './inline-difference';

/**
 * What changed in a block besides its words, or cannot be seen in them, in a sentence for each: its kind, the list it
 * stands in, links, formatting, the parts of a figure. In Japanese, as an editor would note it.
 */

const kindNames: { readonly [type: string]: string } = {
  paragraph: '段落',
  heading: '見出し',
  note: '注記（※）',
  figure: '図',
  table: '表',
  bulletList: '箇条書き',
  orderedList: '番号付きの箇条書き',
  blockquote: '引用',
};
const attributeNames: { readonly [name: string]: string } = {
  level: '見出しの段階',
  start: '番号の始まり',
  style: '番号の付け方',
  sha256: '画像',
  mediaType: '画像の形式',
  alt: '代替テキスト',
  caption: '図の見出し',
};
const markNames: { readonly [type: string]: string } = { bold: '太字', italic: '斜体' };
const styleNames: { readonly [style: string]: string } = { decimal: '1. 2. 3.', circled: '①②③' };

export const nameOfKind = (type: string): string => kindNames[type] ?? type;

/** 「…」 around what is quoted, shortened when it is long. */
const quoted = (text: string): string => `「${text.length > 30 ? `${text.slice(0, 29)}…` : text}」`;

export const attributeRemarks = (old: Block, one: Block): readonly string[] => {
  if (old.type !== one.type) return [`${nameOfKind(old.type)}を${nameOfKind(one.type)}に変更`];
  if (one.type === 'figure') return figureRemarks(old, one);
  return changedAttributes(old.attrs, one.attrs).map(
    ([name, from, to]) => `${attributeNames[name] ?? name}を${said(from)}から${said(to)}に変更`,
  );
};

const figureRemarks = (old: Block, one: Block): readonly string[] => {
  const [before, after] = [figureOf(old), figureOf(one)];
  return changedAttributes(old.attrs, one.attrs).map(([name, from, to]) => {
    if (name === 'sha256') return `画像を差し替え（${before.sha256.slice(0, 8)} → ${after.sha256.slice(0, 8)}）`;
    return `${attributeNames[name] ?? name}を${said(from)}から${said(to)}に変更`;
  });
};

const said = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return 'なし';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return quoted(styleNames[text] ?? text);
};

type Attributes = { readonly [name: string]: unknown } | undefined;
const changedAttributes = (old: Attributes, one: Attributes): readonly (readonly [string, unknown, unknown])[] =>
  [...new Set([...Object.keys(old ?? {}), ...Object.keys(one ?? {})])].flatMap((name) =>
    canonicalJson(old?.[name] ?? null) === canonicalJson(one?.[name] ?? null)
      ? []
      : [[name, old?.[name], one?.[name]] as const],
  );

/** What changed of the lists and quotations that a block stands in. */
export const containerRemarks = (old: LeafBlock, one: LeafBlock): readonly string[] => {
  const [before, after] = [listsOf(old), listsOf(one)];
  const isSameKind = before.map(({ type }) => type).join() === after.map(({ type }) => type).join();
  if (!isSameKind) {
    const name = (lists: typeof before): string => {
      const deep = lists.length > 1 ? `（${lists.length}段目）` : '';
      return lists.length === 0 ? '本文' : nameOfKind(lists.at(-1)!.type) + deep;
    };
    return [`${name(before)}から${name(after)}に変更`];
  }
  return before.flatMap((list, i) =>
    changedAttributes(list.attrs, after[i]!.attrs).map(
      ([name, from, to]) => `${attributeNames[name] ?? name}を${said(from)}から${said(to)}に変更`,
    ),
  );
};

const listsOf = ({ place }: LeafBlock) => place.containers.filter(({ type }) => type !== 'listItem');

/** Links that lead elsewhere, are new or gone; words that only changed their formatting; nothing but widths changed. */
export const inlineRemarks = (pieces: readonly Piece[]): readonly string[] => {
  const remarks: string[] = [];
  for (let at = 0; at < pieces.length;) {
    if (pieces[at]!.kind === 'same') {
      at++;
      continue;
    }
    const from = at;
    while (at < pieces.length && pieces[at]!.kind !== 'same') at++;
    const change = pieces.slice(from, at);
    const [removed, added] = (['removed', 'added'] as const).map((side) => change.filter(({ kind }) => kind === side));
    remarks.push(...linkRemarks(removed!, added!), ...formatRemarks(removed!, added!));
  }
  return [...new Set(remarks)];
};

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

const linkRemarks = (removed: readonly Piece[], added: readonly Piece[]): readonly string[] => {
  // An address that is written out is seen to have changed.
  const written = ({ href, text }: Link): boolean => href.replace(/^(mailto|tel):/, '') === text;
  const [olds, news] = [linksIn(removed), linksIn(added)].map((links) => links.filter((link) => !written(link)));
  const [gone, come] = [
    olds!.filter(({ href }) => !news!.some((one) => one.href === href)),
    news!.filter(({ href }) => !olds!.some((one) => one.href === href)),
  ];
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, i) => {
    const [old, one] = [gone[i], come[i]];
    if (old === undefined) return `${quoted(one!.text)}にリンク（${one!.href}）を設定`;
    if (one === undefined) return `${quoted(old.text)}のリンク（${old.href}）を削除`;
    return `${quoted(one.text)}のリンク先を ${old.href} から ${one.href} に変更`;
  });
};

type Link = { readonly href: string; readonly text: string };

const linksIn = (pieces: readonly Piece[]): readonly Link[] => {
  const links: { href: string; text: string }[] = [];
  for (const { marks, text } of pieces) {
    const href = marks.find(({ type }) => type === 'link')?.attrs?.['href'];
    if (typeof href !== 'string') continue;
    const last = links.at(-1);
    if (last?.href === href) last.text += text;
    else links.push({ href, text });
  }
  return links;
};

const formatRemarks = (removed: readonly Piece[], added: readonly Piece[]): readonly string[] => {
  const text = textOf(added);
  if (text === '' || textOf(removed) !== text) return [];
  const typesIn = (pieces: readonly Piece[]): readonly string[] => [
    ...new Set(pieces.flatMap(({ marks }) => marks.map(({ type }) => type)).filter((type) => type !== 'link')),
  ];
  const [olds, news] = [typesIn(removed), typesIn(added)];
  return [
    ...news.filter((type) => !olds.includes(type)).map((type) => `${quoted(text)}を${nameOfMark(type)}に変更`),
    ...olds.filter((type) => !news.includes(type)).map((type) => `${quoted(text)}の${nameOfMark(type)}を解除`),
    ...(olds.join() === news.join() && canonicalJson(linksIn(removed)) === canonicalJson(linksIn(added))
      ? [`${quoted(text)}の書式を変更`]
      : []),
  ];
};

const nameOfMark = (type: Mark['type']): string => markNames[type] ?? type;

/** Whether two texts read the same but for full and half width. */
export const isOnlyWidth = (old: string, one: string): boolean =>
  old !== one && old.normalize('NFKC') === one.normalize('NFKC');
