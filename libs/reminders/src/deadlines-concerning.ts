import type { Deadline, DeadlineSubject, LocalDate } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import { ladderOf, remindingNow } from '@app/reminding';
import type { DataSource } from 'typeorm';
import { everySubject } from './plan';
import { recipientsOn } from './recipients';
import { deadlinesOf, inWords } from './subjects';

/** A due date and what it is of. */
export type Concerning = { readonly deadline: Deadline; readonly about: DeadlineSubject };

/** Every due date; with a user only those of which this user is reminded, as of that day. */
export const deadlinesConcerning = async (
  { store, dataSource }: { readonly store: EventStore; readonly dataSource: DataSource },
  today: LocalDate,
  userId: string | null,
): Promise<readonly Concerning[]> => {
  const reminding = await remindingNow(store);
  const recipientsOf = recipientsOn(store, dataSource, today);
  const found: Concerning[] = [];
  for await (const { subject, state } of everySubject(dataSource)) {
    for (const deadline of deadlinesOf(subject, state)) {
      const about = inWords(deadline, state);
      if (about === null) continue;
      const { to } = ladderOf(reminding, deadline.ladder);
      if (userId === null || (await recipientsOf(to, about.responsible)).includes(userId))
        found.push({ deadline, about });
    }
  }
  return found;
};
