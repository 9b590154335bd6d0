import { Answers, AnyoneSignedIn, problem, readBody, ReadCaller, Takes, type Caller } from '@app/http';
import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { presenceBody, presenceView } from './contract';
import { endPresence, notePresence } from './presence';

/** Who has a disclosure open now. Nothing of it is an event. */
@ApiTags('presence')
@Controller('api/disclosures/:disclosureId/presence')
@AnyoneSignedIn()
export class PresenceController {
  constructor(private readonly database: DataSource) {}

  @Put()
  @Takes(presenceBody)
  @Answers(presenceView)
  note(
    @Param('disclosureId') disclosureId: string,
    @ReadCaller() { by, at }: Caller,
    @Body() body: unknown,
  ): Promise<z.infer<typeof presenceView>> {
    return notePresence(this.database, { disclosureId: known(disclosureId), by, at, ...readBody(presenceBody, body) });
  }

  /** The page was closed. */
  @Delete(':tab')
  @HttpCode(204)
  async end(
    @Param('disclosureId') disclosureId: string,
    @Param('tab') tab: string,
    @ReadCaller() { by }: Caller,
  ): Promise<void> {
    const asked = presenceBody.shape.tab.safeParse(tab);
    if (!asked.success) throw problem('NotFound');
    await endPresence(this.database, { disclosureId: known(disclosureId), by, tab: asked.data });
  }
}

/** As the ids of disclosures look. One that does not exist has nobody in it. */
const known = (disclosureId: string): string => {
  if (!/^[\w-]{1,100}$/.test(disclosureId)) throw problem('NotFound');
  return disclosureId;
};
