import { handle, SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureDecider } from '../domain/disclosure.decider';

const SWEEP = 'publications.sweep';

/**
 * Publishes what somebody has scheduled, when its time has come, in the product's own name and with theirs in the event. What is due is
 * decided from the streams: safe to repeat, to run twice at once, and to run late.
 */
export const publicationSweep = (deps: {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly clock: Clock;
}): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
  jobs: [
    {
      name: SWEEP,
      // The next sweep is the retry.
      attempts: 1,
      backoffMs: 1_000,
      run: async () => {
        const now = deps.clock();
        const failures: string[] = [];
        for (const id of await disclosuresDue(deps.dataSource, now)) {
          // One disclosure that cannot be published must not hold up the others.
          await publishScheduled(deps.store, id, now).catch((error: Error) => failures.push(`${id}: ${error.message}`));
        }
        if (failures.length > 0) throw new Error(`Not every scheduled edition was published. ${failures.join('; ')}`);
      },
    },
  ],
  schedules: [{ name: SWEEP, everyMs: 60_000, job: SWEEP }],
});

/** Only a hint: whether it is due is decided from the stream. */
const disclosuresDue = async (dataSource: DataSource, now: Date): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ id: string }[]>(
    `select id from disclosure_view
      where (body->'state'->'revision'->'schedule'->>'publishAt')::timestamptz <= $1 order by id`,
    [now],
  );
  return rows.map(({ id }) => id);
};

/** Publishes a disclosure's approved revision if it is due; throws when it is, and may not be published. */
export const publishScheduled = async (store: EventStore, disclosureId: string, now: Date): Promise<void> => {
  const at = now.toISOString();
  const correlationId = newId();
  const handled = await handle(
    { store, decider: disclosureDecider, codec: disclosureCodec, newId },
    {
      stream: `disclosure-${disclosureId}`,
      command: { type: 'PublishAsScheduled', by: SYSTEM, at },
      metadata: { actor: SYSTEM, recordedAt: at, correlationId, causationId: correlationId },
    },
  );
  if (handled.outcome === 'rejected') throw new Error(handled.rejection.type);
};
