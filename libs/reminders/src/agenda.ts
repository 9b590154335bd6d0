import { addDays, compare, type Deadline, type LocalDate } from '@app/calendar';
import type { StoredEvent } from '@app/event-sourcing';
import { foldRows, type ReadModel } from '@app/projections';
import { ladderOf, REMINDING_STREAM, remindingCodec, remindingDecider, type Reminding } from '@app/reminding';
import type { DataSource, EntityManager } from 'typeorm';
import { nextLook } from './domain/due';
import { deadlineKey, evolve, initialState, type DeadlineKey, type Ledger } from './domain/reminder';
import { reminderCodec } from './reminder.codec';
import { isReminderStream, reminderSubject } from './reminder-stream';
import { deadlinesOf, evolveSubject, isSubject } from './subjects';

/** What is known of a subject: its state in its register, and what has been said of its present deadlines. */
export type Remembered = { readonly state: unknown; readonly ledger: Ledger };

type Row = Remembered & { readonly subject: string };

/**
 * When to look at which subject next: a function of the subject, its ledger and the company's ladders, and of nothing else. Only
 * a hint for the sweep: whether a rung is due is decided from the streams.
 */
export const reminderAgenda: ReadModel = {
  name: 'reminder-agenda.v4',
  rows: [{ table: 'reminder_agenda' }, { table: 'reminder_deadline' }],
  apply: async (events, tx) => {
    const reminding = await remindingAfter(events, tx);
    const { kept } = await foldRows<StoredEvent, Remembered>(
      {
        decode: (stored) => (isSubject(stored.stream) || isReminderStream(stored.stream) ? stored : undefined),
        keyOf: ({ stream }) => (isReminderStream(stream) ? reminderSubject(stream) : stream),
        evolve: (row, stored) => remember(row ?? { state: null, ledger: initialState }, stored),
      },
      events,
      (subjects) =>
        tx.query(
          `select subject as key, json_build_object('state', state, 'ledger', ledger) as body
             from reminder_agenda where subject = any($1)`,
          [subjects],
        ),
    );
    await write(
      tx,
      reminding,
      kept.map(({ key, body }) => ({ subject: key, ...body })),
    );
    if (events.some(({ stream }) => stream === REMINDING_STREAM)) await lookAtAllAnew(tx, reminding);
  },
};

const remember = ({ state, ledger }: Remembered, stored: StoredEvent): Remembered =>
  isReminderStream(stored.stream)
    ? { state, ledger: evolve(ledger, reminderCodec.decode(stored)) }
    : { state: evolveSubject(state, stored), ledger };

/**
 * So many reminders of a due date are remembered; what went before them is said as well, being older. One that was acknowledged, or
 * of which others were told, is remembered for longer: it says what need not be done again.
 */
const REMEMBERED = 12;

/**
 * Of the ledger what the present deadlines need, and the last of what was said of others, because an application that is taken back
 * brings its deadline back: it must not grow for as long as a subject lives.
 */
const forgetting = (ledger: Ledger, deadlines: readonly Deadline[]): Ledger => {
  const keys = new Set(deadlines.map(deadlineKey));
  const { reminders } = ledger;
  const ofOthers = reminders.filter(({ deadline }) => !keys.has(deadline)).slice(-REMEMBERED);
  return {
    ...ledger,
    reminders: reminders.filter((each, index) =>
      keys.has(each.deadline)
        ? reminders.slice(index + 1).filter(({ deadline }) => deadline === each.deadline).length < REMEMBERED ||
          each.acknowledged !== null ||
          each.escalations.includes('unacknowledged')
        : ofOthers.includes(each),
    ),
  };
};

