import { localDateOf, localHourOf, type Deadline, type LocalDate } from '@app/calendar';
import { SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import { foldStream } from '@app/event-sourcing/fold-stream';
import type { Job, Schedule } from '@app/jobs';
import { isQuiet, ladderOf, remindingNow, stepOf, type Reminding } from '@app/reminding';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { claimSubjects, dropOldClaims, type Place } from './agenda';
import { citationLabelsIn, type CitationLabels } from './citation-labels';
import { dueOn, escalationOn } from './domain/due';
import type { Ledger, ReminderEvent } from './domain/reminder';
import { reminderDecider, type ReminderCommand } from './domain/reminder.decider';
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
  /** Only what became known today: in quiet hours. */
  readonly newsOnly: boolean;
  readonly reminding: Reminding;
  readonly recipientsOf: RecipientsOf;
  readonly labelsOf: CitationLabels;
};

export const beginSweep = async ({ store, dataSource, clock }: RemindDependencies): Promise<Sweep> => {
  const now = clock();
  const today = localDateOf(now);
  const reminding = await remindingNow(store);
  return {
    ...{ store, now, today, reminding },
    // What somebody enters at night is answered at once; what the calendar brings waits until the morning.
    newsOnly: isQuiet(reminding, localHourOf(now)),
    recipientsOf: recipientsOn(store, dataSource, today),
    labelsOf: citationLabelsIn(store),
  };
};

/**
 * Looks at the deadlines of one subject and records what is due, and what escalates, in one append. Subject and ledger are read from their
 * streams. Safe to repeat, and to run twice at once: whoever comes second finds that it has been said. Answers the rungs that have nobody
 * to go to.
 *
 * @throws VersionConflict when somebody else wrote into the ledger meanwhile; the next look finds out what is left
 */
export const lookAt = async (sweep: Sweep, subject: string): Promise<readonly string[]> => {
  if (!isSubject(subject)) return [];
  const { store, now, today, newsOnly } = sweep;
  const stream = reminderStream(subject);
  const [state, ledger] = await Promise.all([
    subjectNow(store, subject),
    foldStream(store, reminderDecider, reminderCodec, stream),
  ]);
  const unheard: string[] = [];
  const events: ReminderEvent[] = [];
  for (const deadline of deadlinesOf(subject, state)) {
    if (newsOnly && deadline.knownOn !== today) continue;
    for (const command of await commandsFor(sweep, deadline, state, ledger.state)) {
      const decision = reminderDecider.decide(command, events.reduce(reminderDecider.evolve, ledger.state));
      if (decision.outcome === 'accepted') events.push(...decision.events);
      else if (decision.rejection.type === 'NobodyToRemind') unheard.push(decision.rejection.rungId);
    }
  }
  if (events.length > 0) {
    const cause = `${SWEEP}:${subject}:${today}`;
    const metadata = { actor: SYSTEM, recordedAt: now.toISOString(), correlationId: cause, causationId: cause };
    await store.append(
      stream,
      ledger.last?.version ?? 'no-stream',
      events.map((event) => ({ id: newId(), metadata, ...reminderCodec.encode(event) })),
    );
  }
  return unheard;
};

/** What there is to do about a deadline today. */
const commandsFor = async (
  { now, today, reminding, recipientsOf, labelsOf }: Sweep,
  deadline: Deadline,
  state: unknown,
  ledger: Ledger,
): Promise<readonly ReminderCommand[]> => {
  const ladder = ladderOf(reminding, deadline.ladder);
  const unseen = escalationOn(deadline, ladder, ledger, today);
  const due = dueOn(deadline, ladder, ledger, today);
  const words = unseen || due ? inWords(deadline, state) : null;
  if (words === null) return [];
  const at = now.toISOString();
  const commands: ReminderCommand[] = [];
  if (unseen) {
    const recipients = await recipientsOf(stepOf(ladder, unseen.rung).escalate?.to ?? [], words.responsible);
    const [rungId] = unseen.rungIds;
    commands.push({ type: 'Escalate', rungId, cause: 'unacknowledged', on: today, recipients, at });
  }
  if (due) {
    const labels = await labelsOf(words.citedBy);
    const { title, detail, path } = words;
    const citedBy = words.citedBy.map((citation, index) => ({ ...citation, label: labels[index] ?? citation.itemKey }));
    commands.push({
      ...{ type: 'Remind', deadline, on: today, ...due, at },
      about: { title, detail, path, citedBy },
      recipients: await recipientsOf(stepOf(ladder, due.latest.rung).to, words.responsible),
    });
  }
  return commands;
};

const SWEEP = 'reminders.sweep';

/** So many subjects are claimed at a time, and so many of them looked at side by side. */
const BATCH = 400;
const LANES = 16;

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
    const sweep = await beginSweep(deps);
    const { now, today, newsOnly } = sweep;
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
