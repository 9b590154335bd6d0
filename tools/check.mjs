// `npm run check`: all that has to hold before a change is handed in. Every step runs, so that one look shows all that is wrong.
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './places.mjs';
import { checkNode, orTrouble } from './trouble.mjs';

const bin = (path) => `node_modules/${path}`;
const steps = [
  ['format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['lint', bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'],
  ['types', bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
  ['types of the web application', bin('typescript/bin/tsc'), '--noEmit', '-p', 'apps/web/tsconfig.json'],
  ['generated files', 'tools/openapi.mjs', '--check'],
  ['unit and integration tests', bin('jest/bin/jest.js'), '--selectProjects', 'unit', 'int'],
];

await orTrouble(async () => {
  checkNode();
  ensureInstalled({ dev: true });
  await ensureBuilt();
  const failed = steps.filter(([name, ...command]) => {
    console.log(`\n── ${name}`);
    return spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' }).status !== 0;
  });
  console.log(failed.length === 0 ? '\nall is well' : `\nnot well: ${failed.map(([name]) => name).join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
});