const write = async (tx: EntityManager, reminding: Reminding, rows: readonly Row[]): Promise<void> => {
  if (rows.length === 0) return;
  const written = rows.map(({ subject, state, ledger }) => {
    const deadlines = deadlinesOf(subject, state);
    const kept = forgetting(ledger, deadlines);
    return {
      ...{ subject, state, ledger: kept, keys: deadlines.map(deadlineKey) },
      knownOn:
        deadlines
          .map(({ knownOn }) => knownOn)
          .toSorted(compare)
          .at(-1) ?? null,
      nextOn: nextOn(deadlines, kept, reminding),
    };
  });
  await tx.query(
    `insert into reminder_agenda (subject, state, ledger, known_on, next_on)
     select subject, state::jsonb, ledger::jsonb, known_on, next_on
       from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::date[]) as written (subject, state, ledger, known_on, next_on)
     on conflict (subject) do update
        set state = excluded.state, ledger = excluded.ledger, known_on = excluded.known_on, next_on = excluded.next_on`,
    [
      written.map(({ subject }) => subject),
      written.map(({ state }) => JSON.stringify(state)),
      written.map(({ ledger }) => JSON.stringify(ledger)),
      written.map(({ knownOn }) => knownOn),
      written.map((row) => row.nextOn),
    ],
  );
  const keyed = written.flatMap(({ subject, keys }) => keys.map((key) => ({ subject, key })));
  const present = [keyed.map(({ subject }) => subject), keyed.map(({ key }) => key)];
  await tx.query(
    `delete from reminder_deadline as past where subject = any($3)
        and not exists (select from unnest($1::text[], $2::text[]) as present (subject, key)
                         where present.subject = past.subject and present.key = past.key)`,
    [...present, written.map(({ subject }) => subject)],
  );
  if (keyed.length > 0)
    await tx.query(
      `insert into reminder_deadline (subject, key) select distinct subject, key from unnest($1::text[], $2::text[]) as present (subject, key)
       on conflict (subject, key) do nothing`,
      present,
    );
};

/** The first day on which there is something to do about one of the deadlines. */
const nextOn = (deadlines: readonly Deadline[], ledger: Ledger, reminding: Reminding): LocalDate | null =>
  deadlines
    .map((deadline) => nextLook(deadline, ladderOf(reminding, deadline.ladder), ledger))
    .filter((day) => day !== null)
    .toSorted(compare)[0] ?? null;

/** The company's ladders have a row of their own, with nothing to look at. */
const remindingAfter = async (events: readonly StoredEvent[], tx: EntityManager): Promise<Reminding> => {
  const [row] = await tx.query<{ state: Reminding }[]>('select state from reminder_agenda where subject = $1', [
    REMINDING_STREAM,
  ]);
  const ours = events.filter(({ stream }) => stream === REMINDING_STREAM);
  const reminding = ours.reduce(
    (state, stored) => remindingDecider.evolve(state, remindingCodec.decode(stored)),
    row?.state ?? remindingDecider.initialState,
  );
  if (ours.length > 0)
    await tx.query(
      `insert into reminder_agenda (subject, state, ledger) values ($1, $2, '{}')
       on conflict (subject) do update set state = excluded.state`,
      [REMINDING_STREAM, JSON.stringify(reminding)],
    );
  return reminding;
};

const AT_ONCE = 2_000;

