import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListDeadlinesHandler } from './deadlines';
import { DecideReminderHandler } from './decide-reminder';
import { ListRemindersHandler } from './ledger';
import { ListNextMailsHandler } from './next-mails';
import { RemindersController } from './reminders.controller';
import { ListSnoozesHandler } from './snoozes';

@Module({
  imports: [CqrsModule],
  controllers: [RemindersController],
  providers: [
    DecideReminderHandler,
    ListDeadlinesHandler,
    ListNextMailsHandler,
    ListRemindersHandler,
    ListSnoozesHandler,
  ],
})
export class RemindersApiModule {}
