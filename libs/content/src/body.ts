/**
 * The body of an item as ProseMirror JSON. Produced by the editor, the importer or `parseBody`, which is the only way
 * from unknown JSON to a `Body`.
 *
 * Blocks: paragraph, heading (level 3), bulletList, orderedList (attrs.style 'decimal' | 'circled', attrs.start), listItem,
 * note (※), blockquote, table / tableRow / tableHeader / tableCell (attrs colspan, rowspan), figure (attrs sha256, mediaType,
 * alt, caption).
 * Inline: text with marks bold, italic, link (attrs.href: https, http, mailto, tel); hardBreak.
 *
 * Canonical form: the attributes named above are always there, no others; `content` is there when it is not empty (and in
 * the doc always); neighbouring texts with the same marks are one; an item with nothing in it is `emptyBody`.
 */
export type Body = { readonly type: 'doc'; readonly content: readonly Block[] };

/** Any node of a body. */
export type Block = {
  readonly type: string;
  readonly attrs?: { readonly [name: string]: unknown };
  readonly content?: readonly Block[];
  readonly text?: string;
  readonly marks?: readonly Mark[];
};

export type Mark = { readonly type: string; readonly attrs?: { readonly [name: string]: unknown } };

/** An item without text yet. */
export const emptyBody: Body = { type: 'doc', content: [] };
