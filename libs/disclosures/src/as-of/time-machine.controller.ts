import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  orProblem,
  problem,
  problemOf,
  problemTextOf,
  ReadCaller,
  readBody,
  Takes,
  type Caller,
  type CommandAnswer,
} from '@app/http';
import { Body, Controller, Get, HttpCode, Param, Post, Query as UrlQuery } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { BlameItem, type BlameView, type TextOfItem } from '../blame/blame-item';
import { commandAnswer } from '../contract';
import { DraftNextRow } from '../history/draft-next-row';
import { disclosureProblems } from '../problems';
import { asOfProblems } from './problems';
import { RestoreItem } from './restore-item';
import { asOfView, blameView, draftedRowView, momentsView, restoreItemBody } from './time-machine.contract';
import { ListMoments, ShowAsOf, type AsOfView } from './time-machine';

const optional = (name: string, description: string) =>
  ApiQuery({ name, required: false, schema: { type: 'string' }, description });

/** 時間軸: the disclosure at any time of its life, who wrote what, and the way back. */
@ApiTags('time machine')
@Controller('api/disclosures/:disclosureId')
export class TimeMachineController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
  ) {}

  @Get('moments')
  @AnyoneSignedIn()
  @Answers(momentsView)
  async moments(@Param('disclosureId') id: string) {
    return found(await this.questions.execute(new ListMoments(id)));
  }

  @Get('as-of')
  @AnyoneSignedIn()
  @optional('at', 'A day (as it ended in Tokyo) or an instant with its offset; without any of the three: now')
  @optional('version', "A moment by the disclosure's own count of events")
  @optional('position', 'A moment by its position in the whole log')
  @optional('clock', 'recorded (default), effective or public')
  @Answers(asOfView)
  async asOf(
    @Param('disclosureId') id: string,
    @UrlQuery('at') at?: string,
    @UrlQuery('version') version?: string,
    @UrlQuery('position') position?: string,
    @UrlQuery('clock') clock?: string,
  ): Promise<AsOfView> {
    const shown = await this.questions.execute(new ShowAsOf(id, { at, version, position, clock }));
    if (shown.outcome === 'shown') return shown.view;
    const { type, ...detail } = shown.rejection;
    throw problemOf(type, problemTextOf(shown.rejection, asOfProblems), detail);
  }

  @Get('items/:itemKey/blame')
  @AnyoneSignedIn()
  @optional('edition', 'As that edition has it')
  @optional('version', 'As it stood after that event; without either: as it stands now')
  @Answers(blameView)
  async blame(
    @Param('disclosureId') id: string,
    @Param('itemKey') itemKey: string,
    @UrlQuery('edition') edition?: string,
    @UrlQuery('version') version?: string,
  ): Promise<BlameView> {
    return found(await this.questions.execute(new BlameItem(id, itemKey, textOf(edition, version))));
  }

  @Get('revision/history-draft')
  @AnyoneSignedIn()
  @Answers(draftedRowView)
  async historyDraft(@Param('disclosureId') id: string) {
    return found(await this.questions.execute(new DraftNextRow(id)));
  }

  @Post('items/:itemKey/restoration')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(restoreItemBody)
  @Answers(commandAnswer)
  async restore(
    @Param('disclosureId') id: string,
    @Param('itemKey') itemKey: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { version, basedOn } = readBody(restoreItemBody, body);
    const handled = await this.commands.execute(new RestoreItem(id, itemKey, version, basedOn, caller));
    return orProblem(handled, { ...disclosureProblems, MomentUnknown: asOfProblems.MomentUnknown });
  }
}

const textOf = (edition?: string, version?: string): TextOfItem => {
  const written = edition ?? version;
  if (written === undefined) return 'now';
  if (!/^\d{1,9}$/.test(written)) throw problem('NotFound');
  return edition === undefined ? { version: Number(written) } : { edition: Number(written) };
};

const found = <T>(answer: T | null): T => {
  if (answer === null) throw problem('NotFound');
  return answer;
};
