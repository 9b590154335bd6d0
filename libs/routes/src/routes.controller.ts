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
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { chosenRouteBody, routePreview, routesView, ruleBody, templateBody } from './contract';
import { DecideRoutes, type RouteCommandRejection } from './decide-routes';
import { readyMadeRules } from './domain/ready-made';
import { STANDARD_TEMPLATE } from './domain/register';
import type { RouteCommand } from './domain/register.decider';
import type { Route } from './domain/route';
import { routeFor } from './domain/route-for';
import { routesNow } from './routes-now';

const texts: ProblemTexts<RouteCommandRejection> = {
  UnknownPerson: {
    status: 422,
    ja: '選ばれた利用者が見つかりません。利用者の一覧を読み込み直して選んでください。',
    en: 'There is no such user. Load the list of users again and choose one.',
  },
  UnknownDisclosure: {
    status: 404,
    ja: '開示書が見つかりません。一覧から選び直してください。',
    en: 'There is no such disclosure. Choose it from the list.',
  },
  NoSteps: {
    status: 422,
    ja: '段階がありません。承認の段階を一つ以上加えてください。',
    en: 'There are no steps. Add at least one that approves.',
  },
  NoApproval: {
    status: 422,
    ja: '全文を対象とする承認の段階がありません。一つ以上加えてください。',
    en: 'No step approves the whole text. Add at least one that does.',
  },
  NobodyNamed: ({ step }) => ({
    status: 422,
    ja: `第${step + 1}段階に、署名する人が選ばれていない欄があります。役割か利用者を選んでください。`,
    en: `Step ${step + 1} names nobody. Choose a role or people.`,
  }),
  QuorumTooLarge: ({ step, n, named }) => ({
    status: 422,
    ja: `第${step + 1}段階では${n}名の署名が必要ですが、署名できる人は${named}名しか選ばれていません。人を加えるか、必要な人数を減らしてください。`,
    en: `Step ${step + 1} asks for ${n} signatures of ${named} people. Name more people, or ask for fewer signatures.`,
  }),
  EscalationWithoutDue: ({ step }) => ({
    status: 422,
    ja: `第${step + 1}段階は期限がないため、期限後の引継ぎ先を決められません。期限の営業日数を入力してください。`,
    en: `Step ${step + 1} has no due day to escalate after. Give it one.`,
  }),
  StepTwice: ({ step }) => ({
    status: 422,
    ja: `第${step + 1}段階は、前の段階と署名する人も意味も同じです。どちらかを削除してください。`,
    en: `Step ${step + 1} asks the same people for the same as an earlier one. Remove one of them.`,
  }),
  NameTaken: ({ name }) => ({
    status: 409,
    ja: `「${name}」という名前は、すでに使われています。別の名前を付けてください。`,
    en: `The name “${name}” is taken. Choose another.`,
  }),
  TemplateMovedOn: {
    status: 409,
    ja: '編集している間に、ほかの管理者がこの経路を保存しました。読み込み直して、内容を確かめてから保存してください。',
    en: 'Another administrator saved this route while you were editing. Load it again and look before you save.',
  },
  UnknownTemplate: {
    status: 404,
    ja: '回付経路が見つかりません。一覧を読み込み直して選んでください。',
    en: 'There is no such route template. Load the list again and choose one.',
  },
  TemplateRetired: {
    status: 409,
    ja: 'この回付経路は廃止されています。ほかの経路を選んでください。',
    en: 'This route template is retired. Choose another.',
  },
  TemplateInUse: {
    status: 409,
    ja: 'この回付経路を使う開示書があるため、廃止できません。先に、それらの開示書に別の経路を選んでください。',
    en: 'Disclosures use this route template. Choose another for them before you retire it.',
  },
  StandardTemplateStays: {
    status: 409,
    ja: '標準の経路は、経路を選んでいない開示書に使われるため、廃止できません。内容を編集してください。',
    en: 'Disclosures that chose no route use the standard one, so it cannot be retired. Edit it instead.',
  },
  NoItems: {
    status: 422,
    ja: '項目が選ばれていません。この規則の対象とする項目を一つ以上選んでください。',
    en: 'No item is chosen. Choose at least one that the rule is about.',
  },
};

/** 回付経路: templates and rules, edited by administrators and read by everybody. */
@ApiTags('routes')
@Controller('api')
export class RoutesController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get('routes')
  @AnyoneSignedIn()
  @Answers(routesView)
  async list(): Promise<z.infer<typeof routesView>> {
    const { templates, rules, choices } = await routesNow(this.store);
    return {
      templates: templates.map((template) => ({ ...template, steps: [...template.steps] })),
      rules: rules.map((rule) => ({ ...rule, itemKeys: [...rule.itemKeys] })),
      readyMadeRules: readyMadeRules.map((rule) => ({ ...rule, itemKeys: [...rule.itemKeys] })),
      choices: { ...choices },
      standardTemplateId: STANDARD_TEMPLATE,
    };
  }

  /** `items`: the keys of the items, with commas between them. */
  @Get('disclosures/:id/route-preview')
  @AnyoneSignedIn()
  @Answers(routePreview)
  async preview(@Param('id') disclosureId: string, @Query('items') items: unknown): Promise<Route> {
    const changed = typeof items === 'string' ? items.split(',').filter((item) => item !== '') : [];
    return routeFor(await routesNow(this.store), disclosureId, changed);
  }

  @Put('routes/templates/:templateId')
  @Allowed('administrator')
  @Takes(templateBody)
  @Answers(commandAnswer)
  saveTemplate(
    @ReadCaller() caller: Caller,
    @Param('templateId') templateId: string,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'SaveTemplate', templateId, ...readBody(templateBody, body) });
  }

  @Post('routes/templates/:templateId/retirement')
  @HttpCode(200)
  @Allowed('administrator')
  @Answers(commandAnswer)
  retireTemplate(@ReadCaller() caller: Caller, @Param('templateId') templateId: string): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'RetireTemplate', templateId });
  }

  @Put('routes/rules/:ruleId')
  @Allowed('administrator')
  @Takes(ruleBody)
  @Answers(commandAnswer)
  saveRule(
    @ReadCaller() caller: Caller,
    @Param('ruleId') ruleId: string,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'SaveRule', ruleId, ...readBody(ruleBody, body) });
  }

  @Delete('routes/rules/:ruleId')
  @Allowed('administrator')
  @Answers(commandAnswer)
  removeRule(@ReadCaller() caller: Caller, @Param('ruleId') ruleId: string): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'RemoveRule', ruleId });
  }

  @Put('disclosures/:id/route')
  @Allowed('administrator')
  @Takes(chosenRouteBody)
  @Answers(commandAnswer)
  choose(
    @ReadCaller() caller: Caller,
    @Param('id') disclosureId: string,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decide(caller, { type: 'ChooseTemplate', disclosureId, ...readBody(chosenRouteBody, body) });
  }

  private async decide({ by, at, metadata }: Caller, asked: Asked<RouteCommand>): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new DecideRoutes({ ...asked, by, at }, metadata)), texts);
  }
}
