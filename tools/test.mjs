// `npm test`: unit, integration and end-to-end tests on a machine that needs no more than Node and npm.
// Arguments go to Jest: `npm test -- projections`. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { findChromium } from './find-chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './places.mjs';
import { checkNode, orTrouble } from './trouble.mjs';

await orTrouble(async () => {
  checkNode();
  ensureInstalled({ dev: true, onInstall: () => console.log('installing packages…') });
  await ensureBuilt({ onBuild: () => console.log('building…') });

  const chromium = findChromium();
  const projects = ['unit', 'int', ...(chromium ? ['e2e'] : [])];
  if (!chromium)
    console.log('The end-to-end tests are left out: no Chromium here. Install one, or name it with CHROMIUM_PATH.');

  const scratch = mkdtempSync(join(tmpdir(), 'kaijisho-results-'));
  try {
    const results = join(scratch, 'results.json');
    const jest = [
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      ...projects,
      '--json',
      `--outputFile=${results}`,
    ];
    const patterns = process.argv.slice(2);
    const { status } = spawnSync(
      process.execPath,
      [...jest, ...(patterns.length > 0 ? ['--testPathPatterns', ...patterns] : [])],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'], // people read stderr; stdout is the same as JSON
        env: { ...process.env, ...(chromium && { CHROMIUM_PATH: chromium }) },
      },
    );
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    console.log(`\n${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`);
    process.exitCode = status === 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
