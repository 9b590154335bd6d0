import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  commandAnswer,
  orProblem,
  readBody,
  ReadCaller,
  Takes,
  type Asked,
  type Caller,
  type CommandAnswer,
  type ProblemTexts,
} from '@app/http';
import { Body, Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { certificateKindBody, keyParam, ladderBody, quietHoursBody, remindingView } from './contract';
import { DecideReminding } from './decide-reminding';
import { readyMadeKinds, readyMadeLadders } from './domain/ready-made';
import type { RemindingCommand, RemindingRejection } from './domain/reminding.decider';
import { remindingNow } from './reminding-now';

const texts: ProblemTexts<RemindingRejection> = {
  NobodyOnLadder: {
    status: 422,
    ja: '送り先のない通知があります。役職、権限、または利用者を一つ以上選んでください。',
    en: 'A reminder goes to nobody. Choose an office, a role or a user.',
  },
  NoticeTwice: ({ notice }) => ({
    status: 422,
    ja: `「${notice}」の通知が重なっています。どちらかを削除してください。`,
    en: `There are two reminders “${notice}”. Remove one of them.`,
  }),
  LadderNameTaken: ({ name }) => ({
    status: 409,
    ja: `「${name}」という通知の段階は、すでに登録されています。別の名前を付けてください。`,
    en: `There is a ladder “${name}” already. Choose another name.`,
  }),
  LadderIsReadyMade: {
    status: 409,
    ja: 'この通知の段階は、あらかじめ用意されたもののため、削除できません。',
    en: 'This ladder is built in and cannot be removed.',
  },
  LadderInUse: ({ kinds }) => ({
    status: 409,
    ja: `証明書の種類（${kinds.join('、')}）が使っているため、削除できません。先に、その種類に別の通知の段階を選んでください。`,
    en: `Certificates of these kinds use it: ${kinds.join(', ')}. Choose another ladder for them first.`,
  }),
  UnknownLadder: ({ key }) => ({
    status: 422,
    ja: `通知の段階「${key}」は登録されていません。一覧から選び直してください。`,
    en: `There is no ladder ${key}. Choose one from the list.`,
  }),
  UnknownKind: {
    status: 404,
    ja: 'この種類は登録されていません。一覧を読み込み直してください。',
    en: 'There is no such kind. Load the list again.',
  },
  KindNameTaken: ({ name }) => ({
    status: 409,
    ja: `「${name}」という種類は、すでに登録されています。別の名前を付けてください。`,
    en: `There is a kind “${name}” already. Choose another name.`,
  }),
  KindIsReadyMade: {
    status: 409,
    ja: 'この種類は、あらかじめ用意されたもののため、削除できません。',
    en: 'This kind is built in and cannot be removed.',
  },
  NeverAnHour: {
    status: 422,
    ja: '送らない時間帯の始まりと終わりが同じです。時刻を変えるか、時間帯を設けない設定にしてください。',
    en: 'The quiet hours begin when they end. Change one of them, or have none.',
  },
};

/** 通知の段階、証明書の種類、送らない時間帯: edited by administrators and read by everybody. */
@ApiTags('reminding')
@Controller('api/reminding')
export class RemindingController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get()
  @AnyoneSignedIn()
  @Answers(remindingView)
  async show(): Promise<z.infer<typeof remindingView>> {
    const { ladders, kinds, quietHours } = await remindingNow(this.store);
    // Through the schema, which has no readonly arrays to give away.
    return remindingView.parse({
      ladders: Object.entries(ladders).map(([key, { name, ladder }]) => ({
        key,
        name,
        ladder,
        readyMade: readyMadeLadders[key]?.ladder ?? null,
      })),
      kinds: kinds.map((each) => ({ ...each, readyMade: readyMadeKinds.some(({ kind }) => kind === each.kind) })),
      quietHours,
    });
  }

  @Put('ladders/:key')
  @Allowed('administrator')
  @Takes(ladderBody)
  @Answers(commandAnswer)
  changeLadder(@ReadCaller() caller: Caller, @Param('key') key: string, @Body() body: unknown): Promise<CommandAnswer> {
    return this.decide(caller, {
      type: 'ChangeLadder',
      key: readBody(keyParam, key),
      ...readBody(ladderBody, body),
    });
  }

  @Delete('ladders/:key')
  @Allowed('administrator')
  @Answers(commandAnswer)
  removeLadder(@ReadCaller() caller: Caller, @Param('key') key: string): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'RemoveLadder', key });
  }

  @Put('kinds/:kind')
  @Allowed('administrator')
  @Takes(certificateKindBody)
  @Answers(commandAnswer)
  addKind(@ReadCaller() caller: Caller, @Param('kind') kind: string, @Body() body: unknown): Promise<CommandAnswer> {
    return this.decide(caller, {
      type: 'AddCertificateKind',
      kind: readBody(keyParam, kind),
      ...readBody(certificateKindBody, body),
    });
  }

  @Delete('kinds/:kind')
  @Allowed('administrator')
  @Answers(commandAnswer)
  removeKind(@ReadCaller() caller: Caller, @Param('kind') kind: string): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'RemoveCertificateKind', kind });
  }

  @Put('quiet-hours')
  @Allowed('administrator')
  @Takes(quietHoursBody)
  @Answers(commandAnswer)
  setQuietHours(@ReadCaller() caller: Caller, @Body() body: unknown): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'SetQuietHours', ...readBody(quietHoursBody, body) });
  }

  private async decide({ by, at, metadata }: Caller, asked: Asked<RemindingCommand>): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new DecideReminding({ ...asked, by, at }, metadata)), texts);
  }
}
