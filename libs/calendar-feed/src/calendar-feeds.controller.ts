import { CLOCK, type Clock } from '@app/event-sourcing';
import {
  Answers,
  AnyoneSignedIn,
  problem,
  readBody,
  ReadCaller,
  Takes,
  type Caller,
  type RequestWithSession,
} from '@app/http';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { feedList, newFeedAnswer, newFeedBody } from './contract';
import { createFeed, feedById, feedsOf, revokeFeed, type FeedAddress } from './feed-addresses';

const isAdministrator = ({ roles }: Caller): boolean => roles.includes('administrator');

/** The secret addresses: everybody's own, and the administrators' for the whole organisation. */
@ApiTags('calendar')
@Controller('api/calendar-feeds')
@AnyoneSignedIn()
export class CalendarFeedsController {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Answers(feedList)
  async list(@ReadCaller() caller: Caller): Promise<z.infer<typeof feedList>> {
    const mine = await feedsOf(this.database, caller.by.id);
    const common = isAdministrator(caller) ? await feedsOf(this.database, null) : [];
    return { feeds: [...mine, ...common].map(viewOf) };
  }

  @Post()
  @HttpCode(201)
  @Takes(newFeedBody)
  @Answers(newFeedAnswer, 201)
  async create(
    @ReadCaller() caller: Caller,
    @Req() { publicUrl }: RequestWithSession,
    @Body() body: unknown,
  ): Promise<z.infer<typeof newFeedAnswer>> {
    const { scope } = readBody(newFeedBody, body);
    if (scope === 'organisation' && !isAdministrator(caller)) throw problem('NotAllowed');
    const owner = scope === 'mine' ? caller.by.id : null;
    const id = randomUUID();
    const secret = await createFeed(this.database, { id, owner, by: caller.by.id, at: this.clock() });
    return { id, address: `${publicUrl}/calendar/${secret}.ics` };
  }

  /** Whoever has the address gets nothing any more. */
  @Delete(':feedId')
  @HttpCode(204)
  async revoke(@Param('feedId') id: string, @ReadCaller() caller: Caller): Promise<void> {
    const feed = uuidForm.test(id) ? await feedById(this.database, id) : null;
    if (!feed || (feed.owner !== null && feed.owner !== caller.by.id)) throw problem('NotFound');
    if (feed.owner === null && !isAdministrator(caller)) throw problem('NotAllowed');
    await revokeFeed(this.database, id, caller.by.id, this.clock());
  }
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const viewOf = ({ id, owner, createdAt, createdBy, lastReadAt }: FeedAddress) => ({
  id,
  scope: owner === null ? ('organisation' as const) : ('mine' as const),
  createdAt: createdAt.toISOString(),
  createdBy,
  lastReadAt: lastReadAt?.toISOString() ?? null,
});
