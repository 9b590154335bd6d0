import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root';

/** Where something stands or leads to: `page` counts from 1; `top` in points from the foot of the page, null when it is not told. */
export type Place = { readonly page: number; readonly top: number | null };

/** An element of the structure that assistive software goes by: `H1`, `Table`, `Figure`. */
export type Element = { readonly role: string; readonly children: readonly Element[] };

/** What a reader other than the engine that made it finds in a PDF. */
export type ReadPdf = {
  readonly pages: readonly {
    /** As a screen reader has it: without what is not content; line by line. */
    readonly text: string;
    /** Running heads and feet. */
    readonly artifacts: string;
    /** Words that are drawn in pictures (SVG). */
    readonly figures: string;
    /** Addresses that links lead to, as they are written. */
    readonly links: readonly string[];
    /** Where links within the PDF lead to. */
    readonly jumps: readonly Place[];
    /** Alternative texts, in the order of the structure. */
    readonly alternatives: readonly string[];
    readonly elements: readonly Element[];
    /** How far to the right text reaches, in points. */
    readonly rightmost: number;
  }[];
  /** Headings of the first two levels by the structure, in its order, and where their first line stands. */
  readonly headings: readonly { readonly text: string; readonly place: Place | null }[];
  /** In their order, whatever their depth. */
  readonly bookmarks: readonly { readonly title: string; readonly place: Place | null }[];
  readonly destinations: readonly { readonly name: string; readonly place: Place | null }[];
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** What an edition's PDF never has: forms, scripts, comments. */
  readonly foreign: readonly string[];
};

/** `Encrypted`: asks for a password. `Damaged`: no PDF, or not a whole one. `TooLarge`: unpacks to more than an edition can be. `TooSlow`. */
export type UnreadableReason = 'Encrypted' | 'Damaged' | 'TooLarge' | 'TooSlow';

export class UnreadablePdf extends Error {
  override readonly name = 'UnreadablePdf';
  constructor(readonly reason: UnreadableReason) {
    super(`The PDF cannot be read: ${reason}`);
  }
}

export type ReadingLimits = { readonly ms: number; readonly memoryMb: number };

const reader = join(projectRoot, 'libs/publishing/reader/reader.cjs');

/**
 * Reads a PDF of any origin in a process of its own, which is ended when it takes longer or (on Linux) more memory than it may.
 * @throws UnreadablePdf
 */
export const readPdf = (
  bytes: Uint8Array,
  { ms, memoryMb }: ReadingLimits = { ms: 30_000, memoryMb: 900 },
): Promise<ReadPdf> =>
  new Promise((resolve, reject) => {
    if (Buffer.from(bytes.subarray(0, 1_024)).indexOf('%PDF-') === -1) return reject(new UnreadablePdf('Damaged'));
    const child = fork(reader, {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${Math.round(memoryMb / 2)}`],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let ended: UnreadableReason = 'Damaged';
    const end = (reason: UnreadableReason): void => {
      ended = reason;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end('TooSlow'), ms);
    const watch = setInterval(() => {
      if (residentMb(child.pid) > memoryMb) end('TooLarge');
    }, 50);
    child.once('message', (answer: { read: ReadPdf } | { refused: UnreadableReason }) => {
      if ('read' in answer) resolve(answer.read);
      else reject(new UnreadablePdf(answer.refused));
    });
    child.on('error', () => end('Damaged'));
    child.once('exit', () => {
      clearTimeout(timer);
      clearInterval(watch);
      reject(new UnreadablePdf(ended)); // of no effect once it has answered
    });
    child.send({ bytes }, (error) => {
      if (error !== null) end('Damaged');
    });
  });

/** 0 where the system does not tell. */
const residentMb = (pid: number | undefined): number => {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
};

/** Without white space and invisible characters, which a PDF does not keep; compatibility forms are left as they are. */
export const squeezed = (text: string): string => text.replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
