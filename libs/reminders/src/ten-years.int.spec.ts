import { holidayName, type Deadline } from '@app/calendar';
import { readyMadeLadders, type Ladder } from '@app/reminding';
import { dueOn, nextReminderOn } from './domain/due';
import { reminderDecider } from './domain/reminder.decider';
import type { Ledger } from './domain/reminder';

/**
 * Ten years of a company with a thousand subjects, day by day, with renewals, corrections, outages and holidays as they come. What is mailed
 * is held against a calculation that shares nothing with the product but the list of holidays: it counts days since 1970, and knows of no
 * ladder, rung or ledger.
 */
const YEARS = Number(process.env['SIMULATED_YEARS'] ?? 10);
const SUBJECTS = Number(process.env['SIMULATED_SUBJECTS'] ?? 1_000);

// A generator of our own, so that a failure can be repeated: mulberry32.
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

type Day = number; // since 1970-01-01
const FIRST: Day = Math.floor(Date.UTC(2025, 0, 1) / 86_400_000);
const LAST: Day = FIRST + Math.round(YEARS * 365.25);
const text = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

// --- The independent calculation: nothing below, up to the next line like this one, calls the product, but for the names of holidays.

const isClosed = (day: Day): boolean => {
  const weekday = (day + 4) % 7; // 1970-01-01 was a Thursday
  return weekday === 0 || weekday === 6 || holidayName(text(day)) !== null;
};

/** The day some months before, or that month's last. */
const monthsBefore = (day: Day, months: number): Day => {
  const date = new Date(day * 86_400_000);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  for (let wanted = dayOfMonth; ; wanted--) {
    const candidate = new Date(Date.UTC(year, month - months, wanted));
    const expected = (((month - months) % 12) + 12) % 12;
    if (candidate.getUTCMonth() === expected) return Math.floor(candidate.getTime() / 86_400_000);
  }
};

type Rule = 'asIs' | 'previous' | 'next';
const onOpenDay = (day: Day, rule: Rule): Day => {
  let moved = day;
  while (rule !== 'asIs' && isClosed(moved)) moved += rule === 'previous' ? -1 : 1;
  return moved;
};

type Plan = {
  readonly months: readonly number[];
  readonly days: readonly number[];
  readonly everyDays: number | null;
  readonly rule: Rule;
};
/** As the design has them, written down a second time. */
const plans: Readonly<Record<string, Plan>> = {
  isms: { months: [9, 6, 4, 2], days: [30, 14, 7, 1, 0], everyDays: 1, rule: 'asIs' },
  ismap: { months: [6, 4, 2], days: [30, 14, 7], everyDays: 1, rule: 'asIs' },
  surveillance: { months: [3], days: [30, 7, 0], everyDays: 7, rule: 'asIs' },
  previous: { months: [9, 6, 4, 2], days: [30, 14, 7, 1, 0], everyDays: 1, rule: 'previous' },
  next: { months: [3], days: [30, 7, 0], everyDays: 7, rule: 'next' },
  once: { months: [6, 2], days: [30, 14, 7, 1, 0], everyDays: null, rule: 'asIs' },
};

/**
 * One term: due on a day, known from a day, until it was renewed or met (from that day on nothing is sent). One that was met by mistake is
 * another of the same due date, known from the day on which that was taken back.
 */
type Term = { readonly due: Day; readonly known: Day; readonly over: Day };

/** Each planned rung of a term, with the day on which it was meant to go out. What is overdue is named by how long it is. */
const meant = ({ due, known, over }: Term, plan: Plan): ReadonlyMap<string, Day> => {
  const rungs = new Map<string, Day>();
  for (const months of plan.months) rungs.set(`${months}m`, onOpenDay(monthsBefore(due, months), plan.rule));
  for (const days of plan.days) rungs.set(`${days}d`, onOpenDay(due - days, plan.rule));
  const first = Math.max(known, due + 1);
  const later: Rule = plan.rule === 'asIs' ? 'asIs' : 'next';
  for (let day = first; day === first || (plan.everyDays !== null && day < over); day += plan.everyDays ?? 1)
    rungs.set(day === due + 1 ? 'overdue' : `overdue+${day - due - 1}d`, onOpenDay(day, later));
  return rungs;
};

/**
 * What must have been mailed of a term: on each day on which the service ran and something that was meant for that day or before had not been
 * said, one mail, for all of it. By rung: the day of its mail.
 * @param before what was said of the due date before it was met by mistake
 */
const expectedOf = (
  term: Term,
  plan: Plan,
  up: (day: Day) => boolean,
  end: Day,
  before: ReadonlyMap<string, Day>,
): ReadonlyMap<string, Day> => {
  const said = new Map(before);
  const waiting = [...meant(term, plan)].filter(([rung]) => !before.has(rung)).sort(([, a], [, b]) => a - b);
  for (let day = term.known; day < Math.min(term.over, end) && waiting.length > 0; day++) {
    if (!up(day) || (plan.rule !== 'asIs' && isClosed(day))) continue;
    while (waiting[0] && waiting[0][1] <= day) said.set((waiting.shift() as [string, Day])[0], day);
  }
  return said;
};

