import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;

/** Japanese PDFs often leave character maps and standard fonts to their reader. Each is fetched when a file needs it. */
const files: { readonly [path: string]: string } = {
  ...import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
};
const addressOf = new Map(Object.entries(files).map(([path, url]) => [path.split('/').at(-1) ?? '', url]));

class BuiltFiles {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const url = addressOf.get(filename);
    const answer = url === undefined ? null : await fetch(url);
    if (!answer?.ok) throw new Error(`There is no ${filename}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

/** Printed at 300 dots an inch a figure is as sharp as its text; less when the file would be too large to be taken. */
const RESOLUTIONS = [300, 200, 144, 96];
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_SIDE = 10_000;
const MOST_PIXELS = 40_000_000;

export type WhyNoPdf = 'protected' | 'damaged';
export class NoPdf extends Error {
  constructor(readonly why: WhyNoPdf) {
    super(why);
  }
}

/** @throws NoPdf when it cannot be read */
export const openPdf = async (file: Blob): Promise<PDFDocumentProxy> => {
  try {
    return await getDocument({
      data: new Uint8Array(await file.arrayBuffer()),
      BinaryDataFactory: BuiltFiles,
      // Otherwise the worker would look for the files where the page is.
      useWorkerFetch: false,
      // Our policy lets a page run its own scripts only.
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
      stopAtErrors: false,
    }).promise;
  } catch (error) {
    throw new NoPdf((error as Error).name === 'PasswordException' ? 'protected' : 'damaged');
  }
};

/**
 * A page, counted from 1, as a PNG.
 * @throws NoPdf when the page is damaged or cannot be made small enough
 */
export const drawPage = async (pdf: PDFDocumentProxy, number: number, resolutions = RESOLUTIONS): Promise<Blob> => {
  try {
    const page = await pdf.getPage(number);
    for (const dots of resolutions) {
      const viewport = page.getViewport({ scale: dots / 72 });
      const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
      if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) continue;
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      await page.render({ canvas, viewport, intent: 'print', background: '#ffffff' }).promise;
      const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'));
      canvas.width = canvas.height = 0;
      if (blob && blob.size <= MOST_BYTES) return blob;
    }
  } catch {
    // The same to the person: this page gives no picture.
  }
  throw new NoPdf('damaged');
};
