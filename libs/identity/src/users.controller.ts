import {
  Allowed,
  Answers,
  commandAnswer,
  orProblem,
  readBody,
  ReadCaller,
  Takes,
  type Asked,
  type Caller,
  type CommandAnswer,
  type RequestWithSession,
} from '@app/http';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { v7 as newId } from 'uuid';
import type { Account } from './accounts';
import { newUserBody, registeredAnswer, rolesBody, userList } from './contract';
import { DecideUser } from './decide-user';
import { ListAccounts } from './list-accounts';
import { registrationProblems, userProblems } from './problems';
import { RegisterUser } from './register-user';
import { ResetPassword } from './reset-password';

@ApiTags('users')
@Controller('api/users')
@Allowed('administrator')
export class UsersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Answers(userList)
  list(): Promise<Account[]> {
    return this.queries.execute(new ListAccounts());
  }

  @Post()
  @Takes(newUserBody)
  @Answers(registeredAnswer, 201)
  async register(@ReadCaller() { metadata }: Caller, @Body() body: unknown): Promise<CommandAnswer & { id: string }> {
    const user = { id: newId(), ...readBody(newUserBody, body) };
    const registered = await this.commands.execute(new RegisterUser(user, metadata));
    return { ...orProblem(registered, registrationProblems), id: user.id };
  }

  @Put(':id/roles')
  @Takes(rolesBody)
  @Answers(commandAnswer)
  async setRoles(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<CommandAnswer> {
    const { roles } = readBody(rolesBody, body);
    return this.decide(id, caller, { type: 'SetRoles', roles });
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Answers(commandAnswer)
  disable(@Param('id') id: string, @ReadCaller() caller: Caller): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'DisableUser' });
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Answers(commandAnswer)
  enable(@Param('id') id: string, @ReadCaller() caller: Caller): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'EnableUser' });
  }

  /** パスワードの再設定: the password is void, the sessions end, and a link to choose the next one is mailed to the user. */
  @Post(':id/password-reset')
  @HttpCode(200)
  @Answers(commandAnswer)
  async resetPassword(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Req() { publicUrl = '' }: RequestWithSession,
  ): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new ResetPassword(id, caller, publicUrl)), userProblems);
  }

  private async decide(
    id: string,
    { by, at, metadata }: Caller,
    asked: Asked<DecideUser['command']>,
  ): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new DecideUser(id, { ...asked, by, at }, metadata)), userProblems);
  }
}