// --- The simulation, by the product's own functions.

const ladders: Readonly<Record<string, Ladder>> = (() => {
  const ready = (key: string) => readyMadeLadders[key]?.ladder as Ladder;
  return {
    ...{ isms: ready('isms'), ismap: ready('ismap'), surveillance: ready('surveillance') },
    previous: { ...ready('isms'), businessDays: 'previous' },
    next: { ...ready('surveillance'), businessDays: 'next' },
    once: { ...ready('other'), overdueEveryDays: null },
  };
})();

const simulate = (
  subject: string,
  ladder: Ladder,
  terms: readonly Term[],
  up: (day: Day) => boolean,
): ReadonlyMap<string, readonly Day[]> => {
  const sent = new Map<string, Day[]>();
  let ledger: Ledger = reminderDecider.initialState;
  for (const { due: dueDay, known, over } of terms) {
    const deadline: Deadline = {
      ...{ subject, matter: 'renewal', ladder: 'l', dueOn: text(dueDay), knownOn: text(known) },
    };
    let next = dayOf(nextReminderOn(deadline, ladder, ledger)); // what the projection does
    for (let day = known; day < Math.min(over, LAST); day++) {
      // The sweep asks the agenda; twice, because two workers do.
      for (let worker = 0; worker < 2 && up(day) && next <= day; worker++) {
        const today = text(day);
        const due = dueOn(deadline, ladder, ledger, today);
        if (!due) continue;
        const decision = reminderDecider.decide(
          {
            ...{ type: 'Remind', deadline, on: today, ...due, recipients: ['u1'], at: `${today}T00:00:00.000Z` },
            about: { title: '', detail: '', path: '', citedBy: [] },
          },
          ledger,
        );
        if (decision.outcome === 'rejected') throw new Error(decision.rejection.type);
        for (const event of decision.events) {
          ledger = reminderDecider.evolve(ledger, event);
          if (event.type !== 'ReminderDue') continue;
          for (const { rungId } of [event.data, ...event.data.collapsed])
            sent.set(rungId, [...(sent.get(rungId) ?? []), day]);
        }
        // As many as the agenda remembers.
        ledger = { ...ledger, reminders: ledger.reminders.slice(-12) };
      }
      // It learns of the mail when both workers have looked.
      if (up(day) && next <= day) next = dayOf(nextReminderOn(deadline, ladder, ledger));
    }
  }
  return sent;
};

const dayOf = (date: string | null): Day => (date === null ? Infinity : Date.parse(date) / 86_400_000);

describe(`${YEARS} years of ${SUBJECTS} subjects`, () => {
  it('have each rung mailed exactly once, none missing, none on a wrong day', () => {
    const random = randomFrom(20_260_101);
    const between = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    // The service is down now and then, for a day or for weeks.
    const down = new Set<Day>();
    for (let day = FIRST; day < LAST; day += between(5, 90))
      for (let until = day + (random() < 0.2 ? between(5, 25) : between(0, 2)); day < until; day++) down.add(day);
    const up = (day: Day): boolean => !down.has(day);

    let rungs = 0;
    let mails = 0;
    for (let number = 0; number < SUBJECTS; number++) {
      const subject = `certificate-s${number}`;
      const keys = Object.keys(plans);
      const key = keys[number % keys.length] as string;
      const terms: Term[] = [];
      let known = FIRST + between(0, 700);
      let due = known + between(-100, 1_200);
      while (known < LAST) {
        // Renewed long before, around, or after the day; or the date was mistyped and corrected at once.
        const over = random() < 0.05 ? known + between(1, 5) : Math.max(known + 1, due + between(-300, 60));
        terms.push({ due, known, over });
        known = over;
        // It was not met: that is taken back on the same day, or when what was due is long overdue.
        while (random() < 0.3) {
          const again = known + between(0, 40);
          known = again + between(1, 60);
          terms.push({ due, known: again, over: known });
        }
        due = Math.max(due + 1, known) + between(200, 1_200);
      }
      const expected = new Map<string, Day>();
      let said: ReadonlyMap<string, Day> = new Map();
      terms.forEach((term, index) => {
        const isAgain = terms[index - 1]?.due === term.due;
        said = expectedOf(term, plans[key] as Plan, up, LAST, isAgain ? said : new Map());
        for (const [rung, day] of said) expected.set(`${subject}:${text(term.due)}:${rung}`, day);
      });

      const sent = simulate(subject, ladders[key] as Ladder, terms, up);
      const once = new Map([...sent].map(([rungId, on]) => [rungId, on.length === 1 ? on[0] : on]));
      expect(new Map([...once].sort())).toEqual(new Map([...expected].sort()));
      rungs += expected.size;
      mails += new Set([...expected].map(([rungId, day]) => `${rungId.split(':')[1]} ${day}`)).size;
    }
    // It has to have been about something.
    expect(rungs).toBeGreaterThan(SUBJECTS * 10);
    expect(mails).toBeLessThan(rungs);
    if (process.env['SIMULATED_REPORT']) console.log(`${rungs} rungs in ${mails} mails, ${down.size} days down`);
  }, 600_000);
});
