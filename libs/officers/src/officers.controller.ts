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
} from '@app/http';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { AppointOfficer } from './appoint-officer';
import { appointBody, endOfficeBody, officersView } from './contract';
import { DecideOfficers } from './decide-officers';
import { ListOfficers, type OfficersView } from './list-officers';
import { officerProblems } from './problems';

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
    return orProblem(
      await this.commands.execute(new AppointOfficer(readBody(appointBody, body), caller)),
      officerProblems,
    );
  }

  @Post('endings')
  @HttpCode(200)
  @Allowed('administrator')
  @Takes(endOfficeBody)
  @Answers(commandAnswer)
  async end(@ReadCaller() { by, at, metadata }: Caller, @Body() body: unknown): Promise<CommandAnswer> {
    const ending = { type: 'EndOffice', ...readBody(endOfficeBody, body), by, at } as const;
    return orProblem(await this.commands.execute(new DecideOfficers(ending, metadata)), officerProblems);
  }
}
