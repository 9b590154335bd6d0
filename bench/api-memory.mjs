// What the api holds after the main job was done over HTTP, several times over.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { people, withProduct } from './installation.mjs';
import { mainJob } from './main-job.mjs';
import { rounded } from './measure.mjs';

const ROUNDS = 5;

export const run = () =>
  withProduct(async (product) => {
    const resident = () => megabytesOf(product.pid, 'VmRSS');
    const atStart = resident();
    const everybody = await people(product);
    const afterRounds = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await mainJob(everybody, `bench-${round}`);
      afterRounds.push(resident());
    }
    await pause(2_000); // a reader who comes a moment later
    return {
      bench: 'api-memory',
      value: resident(),
      unit: 'MB',
      limit: 250,
      ratio: rounded(resident() / atStart),
      against: 'the same process before its first request',
      afterRounds,
      peak: megabytesOf(product.pid, 'VmHWM'),
      rounds: ROUNDS,
    };
  });

/** @param name of a line of /proc/PID/status */
const megabytesOf = (pid, name) => {
  if (process.platform !== 'linux') throw new Error('The memory of another process is read from /proc: Linux only.');
  const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return rounded(Number(line[1]) / 1024);
};
