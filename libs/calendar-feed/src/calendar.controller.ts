import { createHash } from 'node:crypto';
import { CLOCK, type Clock } from '@app/event-sourcing';
import { problem, Public, type RequestWithSession } from '@app/http';
import { accountsOf } from '@app/identity';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { calendarOf } from './calendar';
import { FeedEntries } from './feed-entries';
import { readBySecret, secretForm } from './feed-addresses';

/** What calendar programs read. They cannot sign in, so whoever knows the address may read; there is nothing to change here. */
@ApiExcludeController()
@Controller('calendar')
export class CalendarController {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly entries: FeedEntries,
  ) {}

  @Get(':file')
  @Public()
  async read(
    @Param('file') file: string,
    @Req() request: RequestWithSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const secret = file.endsWith('.ics') ? file.slice(0, -'.ics'.length) : '';
    const now = this.clock();
    const owner = secretForm.test(secret) ? await readBySecret(this.database, secret, now) : undefined;
    if (owner === undefined || (owner !== null && !(await this.isActive(owner)))) throw problem('NotFound');
    const text = calendarOf({
      name: owner === null ? '開示書の期限' : '開示書の期限（自分宛て）',
      entries: await this.entries.of(owner, now),
      publicUrl: request.publicUrl ?? '',
    });
    response.set({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="kaijisho.ics"',
      'cache-control': 'private, no-cache', // kept, but asked again: Express answers 304 while the tag is the same
      'x-robots-tag': 'noindex',
      etag: `"${createHash('sha256').update(text).digest('base64url')}"`,
    });
    return text;
  }

  /** A person whose account was disabled is told nothing more, under whatever address. */
  private async isActive(userId: string): Promise<boolean> {
    const [account] = await accountsOf(this.database, [userId]);
    return account !== undefined && !account.disabled;
  }
}
