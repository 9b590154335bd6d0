import { localDateOf, type LocalDate } from '@app/calendar';
import { SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { certificatesPastTheirTerm } from './certificates';
import { decideCertificate } from './decide-certificate';

/**
 * Records of a certificate that its term has ended, when that is so in its stream: one renewed a moment ago is left alone.
 * Safe to repeat, and to run twice at once.
 */
const lapseIfEnded = async (
  { store, clock }: { readonly store: EventStore; readonly clock: Clock },
  certificateId: string,
): Promise<void> => {
  const at = clock().toISOString();
  const cause = `${LAPSE}:${localDateOf(at)}`;
  await decideCertificate(
    store,
    { type: 'LapseCertificate', certificateId, by: SYSTEM, at },
    { actor: SYSTEM, recordedAt: at, correlationId: cause, causationId: cause },
  );
};

const LAPSE = 'certificates.lapse';

/** Looks every ten minutes, so that what was registered after it lapsed is seen on the same day; it costs one look at an index. */
export const certificateLapses = (deps: {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly clock: Clock;
}): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
  jobs: [
    {
      name: LAPSE,
      // The next turn is the retry.
      attempts: 1,
      backoffMs: 1_000,
      run: async () => {
        const today: LocalDate = localDateOf(deps.clock());
        const failures: string[] = [];
        for (const id of await certificatesPastTheirTerm(deps.dataSource, today)) {
          // One that cannot be looked at must not keep the others from it.
          await lapseIfEnded(deps, id).catch((error: Error) => failures.push(`${id}: ${error.message}`));
        }
        if (failures.length > 0) throw new Error(`Not every certificate could be looked at. ${failures.join('; ')}`);
      },
    },
  ],
  schedules: [{ name: LAPSE, everyMs: 600_000, job: LAPSE }],
});
