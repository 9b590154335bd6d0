import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The machine may be slow and shared: these are for when something never comes, not for how fast it should be. */
export const PATIENCE_MS = 60_000;
const START_MS = 300_000;

const root = resolve(__dirname, '..', '..');
const aheadOfTime = JSON.stringify(join(__dirname, 'ahead-of-time.cjs'));
const STARTED = 'Ctrl-C ends it';

export const password = 'correct horse battery';
export type Person = { readonly login: string; readonly name: string; readonly address: string };
export type Mail = {
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly links: readonly string[];
  readonly messageId: string | null;
};

/** Asks until the answer is there; fails with what was found instead. */
export const until = async <T>(ask: () => Promise<T | undefined | false>, otherwise: () => string): Promise<T> => {
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(100)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(otherwise());
  }
};

/** The product as its users start it, on a directory of its own. */
export type System = Awaited<ReturnType<typeof prepareSystem>>;

export const prepareSystem = async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'kaijisho-e2e-'));
  await chmod(scratch, 0o755); // as root, PostgreSQL runs as somebody else
  const dataDir = join(scratch, 'data');
  const [port, httpPort, smtpPort] = await freePorts(3);
  const { DATABASE_URL: _, SMTP_URL: __, REDIS_URL: ___, PUBLIC_URL: ____, HOST: _____, ...inherited } = process.env;
  const env = {
    ...inherited,
    ...{ DATA_DIR: dataDir, DEMO: '0', PORT: String(port) },
    EVENT_STORE_PREFIX: `e2e-${randomUUID()}`, // with an EVENT_STORE_URL, a log of its own on that server
    ...{ MAILBOX_HTTP_PORT: String(httpPort), MAILBOX_SMTP_PORT: String(smtpPort) },
  };
  const mailbox = `http://localhost:${httpPort}`;
  let launcher: ChildProcess | undefined;
  let output = '';

  const mails = async (to?: Person): Promise<readonly Mail[]> =>
    (await (
      await fetch(`${mailbox}/api/mails${to ? `?to=${encodeURIComponent(to.address)}` : ''}`)
    ).json()) as readonly Mail[];

  const pidsOf = async (): Promise<readonly { readonly name: string; readonly pid: number }[]> =>
    JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8')) as { name: string; pid: number }[];

  return {
    address: `http://localhost:${port}`,
    mailbox,
    dataDir,
    output: () => output,

    /** `npm start`, on a later day if its clocks are to be ahead by so many milliseconds; returns when it says that it runs. */
    start: async (aheadMs = 0): Promise<void> => {
      output = '';
      const child = spawn(process.execPath, [join(root, 'tools', 'start.mjs')], {
        env: aheadMs === 0 ? env : { ...env, AHEAD_MS: String(aheadMs), NODE_OPTIONS: `--require ${aheadOfTime}` },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      launcher = child;
      await new Promise<void>((fulfil, fail) => {
        const patience = setTimeout(() => fail(new Error(`It has not started:\n${output}`)), START_MS);
        const heard = (text: string): void => {
          output += text;
          if (output.includes(STARTED)) fulfil();
        };
        for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', heard);
        child.once('close', () => fail(new Error(`It ended instead of starting:\n${output}`)));
        void Promise.allSettled([new Promise((ended) => child.once('close', ended))]).then(() =>
          clearTimeout(patience),
        );
      });
    },

    /** Ctrl-C. @returns the exit code; null when it had to be killed */
    interrupt: async (): Promise<number | null> => {
      const child = launcher;
      if (!child || child.exitCode !== null) return child?.exitCode ?? null;
      const ended = new Promise<number | null>((end) => child.once('close', end));
      child.kill('SIGINT');
      const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      const code = await ended;
      clearTimeout(patience);
      return code;
    },

    processes: pidsOf,

    /** `npx kaijisho …` on the same data. @returns what it printed */
    kaijisho: (args: readonly string[], input = ''): Promise<string> =>
      new Promise((fulfil, fail) => {
        const child = spawn(process.execPath, [join(root, 'tools', 'kaijisho.mjs'), ...args], { env });
        let [printed, errors] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
        child.once('error', fail);
        child.once('close', (code) =>
          code === 0 ? fulfil(printed) : fail(new Error(`kaijisho ${args.join(' ')}: ${code}\n${errors}`)),
        );
        child.stdin.end(input);
      }),

    mails,
    /** The newest mail to this person whose subject holds all of these, when there are `nth` of them; waits for it. */
    mail: (to: Person, subject: readonly string[], nth = 1): Promise<Mail> =>
      until(
        async () => {
          const found = (await mails(to)).filter((mail) => subject.every((part) => mail.subject.includes(part)));
          return found.length >= nth ? found[0] : undefined;
        },
        () => `No mail no. ${nth} to ${to.address} with 「${subject.join(' ')}」`,
      ),

    remove: () => rm(scratch, { recursive: true, force: true }),
  };
};

/** Resident memory of a process in MB, where the system tells. */
export const residentMegabytes = async (pid: number): Promise<number | undefined> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
};

/** TCP ports of the loopback that nobody listens on, all different. */
const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('a TCP server has a port');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
};
