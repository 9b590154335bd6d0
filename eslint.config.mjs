import tseslint from '@typescript-eslint/eslint-plugin';
import parser from '@typescript-eslint/parser';

/** What the type checker does not say; the files are those of one tsconfig. */
const typed = (project, files) => ({
  ...files,
  languageOptions: { parser, parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  plugins: { '@typescript-eslint': tseslint },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  },
});

export default [
  { ignores: ['dist/', 'data/', 'node_modules/', '**/*.d.ts'] },
  typed('./tsconfig.json', { files: ['libs/**/*.ts', 'apps/**/*.ts', 'test/**/*.ts'], ignores: ['apps/web/**'] }),
  typed('./apps/web/tsconfig.json', { files: ['apps/web/**/*.{ts,tsx,mts}'] }),
  {
    // The domain is plain TypeScript: itself, the kernel, and the content model; nothing that can surprise it.
    files: ['libs/*/src/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    languageOptions: { parser },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '^(?!\\./|ical\\.js$|@app/(event-sourcing|content|calendar|officers/domain/officer-role|routes/domain/route|reminding/domain/ladder|blob-store/domain/evidence)$)',
              message: 'domain/ imports only ./, the kernel, content, calendar, ladders and what evidence is',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'Date', 'crypto', 'process', 'fetch', 'setTimeout', 'console'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
];
