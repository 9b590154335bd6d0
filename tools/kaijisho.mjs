#!/usr/bin/env node
// `npx kaijisho …`: the command line, with everything it needs started for it. Its stdout is the command's alone.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { freePort } from './free-port.mjs';
import { ensureInstalled } from './install.mjs';
import { dataDir, entryOf } from './places.mjs';
import { launcherOf, makeDataDir } from './run-record.mjs';
import { checkNode, orTrouble } from './trouble.mjs';

const args = process.argv.slice(2);
const withoutDatabase =
  args.length === 0 ||
  args[0] === 'verify' ||
  ['--help', '-h', 'help', '--dry-run'].some((flag) => args.includes(flag));

await orTrouble(async () => {
  checkNode();
  ensureInstalled({ onInstall: () => console.error('パッケージを取得しています… / installing packages…') });
  await ensureBuilt({ onBuild: () => console.error('ビルドしています… / building…') });
  if (process.env.DATABASE_URL || withoutDatabase) process.exitCode = await run(args, process.env);
  else await withDatabase();
});

/** On the database of a running `npm start`, or on one that runs as long as the command. */
async function withDatabase() {
  makeDataDir(dataDir);
  const { otherClients, startPostgres } = await import('./embedded-pg.mjs');
  const postgres = await startPostgres({ dataDir: join(dataDir, 'pg'), port: await freePort() });
  const env = {
    ...process.env,
    DATABASE_URL: postgres.applicationUrl,
    MIGRATION_DATABASE_URL: postgres.url,
    DATA_DIR: dataDir,
  };
  try {
    const migrated = postgres.adopted || args[0] === 'migrate' ? 0 : await run(['migrate'], env, 'ignore');
    process.exitCode = migrated || (await run(args, env));
  } finally {
    const needed = postgres.adopted || launcherOf(dataDir) || (await otherClients(postgres.url));
    if (!needed) await postgres.stop();
  }
}

/** @returns {Promise<number>} the exit code */
function run(command, env, stdout = 'inherit') {
  const child = spawn(process.execPath, ['--enable-source-maps', entryOf('cli'), ...command], {
    env,
    stdio: ['inherit', stdout, 'inherit'],
  });
  process.on('SIGINT', () => {}); // the terminal tells the child itself
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((end) => child.once('close', (code) => end(code ?? 1)));
}
