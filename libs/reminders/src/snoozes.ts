import { localDateOf } from '@app/calendar';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { snoozesView } from './contract';
import { reminderCodec } from './reminder.codec';
import { reminderStream } from './reminder-stream';
import { isSubject } from './subjects';

type View = z.infer<typeof snoozesView>;

/** From the log itself, the newest first; none of what is no certificate or audit. */
export class ListSnoozes extends Query<View> {
  constructor(readonly subject: string) {
    super();
  }
}

@QueryHandler(ListSnoozes)
export class ListSnoozesHandler implements IQueryHandler<ListSnoozes> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ subject }: ListSnoozes): Promise<View> {
    const stored = isSubject(subject) ? await this.store.read(reminderStream(subject)) : [];
    const snoozes = stored.flatMap((each) => {
      const { type, data } = reminderCodec.decode(each);
      if (type !== 'ReminderSnoozed') return [];
      const { until, reason = null, by, at } = data;
      return [{ until, resumed: until <= localDateOf(at), reason, by: { ...by }, at }];
    });
    return { snoozes: snoozes.toReversed() };
  }
}
