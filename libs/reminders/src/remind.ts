import { localDateOf } from '@app/calendar';
import { certificateNow } from '@app/certificates';
import { handle, SYSTEM, type Clock, type EventStore, type Handled } from '@app/event-sourcing';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { subjectsToLookAt } from './agenda';
import { citationLabels } from './citation-labels';
import { rungsDue, type Ladder } from './domain/ladder';
import { reminderDecider, type ReminderRejection } from './domain/reminder.decider';
import type { Recipients } from './recipients';
import { reminderCodec } from './reminder.codec';
import { reminderStream } from './reminder-stream';
import { v7 as newId } from 'uuid';

export type RemindDependencies = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly ladder: Ladder;
  readonly recipients: Recipients;
};

/**
 * Looks at one deadline and records what is due. The certificate is read from its stream, so that one renewed a moment
 * ago is left in peace. Safe to repeat, and to run twice at once. Null: nothing is due.
 */
export const remindOf = async (
  { store, clock, ladder, recipients }: RemindDependencies,
  subject: string,
): Promise<Handled<ReminderRejection> | null> => {
  const now = clock();
  const today = localDateOf(now);
  const certificate = await certificateNow(store, subject.slice('certificate-'.length));
  if (certificate.status !== 'Registered') return null;

  const { id, kind, name, citedBy, term, knownSince } = certificate;
  const due = rungsDue({ subject, dueOn: term.validUntil, knownOn: localDateOf(knownSince) }, ladder, today);
  if (!due) return null;

  const labels = await citationLabels(store, citedBy);
  const about = {
    certificateId: id,
    kind,
    name,
    number: term.number,
    body: term.body,
    citedBy: citedBy.map((citation, index) => ({ ...citation, label: labels[index] ?? citation.itemKey })),
  };
  const at = now.toISOString();
  const cause = `reminders.sweep:${subject}:${today}`;
  return handle(
    { store, decider: reminderDecider, codec: reminderCodec, newId },
    {
      stream: reminderStream(subject),
      command: {
        type: 'Remind',
        subject,
        about,
        dueOn: term.validUntil,
        on: today,
        ...due,
        at,
        recipients: await recipients(today),
      },
      metadata: { actor: SYSTEM, recordedAt: at, correlationId: cause, causationId: cause },
    },
  );
};

const SWEEP = 'reminders.sweep';

/** Asks the database what has a rung due, so that the plan survives an emptied queue. */
export const reminderSweep = (
  deps: RemindDependencies & {
    readonly dataSource: DataSource;
    readonly log: { readonly warn: (message: string) => void };
  },
): Job => {
  const warnedOf = new Set<string>();
  const nobodyToRemind = (rungId: string): void => {
    if (warnedOf.has(rungId)) return; // it stays due, and the sweep comes often
    warnedOf.add(rungId);
    deps.log.warn(`A reminder is due but there is nobody to remind: ${rungId}`);
  };
  return {
    name: SWEEP,
    // The next sweep is the retry.
    attempts: 1,
    backoffMs: 1_000,
    run: async () => {
      const failures: string[] = [];
      for (const subject of await subjectsToLookAt(deps.dataSource, localDateOf(deps.clock()))) {
        // One deadline that cannot be looked at must not silence the others.
        const outcome = await remindOf(deps, subject).catch((error: Error) => {
          failures.push(`${subject}: ${error.message}`);
          return null;
        });
        if (outcome?.outcome === 'rejected') nobodyToRemind(outcome.rejection.rungId);
      }
      if (failures.length > 0) throw new Error(`Not every deadline could be looked at. ${failures.join('; ')}`);
    },
  };
};

/** Often, so that what was registered after it lapsed is mailed at once; it costs one look at an index. */
export const reminderSchedules: readonly Schedule[] = [{ name: 'reminders', everyMs: 10_000, job: SWEEP }];
