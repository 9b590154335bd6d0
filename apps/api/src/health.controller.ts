import { Answers, Public } from '@app/http';
import { projectionFailures } from '@app/projections';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';

const health = z.object({
  /** degraded: everything answers, but what `parked` names shows old rows, or sends no mail. */
  status: z.enum(['ok', 'degraded']),
  /** The projections that stand before an event which they cannot take in. */
  parked: z.array(z.string()),
});

/** For load balancers and for whoever starts the product: answers 200 once the database does. */
@ApiTags('operations')
@Controller('api/health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Public()
  @Answers(health)
  async check(): Promise<z.infer<typeof health>> {
    const parked = (await projectionFailures(this.dataSource)).map(({ name }) => name);
    return { status: parked.length > 0 ? 'degraded' : 'ok', parked };
  }
}
