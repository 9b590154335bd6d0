export * from './edition-document';
export * from './edition-json';
export * from './edition-markdown';
export * from './pdf/errors';
export { missingGlyphs } from './pdf/glyphs';
export { closePdfPool, renderPdf } from './pdf/render-pdf';
export * from './publishing.api.module';
export * from './publishing.migrations';
