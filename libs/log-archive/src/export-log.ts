import { called, eventsAfter, type EventStore, type LogPosition } from '@app/event-sourcing';
import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { endLine, eventLine, headerLine, Transcript, type ArchivedEvent } from './archive';
import { FrameBroken, frameOf } from './frames';
import { readParts } from './read-archive';
import { MoveRefused } from './refused';

/** What is lost at most when an export is interrupted; a frame may be larger by one event. */
const FRAME_EVENTS = 500;
const FRAME_CHARACTERS = 4_000_000;

export type Exported = {
  readonly events: number;
  /** How many of the events an interrupted export had written before. */
  readonly alreadyWritten: number;
  /** Where the log ended when the export began, and where the archive ends; null for an empty log. */
  readonly head: LogPosition | null;
  /** Of all lines but the last, which says the same. */
  readonly sha256: string;
};

/** The name under which an archive is written until it is whole. */
export const unfinished = (path: string): string => `${path}.partial`;

/**
 * Writes the log, up to where it ends now, to an archive, and checks the chain of every stream on the way. Interrupted, it
 * goes on after the last whole frame when it is called again.
 * @throws MoveRefused when there is such a file, when the unfinished one is of another log, or at the first event that does not hold
 */
export const exportLog = async (
  store: EventStore,
  path: string,
  onProgress: (events: number) => void = () => {},
): Promise<Exported> => {
  if (await exists(path)) throw new MoveRefused(`${path}はすでにあります。`, `${path} exists.`);
  const head = await store.head();
  const [first] = head === null ? [] : await store.readAll(null, 1);
  const log = first?.hash ?? null;

  const file = await open(unfinished(path), 'a+', 0o600);
  const exported = await writeArchive(store, { file, path: unfinished(path), log, head, onProgress }).finally(() =>
    file.close(),
  );
  await rename(unfinished(path), path);
  await syncFolder(dirname(path));
  return exported;
};

/** So that the new name is still there after a power cut. Windows cannot open a folder, and does not need to. */
const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
};

type Writing = {
  readonly file: FileHandle;
  readonly path: string;
  readonly log: string | null;
  readonly head: LogPosition | null;
  readonly onProgress: (events: number) => void;
};

const writeArchive = async (store: EventStore, { file, path, log, head, onProgress }: Writing): Promise<Exported> => {
  const { transcript, position, size } = await whatIsWritten(store, file, path, log);
  const alreadyWritten = transcript.events;
  onProgress(alreadyWritten);

  let written = size;
  const write = async (lines: string): Promise<void> => {
    const frame = await frameOf(lines);
    await file.appendFile(frame);
    written += frame.length;
  };
  if (size === 0) {
    transcript.add(headerLine(log));
    await write(headerLine(log));
  }

  let lines = '';
  let inFrame = 0;
  const endFrame = async (): Promise<void> => {
    transcript.add(lines);
    await write(lines);
    onProgress(transcript.events);
    lines = '';
    inFrame = 0;
  };
  for await (const event of eventsAfter(store, position)) {
    if (head === null || event.position > head) break;
    if (!transcript.follow(event)) throw broken(event);
    lines += eventLine(event, transcript.events);
    if (++inFrame === FRAME_EVENTS || lines.length >= FRAME_CHARACTERS) await endFrame();
  }
  if (inFrame > 0) await endFrame();
  await write(endLine(transcript));

  await file.sync();
  if ((await file.stat()).size !== written) throw cannotGoOn(path); // somebody else writes to it
  return { events: transcript.events, alreadyWritten, head, sha256: transcript.sha256 };
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

type Written = {
  readonly transcript: Transcript;
  /** Of the last event that is written. */
  readonly position: LogPosition | null;
  /** In bytes. */
  readonly size: number;
};

/** What an interrupted export has left. The frame that it was writing is cut off, and so is the end line: the log may have grown. */
const whatIsWritten = async (
  store: EventStore,
  file: FileHandle,
  path: string,
  log: string | null,
): Promise<Written> => {
  const transcript = new Transcript();
  if ((await file.stat()).size === 0) return { transcript, position: null, size: 0 };

  let size = 0;
  try {
    for await (const part of readParts(file, path, transcript)) {
      if (part.log !== log) throw cannotGoOn(path);
      if (!part.ended) size = part.to;
      else if (part.events.length > 0) throw cannotGoOn(path); // we write the end line by itself
    }
  } catch (error) {
    if (error instanceof MoveRefused) throw cannotGoOn(path);
    if (!(error instanceof FrameBroken)) throw error;
  }
  if (size === 0) throw cannotGoOn(path);
  const position = transcript.last && (await positionOf(store, transcript.last, path));
  await file.truncate(size);
  return { transcript, position, size };
};

/** A log is never changed behind its end: where its event is, everything is that came before it. */
const positionOf = async (
  store: EventStore,
  { stream, version, hash }: ArchivedEvent,
  path: string,
): Promise<LogPosition> => {
  const [event] = await store.read(stream, version);
  if (event?.hash !== hash) throw cannotGoOn(path);
  return event.position;
};

const cannotGoOn = (path: string): MoveRefused =>
  new MoveRefused(
    `${path}は、この記録の書きかけの書き出しではないか、壊れています。ほかに書き出しが動いていないことを確かめ、削除してから、もう一度書き出してください。`,
    `${path} is not what an interrupted export of this log has left, or it is damaged. Make sure that no other export is running, delete it, and export again.`,
  );

const broken = (event: ArchivedEvent): MoveRefused =>
  new MoveRefused(
    `${called(event)}が、記録されたハッシュと合いません。記録が壊れているため、書き出せません。log verify で確かめてください。`,
    `${called(event)} does not fit its hash: the log is damaged and cannot be exported. Look at it with log verify.`,
  );
