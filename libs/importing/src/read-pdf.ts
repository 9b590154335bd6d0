import { takePicture } from '@app/blob-store/picture';
import { createHash } from 'node:crypto';
import { hashBody, parseBody, textOf, type Block, type Body } from '@app/content';
import { MAX_CHARACTERS, MAX_FILE_BYTES } from './decode';
import type { ImportProblem } from './import-problem';
import type { ImportedDisclosure, ImportedFigure, ImportedItem, ImportedPart } from './imported-disclosure';

/** Nest injection token of a `PdfReader`. */
export const PDF_READER = Symbol('PdfReader');

/** Looks into a PDF of any origin, and checks the data of the edition that is attached to it against its hashes. */
export type PdfReader = (bytes: Uint8Array) => Promise<PdfInside>;

export type PdfInside =
  /** Printed by the product. `figures` are the attached files that are named as such. */
  | { readonly kind: 'edition'; readonly edition: AttachedEdition; readonly figures: readonly Uint8Array[] }
  /** Of another program: the text of its pages, line by line. */
  | { readonly kind: 'foreign'; readonly pages: readonly string[] }
  /** What is attached does not fit its own hashes. */
  | { readonly kind: 'tampered'; readonly ja: string; readonly en: string }
  | { readonly kind: 'unreadable'; readonly why: 'Encrypted' | 'Damaged' | 'TooLarge' | 'TooSlow' };

/** What an importer takes from the data of an edition. */
export type AttachedEdition = Pick<ImportedDisclosure, 'title' | 'serviceName' | 'issuer'> & {
  readonly number: number;
  readonly issuedOn: string;
  readonly parts: readonly {
    readonly number: string;
    readonly title: string;
    readonly items: readonly (Pick<ImportedItem, 'itemKey' | 'number' | 'title'> & {
      readonly body?: unknown;
      readonly bodyHash: string;
    })[];
  }[];
  readonly revisionHistory: ImportedDisclosure['editions'];
};

export type ReadPdf =
  | {
      readonly ok: true;
      readonly kind: 'edition';
      readonly disclosure: Omit<ImportedDisclosure, 'anomalies' | 'source'>;
    }
  | { readonly ok: true; readonly kind: 'pages'; readonly parts: readonly ImportedPart[] }
  | { readonly ok: false; readonly problem: ImportProblem };

export const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === '%PDF';

/** A PDF of the product as exactly what it was printed from; of any other the text of its pages. */
export const readPdf = async (bytes: Uint8Array, inside: PdfReader): Promise<ReadPdf> => {
  if (bytes.length > MAX_FILE_BYTES) return refuse({ type: 'TooLarge', byteSize: bytes.length, limit: MAX_FILE_BYTES });
  const pdf = await inside(bytes);
  switch (pdf.kind) {
    case 'unreadable':
      return refuse({ type: unreadable[pdf.why] });
    case 'tampered':
      return refuse({ type: 'PdfTampered', says: { ja: pdf.ja, en: pdf.en } });
    case 'edition':
      return editionIn(pdf.edition, pdf.figures);
    case 'foreign':
      return pagesOf(pdf.pages);
  }
};

const refuse = (problem: ImportProblem) => ({ ok: false, problem }) as const;

const unreadable = {
  Encrypted: 'PdfProtected',
  Damaged: 'DamagedPdf',
  TooLarge: 'PdfTooMuch',
  TooSlow: 'PdfTooMuch',
} as const;

// Of the product -----------------------------------------------------------------

