// Builds the processes (one nest build compiles all apps and libs) and the web application, each only when its sources have changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './places.mjs';
import { orTrouble, Trouble } from './trouble.mjs';

const servers = ['api', 'worker', 'cli', 'mailbox'];
const builds = [
  {
    name: 'server',
    sources: [
      ...servers.map((app) => `apps/${app}`),
      'libs',
      'nest-cli.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'package-lock.json',
    ],
    outputs: [...servers.map((app) => `dist/apps/${app}`), 'dist/libs'],
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'api'],
  },
  {
    name: 'web',
    sources: ['apps/web', 'libs', 'tsconfig.json', 'package-lock.json'],
    outputs: ['dist/apps/web'],
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'apps/web/vite.config.mts', '--logLevel', 'warn'],
  },
];

/** @throws Trouble when something does not compile */
export async function ensureBuilt({ force = false, onBuild = () => {} } = {}) {
  const stale = builds.filter((build) => force || !isFresh(build));
  if (stale.length === 0) return;
  onBuild();
  for (const build of stale) await run(build);
}

async function run({ name, sources, outputs, command }) {
  const before = digestOf(sources);
  const begun = Date.now();
  const env = { ...process.env, NODE_ENV: 'production' }; // a test's own would put React's development build on the pages
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const code = await new Promise((end) => child.once('close', end));
  if (code !== 0) {
    throw new Trouble(`ビルドに失敗しました（${name}）。\n${output.trim()}`, `The build failed (${name}); see above.`);
  }
  // What was not written again belongs to sources that are gone.
  for (const file of outputs.flatMap((output) => filesOf(join(root, output)))) {
    if (statSync(file).mtimeMs < begun - 1_000) rmSync(file);
  }
  writeFileSync(stampOf(name), before); // of the sources as they were when it began
}

const stampOf = (name) => join(root, 'dist', `.${name}-built`);
const isFresh = ({ name, sources, outputs }) =>
  existsSync(join(root, outputs[0])) &&
  existsSync(stampOf(name)) &&
  readFileSync(stampOf(name), 'utf8') === digestOf(sources);

function digestOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(join(root, source))).sort()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return /\.spec\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await orTrouble(() => ensureBuilt({ force: true }));
