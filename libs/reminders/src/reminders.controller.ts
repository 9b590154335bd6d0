import { Answers, AnyoneSignedIn } from '@app/http';
import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { z } from 'zod';
import { deadlinesView, reminderLedger } from './contract';
import { ListDeadlines } from './deadlines';
import { ListReminders } from './ledger';

@Controller('api')
export class RemindersController {
  constructor(private readonly queries: QueryBus) {}

  @Get('deadlines')
  @AnyoneSignedIn()
  @Answers(deadlinesView)
  deadlines(): Promise<z.infer<typeof deadlinesView>> {
    return this.queries.execute(new ListDeadlines());
  }

  @Get('reminders')
  @AnyoneSignedIn()
  @Answers(reminderLedger)
  reminders(): Promise<z.infer<typeof reminderLedger>> {
    return this.queries.execute(new ListReminders());
  }
}