const lookAtAllAnew = async (tx: EntityManager, reminding: Reminding): Promise<void> => {
  for (let after = ''; ;) {
    const rows = await tx.query<Row[]>(
      'select subject, state, ledger from reminder_agenda where subject > $1 and subject <> $2 order by subject limit $3',
      [after, REMINDING_STREAM, AT_ONCE],
    );
    await write(tx, reminding, rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    after = last.subject;
  }
};

/** The subjects that have something to look at on a day or before, those that wait longest first, and what is known of them. */
export const subjectsToLookAt = (
  dataSource: DataSource,
  until: LocalDate,
  { after = null, limit = 100_000 }: { readonly after?: Place | null; readonly limit?: number } = {},
): Promise<readonly (Row & Place)[]> =>
  dataSource.query(
    `select subject, state, ledger, next_on::text as "nextOn" from reminder_agenda
      where next_on <= $1 and ($2::date is null or (next_on, subject) > ($2::date, $3))
      order by next_on, subject limit $4`,
    [until, after?.nextOn ?? null, after?.subject ?? '', limit],
  );

/** Where one is in the agenda. */
export type Place = { readonly nextOn: LocalDate; readonly subject: string };

/** What is known of some subjects, or of all that have a deadline. */
export const remembered = (dataSource: DataSource, after: string, limit: number): Promise<readonly Row[]> =>
  dataSource.query(
    `select subject, state, ledger from reminder_agenda
      where subject > $1 and known_on is not null order by subject limit $2`,
    [after, limit],
  );

/** Where one is in the order of the deadlines. */
export type DeadlinePlace = { readonly key: DeadlineKey; readonly subject: string };

/**
 * Deadlines in the order in which they fall due, those first that have passed, with what is known of their subjects; read some at a
 * time, so that whoever has enough leaves the rest unread.
 */
export async function* deadlinesInOrder(
  dataSource: DataSource,
  {
    subject = null,
    after = null,
    until,
    atOnce = 1_000,
  }: {
    /** null: of every subject. */
    readonly subject?: string | null;
    readonly after?: DeadlinePlace | null;
    readonly until: LocalDate;
    readonly atOnce?: number;
  },
): AsyncGenerator<Row & DeadlinePlace> {
  for (let place = after; ;) {
    const rows = await dataSource.query<(Row & DeadlinePlace)[]>(
      `select key, subject, state, ledger from reminder_deadline join reminder_agenda using (subject)
        where ($1::text is null or subject = $1) and (key, subject) > ($2, $3) and key < $4
        order by key, subject limit $5`,
      // A key begins with its day.
      [subject, place?.key ?? '', place?.subject ?? '', addDays(until, 1), atOnce],
    );
    yield* rows;
    if (rows.length < atOnce) return;
    place = rows.at(-1) ?? null;
  }
}

/** What is known of these subjects. */
export const rememberedOf = (dataSource: DataSource, subjects: readonly string[]): Promise<readonly Row[]> =>
  dataSource.query('select subject, state, ledger from reminder_agenda where subject = any($1)', [subjects]);

/** How long a claim holds; looking at a subject takes milliseconds. */
const CLAIM_SECONDS = 60;

/** A clock that was set back must not leave claims that hold for longer. $1 is now. */
const isHeld = `reminder_claim.claimed_at > $1::timestamptz - interval '${CLAIM_SECONDS} seconds' and reminder_claim.claimed_at <= $1::timestamptz`;

/**
 * The next subjects that have something to look at today, ours alone for a minute. One statement, so two workers never get
 * the same one.
 *
 * @param newsOnly only those of which something became known today: at night
 */
export const claimSubjects = async (
  dataSource: DataSource,
  {
    today,
    now,
    newsOnly,
    after,
    limit,
  }: {
    readonly today: LocalDate;
    readonly now: Date;
    readonly newsOnly: boolean;
    readonly after: Place | null;
    readonly limit: number;
  },
): Promise<{ readonly claimed: readonly string[]; readonly last: Place | null }> => {
  const [row] = await dataSource.query<{ claimed: string[] | null; last: Place | null }[]>(
    `with candidate as (
       select subject, next_on from reminder_agenda
        where next_on <= $2 and (not $3 or known_on = $2)
          and ($4::date is null or (next_on, subject) > ($4::date, $5))
        order by next_on, subject limit $6
     ), claim as (
       insert into reminder_claim (subject, claimed_at) select subject, $1 from candidate
       on conflict (subject) do update set claimed_at = excluded.claimed_at where not (${isHeld})
       returning subject
     )
     select (select array_agg(subject) from claim) as claimed,
            (select json_build_object('nextOn', next_on, 'subject', subject)
               from candidate order by next_on desc, subject desc limit 1) as last`,
    [now, today, newsOnly, after?.nextOn ?? null, after?.subject ?? '', limit],
  );
  return { claimed: row?.claimed ?? [], last: row?.last ?? null };
};

/** Claims that hold nothing any more. */
export const dropOldClaims = async (dataSource: DataSource, now: Date): Promise<void> => {
  await dataSource.query(`delete from reminder_claim where not (${isHeld})`, [now]);
};
