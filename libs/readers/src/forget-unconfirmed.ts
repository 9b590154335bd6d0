import { SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import { forgetPastAttempts } from '@app/identity/attempts';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { decideReader, readerNow } from './decide-reader';
import { forgetFormer } from './former-readers';
import { confirmContact, eraseContact, UNCONFIRMED_HOURS } from './reader-contacts';
import { INVITATION_DAYS } from './reader-links';
import { allReaders } from './readers';

const SWEEP = 'readers.sweep';

/**
 * Erases addresses that nobody confirmed, with the mails that went there, once the link of the newest of these is no good any more. An
 * invitation then ends in the reader's stream too. A contact that differs from the log, because something was cut off between the
 * two, is made to agree with it. What was counted of forms and passwords, and what remained of who is gone, goes when its time is over. Safe to repeat, and to run twice at once.
 */
export const forgetUnconfirmed = (deps: {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly clock: Clock;
}): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
  // The next sweep is the retry.
  jobs: [{ name: SWEEP, attempts: 1, backoffMs: 1_000, run: () => sweep(deps) }],
  schedules: [{ name: SWEEP, everyMs: 3_600_000, job: SWEEP }],
});

/** Of a link that was pressed in its last moment the answer may still be on its way. */
const GRACE_HOURS = 1;

const sweep = async ({ store, dataSource, clock }: Parameters<typeof forgetUnconfirmed>[0]): Promise<void> => {
  const now = clock();
  await forgetPastAttempts(dataSource, now);
  await forgetFormer(dataSource, now);
  const unconfirmed = await dataSource.query<{ readerId: string }[]>(
    `select reader_id as "readerId" from reader_contact
      where confirmed_at is null
        and created_at < $1::timestamptz - make_interval(hours => $2::int + case when invited then $3::int else $4::int end)
      order by reader_id`,
    [now, GRACE_HOURS, INVITATION_DAYS * 24, UNCONFIRMED_HOURS],
  );
  const left = (await allReaders(dataSource)).filter(
    ({ status, address }) => status !== 'invited' && status !== 'following' && address !== null,
  );
  const failures: string[] = [];
  for (const readerId of [...unconfirmed.map((row) => row.readerId), ...left.map(({ id }) => id)])
    await forget(store, dataSource, readerId, now).catch((error: Error) =>
      failures.push(`${readerId}: ${error.message}`),
    );
  if (failures.length > 0)
    throw new Error(`Not every reader who never confirmed or has left was forgotten. ${failures.join('; ')}`);
};

const forget = async (store: EventStore, dataSource: DataSource, readerId: string, now: Date): Promise<void> => {
  const { status } = await readerNow(store, readerId);
  // The row says that nobody confirmed, and the log, which is right, that somebody did; what they were shown nobody knows.
  if (status === 'Following') return confirmContact(dataSource, readerId, now, 0);
  if (status === 'Invited')
    await decideReader(store, readerId, { type: 'Unfollow', by: SYSTEM, at: now.toISOString() }, SWEEP);
  await dataSource.transaction((tx) => eraseContact(tx, readerId, now));
};
