import { addMonths, compare, daysBetween, localDateOf } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { remindingNow } from '@app/reminding';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { deadlinesView } from './contract';
import { deadlineKey } from './domain/reminder';
import { everySubject, planOf } from './plan';
import { deadlinesOf, inWords } from './subjects';

/** Of one deadline so many rungs are listed; what is overdue is mailed daily. */
const MOST_RUNGS = 10;

/** Twelve months from today. */
export class ListDeadlines extends Query<z.infer<typeof deadlinesView>> {}

@QueryHandler(ListDeadlines)
export class ListDeadlinesHandler implements IQueryHandler<ListDeadlines> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<z.infer<typeof deadlinesView>> {
    const today = localDateOf(this.clock());
    const until = addMonths(today, 12);
    const reminding = await remindingNow(this.store);
    const deadlines: z.infer<typeof deadlinesView>['deadlines'] = [];
    for await (const { subject, ...row } of everySubject(this.dataSource)) {
      const words = inWords({ subject }, row.state);
      if (words === null) continue;
      const { title, detail, path, citedBy } = words;
      const planned = planOf(subject, row, reminding, today, until);
      for (const { matter, part, dueOn } of deadlinesOf(subject, row.state)) {
        const key = deadlineKey({ matter, part, dueOn });
        const rungs = planned.filter(({ deadline }) => deadlineKey(deadline) === key).map(({ rung }) => rung);
        if (dueOn > until && rungs.length === 0) continue;
        const { snoozedUntil } = row.ledger;
        deadlines.push({
          ...{ subject, about: { title, detail, path }, matter, part: part?.text ?? null, dueOn },
          citedBy: citedBy.map((each) => ({ ...each })),
          ...{ daysLeft: daysBetween(today, dueOn), overdue: dueOn < today },
          snoozedUntil: snoozedUntil !== null && snoozedUntil > today ? snoozedUntil : null,
          rungs: rungs.slice(0, MOST_RUNGS).map(({ rungId, rung, label, sendOn }) => ({ rungId, rung, label, sendOn })),
        });
      }
    }
    return {
      ...{ from: today, until },
      deadlines: deadlines.sort((a, b) => compare(a.dueOn, b.dueOn) || compare(a.subject, b.subject)),
    };
  }
}
