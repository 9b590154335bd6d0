import { Answers, AnyoneSignedIn } from '@app/http';
import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { peopleView } from './contract';
import { ListAccounts } from './list-accounts';

/** Names and nothing else of those who can sign in; the rest of an account is the administrators' to see. */
@ApiTags('users')
@Controller('api/people')
export class PeopleController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AnyoneSignedIn()
  @Answers(peopleView)
  async list(): Promise<z.infer<typeof peopleView>> {
    const accounts = await this.queries.execute(new ListAccounts());
    return { people: accounts.filter(({ disabled }) => !disabled).map(({ id, name }) => ({ id, name })) };
  }
}
