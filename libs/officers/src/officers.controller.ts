import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  commandAnswer,
  orProblem,
  readBody,
  ReadCaller,
  Takes,
  type Caller,
  type CommandAnswer,
  type ProblemTexts,
} from '@app/http';
import { inJapanese } from '@app/calendar';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { AppointOfficer, type AppointmentRejection } from './appoint-officer';
import { appointBody, endOfficeBody, officersView } from './contract';
import { DecideOfficers } from './decide-officers';
import { ListOfficers, type OfficersView } from './list-officers';

const texts: ProblemTexts<AppointmentRejection> = {
  UnknownUser: {
    status: 422,
    ja: '選ばれた利用者が見つかりません。利用者の一覧を読み込み直して選んでください。',
    en: 'There is no such user. Load the list of users again and choose one.',
  },
  NotInOffice: ({ on }) => ({
    status: 409,
    ja: `この利用者は${inJapanese(on)}にこの責任者ではありません。在任期間を確かめ、在任中の日を最終日に指定してください。`,
    en: `This person does not hold the office on ${on}. Check the period and give a day in it as the last one.`,
  }),
};

@Controller('api/officers')
export class OfficersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @AnyoneSignedIn()
  @Answers(officersView)
  list(): Promise<OfficersView> {
    return this.queries.execute(new ListOfficers());
  }

  @Post('appointments')
  @HttpCode(200)
  @Allowed('administrator')
  @Takes(appointBody)
  @Answers(commandAnswer)
  async appoint(@ReadCaller() caller: Caller, @Body() body: unknown): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new AppointOfficer(readBody(appointBody, body), caller)), texts);
  }

  @Post('endings')
  @HttpCode(200)
  @Allowed('administrator')
  @Takes(endOfficeBody)
  @Answers(commandAnswer)
  async end(@ReadCaller() { by, at, metadata }: Caller, @Body() body: unknown): Promise<CommandAnswer> {
    const ending = { type: 'EndOffice', ...readBody(endOfficeBody, body), by, at } as const;
    return orProblem(await this.commands.execute(new DecideOfficers(ending, metadata)), texts);
  }
}
