// `npm run soak`: proofs for longer than a test may take. One JSON line for each step, and the outcome.
//   npm run soak -- [log] [--minutes N]         concurrent writers and subscribers, 5 minutes unless told otherwise
//   npm run soak -- kills [--rounds N]          PostgreSQL and the api killed under load, 50 times each unless told otherwise
//   npm run soak -- publications [--rounds N]  a worker killed while it publishes what was scheduled, 60 times
//   npm run soak -- reminders [--rounds N]      a worker killed while it reminds people, 200 times on each backend of the queue
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './places.mjs';
import { checkNode, orTrouble, Trouble } from './trouble.mjs';

const soaks = {
  log: { spec: 'test/soak/log-under-load', option: 'minutes', variable: 'SOAK_MINUTES', usual: '5' },
  kills: { spec: 'test/faults/killed-under-load', option: 'rounds', variable: 'SOAK_ROUNDS', usual: '50' },
  publications: { spec: 'test/faults/scheduled', option: 'rounds', variable: 'SOAK_ROUNDS', usual: '60' },
  reminders: { spec: 'test/faults/reminders', option: 'rounds', variable: 'SOAK_ROUNDS', usual: '200' },
};

await orTrouble(async () => {
  checkNode();
  const { name, amount } = readArguments();
  ensureInstalled({ dev: true });
  await ensureBuilt();

  const scratch = mkdtempSync(join(tmpdir(), 'kaijisho-soak-'));
  const report = join(scratch, 'report.jsonl');
  const lines = openSync(report, 'a+');
  const { spec, variable } = soaks[name];
  const jest = spawn(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '--selectProjects', 'int', '--testPathPatterns', spec],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'], // people read stderr; stdout are the lines of the report
      env: { ...process.env, [variable]: amount, SOAK_REPORT: report },
    },
  );
  const passOn = setInterval(() => printNew(lines), 500);
  process.exitCode = await new Promise((end) => jest.once('close', (code) => end(code ?? 1)));
  clearInterval(passOn);
  printNew(lines);
  closeSync(lines);
  rmSync(scratch, { recursive: true, force: true });
});

function readArguments() {
  const options = { minutes: { type: 'string' }, rounds: { type: 'string' } };
  const { values, positionals, tokens } = parseArgs({ options, allowPositionals: true, strict: false, tokens: true });
  const [name = 'log'] = positionals;
  const { option, usual } = soaks[name] ?? {};
  const amount = values[option] ?? usual;
  const isKnown = tokens.every((token) => token.kind === 'positional' || token.name === option);
  if (option && isKnown && Number(amount) > 0) return { name, amount };
  throw new Trouble(
    'npm run soak -- [log] [--minutes N] か npm run soak -- kills|publications|reminders [--rounds N] と指定してください。',
    'Please say npm run soak -- [log] [--minutes N] or npm run soak -- kills|publications|reminders [--rounds N].',
  );
}

function printNew(lines) {
  const buffer = Buffer.alloc(65_536);
  for (let read; (read = readSync(lines, buffer)) > 0;) process.stdout.write(buffer.subarray(0, read));
}
