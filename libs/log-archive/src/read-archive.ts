import { called } from '@app/event-sourcing';
import { open, type FileHandle } from 'node:fs/promises';
import type { z } from 'zod';
import {
  endSchema,
  eventSchema,
  FORMAT_VERSION,
  headerSchema,
  Transcript,
  type ArchivedEvent,
  type ArchivedLine,
} from './archive';
import { FrameBroken, readFrames } from './frames';
import { MoveRefused } from './refused';

/** Some lines of an archive, all of which hold. */
export type Part = {
  /** The hash of the log's first event: which log it is. null for an empty one. */
  readonly log: string | null;
  readonly events: readonly ArchivedEvent[];
  /** The end line is among the lines. */
  readonly ended: boolean;
  /** Of all lines up to here, the end line not counted. */
  readonly sha256: string;
  /** The end of these lines in the file, in bytes. */
  readonly to: number;
};

/**
 * Reads an archive part by part, and holds every line against the ones before it: the number, the chain of the event's stream,
 * and at the end the sum of all. Nothing but the last part tells that an archive is whole.
 * @throws MoveRefused names the first line that does not hold
 */
export async function* readArchive(path: string): AsyncGenerator<Part & { readonly share: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const transcript = new Transcript();
    let ended = false;
    let to = 0;
    try {
      for await (const part of readParts(file, path, transcript)) {
        ({ ended, to } = part);
        yield { ...part, share: to / size };
      }
    } catch (error) {
      throw error instanceof FrameBroken ? brokenAt(path, to, transcript, error) : error;
    }
    if (!ended)
      throw refused(
        path,
        `イベント${transcript.events}件目で終わっており、末尾の行がありません。途中で切れています`,
        `it ends after event ${transcript.events}, without the end line: it has been cut off`,
      );
  } finally {
    await file.close();
  }
}

/**
 * The parts of a file that may not be whole yet. `transcript` follows them.
 * @throws FrameBroken at what is not whole; MoveRefused at what is whole and does not hold
 */
export async function* readParts(file: FileHandle, path: string, transcript: Transcript): AsyncGenerator<Part> {
  let log: string | null | undefined;
  let ended = false;
  let at = 0;

  for await (const { content, to } of readFrames(file)) {
    const lines = content.toString('utf8').split('\n');
    const cut = lines.pop() !== '';
    const events: ArchivedEvent[] = [];
    for (const text of lines) {
      const line = { path, number: ++at, value: parsed(text) };
      if (ended) throw refusedAt(line, '末尾の行の後にあります', 'it stands after the end line');
      else if (log === undefined) log = logOf(line);
      else if (endSchema.safeParse(line.value).success) {
        checkEnd(line, transcript);
        ended = true;
        continue;
      } else events.push(eventOf(line, transcript));
      transcript.add(`${text}\n`);
    }
    if (cut) throw refusedAt({ path, number: at + 1 }, '途中で切れています', 'it is cut off');
    if (log !== undefined) yield { log, events, ended, sha256: transcript.sha256, to };
  }
}

type Line = { readonly path: string; readonly number: number; readonly value: unknown };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const logOf = ({ path, value }: Line): string | null => {
  const { success, data } = headerSchema.safeParse(value);
  if (!success) throw noArchive(path);
  if (data.version !== FORMAT_VERSION) {
    throw refused(
      path,
      `形式の版が${data.version}です。この版の Kaijisho が読めるのは${FORMAT_VERSION}です`,
      `its format is version ${data.version}; this version of Kaijisho reads version ${FORMAT_VERSION}`,
    );
  }
  return data.log;
};

const eventOf = (line: Line, transcript: Transcript): ArchivedEvent => {
  if (!eventSchema.safeParse(line.value).success) throw refusedAt(line, '記録の行として読めません', 'it is no event');
  const { event, hash, number } = line.value as ArchivedLine;
  if (number !== transcript.events + 1) {
    throw refusedAt(
      line,
      `${transcript.events + 1}件目のイベントがあるはずの所に、${number}件目（${called(event)}）があります`,
      `event ${number} (${called(event)}) stands where event ${transcript.events + 1} should`,
    );
  }
  const archived = { ...event, hash };
  if (!transcript.follow(archived)) {
    throw refusedAt(
      line,
      `${called(event)}が、記録されたハッシュと合いません。書き換えられたか、その前のイベントが抜けています`,
      `${called(event)} does not fit its hash: it was changed, or the event before it is missing`,
    );
  }
  return archived;
};

const checkEnd = (line: Line, transcript: Transcript): void => {
  const { events, sha256 } = (line.value as z.infer<typeof endSchema>).end;
  if (events !== transcript.events) {
    throw refusedAt(
      line,
      `イベントは${events}件のはずですが、${transcript.events}件しかありません`,
      `there should be ${events} events, and there are ${transcript.events}`,
    );
  }
  if (sha256 !== transcript.sha256) {
    throw refusedAt(
      line,
      'ここまでの行の SHA-256 が記載と異なります。行が書き換えられています',
      'the SHA-256 of the lines before it is another: they were changed',
    );
  }
};

const refused = (path: string, ja: string, en: string): MoveRefused =>
  new MoveRefused(`${path}は取り込めません：${ja}。`, `${path} cannot be taken in: ${en}.`);

const refusedAt = ({ path, number }: Omit<Line, 'value'>, ja: string, en: string): MoveRefused =>
  refused(path, `${number}行目：${ja}`, `line ${number}: ${en}`);

const noArchive = (path: string): MoveRefused =>
  refused(path, 'kaijisho log export で書き出したファイルではありません', 'it was not written by kaijisho log export');

const brokenAt = (path: string, at: number, { events }: Transcript, { reason }: FrameBroken): MoveRefused => {
  if (at === 0 && reason === 'no zstd') return noArchive(path);
  const [ja, en] = {
    'no zstd': ['壊れています', 'it is damaged'],
    changed: ['壊れています', 'it is damaged'],
    'cut off': ['途中で切れています', 'it is cut off'],
    'too large': [
      'zstd の1フレームが大きすぎます。書き出されたままのファイルを使ってください',
      'a zstd frame is too large; use the file as it was exported',
    ],
  }[reason] as [string, string];
  return refused(
    path,
    `${at}バイト目から先、イベント${events}件目の後が${ja}`,
    `from byte ${at}, after event ${events}, ${en}`,
  );
};
