import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

/** A process of the product as it runs in production: the build in dist/, with settings of its own. */
export type RunningProcess = {
  /** What it has written so far, stdout and stderr. */
  readonly output: () => string;
  /** Where it listens; only the api does. */
  readonly address: string;
  /** Ends it, and waits until it has gone. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

/** Starts the api; it listens on `port`, or on any. Fulfilled when it answers. */
export const startApi = (settings: Settings, port = 0): Promise<RunningProcess> =>
  start('api', { ...settings, PORT: String(port) }, /^api: (\S+)$/m);

/** Starts a worker. Fulfilled when it works. */
export const startWorker = (settings: Settings): Promise<RunningProcess> =>
  start('worker', settings, /^worker: ready$/m);

export type Settings = { readonly DATABASE_URL: string; readonly SMTP_URL: string; readonly REDIS_URL?: string };

const start = async (app: string, settings: object, ready: RegExp): Promise<RunningProcess> => {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', 'apps', app, 'src', 'main.js')], {
    cwd: root,
    env: { PATH: process.env['PATH'], PUBLIC_URL: 'http://kaijisho.example', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const gone = new Promise<void>((fulfil) => child.once('close', () => fulfil()));
  const address = await new Promise<string>((fulfil, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const match = ready.exec(output);
        if (match) fulfil(match[1] ?? '');
      });
    }
    void gone.then(() => fail(new Error(`The ${app} ended before it was ready:\n${output}`)));
  });
  return {
    output: () => output,
    address,
    end: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
};
