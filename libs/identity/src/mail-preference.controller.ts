import { Answers, AnyoneSignedIn, readBody, ReadCaller, Takes, type Caller } from '@app/http';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { mailPreferenceBody } from './contract';
import { mailPreferenceOf, setMailPreference } from './mail-preference';

type Preference = z.infer<typeof mailPreferenceBody>;

/** One's own choice of how mails about reviews come. */
@ApiTags('session')
@Controller('api/session/mail-preference')
@AnyoneSignedIn()
export class MailPreferenceController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Answers(mailPreferenceBody)
  async show(@ReadCaller() { by }: Caller): Promise<Preference> {
    return { reviewMails: await mailPreferenceOf(this.dataSource, by.id) };
  }

  @Put()
  @Takes(mailPreferenceBody)
  @Answers(mailPreferenceBody)
  async choose(@ReadCaller() { by }: Caller, @Body() body: unknown): Promise<Preference> {
    const preference = readBody(mailPreferenceBody, body);
    await setMailPreference(this.dataSource, by.id, preference.reviewMails);
    return preference;
  }
}
