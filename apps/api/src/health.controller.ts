import { Answers, Public } from '@app/http';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';

const health = z.object({ status: z.literal('ok') });

/** For load balancers and for whoever starts the product: answers 200 once the database does. */
@ApiTags('operations')
@Controller('api/health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Public()
  @Answers(health)
  async check(): Promise<z.infer<typeof health>> {
    await this.dataSource.query('select 1');
    return { status: 'ok' };
  }
}
