import { Answers, AnyoneSignedIn, problem, ReadCaller, type Caller } from '@app/http';
import { Controller, Get, Param, Query as UrlQuery } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Activity } from './activity/activity';
import { CompareDisclosure, readSide, type ComparisonView, type Side } from './comparison/compare-disclosure';
import {
  activityView,
  comparisonView,
  disclosureList,
  disclosureView,
  editionView,
  itemHistory,
  taskList,
  textOfItem,
} from './contract';
import { GetDisclosure, type DisclosureView } from './disclosures/get-disclosure';
import { ItemHistory, TextOfItem } from './disclosures/item-history';
import { ListDisclosures } from './disclosures/list-disclosures';
import { PublishedEdition, type EditionView } from './published-edition';
import { MyTasks } from './tasks/my-tasks';

const ACTIVITY_LIMIT = 200;

/** What the screens ask. */
@ApiTags('disclosures')
@Controller('api')
export class DisclosuresController {
  constructor(private readonly questions: QueryBus) {}

  @Get('disclosures')
  @AnyoneSignedIn()
  @Answers(disclosureList)
  list() {
    return this.questions.execute(new ListDisclosures());
  }

  @Get('disclosures/:disclosureId')
  @AnyoneSignedIn()
  @Answers(disclosureView)
  async show(@Param('disclosureId') id: string, @ReadCaller() { by }: Caller): Promise<DisclosureView> {
    return found(await this.questions.execute(new GetDisclosure(id, by)));
  }

  @Get('disclosures/:disclosureId/items/:itemKey/history')
  @AnyoneSignedIn()
  @ApiQuery({ name: 'after', required: false, schema: { type: 'string' }, description: '`next` of the page before' })
  @Answers(itemHistory)
  itemHistory(@Param('disclosureId') id: string, @Param('itemKey') itemKey: string, @UrlQuery('after') after?: string) {
    const before = after ? versionOf(after) : undefined;
    return this.questions.execute(new ItemHistory(id, itemKey, before));
  }

  @Get('disclosures/:disclosureId/items/:itemKey/history/:version')
  @AnyoneSignedIn()
  @Answers(textOfItem)
  async textOfItem(
    @Param('disclosureId') id: string,
    @Param('itemKey') itemKey: string,
    @Param('version') version: string,
  ): Promise<z.infer<typeof textOfItem>> {
    return found(await this.questions.execute(new TextOfItem(id, itemKey, versionOf(version))));
  }

  @Get('disclosures/:disclosureId/comparison')
  @AnyoneSignedIn()
  @ApiQuery({
    name: 'from',
    required: false,
    schema: { type: 'string' },
    description:
      'Number of an edition, inForce (default: the edition published last, also before it takes effect), or lastSigned: what the caller signed (else sent back) last in this revision, else inForce',
  })
  @ApiQuery({
    name: 'to',
    required: false,
    schema: { type: 'string' },
    description: 'Number of an edition, or draft (default)',
  })
  @Answers(comparisonView)
  async compare(
    @Param('disclosureId') id: string,
    @ReadCaller() { by }: Caller,
    @UrlQuery('from') from = 'inForce',
    @UrlQuery('to') to = 'draft',
  ): Promise<ComparisonView> {
    return found(await this.questions.execute(new CompareDisclosure(id, sideOf(from), sideOf(to), by)));
  }

  @Get('disclosures/:disclosureId/editions/:number')
  @AnyoneSignedIn()
  @Answers(editionView)
  async edition(@Param('disclosureId') disclosureId: string, @Param('number') number: string): Promise<EditionView> {
    if (!/^\d{1,6}$/.test(number)) throw problem('NotFound');
    return found(await this.questions.execute(new PublishedEdition({ disclosureId }, Number(number))));
  }

  @Get('tasks')
  @AnyoneSignedIn()
  @Answers(taskList)
  tasks(@ReadCaller() { by, roles }: Caller) {
    return this.questions.execute(new MyTasks(by, roles));
  }

  @Get('activity')
  @AnyoneSignedIn()
  @ApiQuery({ name: 'disclosure', required: false, schema: { type: 'string' } })
  @Answers(activityView)
  activity(@UrlQuery('disclosure') disclosureId?: string) {
    return this.questions.execute(new Activity(disclosureId, ACTIVITY_LIMIT));
  }
}

const found = <T>(answer: T | null): T => {
  if (answer === null) throw problem('NotFound');
  return answer;
};

const versionOf = (written: string): number => found(/^\d{1,9}$/.test(written) ? Number(written) : null);

const sideOf = (written: string): Side => found(readSide(written));
