import { addDays, addMonths, daysBetween, localDateOf, type LocalDate } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { remindingNow, type Reminding } from '@app/reminding';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { deadlinesInOrder, type DeadlinePlace, type Remembered } from './agenda';
import type { deadlinesQuery, deadlinesView } from './contract';
import { deadlineKey } from './domain/reminder';
import { planOf } from './plan';
import { deadlinesOf, inWords } from './subjects';

/** Of one deadline so many rungs are listed; what is overdue is mailed daily. */
const MOST_RUNGS = 10;

type View = z.infer<typeof deadlinesView>;

/** Twelve months from today, page by page. */
export class ListDeadlines extends Query<View> {
  constructor(readonly query: z.infer<typeof deadlinesQuery>) {
    super();
  }
}

@QueryHandler(ListDeadlines)
export class ListDeadlinesHandler implements IQueryHandler<ListDeadlines> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ query: { subject, after, size } }: ListDeadlines): Promise<View> {
    const today = localDateOf(this.clock());
    const until = addMonths(today, 12);
    const reminding = await remindingNow(this.store);
    // What falls due later is there as well if its mails begin before.
    const rows = deadlinesInOrder(this.dataSource, {
      ...{ subject: subject ?? null, after: after === undefined ? null : placeOf(after) },
      ...{ until: addDays(until, longestNotice(reminding)), atOnce: size + 1 },
    });
    const found: { readonly place: DeadlinePlace; readonly deadline: View['deadlines'][number] }[] = [];
    for await (const row of rows) {
      found.push(...deadlineIn(row, reminding, today, until).map((deadline) => ({ place: row, deadline })));
      if (found.length > size) break;
    }
    const shown = found.slice(0, size);
    return {
      ...{ from: today, until },
      deadlines: shown.map(({ deadline }) => deadline),
      next: found.length > size ? nameOf(shown.at(-1)?.place) : null,
    };
  }
}

const nameOf = (place: DeadlinePlace | undefined): string | null => (place ? `${place.key} ${place.subject}` : null);
const placeOf = (name: string): DeadlinePlace => {
  const end = name.lastIndexOf(' '); // only the subject, which is a stream's name, has no spaces
  return { key: name.slice(0, Math.max(end, 0)), subject: name.slice(end + 1) };
};

/** In days. */
const longestNotice = ({ ladders }: Reminding): number =>
  Math.max(
    0,
    ...Object.values(ladders).flatMap(({ ladder: { before } }) =>
      before.map((step) => ('months' in step ? step.months * 31 : step.days)),
    ),
  );

/** Nothing where there is none of that name any more, or where it is too far away. */
const deadlineIn = (
  { key, subject, ...row }: Remembered & DeadlinePlace,
  reminding: Reminding,
  today: LocalDate,
  until: LocalDate,
): View['deadlines'] => {
  const deadline = deadlinesOf(subject, row.state).find((each) => deadlineKey(each) === key);
  const words = inWords({ subject }, row.state);
  if (deadline === undefined || words === null) return [];
  const { matter, part, dueOn } = deadline;
  const rungs = planOf(subject, row, reminding, today, until)
    .filter((planned) => deadlineKey(planned.deadline) === key && planned.escalation === null)
    .map(({ rung }) => rung);
  if (dueOn > until && rungs.length === 0) return [];
  const { title, detail, path, citedBy } = words;
  const { snoozedUntil } = row.ledger;
  return [
    {
      ...{ subject, about: { title, detail, path }, matter, part: part?.text ?? null, dueOn },
      citedBy: citedBy.map((each) => ({ ...each })),
      ...{ daysLeft: daysBetween(today, dueOn), overdue: dueOn < today && matter !== 'decision' },
      snoozedUntil: snoozedUntil !== null && snoozedUntil > today ? snoozedUntil : null,
      rungs: rungs.slice(0, MOST_RUNGS).map(({ rungId, rung, label, sendOn }) => ({ rungId, rung, label, sendOn })),
    },
  ];
};
