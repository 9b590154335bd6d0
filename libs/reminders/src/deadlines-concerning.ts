import { addMonths, type Deadline, type DeadlineSubject, type LocalDate } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import { ladderOf, remindingNow } from '@app/reminding';
import type { DataSource } from 'typeorm';
import { deadlinesInOrder } from './agenda';
import { deadlineKey } from './domain/reminder';
import { recipientsOn } from './recipients';
import { deadlinesOf, inWords } from './subjects';

/** A due date and what it is of. */
export type Concerning = { readonly deadline: Deadline; readonly about: DeadlineSubject };

/** Farther than the term of a certificate that was renewed early. */
const MONTHS_AHEAD = 60;
/** More is in nobody's calendar; it must not cost the process its memory. */
const MOST = 2_000;

/**
 * What is overdue and what falls due within five years, the first first, at most two thousand; with a user only that of which this
 * user is reminded at one time or another, as of that day.
 */
export const deadlinesConcerning = async (
  { store, dataSource }: { readonly store: EventStore; readonly dataSource: DataSource },
  today: LocalDate,
  userId: string | null,
): Promise<readonly Concerning[]> => {
  const reminding = await remindingNow(store);
  const recipientsOf = recipientsOn(store, dataSource, today);
  const found: Concerning[] = [];
  for await (const { key, subject, state } of deadlinesInOrder(dataSource, { until: addMonths(today, MONTHS_AHEAD) })) {
    const deadline = deadlinesOf(subject, state).find((each) => deadlineKey(each) === key);
    const about = deadline && inWords(deadline, state);
    if (!about) continue;
    const { to, before } = ladderOf(reminding, deadline.ladder);
    const all = userId === null ? [] : [to, ...before.flatMap((step) => (step.to ? [step.to] : []))];
    const asked = await Promise.all(all.map((each) => recipientsOf(each, about.responsible)));
    if (userId === null || asked.some((ids) => ids.includes(userId))) found.push({ deadline, about });
    if (found.length === MOST) break;
  }
  return found;
};
