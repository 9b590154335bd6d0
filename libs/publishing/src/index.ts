export * from './edition-document';
export * from './edition-json';
export * from './pdf/errors';
export { missingGlyphs } from './pdf/glyphs';
export { closePdfPool, renderPdf } from './pdf/render-pdf';
