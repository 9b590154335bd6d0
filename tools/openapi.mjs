// Writes docs/openapi.json and the web application's types from the routes themselves. With --check: fails when they are stale.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './places.mjs';

const documentPath = join(root, 'docs', 'openapi.json');
const typesPath = join(root, 'apps', 'web', 'src', 'api', 'schema.d.ts');
const node = (args) =>
  execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

const document = node(['dist/apps/api/src/openapi.js']);
const scratch = mkdtempSync(join(tmpdir(), 'kaijisho-openapi-'));
try {
  const [newDocument, newTypes] = [join(scratch, 'openapi.json'), join(scratch, 'schema.d.ts')];
  writeFileSync(newDocument, document);
  node(['node_modules/openapi-typescript/bin/cli.js', newDocument, '-o', newTypes]);
  const types = readFileSync(newTypes, 'utf8');
  if (process.argv.includes('--check')) {
    const stale = [
      [documentPath, document],
      [typesPath, types],
    ].filter(([path, fresh]) => readFileSync(path, 'utf8') !== fresh);
    if (stale.length > 0) {
      console.error(`Stale, run \`npm run openapi\`: ${stale.map(([path]) => path).join(', ')}`);
      process.exitCode = 1;
    }
  } else {
    writeFileSync(documentPath, document);
    writeFileSync(typesPath, types);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
