import { localDateOf } from '@app/calendar';
import { parseBody, textOf } from '@app/content';
import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  orProblem,
  problemOf,
  ReadCaller,
  readBody,
  Takes,
  type Asked,
  type Caller,
  type CommandAnswer,
} from '@app/http';
import { Body, Controller, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { v7 as newId } from 'uuid';
import {
  commandAnswer,
  describeRevisionBody,
  publishBody,
  reasonBody,
  reviseItemBody,
  signBody,
  startRevisionBody,
  waiveFindingBody,
} from './contract';
import { DecideDisclosure } from './decide-disclosure';
import { defaultRoute } from './domain/disclosure';
import type { DisclosureCommand } from './domain/disclosure.decider';
import { SendBackRevision, SignRevision } from './officer-decisions';
import { disclosureProblems, signingProblems } from './problems';

/** Nest injection token of an `UnprintableIn`. */
export const UNPRINTABLE_IN = Symbol('UnprintableIn');

/** The characters of a text that the fonts of the printed edition lack. */
export type UnprintableIn = (text: string) => readonly string[];

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
  revise(
    @Param('disclosureId') id: string,
    @Param('itemKey') itemKey: string,
    @ReadCaller() caller: Caller,
    @Body() request: unknown,
  ): Promise<CommandAnswer> {
    const { body, basedOn } = readBody(reviseItemBody, request);
    const parsed = parseBody(body);
    if (!parsed.ok) throw invalidBody(parsed.problems);
    this.refuseUnprintable(textOf(parsed.body));
    return this.decide(id, caller, {
      type: 'ReviseItem',
      itemKey,
      body: parsed.body,
      bodyHash: parsed.bodyHash,
      basedOn,
    });
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
    this.refuseUnprintable(historyText);
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

  @Post('revision/submission')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(commandAnswer)
  submit(@Param('disclosureId') id: string, @ReadCaller() caller: Caller): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'SubmitForReview', route: defaultRoute });
  }

  /** Whoever holds the office whose turn it is; the decider asks for that. */
  @Post('revision/signatures')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(signBody)
  @Answers(commandAnswer)
  async sign(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const signing = readBody(signBody, body);
    this.refuseUnprintable(signing.comment ?? '');
    return orProblem(await this.commands.execute(new SignRevision(id, caller, signing)), signingProblems);
  }

  @Post('revision/return')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(reasonBody)
  @Answers(commandAnswer)
  returnForChanges(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.sendBack(id, caller, 'ReturnForChanges', body);
  }

  @Post('revision/rejection')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(reasonBody)
  @Answers(commandAnswer)
  reject(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.sendBack(id, caller, 'Reject', body);
  }

  @Post('revision/recall')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(commandAnswer)
  recall(@Param('disclosureId') id: string, @ReadCaller() caller: Caller): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'Recall' });
  }

  @Post('revision/withdrawal')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(commandAnswer)
  withdraw(@Param('disclosureId') id: string, @ReadCaller() caller: Caller): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'Withdraw' });
  }

  @Post('revision/publication')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(publishBody)
  @Answers(commandAnswer)
  publish(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const today = localDateOf(caller.at);
    return this.decide(id, caller, { type: 'PublishEdition', ...readBody(publishBody, body), today });
  }

  /** What is printed in the edition has to be printable: after the signatures it is too late to mend it. */
  private refuseUnprintable(text: string): void {
    const characters = this.unprintableIn(text);
    if (characters.length > 0) throw unprintable(characters);
  }

  private async decide(
    id: string,
    { by, at, metadata }: Caller,
    asked: Asked<DisclosureCommand>,
  ): Promise<CommandAnswer> {
    const command = { ...asked, by, at } as DisclosureCommand;
    return orProblem(await this.commands.execute(new DecideDisclosure(id, command, metadata)), disclosureProblems);
  }

  private async sendBack(
    id: string,
    caller: Caller,
    verdict: 'ReturnForChanges' | 'Reject',
    body: unknown,
  ): Promise<CommandAnswer> {
    const { reason } = readBody(reasonBody, body);
    return orProblem(
      await this.commands.execute(new SendBackRevision(id, caller, verdict, reason)),
      disclosureProblems,
    );
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

const unprintable = (characters: readonly string[]) =>
  problemOf(
    'UnprintableCharacters',
    {
      status: 422,
      ja: `印刷できない文字があります：${characters.join(' ')}　別の文字に改めてから保存してください。`,
      en: `These characters cannot be printed: ${characters.join(' ')} Replace them and save again.`,
    },
    { characters },
  );
