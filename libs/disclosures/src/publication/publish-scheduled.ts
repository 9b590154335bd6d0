import { SYSTEM, type Clock } from '@app/event-sourcing';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { stateOf } from '../review-decisions';
import { mailNotPublished, type PublicationMailDependencies } from './publication-mails';
import { publishPrintable, type PrintCheck } from './publish-printable';

const SWEEP = 'publications.sweep';

type SweepDependencies = PublicationMailDependencies & {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly printCheck: PrintCheck;
};

/**
 * Publishes what somebody has scheduled, when its time has come, in the product's own name and with theirs in the event. What is due is
 * decided from the streams: safe to repeat, to run twice at once, and to run late. What may not be published, or cannot be printed, stays
 * scheduled, is told once to those whom it concerns, and is tried again by the next sweep.
 */
export const publicationSweep = (
  deps: SweepDependencies,
): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
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
          await publishScheduled(deps, id, now).catch((error: Error) => failures.push(`${id}: ${error.message}`));
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
export const publishScheduled = async (deps: SweepDependencies, disclosureId: string, now: Date): Promise<void> => {
  const { store, dataSource } = deps;
  const stream = `disclosure-${disclosureId}` as const;
  const at = now.toISOString();
  const correlationId = newId();
  const handled = await publishPrintable(deps, {
    disclosureId,
    command: { type: 'PublishAsScheduled', by: SYSTEM, at },
    metadata: { actor: SYSTEM, recordedAt: at, correlationId, causationId: correlationId },
  });
  if (handled.outcome !== 'rejected') return;
  const { rejection } = handled;
  const state = stateOf(await store.read(stream));
  if (state.status === 'Registered')
    await dataSource.transaction((tx) => mailNotPublished(deps, tx, state, rejection, now));
  throw new Error(rejection.type);
};
