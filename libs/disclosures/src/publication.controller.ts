import { localDateOf } from '@app/calendar';
import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  orProblem,
  problem,
  ReadCaller,
  readBody,
  Takes,
  type Asked,
  type Caller,
  type CommandAnswer,
} from '@app/http';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { v7 as newId } from 'uuid';
import { annotateBody, cancelScheduleBody, commandAnswer, publishBody, retireBody, scheduleBody } from './contract';
import { DecideDisclosure } from './decide-disclosure';
import type { DisclosureCommand } from './domain/disclosure.decider';
import { disclosureProblems } from './problems';
import { PublishEdition } from './publication/publish-printable';
import { DecideReview } from './review-decisions';

/** 公開, its schedule, and what is said of an edition and of a service afterwards. */
@ApiTags('publication')
@Controller('api/disclosures/:disclosureId')
export class PublicationController {
  constructor(private readonly commands: CommandBus) {}

  @Post('revision/publication')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(publishBody)
  @Answers(commandAnswer)
  async publish(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { by, at, metadata } = caller;
    const dates = { ...readBody(publishBody, body), today: localDateOf(at) };
    const publication = new PublishEdition(id, { type: 'PublishEdition', ...dates, by, at }, metadata);
    return orProblem(await this.commands.execute(publication), disclosureProblems);
  }

  /** 公開の予約. */
  @Post('revision/publication-schedule')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(scheduleBody)
  @Answers(commandAnswer)
  schedule(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { publishAt, effectiveOn } = readBody(scheduleBody, body);
    return this.decide(id, caller, {
      ...{ type: 'SchedulePublication', publishAt: new Date(publishAt).toISOString(), effectiveOn },
    });
  }

  /** 予約の取消. */
  @Post('revision/publication-schedule/cancellation')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(cancelScheduleBody)
  @Answers(commandAnswer)
  cancel(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'CancelPublication', ...readBody(cancelScheduleBody, body) });
  }

  /** 正誤, by the 管理責任者; the decider asks for that. */
  @Post('editions/:number/errata')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(annotateBody)
  @Answers(commandAnswer)
  annotate(
    @Param('disclosureId') id: string,
    @Param('number') number: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    if (!/^\d{1,6}$/.test(number)) throw problem('NotFound');
    const erratum = readBody(annotateBody, body);
    return this.decideAsOfficer(id, caller, {
      ...{ type: 'AnnotateEdition', annotationId: newId(), number: Number(number), ...erratum },
    });
  }

  /** 提供終了, by the 管理責任者; the decider asks for that. */
  @Post('retirement')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(retireBody)
  @Answers(commandAnswer)
  retire(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decideAsOfficer(id, caller, { type: 'RetireDisclosure', ...readBody(retireBody, body) });
  }

  private async decide(
    id: string,
    { by, at, metadata }: Caller,
    asked: Asked<DisclosureCommand>,
  ): Promise<CommandAnswer> {
    const command = { ...asked, by, at } as DisclosureCommand;
    return orProblem(await this.commands.execute(new DecideDisclosure(id, command, metadata)), disclosureProblems);
  }

  private async decideAsOfficer(id: string, caller: Caller, asked: DecideReview['asked']): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new DecideReview(id, caller, asked)), disclosureProblems);
  }
}
