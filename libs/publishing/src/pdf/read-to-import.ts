import type { PdfInside, PdfReader } from '@app/importing';
import { verifyEdition } from '@app/proof';
import { Turns } from '../verify/turns';
import { readPdf, UnreadablePdf, type ReadPdf } from './read-pdf';

/** Each reads in a process of its own. */
const turns = new Turns(2, 6);
/** Somebody waits for it who wants to work with it, and no stranger. */
const LIMITS = { ms: 60_000, memoryMb: 900 };

/** A PDF as an importer asks for it: the attached edition, when it fits its own hashes; else the text. */
export const readPdfToImport: PdfReader = async (bytes) => {
  try {
    const read = await turns.take(() => readPdf(bytes, LIMITS));
    return read === 'busy' ? { kind: 'unreadable', why: 'TooSlow' } : insideOf(read);
  } catch (error) {
    if (error instanceof UnreadablePdf) return { kind: 'unreadable', why: error.reason };
    throw error;
  }
};

const insideOf = ({ attachments, pages }: ReadPdf): PdfInside => {
  const file = attachments.find(({ name }) => /^disclosure-edition-\d+\.json$/.test(name));
  if (file === undefined) return { kind: 'foreign', pages: pages.map(({ text }) => text) };
  const { edition, findings } = verifyEdition(parsed(file.bytes));
  const [wrong] = findings;
  if (edition === null || wrong) return { kind: 'tampered', ja: wrong?.ja ?? '', en: wrong?.en ?? '' };
  const figures = attachments.filter(({ name }) => name.startsWith('figure-')).map(({ bytes }) => bytes);
  return { kind: 'edition', edition, figures };
};

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
};
