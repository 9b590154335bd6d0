import { addDays, localDateOf } from '@app/calendar';
import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  orProblem,
  readBody,
  ReadCaller,
  Takes,
  type Caller,
  type ProblemTexts,
  type RequestWithSession,
} from '@app/http';
import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  acknowledgeBody,
  deadlinesQuery,
  deadlinesView,
  ledgerQuery,
  nextMails,
  nextQuery,
  reminderAnswer,
  reminderLedger,
  snoozeBody,
  snoozesView,
} from './contract';
import { ListDeadlines } from './deadlines';
import { DecideReminder, type ReminderCommandRejection } from './decide-reminder';
import { ListReminders } from './ledger';
import { ledgerCsv } from './ledger-csv';
import { ListNextMails, publicUrlOf } from './next-mails';
import { ListSnoozes } from './snoozes';

const texts: ProblemTexts<ReminderCommandRejection> = {
  UnknownSubject: {
    status: 404,
    ja: '証明書・監査が見つかりません。一覧を読み込み直してください。',
    en: 'There is no such certificate or audit. Load the list again.',
  },
  UnknownReminder: {
    status: 404,
    ja: 'この通知は送付台帳にありません。台帳を読み込み直してください。',
    en: 'There is no such reminder in the ledger. Load it again.',
  },
  UntilOutOfRange: ({ from, to }) => ({
    status: 422,
    ja: `${from}から${to}までの日付を選んでください。`,
    en: `Choose a day from ${from} to ${to}.`,
  }),
  NobodyToRemind: {
    status: 409,
    ja: 'この通知には送り先がありません。役職者または利用者を登録してください。',
    en: 'There is nobody to send this reminder to. Appoint an officer or register a user.',
  },
};

/** So long what is overdue is not mailed again to who acknowledged it without saying until when. */
const QUIET_DAYS = 14;

const Filtered =
  (...names: readonly string[]): MethodDecorator =>
  (target, key, descriptor) =>
    names.forEach((name) => ApiQuery({ name, required: false, schema: { type: 'string' } })(target, key, descriptor));
const ledgerFilters = ['state', 'subject', 'person', 'from', 'to', 'page', 'size'];

@ApiTags('reminders')
@Controller('api')
export class RemindersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly dataSource: DataSource,
  ) {}

  @Get('deadlines')
  @AnyoneSignedIn()
  @Filtered('subject', 'after', 'size')
  @Answers(deadlinesView)
  deadlines(@Query() query: unknown): Promise<z.infer<typeof deadlinesView>> {
    return this.queries.execute(new ListDeadlines(readBody(deadlinesQuery, query)));
  }

  /** 督促の送付台帳. `state`, `subject`, `person`, `from`, `to`, `page` and `size` may be given. */
  @Get('reminders')
  @AnyoneSignedIn()
  @Filtered(...ledgerFilters)
  @Answers(reminderLedger)
  reminders(@Query() query: unknown): Promise<z.infer<typeof reminderLedger>> {
    return this.queries.execute(new ListReminders(readBody(ledgerQuery, query)));
  }

  /** The same as a table, a line per mail, whole. */
  @Get('reminders.csv')
  @AnyoneSignedIn()
  @Filtered(...ledgerFilters)
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="reminders.csv"')
  csv(@Query() query: unknown): StreamableFile {
    const { page: _page, size: _size, ...wanted } = readBody(ledgerQuery, query);
    return new StreamableFile(Readable.from(ledgerCsv(this.dataSource, wanted)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="reminders.csv"',
    });
  }

  /** これから送る通知, rendered. */
  @Get('reminders/next')
  @AnyoneSignedIn()
  @ApiQuery({ name: 'days', required: false, schema: { type: 'integer', minimum: 0, maximum: 400 } })
  @Answers(nextMails)
  next(@Query() query: unknown, @Req() request: RequestWithSession): Promise<z.infer<typeof nextMails>> {
    return this.queries.execute(new ListNextMails(readBody(nextQuery, query).days, publicUrlOf(request)));
  }

  /** 対応中: it does not escalate, and what is overdue is not mailed again before that day. */
  @Post('reminders/:rungId/acknowledge')
  @HttpCode(200)
  @Allowed('drafter', 'signatory', 'administrator')
  @Takes(acknowledgeBody)
  @Answers(reminderAnswer)
  async acknowledge(
    @ReadCaller() { by, at, metadata }: Caller,
    @Param('rungId') rungId: string,
    @Body() body: unknown,
  ): Promise<z.infer<typeof reminderAnswer>> {
    const { until = addDays(localDateOf(at), QUIET_DAYS) } = readBody(acknowledgeBody, body ?? {});
    const [subject = ''] = rungId.split(':');
    const command = { type: 'Acknowledge', rungId, until, by, at } as const;
    return { ...orProblem(await this.commands.execute(new DecideReminder(subject, command, metadata)), texts), until };
  }

  /** 見合わせ: what comes before that day goes out once, on it. */
  @Post('subjects/:subject/snooze')
  @HttpCode(200)
  @Allowed('drafter', 'signatory', 'administrator')
  @Takes(snoozeBody)
  @Answers(reminderAnswer)
  async snooze(
    @ReadCaller() { by, at, metadata }: Caller,
    @Param('subject') subject: string,
    @Body() body: unknown,
  ): Promise<z.infer<typeof reminderAnswer>> {
    const { until, reason } = readBody(snoozeBody, body);
    const command = { type: 'Snooze', subject, until, reason, by, at } as const;
    return { ...orProblem(await this.commands.execute(new DecideReminder(subject, command, metadata)), texts), until };
  }

  /** 見合わせの解除: what came meanwhile goes out at once. */
  @Delete('subjects/:subject/snooze')
  @HttpCode(200)
  @Allowed('drafter', 'signatory', 'administrator')
  @Answers(reminderAnswer)
  async resume(
    @ReadCaller() { by, at, metadata }: Caller,
    @Param('subject') subject: string,
  ): Promise<z.infer<typeof reminderAnswer>> {
    const command = { type: 'Resume', subject, by, at } as const;
    const handled = await this.commands.execute(new DecideReminder(subject, command, metadata));
    return { ...orProblem(handled, texts), until: localDateOf(at) };
  }

  @Get('subjects/:subject/snoozes')
  @AnyoneSignedIn()
  @Answers(snoozesView)
  snoozes(@Param('subject') subject: string): Promise<z.infer<typeof snoozesView>> {
    return this.queries.execute(new ListSnoozes(subject));
  }
}
