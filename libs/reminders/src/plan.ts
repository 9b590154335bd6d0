import { addMonths, compare, type Deadline, type LocalDate } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import { ladderOf, remindingNow, stepOf, type Ladder, type Recipient, type Reminding, type Rung } from '@app/reminding';
import { labelOf, type Escalation } from '@app/reminding/domain/ladder';
import { createReadStream } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { remembered, type Remembered } from './agenda';
import type { reminderPlan } from './contract';
import { dueOn, nextEscalation, nextReminderOn } from './domain/due';
import type { About, Ledger, ReminderEvent } from './domain/reminder';
import { reminderDecider } from './domain/reminder.decider';
import { deadlinesOf, inWords } from './subjects';

/** A mail of a deadline as it will be sent if nothing changes. */
export type Planned = {
  readonly deadline: Deadline;
  readonly ladder: Ladder;
  /** With the day on which it really goes out. */
  readonly rung: Rung;
  /**
   * What will be recorded then; whom it goes to, and what it is about in words, is not known before. Of what others hear: what will
   * have been recorded by then; null: it is in the ledger already.
   */
  readonly due: Due | null;
  /** Others hear of it then if nobody has recorded by then that they see to it; null: it is the reminder itself. */
  readonly escalation: Escalation | null;
};
type Due = Extract<ReminderEvent, { type: 'ReminderDue' }>['data'];

/**
 * Every mail of a subject from `asOf` to `until`, the first first, if the service runs without a break and nothing changes: what is due
 * and was not said before goes out on `asOf` itself. A day before the registration is planned as if it had been known then.
 */
export const planOf = (
  subject: string,
  { state, ledger }: Remembered,
  reminding: Reminding,
  asOf: LocalDate,
  until: LocalDate,
): readonly Planned[] =>
  deadlinesOf(subject, state)
    .flatMap((each) => {
      const deadline = { ...each, knownOn: each.knownOn < asOf ? each.knownOn : asOf };
      const then = { ...ledger, reminders: ledger.reminders.filter(({ on }) => on <= asOf) };
      return planned(deadline, ladderOf(reminding, deadline.ladder), then, asOf, until);
    })
    .toSorted((a, b) => compare(a.rung.sendOn, b.rung.sendOn));

const planned = (
  deadline: Deadline,
  ladder: Ladder,
  before: Ledger,
  asOf: LocalDate,
  until: LocalDate,
): readonly Planned[] => {
  const found: Planned[] = [];
  let ledger = before;
  for (;;) {
    const reminder = nextReminderOn(deadline, ladder, ledger);
    const unseen = nextEscalation(deadline, ladder, ledger);
    const next = unseen !== null && (reminder === null || unseen.on < reminder) ? unseen.on : reminder;
    const on = next !== null && next < asOf ? asOf : next;
    if (on === null || on > until) return found;
    if (unseen !== null && unseen.on <= on) {
      const [rungId] = unseen.reminded.rungIds;
      const { escalate: escalation = null } = stepOf(ladder, unseen.reminded.rung);
      const due = found.find((each) => each.rung.rungId === rungId)?.due ?? null;
      const { rung } = unseen.reminded;
      // The ledger keeps no labels.
      found.push({ deadline, ladder, rung: { rungId, rung, label: labelOf(rung), sendOn: on }, due, escalation });
      const data = { rungId, cause: 'unacknowledged', recipients: [], on, at: '' } as const;
      ledger = reminderDecider.evolve(ledger, { type: 'ReminderEscalated', data });
      continue;
    }
    const due = dueOn(deadline, ladder, ledger, on);
    if (!due) return found; // asked on a closed day, of a ladder that keeps to business days
    const remind = { type: 'Remind', deadline, about: nothing, on, ...due, recipients: ['somebody'], at: '' } as const;
    const decision = reminderDecider.decide(remind, ledger);
    const [event] = decision.outcome === 'accepted' ? decision.events : [];
    if (event?.type !== 'ReminderDue') return found;
    found.push({ deadline, ladder, rung: { ...due.latest, sendOn: on }, due: event.data, escalation: null });
    ledger = reminderDecider.evolve(ledger, event);
  }
};

