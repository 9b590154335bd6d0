// `npm start` in a fresh clone with an empty npm cache: what somebody waits who tries the product for the first time.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../tools/places.mjs';
import { rounded, withFolder } from './measure.mjs';
import { secondsToPage } from './start-warm.mjs';

export const run = () =>
  withFolder(async (folder) => {
    const clone = join(folder, 'clone');
    execFileSync('git', ['clone', '--quiet', root, clone]);
    const seconds = await secondsToPage(clone, {
      npm_config_cache: join(folder, 'npm-cache'),
      DATA_DIR: join(folder, 'data'),
    });
    return { bench: 'start-cold', value: rounded(seconds), unit: 's', limit: 120, runs: 1 };
  });
