import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The api serves the built files; while developing, Vite serves them and hands everything else to the api. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react()],
  resolve: {
    // `@app/content/extensions` is libs/content/src/extensions: the editor and the server share one schema.
    alias: [{ find: /^@app\/([^/]+)\/(.*)$/, replacement: here('../../libs/$1/src/$2') }],
  },
  build: { outDir: here('../../dist/apps/web'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/d/', '/health'].map((path) => [path, { target: process.env['API_URL'] ?? 'http://localhost:3000' }]),
    ),
  },
});
