import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditionDocument } from '../edition-document';
import { projectRoot } from '../project-root';
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

/** Raise it when print-document.ts lays the same edition out differently; the template counts by itself. */
const LAYOUT = 1;
let version: string | undefined;

/** Names the way editions are printed: changes with the template, the layout and the engine. */
export const printVersion = (): string =>
  (version ??= createHash('sha256')
    .update(readFileSync(join(projectRoot, 'libs/publishing/typst/disclosure.typ')))
    .update(`layout ${LAYOUT}, typst 0.14.2`)
    .digest('hex'));
