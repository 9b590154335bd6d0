import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const START = resolve(__dirname, '..', 'tools', 'start.mjs');
const RUNNING = 'Ctrl-C ends it';
const isRoot = process.getuid?.() === 0;

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kaijisho-launcher-'));
  await chmod(scratch, 0o711);
});
const launched: Launched[] = [];
afterEach(async () => {
  for (const { child, ended } of launched.splice(0)) {
    child.kill('SIGTERM'); // nothing, when it has ended
    await ended;
  }
  await rm(scratch, { recursive: true, force: true });
});

type Launched = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly says: (text: string) => Promise<void>;
  /** The exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
};

/** `npm start` with these variables, on a data directory of its own. */
const start = (env: NodeJS.ProcessEnv): Launched => {
  const { DATABASE_URL: _, SMTP_URL: __, REDIS_URL: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, [START], {
    env: { ...inherited, DATA_DIR: join(scratch, 'data'), DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      listeners.forEach((listen) => listen());
    });
  }
  const ended = new Promise<number | null>((end) => child.once('close', end));
  const says = (text: string) =>
    new Promise<void>((fulfil, fail) => {
      const look = () => output.includes(text) && fulfil();
      listeners.push(look);
      look();
      void ended.then(() => fail(new Error(`It ended without saying "${text}":\n${output}`)));
    });
  const one = { child, output: () => output, says, ended };
  launched.push(one);
  return one;
};

/** Holds a port of the loopback while the work goes on. */
const onBusyPort = async (work: (port: number) => Promise<void>): Promise<void> => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('a TCP server has a port');
  try {
    await work(address.port);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
};

const freePort = async (): Promise<number> => {
  let free = 0;
  await onBusyPort(async (port) => void (free = port));
  return free;
};

describe('npm start', () => {
  it('names the port that is in use, and one that is free', () =>
    onBusyPort(async (port) => {
      const { ended, output } = start({ PORT: String(port) });
      expect(await ended).toBe(1);
      expect(output()).toContain(`ポート ${port} はほかのプログラムが使っています`);
      expect(output()).toMatch(new RegExp(`Port ${port} is in use .* PORT=\\d+ npm start`));
      expect(existsSync(join(scratch, 'data', 'kaijisho.lock'))).toBe(false);
    }));

  it('says that a port is not one', async () => {
    const { ended, output } = start({ PORT: 'web' });
    expect(await ended).toBe(1);
    expect(output()).toContain('PORT has to be a number from 1 to 65535');
  });

  it('says that the data directory cannot be written', async () => {
    await writeFile(join(scratch, 'file'), '');
    const { ended, output } = start({ DATA_DIR: join(scratch, 'file', 'data') });
    expect(await ended).toBe(1);
    expect(output()).toContain('に書き込めません');
    expect(output()).toMatch(/The data directory .* cannot be written .*DATA_DIR=/);
  });

  (isRoot ? it : it.skip)(
    "tells root when PostgreSQL's user cannot get at the data",
    async () => {
      const closed = join(scratch, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const { ended, output } = start({ DATA_DIR: join(closed, 'data'), PORT: String(await freePort()) });
      expect(await ended).toBe(1);
      expect(output()).toMatch(/As you are root, PostgreSQL runs as \w+, who cannot reach .*closed/);
      expect(output()).toContain('DATA_DIR=/var/lib/kaijisho');
    },
    120_000,
  );

  it('runs, says so to a second one, survives the death of its children and its own, and ends cleanly', async () => {
    const [PORT, MAILBOX_HTTP_PORT, MAILBOX_SMTP_PORT] = (await Promise.all([freePort(), freePort(), freePort()])).map(
      String,
    );
    const env = { PORT, MAILBOX_HTTP_PORT, MAILBOX_SMTP_PORT };
    const health = () => fetch(`http://127.0.0.1:${PORT}/api/health`).then(({ status }) => status);
    const first = start(env);
    await first.says(RUNNING);
    expect(await health()).toBe(200);

    const second = start(env);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`すでに動いています: http://localhost:${PORT}`);
    expect(second.output()).toContain(`already running: http://localhost:${PORT} (process ${first.child.pid}`);

    const pidOf = async (name: string): Promise<number> => {
      const record = await readFile(join(scratch, 'data', 'run.json'), 'utf8');
      return (JSON.parse(record) as { name: string; pid: number }[]).find((one) => one.name === name)?.pid ?? 0;
    };
    process.kill(await pidOf('worker'), 'SIGKILL');
    await first.says('worker has stopped (SIGKILL)');

    first.child.kill('SIGKILL');
    await first.ended;
    const third = start(env);
    await third.says(RUNNING);
    expect(third.output()).toContain('ended what an earlier start left behind');
    expect(await health()).toBe(200);

    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);
    await expect(health()).rejects.toThrow();
    expect(existsSync(join(scratch, 'data', 'pg', 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(scratch, 'data', 'kaijisho.lock'))).toBe(false);
  }, 240_000);
});
