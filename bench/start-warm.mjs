// `npm start` on a folder that it knows: from the command to a page that can be used.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../tools/free-port.mjs';
import { root } from '../tools/places.mjs';
import { median, rounded, times, withFolder } from './measure.mjs';

export const run = () =>
  withFolder(async (folder) => {
    const start = () => secondsToPage(root, { DATA_DIR: join(folder, 'data') });
    const empty = await start();
    const runs = await times(3, start);
    return {
      bench: 'start-warm',
      value: rounded(median(runs)),
      unit: 's',
      limit: 10,
      ratio: rounded(median(runs) / empty),
      against: 'the start before it, which made the database and the demo',
      withoutData: rounded(empty),
      runs: runs.length,
    };
  });

/** Starts the product in `folder`, and stops it again. @returns {Promise<number>} seconds until page, script and api answer */
export const secondsToPage = async (folder, variables) => {
  const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, ...env } = process.env;
  const port = await freePort();
  const begun = performance.now();
  const child = spawn('npm', ['start'], {
    ...{ cwd: folder, env: { ...env, ...variables, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] },
    detached: true, // npm and the launcher are told to stop together, as by Ctrl-C
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise((end) => child.once('close', end));
  try {
    while (!(await isUsable(`http://127.0.0.1:${port}`))) {
      if (child.exitCode !== null) throw new Error(`npm start ended:\n${output}`);
      await pause(25);
    }
    return (performance.now() - begun) / 1000;
  } finally {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
  }
};

/** The api and its database answer, and the page comes with its script. */
const isUsable = async (address) => {
  try {
    const get = (path) => fetch(`${address}${path}`, { signal: AbortSignal.timeout(5_000) });
    const [health, page] = await Promise.all([get('/api/health'), get('/')]);
    const script = /<script type="module"[^>]* src="([^"]+)"/.exec(await page.text())?.[1];
    return health.ok && page.ok && script !== undefined && (await get(script)).ok;
  } catch {
    return false;
  }
};
