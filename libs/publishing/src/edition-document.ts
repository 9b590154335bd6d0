import type { Body } from '@app/content';
import type { EditionView } from '@app/disclosures';

/** The bytes of a figure as they are stored: a PNG, a JPEG or a cleaned SVG. */
export type Figure = { readonly bytes: Uint8Array; readonly mediaType: string };

/** Finds a figure by the SHA-256 that a body cites; null when there is none such. */
export type LoadFigure = (sha256: string) => Promise<Figure | null>;

/** An edition and where its figures are: all that is needed to print it. */
export type EditionDocument = EditionView & { readonly loadFigure: LoadFigure };

/** Bodies travel as unknown JSON in the contract; in an edition they were checked when they were written. */
export const bodyOf = (item: EditionView['parts'][number]['items'][number]): Body => item.body as Body;

/** How an item is cited: `II-4`. Also its named destination in the PDF and its anchor on the public page. */
export const citationOf = (part: { readonly number: string }, item: { readonly number: number }): string =>
  `${part.number}-${item.number}`;

/** 改訂履歴 as it stood with this edition, so that what is made from an edition does not change when the next one appears. */
export const historyOf = (edition: EditionView): EditionView['revisionHistory'] =>
  edition.revisionHistory.filter((row) => row.number <= edition.number);
