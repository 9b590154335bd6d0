import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;

/** The peers are nobody's dependency: they are fetched when they are to be measured, into this folder. */
export const installPeers = () => {
  const installed = join(here, 'node_modules', '.package-lock.json'); // npm's own note of what it did
  const isCurrent =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs;
  if (isCurrent) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 2, 2], // stdout is for the figures
    shell: process.platform === 'win32',
  });
};
