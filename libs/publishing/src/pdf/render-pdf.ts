import type { EditionDocument } from '../edition-document';
import { PdfPool } from './pdf-pool';
import { printJobOf } from './print-document';

const pool = new PdfPool();

/**
 * An edition as PDF/A-3a (A4, tagged, with its JSON attached). The same edition gives the same bytes.
 *
 * @throws MissingGlyph, MissingFigure when the text cannot be printed as it is
 * @throws PdfEngineFailed when the engine refuses it or dies on it twice
 */
export const renderPdf = async (edition: EditionDocument): Promise<Uint8Array> =>
  pool.render(await printJobOf(edition));

/** Ends the engine's processes; for a clean shutdown. */
export const closePdfPool = (): Promise<void> => pool.close();
