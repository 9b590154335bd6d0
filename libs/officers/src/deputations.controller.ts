import { localDateOf } from '@app/calendar';
import {
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
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { z } from 'zod';
import { deputationsView, endDeputationBody, grantDeputationBody } from './contract';
import { DecideOfficers } from './decide-officers';
import { GrantDeputation, type GrantRejection } from './grant-deputation';
import { ListDeputations } from './list-deputations';
import { officerProblems } from './problems';

const texts: ProblemTexts<GrantRejection> = {
  ...officerProblems,
  UnknownDisclosure: {
    status: 422,
    ja: '選ばれた開示書が見つかりません。一覧を読み込み直して選んでください。',
    en: 'There is no such disclosure. Load the list again and choose one.',
  },
};

/** 代理: everybody signed in sees them; the principal grants and ends their own, an administrator all of them. */
@Controller('api/deputations')
export class DeputationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @AnyoneSignedIn()
  @Answers(deputationsView)
  list(@ReadCaller() caller: Caller): Promise<z.infer<typeof deputationsView>> {
    return this.queries.execute(new ListDeputations(caller));
  }

  @Post()
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(grantDeputationBody)
  @Answers(commandAnswer)
  async grant(@ReadCaller() caller: Caller, @Body() body: unknown): Promise<CommandAnswer> {
    const deputation = readBody(grantDeputationBody, body);
    return orProblem(await this.commands.execute(new GrantDeputation(deputation, caller)), texts);
  }

  @Post(':deputationId/ending')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(endDeputationBody)
  @Answers(commandAnswer)
  async end(
    @ReadCaller() { by, at, roles, metadata }: Caller,
    @Param('deputationId') deputationId: string,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const ending = {
      type: 'EndDeputation',
      deputationId,
      ...readBody(endDeputationBody, body),
      asAdministrator: roles.includes('administrator'),
      today: localDateOf(at),
      by,
      at,
    } as const;
    return orProblem(await this.commands.execute(new DecideOfficers(ending, metadata)), texts);
  }
}
