import { BLOB_STORE, sendEvidence, takeEvidence, type BlobStore } from '@app/blob-store';
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
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import { ListAudits, ShowAudit, type AuditView } from './audits';
import {
  auditAnswer,
  auditList,
  auditView,
  cancelAuditBody,
  citeAuditBody,
  closeFollowUpBody,
  nameAuditResponsibleBody,
  performAuditBody,
  planAuditBody,
  removeAuditEvidenceBody,
  rescheduleAuditBody,
  skipAuditBody,
} from './contract';
import { DecideAudit } from './decide-audit';
import type { AuditCommand } from './domain/audit.decider';
import { auditProblems } from './problems';
import { fromNowOn, usualWatches } from './watched';

type AuditAnswer = z.infer<typeof auditAnswer>;

@Controller('api/audits')
export class AuditsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
  ) {}

  @Get()
  @AnyoneSignedIn()
  @Answers(auditList)
  list(): Promise<z.infer<typeof auditList>> {
    return this.queries.execute(new ListAudits());
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

  /** The file itself is the body: at most 20 MB of anything that is not a program. */
  @Post(':id/evidence')
  @HttpCode(201)
  @Allowed('drafter', 'administrator')
  @ApiConsumes('application/octet-stream')
  @Answers(auditAnswer, 201)
  async attach(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Req() request: Request,
    @Query('fileName') fileName = '',
  ): Promise<AuditAnswer> {
    const evidence = await takeEvidence(this.blobs, request, fileName);
    return this.decide(id, caller, { type: 'AttachEvidence', evidence });
  }

  @Get(':id/evidence/:sha256')
  @AnyoneSignedIn()
  async download(@Param('id') id: string, @Param('sha256') sha256: string, @Res() response: Response): Promise<void> {
    const { evidence } = await this.show(id);
    return sendEvidence(
      this.blobs,
      evidence.find((each) => each.sha256 === sha256),
      response,
    );
  }

  /** It is no longer shown here; the record that it was attached stays. */
  @Post(':id/evidence/:sha256/removal')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(removeAuditEvidenceBody)
  @Answers(auditAnswer)
  removeEvidence(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'RemoveEvidence', sha256, ...readBody(removeAuditEvidenceBody, body) });
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(cancelAuditBody)
  @Answers(auditAnswer)
  cancel(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<AuditAnswer> {
    return this.decide(id, caller, { type: 'CancelAudit', ...readBody(cancelAuditBody, body) });
  }

  private async decide(
    auditId: string,
    { by, at, metadata }: Caller,
    asked: Asked<AuditCommand, 'auditId'>,
  ): Promise<AuditAnswer> {
    const command = { ...asked, auditId, by, at };
    return { auditId, ...orProblem(await this.commands.execute(new DecideAudit(command, metadata)), auditProblems) };
  }
}
