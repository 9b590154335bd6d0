// Installs the packages when they are missing or not those of the lock file. Plain Node: nothing else is there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';
import { Trouble } from './trouble.mjs';

const modules = join(root, 'node_modules');
const lock = join(root, 'package-lock.json');
const stamp = join(modules, '.kaijisho-lock');

/**
 * @param {{ dev?: boolean, onInstall?: () => void }} options with `dev`, what only tests and checks need is there too
 * @throws Trouble when npm cannot install
 */
export function ensureInstalled({ dev = false, onInstall = () => {} } = {}) {
  const hasDev = existsSync(join(modules, 'jest'));
  if (isCurrent() && (hasDev || !dev)) return;
  onInstall();
  const kind = dev || hasDev ? '--include=dev' : '--omit=dev';
  // A registry that lacks some other system's package makes `npm ci` refuse the whole lock file; `npm install` goes on
  // without it, at the locked versions.
  if (npm('ci', kind) || npm('install', '--no-save', kind)) return writeFileSync(stamp, digest());
  throw new Trouble(
    `パッケージを取得できませんでした。理由は上のとおりです。ネットワークと、${root} に書き込めることを確かめて、もう一度実行してください。`,
    `The packages could not be installed; the reason stands above. Check the network and that ${root} is writable, then try again.`,
  );
}

/** @returns whether it succeeded */
function npm(...args) {
  const cli = process.env.npm_execpath;
  const [command, before] = cli?.endsWith('js') ? [process.execPath, [cli]] : ['npm', []];
  const { status, error } = spawnSync(command, [...before, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2], // stdout may be somebody's JSON
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (error) console.error(`npm: ${error.message}`);
  return status === 0;
}

function isCurrent() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest()) return true;
  const installed = join(modules, '.package-lock.json'); // npm's own note of what it did
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

const digest = () => createHash('sha256').update(readFileSync(lock)).digest('hex');
