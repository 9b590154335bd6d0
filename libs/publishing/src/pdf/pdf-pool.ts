import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../project-root';
import { PdfEngineFailed } from './errors';
import type { PrintJob } from './print-document';

/** What to print, and by which of the templates beside renderer.cjs; the disclosure's when none is named. */
export type RenderJob = PrintJob & { readonly template?: 'comparison.typ' | 'receipt.typ' };

type Task = {
  readonly job: RenderJob;
  attempts: number;
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
};
type Answer = { readonly pdf: Uint8Array } | { readonly failure: string };

export type PdfPoolOptions = {
  readonly size: number;
  /** A child that had nothing to do for so long ends. */
  readonly idleMs: number;
  /** A render that takes longer is taken for a hung engine. */
  readonly limitMs: number;
  /** Renders after which a child is replaced: the engine's caches only grow. */
  readonly rendersPerChild: number;
};

const folder = join(projectRoot, 'libs/publishing/typst');
const MAX_ATTEMPTS = 2;

/**
 * Child processes that render, started on demand and ended when idle, so that the engine costs memory only while it works. A child
 * that dies (the engine is native code; the system may kill it) costs its job one retry in a new child, and never this process.
 */
export class PdfPool {
  private readonly waiting: Task[] = [];
  private readonly children = new Map<
    ChildProcess,
    { task: Task | null; timer: NodeJS.Timeout | undefined; renders: number }
  >();
  private readonly options: PdfPoolOptions;

  constructor(options: Partial<PdfPoolOptions> = {}) {
    this.options = { size: 2, idleMs: 60_000, limitMs: 60_000, rendersPerChild: 100, ...options };
  }

  /** @throws PdfEngineFailed when the engine refuses the document, or dies on it twice */
  render(job: RenderJob): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, attempts: 0, resolve, reject });
      this.next();
    });
  }

  /** Process ids of the children that live. */
  processIds(): number[] {
    return [...this.children.keys()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Ends the children; what waits is refused. The pool can be used again. */
  async close(): Promise<void> {
    for (const task of this.waiting.splice(0)) task.reject(new PdfEngineFailed('the pool was closed'));
    await Promise.all(
      [...this.children].map(([child, state]) => {
        state.task?.reject(new PdfEngineFailed('the pool was closed'));
        state.task = null;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.ref();
        child.kill();
        return gone;
      }),
    );
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const idle = [...this.children].find(([child, { task }]) => task === null && child.connected)?.[0];
    const child = idle ?? (this.children.size < this.options.size ? this.start() : undefined);
    if (child === undefined) return;
    const state = this.children.get(child);
    const task = this.waiting.shift();
    if (state === undefined || task === undefined) return;

    state.task = task;
    task.attempts++;
    child.ref();
    child.channel?.ref();
    clearTimeout(state.timer);
    state.timer = setTimeout(() => child.kill('SIGKILL'), this.options.limitMs);
    child.send(task.job, (error) => {
      if (error !== null) child.kill('SIGKILL');
    });
  }

  private start(): ChildProcess {
    const child = fork(join(folder, 'renderer.cjs'), {
      serialization: 'advanced',
      execArgv: [],
      // Nothing of the service's environment (passwords, addresses) goes to the engine; and none of the machine's fonts.
      env: { ...only('PATH', 'SystemRoot', 'TMPDIR'), FONTCONFIG_FILE: join(folder, 'fonts.conf'), TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const state: { task: Task | null; timer: NodeJS.Timeout | undefined; renders: number } = {
      task: null,
      timer: undefined,
      renders: 0,
    };
    this.children.set(child, state);
    child.on('message', (answer: Answer) => {
      const { task } = state;
      this.rest(child);
      if ('pdf' in answer) task?.resolve(answer.pdf);
      else task?.reject(new PdfEngineFailed(answer.failure));
      this.next();
    });
    const end = (reason: string): void => {
      if (!this.children.delete(child)) return;
      clearTimeout(state.timer);
      const { task } = state;
      if (task !== null && task.attempts < MAX_ATTEMPTS) this.waiting.unshift(task);
      else task?.reject(new PdfEngineFailed(reason));
      this.next();
    };
    child.once('exit', (code, signal) => end(`the engine ended with ${signal ?? code}`));
    child.on('error', ({ message }) => (child.pid === undefined ? end(message) : child.kill('SIGKILL')));
    return child;
  }

  /** Keeps a child for the next job, without keeping this process alive for it. */
  private rest(child: ChildProcess): void {
    const state = this.children.get(child);
    if (state === undefined) return;
    clearTimeout(state.timer);
    state.task = null;
    state.renders++;
    if (state.renders >= this.options.rendersPerChild) return void child.disconnect();
    state.timer = setTimeout(() => child.connected && child.disconnect(), this.options.idleMs).unref();
    child.unref();
    child.channel?.unref();
  }
}

const only = (...names: readonly string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