const nothing: About = { title: '', detail: '', path: '', citedBy: [] };

export type PlannedReminder = z.infer<typeof reminderPlan>[number];

const MONTHS_PLANNED = 12;

/**
 * What `kaijisho reminders plan` prints: the plan of twelve months over the registers and the ledger as they are, the first mail first. All
 * subjects are read once, and their mails kept in a file for each month: those of a million subjects would not fit into memory.
 */
export async function* remindersPlan(
  { store, dataSource }: { readonly store: EventStore; readonly dataSource: DataSource },
  asOf: LocalDate,
): AsyncGenerator<PlannedReminder> {
  const reminding = await remindingNow(store);
  const months = Array.from({ length: MONTHS_PLANNED }, (_, index) => addMonths(asOf, index + 1));
  const until = addMonths(asOf, MONTHS_PLANNED);
  const folder = await mkdtemp(join(tmpdir(), 'kaijisho-plan-'));
  const fileOf = (month: LocalDate): string => join(folder, `${month}.jsonl`);
  try {
    for await (const rows of everySubject(dataSource)) {
      const found = rows.flatMap(({ subject, ...row }) =>
        planOf(subject, row, reminding, asOf, until).flatMap((planned) => plannedIn(subject, row.state, planned)),
      );
      for (const [index, month] of months.entries()) {
        const before = months[index - 1] ?? '';
        const lines = found
          .filter(({ sendOn }) => sendOn > before && sendOn <= month)
          .map((mail) => JSON.stringify(mail));
        await appendFile(fileOf(month), lines.map((line) => `${line}\n`).join(''));
      }
    }
    for (const month of months) {
      const mails: PlannedReminder[] = [];
      for await (const line of createInterface({ input: createReadStream(fileOf(month)) }))
        mails.push(JSON.parse(line) as PlannedReminder);
      yield* mails.sort(
        (a, b) => compare(a.sendOn, b.sendOn) || compare(a.dueOn, b.dueOn) || compare(a.rungId, b.rungId),
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Nothing where nothing is there by that name any more. */
const plannedIn = (
  subject: string,
  state: unknown,
  { deadline, ladder, rung: { rungId, rung, label, sendOn }, escalation }: Planned,
): readonly PlannedReminder[] => {
  const words = inWords({ subject }, state);
  if (words === null) return [];
  const { title, detail, path } = words;
  return [
    {
      ...{ rungId, subject, about: { title, detail, path } },
      ...{ matter: deadline.matter, part: deadline.part?.text ?? null, dueOn: deadline.dueOn },
      ...certificateIn(subject, state),
      ...{ sendOn, rung, label, recipients: (escalation ?? stepOf(ladder, rung)).to.map(inAWord) },
      escalation: escalation && 'unacknowledged',
    },
  ];
};

/** Every subject that has a deadline, some at a time. */
async function* everySubject(
  dataSource: DataSource,
): AsyncGenerator<readonly (Remembered & { readonly subject: string })[]> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: readonly (Remembered & { readonly subject: string })[] = await remembered(dataSource, after, 1_000);
    yield rows;
    after = rows.at(-1)?.subject;
  }
}

const inAWord = (recipient: Recipient): string =>
  'officer' in recipient
    ? recipient.officer
    : 'role' in recipient
      ? recipient.role
      : 'user' in recipient
        ? recipient.user
        : 'responsible';

/** Readers of this command's output know certificates by these fields. */
const certificateIn = (subject: string, state: unknown): Pick<PlannedReminder, 'certificate'> => {
  if (!subject.startsWith('certificate-')) return {};
  const { id, kind, name, term } = state as {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly term: { readonly number: string };
  };
  return { certificate: { certificateId: id, kind, name, number: term.number } };
};