const editionIn = (edition: AttachedEdition, attached: readonly Uint8Array[]): ReadPdf => {
  const { title, serviceName, issuer, number, issuedOn, revisionHistory } = edition;
  const figures = new Map(attached.flatMap(asFigure).map((figure) => [figure.sha256, figure]));
  const keys = new Set<string>();
  const parts: ImportedPart[] = [];
  for (const part of edition.parts) {
    const items: ImportedItem[] = [];
    for (const item of part.items) {
      const parsed = parseBody(item.body);
      const fits = parsed.ok && hashBody(parsed.body) === item.bodyHash && !keys.has(item.itemKey);
      if (!fits || citedIn(parsed.body.content).some((sha256) => !figures.has(sha256)))
        return refuse({ type: 'PdfTampered', says: itemSays(`${part.number}-${item.number}`) });
      keys.add(item.itemKey);
      const { itemKey, body } = { ...item, body: parsed.body };
      items.push({ itemKey, number: item.number, title: item.title, body, text: textOf(body) });
    }
    parts.push({ number: part.number, title: part.title, items });
  }
  const cited = new Set(parts.flatMap(({ items }) => items.flatMap(({ body }) => citedIn(body.content))));
  return {
    ok: true,
    kind: 'edition',
    disclosure: {
      ...{ title, serviceName, issuer, edition: { number, issuedOn }, editions: revisionHistory, parts },
      figures: [...figures.values()].filter(({ sha256 }) => cited.has(sha256)),
    },
  };
};

const itemSays = (name: string) => ({
  ja: `${name}の本文または図が、そのハッシュと合いません。`,
  en: `The text or a figure of ${name} does not fit its hash.`,
});

/** A figure is held to what a figure is that somebody places by hand: what had to be cleaned is not the one that is cited. */
const asFigure = (bytes: Uint8Array): readonly ImportedFigure[] => {
  const picture = takePicture(bytes);
  if ('type' in picture) return [];
  const sha256 = createHash('sha256').update(picture.bytes).digest('hex');
  return [{ sha256, mediaType: picture.mediaType, bytes: picture.bytes }];
};

const citedIn = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) =>
    block.type === 'figure' ? [String(block.attrs?.['sha256'])] : citedIn(block.content ?? []),
  );

// Of other programs --------------------------------------------------------------

/** Where in a PDF of another program a text is: not in a part, but on a page. */
export const PDF_PAGES = 'PDF';

const pagesOf = (pages: readonly string[]): ReadPdf => {
  const items = pages.flatMap((page, at): readonly ImportedItem[] => {
    const body = bodyOfPage(page);
    const number = at + 1;
    if (body === null) return [];
    return [{ itemKey: `${PDF_PAGES}-${number}`, number, title: `${number}ページ`, body, text: textOf(body) }];
  });
  const characters = items.reduce((sum, { text }) => sum + text.length, 0);
  if (characters === 0) return refuse({ type: 'PdfWithoutText' });
  if (characters > MAX_CHARACTERS) return refuse({ type: 'TooLong', characters, limit: MAX_CHARACTERS });
  return { ok: true, kind: 'pages', parts: [{ number: PDF_PAGES, title: '', items }] };
};

const bodyOfPage = (page: string): Body | null => {
  const content = paragraphsOf(page).map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
  const parsed = content.length === 0 ? null : parseBody({ type: 'doc', content });
  return parsed?.ok ? parsed.body : null;
};

/** A PDF knows lines only: one that ends before the others do, or with a full stop, ends a paragraph. */
export const paragraphsOf = (page: string): readonly string[] => {
  const lines = page
    .split('\n')
    .map((line) => line.replace(/[\s\p{Cc}\p{Cn}\p{Cs}]+/gu, ' ').trim())
    .filter((line) => line !== '');
  const full = Math.max(...lines.map(widthOf)) * 0.9;
  return lines.reduce<string[]>((paragraphs, line, at) => {
    const before = lines[at - 1];
    const goesOn = before !== undefined && widthOf(before) >= full && !/[。．！？]$/.test(before) && !MARK.test(line);
    const last = paragraphs.at(-1);
    if (!goesOn || last === undefined) return [...paragraphs, line];
    const space = /[\x21-\x7e]$/.test(last) && /^[\x21-\x7e]/.test(line) ? ' ' : '';
    return [...paragraphs.slice(0, -1), `${last}${space}${line}`];
  }, []);
};

const MARK = /^([①-⑳・•●■□◆◇※▪]|[-*] |[（(]?[0-9０-９]{1,2}[.．)）])/;

/** In half widths. */
const widthOf = (line: string): number =>
  [...line].reduce((sum, one) => sum + (/[\x20-\x7e\uff61-\uff9f]/.test(one) ? 1 : 2), 0);
