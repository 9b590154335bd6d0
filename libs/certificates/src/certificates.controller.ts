import { inJapanese } from '@app/calendar';
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
  type ProblemTexts,
} from '@app/http';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { z } from 'zod';
import { ListCertificates, ShowCertificate, type CertificateView } from './certificates';
import {
  certificateAnswer,
  certificateList,
  certificateView,
  registerCertificateBody,
  renewCertificateBody,
  withdrawCertificateBody,
} from './contract';
import { DecideCertificate } from './decide-certificate';
import type { CertificateCommand, CertificateRejection } from './domain/certificate.decider';
import { v7 as newId } from 'uuid';

const texts: ProblemTexts<CertificateRejection> = {
  UnknownCertificate: {
    status: 404,
    ja: 'この証明書は登録されていません。証明書の一覧を読み込み直してください。',
    en: 'There is no such certificate. Load the list of certificates again.',
  },
  AlreadyRegistered: {
    status: 409,
    ja: 'この証明書はすでに登録されています。新しい有効期限は「更新」で記録してください。',
    en: 'This certificate is registered already. Record a new expiry as a renewal.',
  },
  CertificateWithdrawn: {
    status: 409,
    ja: 'この証明書は取下げ済みのため、更新できません。取り直した証明書は新しく登録してください。',
    en: 'This certificate was withdrawn and cannot be renewed. Register the one that replaces it.',
  },
  ExpiryBeforeIssue: ({ issuedOn, validUntil }) => ({
    status: 422,
    ja: `有効期限（${inJapanese(validUntil)}）が発行日（${inJapanese(issuedOn)}）より前になっています。証明書の原本を確かめ、どちらかの日付を直してください。`,
    en: `The expiry (${validUntil}) is before the issue (${issuedOn}). Look at the certificate and correct one of them.`,
  }),
  ExpiryBeforeStart: ({ validFrom, validUntil }) => ({
    status: 422,
    ja: `有効期限（${inJapanese(validUntil)}）が有効期間の開始日（${inJapanese(validFrom)}）より前になっています。証明書の原本を確かめ、どちらかの日付を直してください。`,
    en: `The expiry (${validUntil}) is before the first day of validity (${validFrom}). Look at the certificate and correct one of them.`,
  }),
  UnchangedRenewal: ({ validUntil }) => ({
    status: 409,
    ja: `登録されている内容（有効期限 ${inJapanese(validUntil)}）と同じです。更新後の証明書の番号と日付を入力してください。`,
    en: `This is what is registered already (expiry ${validUntil}). Enter the number and dates of the renewed certificate.`,
  }),
};

type CertificateAnswer = z.infer<typeof certificateAnswer>;

@Controller('api/certificates')
export class CertificatesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @AnyoneSignedIn()
  @Answers(certificateList)
  list(): Promise<z.infer<typeof certificateList>> {
    return this.queries.execute(new ListCertificates());
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
  register(@ReadCaller() caller: Caller, @Body() body: unknown): Promise<CertificateAnswer> {
    const { kind, name, citedBy, ...term } = readBody(registerCertificateBody, body);
    return this.decide(newId(), caller, { type: 'RegisterCertificate', kind, name, citedBy, term });
  }

  @Post(':id/renewal')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(renewCertificateBody)
  @Answers(certificateAnswer)
  renew(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'RenewCertificate', term: readBody(renewCertificateBody, body) });
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(withdrawCertificateBody)
  @Answers(certificateAnswer)
  withdraw(@Param('id') id: string, @ReadCaller() caller: Caller, @Body() body: unknown): Promise<CertificateAnswer> {
    return this.decide(id, caller, { type: 'WithdrawCertificate', ...readBody(withdrawCertificateBody, body) });
  }

  private async decide(
    certificateId: string,
    { by, at, metadata }: Caller,
    asked: Asked<CertificateCommand, 'certificateId'>,
  ): Promise<CertificateAnswer> {
    const command = { ...asked, certificateId, by, at };
    return {
      certificateId,
      ...orProblem(await this.commands.execute(new DecideCertificate(command, metadata)), texts),
    };
  }
}
