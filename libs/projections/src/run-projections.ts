import { setMaxListeners } from 'node:events';
import { logBatches, type EventStore, type LogPosition, type StoredEvent } from '@app/event-sourcing';
import { setTimeout as timer } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { advance, CheckpointMoved, checkpointOf, LEASE_MS } from './advance';
import { park, unpark } from './failures';
import type { Projection } from './projection';

/** How long a projection may stand after the process that ran it has died. */
const ELECTION_MS = 1_000;
const FIRST_RETRY_MS = 250;
/** An event that cannot be applied seldom can a little later. */
const LAST_RETRY_MS = 60_000;
/** A database that is back is wanted at once: screens wait for it. */
const LAST_RECONNECTION_MS = 2_000;

export type ProjectionsLog = Pick<Console, 'info' | 'error'>;

type Running = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly projections: readonly Projection[];
  readonly signal: AbortSignal;
  readonly log: ProjectionsLog;
  readonly leaseMs?: number;
};

/**
 * Keeps the projections up to date until `signal` aborts. Of all processes that call this, one runs each projection: the
 * one that holds its advisory lock. When that process dies, its connection and so its locks are gone, and another takes over;
 * when it stands still or is cut off, the server ends its session after `leaseMs`, to the same effect. Should it wake up again,
 * what it was about to apply is refused, because the checkpoint has moved.
 *
 * An event that cannot be applied parks its projection: the others go on, the failure is written to `projection_failure`,
 * and the event is tried again, less and less often. It is never skipped.
 */
export const runProjections = async (running: Running): Promise<void> => {
  const { projections, signal, log } = running;
  const twice = projections.find(({ name }, index) => projections.findIndex((other) => other.name === name) !== index);
  if (twice) throw new Error(`Two projections are called ${twice.name}`);

  for (let failures = 0; !signal.aborted;) {
    try {
      await holdOffice(running, () => (failures = 0));
    } catch (error) {
      log.error(`Projections lost the database, trying again: ${String(error)}`);
      await pause(backoff(failures++, LAST_RECONNECTION_MS), signal);
    }
  }
};

/** Runs what it is elected for, as long as its connection lives. */
const holdOffice = async (running: Running, onElection: () => void): Promise<void> => {
  const { dataSource, projections, signal, log } = running;
  const office = dataSource.createQueryRunner();
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  setMaxListeners(0, both); // each projection listens to it
  const held = new Map<string, Promise<void>>();
  try {
    await office.connect();
    // PostgreSQL 13 does not know it; there a cut connection counts as dead when TCP says so.
    await office.query(`select set_config(name, $1, false) from pg_settings where name = 'idle_session_timeout'`, [
      String(running.leaseMs ?? LEASE_MS),
    ]);
    while (!signal.aborted) {
      for (const projection of projections) {
        if (held.has(projection.name) || !(await elected(office, projection.name))) continue;
        log.info(`Projection ${projection.name} runs here`);
        held.set(projection.name, keepUpToDate({ ...running, signal: both }, projection));
      }
      onElection();
      await pause(ELECTION_MS, signal);
      await office.query('select 1'); // who has lost the connection has lost the locks
    }
  } finally {
    stop.abort();
    await Promise.all(held.values());
    await office.query('discard all').catch(() => {}); // locks and settings went with the connection
    await office.release();
  }
};

const elected = async (office: QueryRunner, name: string): Promise<boolean> => {
  const [row] = (await office.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as elected', [
    `projection ${name}`,
  ])) as { elected: boolean }[];
  return row?.elected ?? false;
};

/** Never rejects: what goes wrong is recorded and tried again. */
const keepUpToDate = async (running: Running, projection: Projection): Promise<void> => {
  const { store, dataSource, signal, log } = running;
  const { name } = projection;
  let parked = true; // perhaps by an earlier process
  for (let failures = 0; !signal.aborted;) {
    const attempt: { event: StoredEvent | null } = { event: null };
    try {
      let cursor: LogPosition | null = await checkpointOf(dataSource, name);
      const goesOn = async (): Promise<void> => {
        if (parked) await unpark(dataSource, name);
        parked = false;
        if (failures > 1) log.info(`Projection ${name} goes on`);
        failures = 0;
      };
      const takeIn = async (batch: readonly StoredEvent[]): Promise<void> => {
        // After a failure event by event, so that it is known which one fails.
        for (const events of failures > 0 ? batch.map((event) => [event]) : [batch]) {
          attempt.event = events[0] ?? null;
          await advance(dataSource, projection, cursor, events, running.leaseMs);
          cursor = events.at(-1)?.position ?? cursor;
        }
        await goesOn();
      };
      for await (const batch of logBatches(store, cursor)) {
        if (signal.aborted) return;
        await takeIn(batch);
      }
      await goesOn();
      await store.subscribeToAll(cursor, takeIn, signal);
    } catch (error) {
      if (signal.aborted || error instanceof CheckpointMoved) continue;
      failures++;
      if (failures === 1) continue;
      const { event } = attempt;
      log.error(
        `Projection ${name} stands still${event ? ` at ${event.type} ${event.position}` : ''}: ${String(error)}`,
      );
      parked = true;
      await park(dataSource, name, event, error).catch(() => {}); // without a database the log has to do
      await pause(backoff(failures - 2, LAST_RETRY_MS), signal);
    }
  }
};

const backoff = (failures: number, lastMs: number): number => Math.min(FIRST_RETRY_MS * 2 ** failures, lastMs);

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await timer(ms, undefined, { signal }).catch(() => {}); // told to stop: no more pause
};
