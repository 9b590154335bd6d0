import { readPdf as read, squeezed } from '../pdf/read-pdf';

export { squeezed };

/** What is in a PDF as a whole, for specs: `text`, `artifacts` and `figures` without white space. */
export type WholePdf = {
  readonly pages: number;
  readonly text: string;
  readonly artifacts: string;
  readonly figures: string;
  readonly bookmarks: readonly string[];
  readonly destinations: readonly string[];
  readonly attachments: { readonly [name: string]: Uint8Array };
  readonly links: readonly string[];
  readonly rightmost: number;
};

export const readPdf = async (bytes: Uint8Array): Promise<WholePdf> => {
  const { pages, bookmarks, destinations, attachments } = await read(bytes);
  return {
    pages: pages.length,
    text: squeezed(pages.map(({ text }) => text).join('')),
    artifacts: squeezed(pages.map(({ artifacts }) => artifacts).join('')),
    figures: squeezed(pages.map(({ figures }) => figures).join('')),
    bookmarks: bookmarks.map(({ title }) => title),
    destinations: destinations.map(({ name }) => name),
    attachments: Object.fromEntries(attachments.map(({ name, bytes: content }) => [name, content])),
    links: pages.flatMap(({ links }) => links),
    rightmost: Math.max(...pages.map(({ rightmost }) => rightmost)),
  };
};
