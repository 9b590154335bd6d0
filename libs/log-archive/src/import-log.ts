import type { EventStore, LogPosition } from '@app/event-sourcing';
import { areHeld, haveBegun, holdProjections, releaseProjections } from '@app/projections';
import { sealedHead } from '@app/sealing';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { appendArchive, compareWithArchive, type ArchiveProgress } from './append-archive';
import { MoveRefused } from './refused';

/** Another transaction on the server may keep the newest events from being seen for so long. */
const POLL_MS = 50;

export type ImportLog = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly path: string;
  /** The projections whose effects leave the installation: what is imported had its effects where it was recorded. */
  readonly outbox: readonly string[];
  /** Called as the archive is read through: to verify it, to append what is in it, and to compare what was appended. */
  readonly onProgress?: (step: ImportStep, ...progress: Parameters<ArchiveProgress>) => void;
};

export type ImportStep = 'verify' | 'append' | 'compare';

export type Imported = {
  readonly events: number;
  /** How many of the events an interrupted import had appended before; all of them, when there was nothing to do. */
  readonly alreadyThere: number;
  /** As `Exported` has it. */
  readonly sha256: string;
};

/**
 * Fills an empty log, in an installation that has nothing of another, from an archive. Nothing is appended before the whole
 * archive was verified. Interrupted, it goes on when it is called again with the same archive.
 *
 * The projections of the outbox are held before the first event is there, and released behind the last one once all
 * are: they send nothing again, whenever a worker runs and whatever is interrupted.
 *
 * @throws MoveRefused
 */
export const importLog = async ({
  store,
  dataSource,
  path,
  outbox,
  onProgress = () => {},
}: ImportLog): Promise<Imported> => {
  const progressOf =
    (step: ImportStep): ArchiveProgress =>
    (...progress) =>
      onProgress(step, ...progress);
  const { events, stored, sha256 } = await compareWithArchive(store, path, progressOf('verify'));
  const interrupted = await areHeld(dataSource, outbox);
  if (!interrupted) {
    if (stored === events) return { events, alreadyThere: events, sha256 };
    if (stored > 0) throw inUse();
    if ((await haveBegun(dataSource)) || (await sealedHead(dataSource)) !== null) throw ofAnotherLog();
    await holdProjections(dataSource, outbox);
  }
  const last = await appendArchive(store, path, stored, progressOf('append'));
  if (last !== null) await untilSeen(store, last);
  const compared = await compareWithArchive(store, path, progressOf('compare'));
  if (compared.stored < events)
    throw new Error(`${path} has ${events} events, but only ${compared.stored} were stored`);
  await releaseProjections(dataSource, outbox, compared.position);
  return { events, alreadyThere: stored, sha256 };
};

const untilSeen = async (store: EventStore, position: LogPosition): Promise<void> => {
  for (let head = await store.head(); head === null || head < position; head = await store.head()) await pause(POLL_MS);
};

const inUse = (): MoveRefused =>
  new MoveRefused(
    '取り込み先の記録は、このファイルと同じ記録の途中まであり、すでに使われています。空の記録に取り込んでください。',
    'The log has the beginning of what is in the file, and is in use. Import into an empty log.',
  );

const ofAnotherLog = (): MoveRefused =>
  new MoveRefused(
    '取り込み先のデータベースに、別の記録から作った読み取りモデルか封印があります。新しいデータベースを用意し、migrate を実行してから取り込んでください。',
    'The database has read models or seals of another log. Create a new database, run migrate, and import there.',
  );
