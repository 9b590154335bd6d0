// What runs on a DATA_DIR: one launcher (the lock), and the children it has started (the record), for the next one to find.
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, end } from './processes.mjs';
import { Trouble } from './trouble.mjs';

const lockOf = (dataDir) => join(dataDir, 'kaijisho.lock');
const recordOf = (dataDir) => join(dataDir, 'run.json');

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // missing, or cut off by a crash: then it says nothing
  }
};

/** The launcher that holds the directory, or undefined. A lock whose process is gone counts as none. */
export function launcherOf(dataDir) {
  const lock = readJson(lockOf(dataDir));
  const alive = lock && lock.pid !== process.pid && commandLineOf(lock.pid)?.includes('start.mjs');
  return alive ? lock : undefined;
}

/** @throws Trouble when another launcher runs, or the directory cannot be written */
export function takeLock(dataDir, url) {
  const running = launcherOf(dataDir);
  if (running) {
    throw new Trouble(
      `すでに動いています: ${running.url} （プロセス ${running.pid}、データ ${dataDir}）\n別にもう一つ動かすには PORT と DATA_DIR を変えてください。例: PORT=3100 DATA_DIR=./data-2 npm start`,
      `Kaijisho is already running: ${running.url} (process ${running.pid}, data in ${dataDir}).\nTo run a second one, give it another PORT and DATA_DIR: PORT=3100 DATA_DIR=./data-2 npm start`,
    );
  }
  makeDataDir(dataDir);
  rmSync(lockOf(dataDir), { force: true });
  writeFileSync(lockOf(dataDir), JSON.stringify({ pid: process.pid, url }), { flag: 'wx' });
}

/**
 * Makes the directory when it is missing: nobody else's business, but as root, PostgreSQL's user has to pass through.
 * @throws Trouble when it cannot be written
 */
export function makeDataDir(dataDir) {
  try {
    if (mkdirSync(dataDir, { recursive: true })) chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Trouble(
      `データの置き場所 ${dataDir} に書き込めません（${error.code ?? error.message}）。フォルダーの権限を直すか、書き込めるフォルダーを DATA_DIR で指定してください。例: DATA_DIR=~/kaijisho-data npm start`,
      `The data directory ${dataDir} cannot be written (${error.code ?? error.message}). Correct its permissions, or name another with DATA_DIR, e.g. DATA_DIR=~/kaijisho-data npm start`,
    );
  }
}

export function recordChildren(dataDir, children) {
  writeFileSync(recordOf(dataDir), JSON.stringify(children.map(({ name, pid, script }) => ({ name, pid, script }))));
}

/** Ends what a launcher that was killed has left running. Answers the names. */
export async function endOrphans(dataDir) {
  const orphans = (readJson(recordOf(dataDir)) ?? []).filter(
    ({ pid, script }) => pid && commandLineOf(pid)?.includes(script),
  );
  await Promise.all(orphans.map(({ pid }) => end(pid)));
  return orphans.map(({ name }) => name);
}

export function releaseLock(dataDir) {
  if (readJson(lockOf(dataDir))?.pid !== process.pid) return;
  rmSync(recordOf(dataDir), { force: true });
  rmSync(lockOf(dataDir), { force: true });
}
