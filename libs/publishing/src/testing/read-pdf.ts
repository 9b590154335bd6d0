// @ts-expect-error pdf.js ships no types for its worker, and nothing of it is used here
import * as worker from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** pdf.js would load its worker by a dynamic import, which Jest has not; this is where it looks first. */
(globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;

export type ReadPdf = {
  readonly pages: number;
  /** Without white space and without what is not content (running heads and feet), as a screen reader has it. */
  readonly text: string;
  /** The first page of running heads and feet apart. */
  readonly artifacts: string;
  readonly bookmarks: readonly string[];
  readonly destinations: readonly string[];
  readonly attachments: { readonly [name: string]: Uint8Array };
  readonly links: readonly string[];
  /** How far to the right text reaches, in points. */
  readonly rightmost: number;
};

/** What a reader other than the one that made it finds in a PDF. For specs. */
export const readPdf = async (bytes: Uint8Array): Promise<ReadPdf> => {
  const pdf = await getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: false,
    isEvalSupported: false,
    verbosity: 0,
  }).promise;
  const read = { content: '', artifacts: '' };
  const links: string[] = [];
  let rightmost = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const open: boolean[] = [];
    for (const item of items) {
      if ('str' in item) rightmost = Math.max(rightmost, Number(item.transform[4]) + item.width);
      if ('str' in item) read[open.includes(true) ? 'artifacts' : 'content'] += item.str;
      else if (item.type === 'endMarkedContent') open.pop();
      else open.push('tag' in item && item.tag === 'Artifact');
    }
    for (const { url } of await page.getAnnotations()) if (typeof url === 'string') links.push(url);
  }
  const titles = (nodes: readonly { title: string; items: unknown[] }[]): string[] =>
    nodes.flatMap((node) => [node.title, ...titles(node.items as { title: string; items: unknown[] }[])]);
  const attachments = ((await pdf.getAttachments()) ?? {}) as { [name: string]: { content: Uint8Array } };
  const found: ReadPdf = {
    pages: pdf.numPages,
    text: squeezed(read.content),
    artifacts: squeezed(read.artifacts),
    bookmarks: titles((await pdf.getOutline()) ?? []),
    destinations: Object.keys(await pdf.getDestinations()),
    attachments: Object.fromEntries(Object.entries(attachments).map(([name, { content }]) => [name, content])),
    links,
    rightmost,
  };
  await pdf.destroy();
  return found;
};

/** Without white space and invisible characters, which a PDF does not keep; compatibility forms are left as they are. */
export const squeezed = (text: string): string => text.replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
