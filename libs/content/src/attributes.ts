import type { Block } from './body';

/** The typed attributes of nodes, read from a `Block` that `parseBody` let through. */

export type ListStyle = 'decimal' | 'circled';
export const listStyles: readonly ListStyle[] = ['decimal', 'circled'];

export type Figure = {
  readonly sha256: string;
  readonly mediaType: string;
  readonly alt: string;
  readonly caption: string;
};
export const figureMediaTypes = ['image/png', 'image/jpeg', 'image/svg+xml'] as const;

export const colspanOf = (cell: Block): number => Number(cell.attrs?.['colspan'] ?? 1);
export const rowspanOf = (cell: Block): number => Number(cell.attrs?.['rowspan'] ?? 1);
export const startOf = (list: Block): number => Number(list.attrs?.['start'] ?? 1);
export const styleOf = (list: Block): ListStyle => (list.attrs?.['style'] === 'circled' ? 'circled' : 'decimal');
export const figureOf = ({ attrs }: Block): Figure => ({
  sha256: String(attrs?.['sha256'] ?? ''),
  mediaType: String(attrs?.['mediaType'] ?? ''),
  alt: String(attrs?.['alt'] ?? ''),
  caption: String(attrs?.['caption'] ?? ''),
});

/** The mark of the n-th entry of a ①-list. Unicode has them up to ㊿. */
export const circledNumber = (n: number): string => {
  if (n >= 1 && n <= 20) return String.fromCodePoint(0x2460 + n - 1);
  if (n >= 21 && n <= 35) return String.fromCodePoint(0x3251 + n - 21);
  if (n >= 36 && n <= 50) return String.fromCodePoint(0x32b1 + n - 36);
  return `(${n})`;
};

/** Schemes that a link in a disclosure may have. */
const safeLink = /^(https?:\/\/[^\s]+|mailto:[^\s]+|tel:[+\d][\d()\-.]*)$/i;

/** Whether an address may stand in a link: https, http, mailto or tel, whole and without blanks or control characters. */
export const isSafeHref = (href: unknown): href is string =>
  typeof href === 'string' &&
  href.length <= 2000 &&
  safeLink.test(href) &&
  !/[\u0000-\u0020\u007f-\u009f<>"`\\]/.test(href) &&
  URL.canParse(href);
