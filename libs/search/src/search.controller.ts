import { Answers, AnyoneSignedIn } from '@app/http';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { searchView } from './contract';
import { search } from './search';

const MOST_HITS = 50;

/** Who is signed in may read every disclosure, its draft included; so this answers all of them alike. */
@ApiTags('search')
@Controller('api/search')
export class SearchController {
  constructor(private readonly database: DataSource) {}

  @Get()
  @AnyoneSignedIn()
  @ApiQuery({
    name: 'q',
    required: false,
    schema: { type: 'string' },
    description: 'Words set apart by spaces, all of which have to be found; width, kana and capitals do not matter',
  })
  @Answers(searchView)
  async search(@Query('q') question: unknown): Promise<z.infer<typeof searchView>> {
    return search(this.database, typeof question === 'string' ? question : '', MOST_HITS);
  }
}
