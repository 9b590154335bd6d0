import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListDeadlinesHandler } from './deadlines';
import { ListRemindersHandler } from './ledger';
import { RemindersController } from './reminders.controller';

@Module({
  imports: [CqrsModule],
  controllers: [RemindersController],
  providers: [ListDeadlinesHandler, ListRemindersHandler],
})
export class RemindersApiModule {}
