import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditionDocument } from '../edition-document';
import { projectRoot } from '../project-root';
import { PdfPool } from './pdf-pool';
import { plainly, printJobOf, type Printing } from './print-document';

const pool = new PdfPool();

/**
 * An edition as PDF/A-3a: tagged, with its JSON and its figures attached. The same edition printed in the same way gives the same bytes.
 *
 * @throws MissingGlyph, MissingFigure when the text cannot be printed as it is
 * @throws PdfEngineFailed when the engine refuses it or dies on it twice
 */
export const renderPdf = async (edition: EditionDocument, printing: Printing = plainly): Promise<Uint8Array> =>
  pool.render(await printJobOf(edition, printVersion(), printing));

/** Ends the engine's processes; for a clean shutdown. */
export const closePdfPool = (): Promise<void> => pool.close();

/** Raise it when print-document.ts lays the same edition out differently; the template counts by itself. */
const LAYOUT = 2;
let version: string | undefined;

/** Names the way editions are printed: changes with the template, the layout, the engine, and what finds the words of a heading. */
export const printVersion = (): string =>
  (version ??= createHash('sha256')
    .update(readFileSync(join(projectRoot, 'libs/publishing/typst/disclosure.typ')))
    .update(`layout ${LAYOUT}, typst 0.14.2, icu ${process.versions.icu}`)
    .digest('hex'));
