// Everything runs as CommonJS inside Jest; packages that ship only ES modules are compiled by swc on first use and cached.
const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};
const esmOnly = [
  '@nestjs', 'file-type', 'strtok3', 'token-types', 'uint8array-extras', '@tokenizer', '@borewit', 'nodemailer', 'smtp-server',
  'postal-mime', 'fast-check', 'pure-rand', 'zod', 'diff', 'unified', 'bail', 'is-plain-obj', 'trough', 'vfile', 'unist-', 'remark-', 'mdast-',
  'micromark', 'decode-named-character-reference', 'character-entities', 'ccount', 'devlop', 'escape-string-regexp', 'markdown-table',
  'zwitch', 'longest-streak', 'uuid', '@tiptap', 'prosemirror-', 'orderedmap', 'rope-sequence', 'w3c-keyname', 'linkifyjs', 'openapi-fetch', 'pdfjs-dist',
];
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'ts', 'mjs', 'cjs', 'json'],
  moduleNameMapper: {
    '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@app/([^/]+)/(.*)$': '<rootDir>/libs/$1/src/$2',
  },
  transform: { '^.+\\.(ts|mjs|js)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')}))`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
  setupFiles: ['reflect-metadata'],
};
const withDatabase = {
  globalSetup: '<rootDir>/test/setup/start-database.mjs',
  globalTeardown: '<rootDir>/test/setup/stop-database.mjs',
};
/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 60_000,
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,test}/**/*.unit.spec.ts'] },
    { ...base, ...withDatabase, displayName: 'int', testMatch: ['<rootDir>/{apps,libs,test}/**/*.int.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e.spec.ts'] },
  ],
};
