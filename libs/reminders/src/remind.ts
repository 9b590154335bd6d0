import { localDateOf, localHourOf, type Deadline, type LocalDate } from '@app/calendar';
import { currentState, handle, SYSTEM, type Clock, type EventStore, type Handled } from '@app/event-sourcing';
import type { Job, Schedule } from '@app/jobs';
import { isQuiet, ladderOf, remindingNow, stepOf, type Reminding } from '@app/reminding';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { claimSubjects, dropOldClaims, type Place } from './agenda';
import { citationLabelsIn, type CitationLabels } from './citation-labels';
import { dueOn, escalationOn } from './domain/due';
import { reminderDecider, type ReminderCommand, type ReminderRejection } from './domain/reminder.decider';
import { recipientsOn, type RecipientsOf } from './recipients';
import { reminderCodec } from './reminder.codec';
import { reminderStream } from './reminder-stream';
import { deadlinesOf, inWords, isSubject, subjectNow } from './subjects';

export type RemindDependencies = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly clock: Clock;
};

/** What is the same for all subjects of one sweep. */
type Sweep = {
  readonly store: EventStore;
  readonly now: Date;
  readonly today: LocalDate;
  readonly reminding: Reminding;
  readonly recipientsOf: RecipientsOf;
  readonly labelsOf: CitationLabels;
};

export const beginSweep = async ({ store, dataSource, clock }: RemindDependencies): Promise<Sweep> => {
  const now = clock();
  const today = localDateOf(now);
  return {
    ...{ store, now, today },
    reminding: await remindingNow(store),
    recipientsOf: recipientsOn(store, dataSource, today),
    labelsOf: citationLabelsIn(store),
  };
};

/**
 * Looks at the deadlines of one subject and records what is due, and what escalates. Subject and ledger are read from their streams.
 * Safe to repeat, and to run twice at once. Answers the rungs that have nobody to go to.
 */
export const lookAt = async (sweep: Sweep, subject: string): Promise<readonly string[]> => {
  if (!isSubject(subject)) return [];
  const state = await subjectNow(sweep.store, subject);
  const unheard: string[] = [];
  for (const deadline of deadlinesOf(subject, state)) {
    const handled = await lookAtDeadline(sweep, deadline, state);
    if (handled?.outcome === 'rejected' && handled.rejection.type === 'NobodyToRemind')
      unheard.push(handled.rejection.rungId);
  }
  return unheard;
};

const lookAtDeadline = async (
  sweep: Sweep,
  deadline: Deadline,
  state: unknown,
): Promise<Handled<ReminderRejection> | null> => {
  const { store, now, today, reminding, recipientsOf, labelsOf } = sweep;
  const { subject } = deadline;
  const ladder = ladderOf(reminding, deadline.ladder);
  const words = inWords(deadline, state);
  if (words === null) return null;
  const ledger = await currentState(store, reminderDecider, reminderCodec, reminderStream(subject));
  const at = now.toISOString();

  const overdue = escalationOn(deadline, ladder, ledger, today);
  if (overdue) {
    const to = stepOf(ladder, overdue.rung).escalate?.to ?? [];
    const recipients = await recipientsOf(to, words.responsible);
    const [rungId] = overdue.rungIds;
    await decide(sweep, subject, { type: 'Escalate', rungId, cause: 'unacknowledged', on: today, recipients, at });
  }

  const due = dueOn(deadline, ladder, ledger, today);
  if (!due) return null;
  const labels = await labelsOf(words.citedBy);
  const { title, detail, path } = words;
  const citedBy = words.citedBy.map((citation, index) => ({ ...citation, label: labels[index] ?? citation.itemKey }));
  return decide(sweep, subject, {
    ...{ type: 'Remind', deadline, on: today, ...due, at },
    about: { title, detail, path, citedBy },
    recipients: await recipientsOf(stepOf(ladder, due.latest.rung).to, words.responsible),
  });
};

const decide = (
  { store, now, today }: Sweep,
  subject: string,
  command: ReminderCommand,
): Promise<Handled<ReminderRejection>> => {
  const cause = `${SWEEP}:${subject}:${today}`;
  return handle(
    { store, decider: reminderDecider, codec: reminderCodec, newId },
    {
      ...{ stream: reminderStream(subject), command },
      metadata: { actor: SYSTEM, recordedAt: now.toISOString(), correlationId: cause, causationId: cause },
    },
  );
};

const SWEEP = 'reminders.sweep';

/** So many subjects are claimed at a time, and so many of them looked at side by side. */
const BATCH = 400;
const LANES = 8;

/**
 * Asks the database what has to be looked at, so that the plan survives an emptied queue. Batch by batch, each subject claimed: any
 * number of workers share the work, and a million subjects take no more memory than one batch of them.
 */
export const reminderSweep = (
  deps: RemindDependencies & { readonly log: { readonly warn: (message: string) => void } },
): Job => {
  const warnedOf = new Set<string>();
  const nobodyToRemind = (rungId: string): void => {
    if (warnedOf.has(rungId)) return; // it stays due, and the sweep comes often
    if (warnedOf.size > 10_000) warnedOf.clear();
    warnedOf.add(rungId);
    deps.log.warn(`A reminder is due but there is nobody to remind: ${rungId}`);
  };
  let running = false;
  return {
    name: SWEEP,
    // The next sweep is the retry.
    attempts: 1,
    backoffMs: 1_000,
    run: async () => {
      // One that takes long must not have the others wait in this worker's way.
      if (running) return;
      running = true;
      try {
        const { failures, failed } = await sweepAll(deps, nobodyToRemind);
        if (failed > 0) throw new Error(`${failed} subjects could not be looked at. ${failures.join('; ')}`);
      } finally {
        running = false;
      }
    },
  };
};

const sweepAll = async (
  deps: RemindDependencies,
  nobodyToRemind: (rungId: string) => void,
): Promise<{ readonly failures: readonly string[]; readonly failed: number }> => {
  const { dataSource, clock } = deps;
  const failures: string[] = [];
  let failed = 0;
  let looked = false;
  for (let after: Place | null = null; ;) {
    const now = clock();
    const today = localDateOf(now);
    const sweep = await beginSweep(deps);
    // What somebody enters at night is answered at once; what the calendar brings waits until the morning.
    const newsOnly = isQuiet(sweep.reminding, localHourOf(now));
    const { claimed, last } = await claimSubjects(dataSource, { today, now, newsOnly, after, limit: BATCH });
    await inLanes(claimed, LANES, async (subject) => {
      try {
        for (const rungId of await lookAt(sweep, subject)) nobodyToRemind(rungId);
      } catch (error) {
        // One subject that cannot be looked at must not silence the others.
        failed++;
        if (failures.length < 10) failures.push(`${subject}: ${(error as Error).message}`);
      }
    });
    looked ||= claimed.length > 0;
    if (last === null) break;
    after = last;
  }
  if (looked) await dropOldClaims(dataSource, clock());
  return { failures, failed };
};

/** Each of them, a few at a time. */
const inLanes = async <T>(all: readonly T[], lanes: number, work: (one: T) => Promise<void>): Promise<void> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

/** Often, so that what was registered after it lapsed is mailed at once; it costs one look at an index. */
export const reminderSchedules: readonly Schedule[] = [{ name: 'reminders', everyMs: 10_000, job: SWEEP }];
