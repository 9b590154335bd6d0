// What every measurement needs: medians, a child of its own, a folder of its own, and a file to work on.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../tools/places.mjs';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const rounded = (value, digits = 3) => Number(value.toPrecision(digits));

export const times = async (count, work) => {
  const results = [];
  for (let turn = 0; turn < count; turn++) results.push(await work(turn));
  return results;
};

/** @returns {Promise<number>} seconds */
export const secondsOf = async (work) => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};

/** Runs a script in a process of its own, and answers the JSON that it prints. */
export const inProcess = async (script, ...args) => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'bench', script), ...args], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
};

/** Lends a folder that PostgreSQL's user may pass through, also when root runs this. */
export const withFolder = async (work) => {
  const folder = mkdtempSync(join(tmpdir(), 'kaijisho-bench-'));
  chmodSync(folder, 0o711);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The real disclosure where there is one; otherwise the demo's, or a small sample. */
export const disclosureFile = [
  join(root, '..', 'shared', 'seeds', 'disclosure-edition-6.md'),
  join(root, 'libs', 'demo', 'src', 'disclosure-edition-1.md'),
  join(root, 'libs', 'importing', 'samples', 'from-slides.md'),
].find(existsSync);

/** A library as it was built. */
export const built = (lib) => import(join(root, 'dist', 'libs', lib, 'src', 'index.js')).then((all) => all.default);

/** What a process has computed so far, where the system tells; on a machine that others use it says more than the clock. */
export const cpuMsOf = (pid) => {
  if (process.platform !== 'linux') return null;
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10;
};
