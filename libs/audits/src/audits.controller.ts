import { evidenceRoutes } from '@app/blob-store';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  orProblem,
  problem,
  readBody,
  ReadCaller,
  Takes,
  type Asked,
  type Caller,
} from '@app/http';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiQuery } from '@nestjs/swagger';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import { ListAudits, ShowAudit, type AuditView } from './audits';
import {
  auditAnswer,
  auditList,
  auditsQuery,
  auditView,
  cancelAuditBody,
  citeAuditBody,
  closeFollowUpBody,
  nameAuditResponsibleBody,
  performAuditBody,
  planAuditBody,
  rescheduleAuditBody,
  skipAuditBody,
} from './contract';
import { auditNow, DecideAudit } from './decide-audit';
import type { AuditCommand } from './domain/audit.decider';
import { auditProblems } from './problems';
import { fromNowOn, usualWatches } from './watched';

type AuditAnswer = z.infer<typeof auditAnswer>;

@Controller('api/audits')
export class AuditsController extends evidenceRoutes(auditAnswer) {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {
    super();
  }

  @Get()
  @AnyoneSignedIn()
  @ApiQuery({ name: 'after', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'size', required: false, schema: { type: 'string' } })
  @Answers(auditList)
  list(@Query() query: unknown): Promise<z.infer<typeof auditList>> {
    return this.queries.execute(new ListAudits(readBody(auditsQuery, query)));
  }

  @Get(':id')
  @AnyoneSignedIn()
  @Answers(auditView)
  async show(@Param('id') id: string): Promise<AuditView> {
    const audit = await this.queries.execute(new ShowAudit(id));
    if (!audit) throw problem('NotFound');
    return audit;
  }

  @Post()
  @Allowed('drafter', 'administrator')
  @Takes(planAuditBody)
  @Answers(auditAnswer, 201)
  async plan(@ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    const { watches, ...asked } = readBody(planAuditBody, body);
    const watched = watches ?? usualWatches(asked.kind, asked.recurrence, asked.citedBy);
    return this.decide(newId(), caller, {
      type: 'PlanAudit',
      ...asked,
      watches: await fromNowOn(this.store, watched),
    });
  }

  @Put(':id/due')
  @Allowed('drafter', 'administrator')
  @Takes(rescheduleAuditBody)
  @Answers(auditAnswer)
  reschedule(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'RescheduleAudit', ...readBody(rescheduleAuditBody, body) });
  }

  @Post(':id/performance')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(performAuditBody)
  @Answers(auditAnswer)
  perform(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    const { followUps, ...asked } = readBody(performAuditBody, body);
    return this.decide(id, caller, {
      type: 'PerformAudit',
      ...asked,
      followUps: followUps.map(({ responsible, ...each }) => ({
        id: newId(),
        ...each,
        ...(responsible === undefined ? {} : { responsible }),
      })),
    });
  }

  @Post(':id/skip')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(skipAuditBody)
  @Answers(auditAnswer)
  skip(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'SkipAudit', ...readBody(skipAuditBody, body) });
  }

  @Post(':id/follow-ups/:followUpId/closure')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(closeFollowUpBody)
  @Answers(auditAnswer)
  closeFollowUp(
    @Param('id') id: string,
    @Param('followUpId') followUpId: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'CloseFollowUp', followUpId, ...readBody(closeFollowUpBody, body) });
  }

  @Put(':id/citations')
  @Allowed('drafter', 'administrator')
  @Takes(citeAuditBody)
  @Answers(auditAnswer)
  cite(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'CiteAudit', ...readBody(citeAuditBody, body) });
  }

  @Put(':id/responsible')
  @Allowed('drafter', 'administrator')
  @Takes(nameAuditResponsibleBody)
  @Answers(auditAnswer)
  nameResponsible(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'NameResponsible', ...readBody(nameAuditResponsibleBody, body) });
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(cancelAuditBody)
  @Answers(auditAnswer)
  cancel(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'CancelAudit', ...readBody(cancelAuditBody, body) });
  }

  async isKnown(id: string): Promise<boolean> {
    return (await auditNow(this.store, id)).status !== 'NotPlanned';
  }

  async decide(
    auditId: string,
    { by, at, metadata }: Caller,
    asked: Asked<AuditCommand, 'auditId'>,
  ): Promise<AuditAnswer> {
    const command = { ...asked, auditId, by, at };
    return { auditId, ...orProblem(await this.commands.execute(new DecideAudit(command, metadata)), auditProblems) };
  }
}
