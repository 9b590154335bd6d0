import react from '@vitejs/plugin-react';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Puts a `.gz` beside every script and style, so that the api sends them compressed without compressing at each request. */
const precompressed = (): Plugin => ({
  name: 'precompressed',
  apply: 'build',
  writeBundle: ({ dir = '' }, bundle) => {
    for (const file of Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))) {
      writeFileSync(join(dir, `${file}.gz`), gzipSync(readFileSync(join(dir, file)), { level: 9 }));
    }
  },
});

/** The api serves the built files; while developing, Vite serves them and hands everything else to the api. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react(), precompressed()],
  resolve: {
    // `@app/content/extensions` is libs/content/src/extensions: the editor and the server share one schema.
    alias: [
      { find: /^@app\/([^/]+)\/(.*)$/, replacement: here('../../libs/$1/src/$2') },
      { find: /^@app\/([^/]+)$/, replacement: here('../../libs/$1/src/index.ts') },
    ],
  },
  build: { outDir: here('../../dist/apps/web'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/calendar/', '/d/', '/health', '/reader/'].map((path) => [
        path,
        { target: process.env['API_URL'] ?? 'http://localhost:3000' },
      ]),
    ),
  },
});
