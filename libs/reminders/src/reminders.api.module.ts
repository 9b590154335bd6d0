import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListDeadlinesHandler } from './deadlines';
import { DecideReminderHandler } from './decide-reminder';
import { ListRemindersHandler } from './ledger';
import { ListNextMailsHandler } from './next-mails';
import { RemindersController } from './reminders.controller';

@Module({
  imports: [CqrsModule],
  controllers: [RemindersController],
  providers: [DecideReminderHandler, ListDeadlinesHandler, ListNextMailsHandler, ListRemindersHandler],
})
export class RemindersApiModule {}
