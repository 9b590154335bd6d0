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
import { remindingNow } from '@app/reminding';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiQuery } from '@nestjs/swagger';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import { ListCertificates, ShowCertificate, type CertificateView } from './certificates';
import { CitingDisclosures, StartCitingRevisions } from './citing-disclosures';
import {
  certificateAnswer,
  certificateList,
  certificatesQuery,
  certificateView,
  citeCertificateBody,
  citingDisclosures,
  correctCertificateBody,
  failSurveillanceBody,
  fileRenewalBody,
  nameResponsibleBody,
  passSurveillanceBody,
  planSurveillanceBody,
  registerCertificateBody,
  renewalAnswer,
  renewCertificateBody,
  startedRevisions,
  startRevisionsBody,
  takeBackFilingBody,
  withdrawCertificateBody,
} from './contract';
import { certificateNow, DecideCertificate } from './decide-certificate';
import type { CertificateCommand } from './domain/certificate.decider';
import { certificateProblems } from './problems';

type CertificateAnswer = z.infer<typeof certificateAnswer>;

@Controller('api/certificates')
export class CertificatesController extends evidenceRoutes(certificateAnswer) {
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
  @Answers(certificateList)
  list(@Query() query: unknown): Promise<z.infer<typeof certificateList>> {
    return this.queries.execute(new ListCertificates(readBody(certificatesQuery, query)));
  }

  @Get(':id')
  @AnyoneSignedIn()
  @Answers(certificateView)
  async show(@Param('id') id: string): Promise<CertificateView> {
    const certificate = await this.queries.execute(new ShowCertificate(id));
    if (!certificate) throw problem('NotFound');
    return certificate;
  }

  @Post()
  @Allowed('drafter', 'administrator')
  @Takes(registerCertificateBody)
  @Answers(certificateAnswer, 201)
  async register(@ReadCaller() caller: Caller, @Body() body: unknown): Promise<CertificateAnswer> {
    const { kind, name, citedBy, responsible, ...term } = readBody(registerCertificateBody, body);
    const kinds = (await remindingNow(this.store)).kinds.filter(({ removed }) => !removed).map((each) => each.kind);
    return this.decide(newId(), caller, { type: 'RegisterCertificate', kind, kinds, name, citedBy, responsible, term });
  }

  /** Answers also which disclosures still speak of the term before: their revision is the next thing to do. */
  @Post(':id/renewal')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(renewCertificateBody)
  @Answers(renewalAnswer)
  async renew(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<z.infer<typeof renewalAnswer>> {
    const answer = await this.decide(id, caller, {
      type: 'RenewCertificate',
      term: readBody(renewCertificateBody, body),
    });
    return { ...answer, ...(await this.citing(id)) };
  }

  @Get(':id/citing')
  @AnyoneSignedIn()
  @Answers(citingDisclosures)
  async citing(@Param('id') id: string): Promise<z.infer<typeof citingDisclosures>> {
    return { citing: [...(await this.queries.execute(new CitingDisclosures(id)))] };
  }

  @Post(':id/revisions')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(startRevisionsBody)
  @Answers(startedRevisions)
  startRevisions(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<z.infer<typeof startedRevisions>> {
    const { disclosureIds } = readBody(startRevisionsBody, body);
    return this.commands.execute(new StartCitingRevisions(id, disclosureIds, caller));
  }

  @Post(':id/correction')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(correctCertificateBody)
  @Answers(certificateAnswer)
  correct(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<CertificateAnswer> {
    const { name, reason, ...term } = readBody(correctCertificateBody, body);
    return this.decide(id, caller, { type: 'CorrectCertificate', name, reason, term });
  }

  @Put(':id/citations')
  @Allowed('drafter', 'administrator')
  @Takes(citeCertificateBody)
  @Answers(certificateAnswer)
  cite(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'CiteCertificate', ...readBody(citeCertificateBody, body) });
  }

  @Put(':id/responsible')
  @Allowed('drafter', 'administrator')
  @Takes(nameResponsibleBody)
  @Answers(certificateAnswer)
  nameResponsible(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'NameResponsible', ...readBody(nameResponsibleBody, body) });
  }

  @Post(':id/renewal-application')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(fileRenewalBody)
  @Answers(certificateAnswer)
  fileRenewal(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'FileRenewal', ...readBody(fileRenewalBody, body) });
  }

  /** It was recorded by mistake: the reminders that it had stopped go on. */
  @Post(':id/renewal-application/removal')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(takeBackFilingBody)
  @Answers(certificateAnswer)
  takeBackFiling(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'TakeBackFiling', ...readBody(takeBackFilingBody, body) });
  }

  /** Plans the audit (維持審査, 更新審査) that is to be passed next, or moves it to another day. */
  @Put(':id/surveillance')
  @Allowed('drafter', 'administrator')
  @Takes(planSurveillanceBody)
  @Answers(certificateAnswer)
  planSurveillance(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'PlanSurveillance', ...readBody(planSurveillanceBody, body) });
  }

  @Post(':id/surveillance/pass')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(passSurveillanceBody)
  @Answers(certificateAnswer)
  passSurveillance(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'PassSurveillance', ...readBody(passSurveillanceBody, body) });
  }

  @Post(':id/surveillance/failure')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(failSurveillanceBody)
  @Answers(certificateAnswer)
  failSurveillance(
    @Param('id') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'FailSurveillance', ...readBody(failSurveillanceBody, body) });
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(withdrawCertificateBody)
  @Answers(certificateAnswer)
  withdraw(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'WithdrawCertificate', ...readBody(withdrawCertificateBody, body) });
  }

  async isKnown(id: string): Promise<boolean> {
    return (await certificateNow(this.store, id)).status !== 'NotRegistered';
  }

  async decide(
    certificateId: string,
    { by, at, metadata }: Caller,
    asked: Asked<CertificateCommand, 'certificateId'>,
  ): Promise<CertificateAnswer> {
    const command = { ...asked, certificateId, by, at };
    return {
      certificateId,
      ...orProblem(await this.commands.execute(new DecideCertificate(command, metadata)), certificateProblems),
    };
  }
}
