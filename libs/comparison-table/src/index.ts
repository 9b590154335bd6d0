export * from './comparison-docx';
export * from './comparison-html';
export * from './comparison-markdown';
export * from './comparison-pdf';
export * from './comparison-table';
export * from './comparison-table.api.module';
export * from './table-of-texts';
