import type { EditionDocument } from '../edition-document';
import { checkPrint } from './check-print';
import { PdfEngineFailed, PrintDiffers } from './errors';
import { printDataOf, type Printing } from './print-document';
import { readPdf } from './read-pdf';
import { renderPdf } from './render-pdf';

/**
 * Prints an edition, reads the PDF as somebody else would, and compares it with the edition.
 *
 * @throws MissingGlyph, MissingFigure, PdfEngineFailed as `renderPdf` does
 * @throws PrintDiffers when what was printed is not what the edition says
 */
export const printAndRead = async (edition: EditionDocument, printing: Printing): Promise<Uint8Array> => {
  const bytes = await renderPdf(edition, printing);
  const pdf = await readPdf(bytes).catch((error: Error) => {
    throw new PdfEngineFailed(error.message);
  });
  const [finding] = checkPrint(pdf, printDataOf(edition, printing));
  if (finding) throw new PrintDiffers(finding);
  return bytes;
};
