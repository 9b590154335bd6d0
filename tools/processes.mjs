// Starting, watching and ending the processes of the product.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { frugalEnvironment, frugalFlags } from './frugal.mjs';
import { root } from './places.mjs';

const LARGE_LOG = 10 * 1024 * 1024;
const PATIENCE_MS = 10_000;
const LONGEST_BACKOFF_MS = 30_000;
/** Who has lived this long was well when it died: it is started again at once. */
const WELL_MS = 60_000;

/** What a process was started with, or undefined when there is none (or only its zombie). */
export function commandLineOf(pid) {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    }
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

const isAlive = (pid) => commandLineOf(pid) !== undefined;

/** Asks a process to end, and ends it when it does not within ten seconds. */
export async function end(pid) {
  signal(pid, 'SIGTERM');
  for (const deadline = Date.now() + PATIENCE_MS; isAlive(pid); await pause(30)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
  }
}

export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it has gone
  }
}

/**
 * A child that is started again when it dies, less and less often while it keeps dying.
 * Its output goes to `logs/NAME.log`; what it writes to stderr is shown as well.
 */
export class Child {
  #process;
  #log;
  #stopping = false;
  #failures = 0;
  #restart;

  constructor({ name, script, env, dataDir, onStart, onDeath }) {
    Object.assign(this, { name, script, env, dataDir, onStart, onDeath });
    const logs = join(dataDir, 'logs');
    mkdirSync(logs, { recursive: true });
    this.logFile = join(logs, `${name}.log`);
    if ((statSync(this.logFile, { throwIfNoEntry: false })?.size ?? 0) > LARGE_LOG)
      renameSync(this.logFile, `${this.logFile}.1`);
    this.#log = createWriteStream(this.logFile, { flags: 'a' });
    this.#start();
  }

  get pid() {
    return this.#process?.pid;
  }

  /** How often it has died in a row. */
  get failures() {
    return this.#failures;
  }

  #start() {
    const born = Date.now();
    const child = spawn(process.execPath, ['--enable-source-maps', ...frugalFlags, this.script], {
      cwd: root,
      env: { ...frugalEnvironment, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // Ctrl-C is for the launcher, which ends its children in order
    });
    this.#process = child;
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    child.stderr
      .setEncoding('utf8')
      .on('data', (text) => process.stderr.write(text.replace(/^(?=.)/gm, `${this.name} │ `)));
    child.once('error', () => {});
    child.once('close', (code, by) => {
      this.#process = undefined;
      if (this.#stopping) return;
      this.#failures = Date.now() - born > WELL_MS ? 1 : this.#failures + 1;
      const wait = Math.min(500 * 2 ** (this.#failures - 1), LONGEST_BACKOFF_MS);
      this.onDeath(this, by ?? code, wait);
      this.#restart = setTimeout(() => this.#start(), wait);
    });
    this.onStart();
  }

  async stop() {
    this.#stopping = true;
    clearTimeout(this.#restart);
    if (this.pid) await end(this.pid);
    this.#log.end();
  }

  kill() {
    this.#stopping = true;
    clearTimeout(this.#restart);
    if (this.pid) signal(this.pid, 'SIGKILL');
  }
}
