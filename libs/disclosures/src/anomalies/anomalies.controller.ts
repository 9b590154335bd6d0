import {
  Allowed,
  Answers,
  orProblem,
  problem,
  ReadCaller,
  readBody,
  Takes,
  type Caller,
  type CommandAnswer,
  type ProblemTexts,
} from '@app/http';
import { Body, Controller, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { commandAnswer, settleAnomalyBody } from '../contract';
import { SettleAnomaly, type SettlingRejection } from './settle-anomaly';

const problems: ProblemTexts<SettlingRejection> = {
  UnknownAnomaly: {
    status: 404,
    ja: 'この気づきは見つかりません。画面を読み込み直してください。',
    en: 'There is no such entry. Load the page again.',
  },
};

/** What an importer was unsure of, ticked off by one person for all. */
@ApiTags('imports')
@Controller('api/disclosures/:disclosureId')
export class AnomaliesController {
  constructor(private readonly commands: CommandBus) {}

  /** Of the file that the disclosure was imported from. */
  @Put('anomalies/:index')
  @Allowed('drafter')
  @Takes(settleAnomalyBody)
  @Answers(commandAnswer)
  ofImport(
    @Param('disclosureId') id: string,
    @Param('index') index: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.settle(id, null, index, caller, body);
  }

  /** Of a file that was proposed. */
  @Put('proposals/:fileId/anomalies/:index')
  @Allowed('drafter')
  @Takes(settleAnomalyBody)
  @Answers(commandAnswer)
  ofProposal(
    @Param('disclosureId') id: string,
    @Param('fileId') fileId: string,
    @Param('index') index: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.settle(id, fileId, index, caller, body);
  }

  private async settle(
    id: string,
    fileId: string | null,
    index: string,
    caller: Caller,
    body: unknown,
  ): Promise<CommandAnswer> {
    if (!/^\d{1,6}$/.test(index)) throw problem('NotFound');
    const { settled } = readBody(settleAnomalyBody, body);
    const place = { fileId, index: Number(index) };
    return orProblem(await this.commands.execute(new SettleAnomaly(id, place, settled, caller)), problems);
  }
}
