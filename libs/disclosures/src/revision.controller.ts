import { parseBody, textOf } from '@app/content';
import {
  Allowed,
  Answers,
  orProblem,
  problemOf,
  ReadCaller,
  readBody,
  Takes,
  type Asked,
  type Caller,
  type CommandAnswer,
  refuseUnprintable,
  UNPRINTABLE_IN,
  type UnprintableIn,
} from '@app/http';
import { Body, Controller, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { v7 as newId } from 'uuid';
import { ReviseItem } from './as-of/revise-item';
import { commandAnswer, describeRevisionBody, reviseItemBody, startRevisionBody, waiveFindingBody } from './contract';
import { DecideDisclosure } from './decide-disclosure';
import type { DisclosureCommand } from './domain/disclosure.decider';
import { disclosureProblems } from './problems';

/** The work from one edition to the next. */
@ApiTags('revision')
@Controller('api/disclosures/:disclosureId')
export class RevisionController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(UNPRINTABLE_IN) private readonly unprintableIn: UnprintableIn,
  ) {}

  @Post('revision')
  @Allowed('drafter')
  @Takes(startRevisionBody)
  @Answers(commandAnswer, 201)
  start(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { causes } = readBody(startRevisionBody, body);
    return this.decide(id, caller, { type: 'StartRevision', revisionId: newId(), causes });
  }

  @Put('items/:itemKey')
  @Allowed('drafter')
  @Takes(reviseItemBody)
  @Answers(commandAnswer)
  async revise(
    @Param('disclosureId') id: string,
    @Param('itemKey') itemKey: string,
    @ReadCaller() caller: Caller,
    @Body() request: unknown,
  ): Promise<CommandAnswer> {
    const { body, basedOn } = readBody(reviseItemBody, request);
    const parsed = parseBody(body);
    if (!parsed.ok) throw invalidBody(parsed.problems);
    refuseUnprintable(this.unprintableIn, textOf(parsed.body));
    const edit = { itemKey, body: parsed.body, bodyHash: parsed.bodyHash, basedOn };
    return orProblem(await this.commands.execute(new ReviseItem(id, edit, caller)), disclosureProblems);
  }

  @Put('revision/description')
  @Allowed('drafter')
  @Takes(describeRevisionBody)
  @Answers(commandAnswer)
  describe(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { historyText, causes } = readBody(describeRevisionBody, body);
    refuseUnprintable(this.unprintableIn, historyText);
    return this.decide(id, caller, { type: 'DescribeRevision', historyText, causes });
  }

  @Post('revision/waivers')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(waiveFindingBody)
  @Answers(commandAnswer)
  waive(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'WaiveFinding', ...readBody(waiveFindingBody, body) });
  }

  private async decide(
    id: string,
    { by, at, metadata }: Caller,
    asked: Asked<DisclosureCommand>,
  ): Promise<CommandAnswer> {
    const command = { ...asked, by, at } as DisclosureCommand;
    return orProblem(await this.commands.execute(new DecideDisclosure(id, command, metadata)), disclosureProblems);
  }
}

type BodyProblems = Extract<ReturnType<typeof parseBody>, { ok: false }>['problems'];

const invalidBody = (problems: BodyProblems) =>
  problemOf(
    'InvalidBody',
    {
      status: 422,
      ja: problems.map(({ ja }) => ja).join(' '),
      en: problems.map(({ en }) => en).join(' '),
    },
    { problems: problems.map(({ code, path, ja, en }) => ({ code, path, ja, en })) },
  );
