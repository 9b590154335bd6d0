import { EVENT_STORE, handle, type EventMetadata, type EventStore, type Handled } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { reminderDecider, type ReminderCommand, type ReminderRejection } from './domain/reminder.decider';
import { reminderCodec } from './reminder.codec';
import { reminderStream } from './reminder-stream';
import { inWords, isSubject, subjectNow } from './subjects';

export type ReminderCommandRejection = ReminderRejection | { readonly type: 'UnknownSubject' };

/** The envelope in which what people do about reminders travels. */
export class DecideReminder extends Command<Handled<ReminderCommandRejection>> {
  constructor(
    readonly subject: string,
    readonly command: Extract<ReminderCommand, { type: 'Acknowledge' | 'Snooze' | 'Resume' }>,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideReminder)
export class DecideReminderHandler implements ICommandHandler<DecideReminder> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ subject, command, metadata }: DecideReminder): Promise<Handled<ReminderCommandRejection>> {
    const known = isSubject(subject) && inWords({ subject }, await subjectNow(this.store, subject)) !== null;
    if (!known) return { outcome: 'rejected', rejection: { type: 'UnknownSubject' } };
    return handle(
      { store: this.store, decider: reminderDecider, codec: reminderCodec, newId },
      { stream: reminderStream(subject), command, metadata },
    );
  }
}
