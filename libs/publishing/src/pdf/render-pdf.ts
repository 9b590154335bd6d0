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

/** What lays an edition out, from the folder of this library. */
const sources = [
  'typst/disclosure.typ',
  'typst/renderer.cjs',
  'src/appearance/domain/appearance.ts',
  'src/edition-json.ts',
  'src/pdf/phrases.ts',
  'src/pdf/print-document.ts',
  'src/pdf/table-layout.ts',
  'src/wording.ts',
];
/** What comes from elsewhere and is in the bytes: the engine, the fonts, and what draws the QR code. */
const packages = [
  '@myriaddreamin/typst-ts-node-compiler',
  '@expo-google-fonts/noto-sans-jp',
  '@expo-google-fonts/noto-serif-jp',
  'qrcode',
];

let version: string | undefined;

/**
 * Names the way editions are printed: changes with whatever decides about the bytes, so that what is printed again is only compared with
 * what was printed alike. The words of offices and meanings are pinned by test/golden/prints.
 */
export const printVersion = (): string => (version ??= printVersionWith(process.versions.icu));

export const printVersionWith = (icu: string | undefined): string => {
  const hash = createHash('sha256');
  for (const source of sources)
    hash.update(`${source}\n`).update(readFileSync(join(projectRoot, 'libs/publishing', source)));
  for (const name of packages) hash.update(`${name} ${versionOf(name)}\n`);
  // Where words end, and so where a heading may break, is known by ICU.
  return hash.update(`icu ${icu}`).digest('hex');
};

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version;
