import { createDataSource, createPool, PG_POOL } from '@app/database';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from './migrations';
import type { Settings } from './settings';

/** The choice of adapters, made once for every process: event store, database, clock. */
@Module({})
export class RuntimeModule implements OnApplicationShutdown {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly dataSource: DataSource,
  ) {}

  static with(settings: Settings, clock: Clock = () => new Date()): DynamicModule {
    return {
      module: RuntimeModule,
      global: true,
      providers: [
        { provide: CLOCK, useValue: clock },
        { provide: PG_POOL, useFactory: () => createPool(settings.databaseUrl) },
        { provide: DataSource, useFactory: () => createDataSource(settings.databaseUrl, migrations).initialize() },
        {
          provide: EVENT_STORE,
          inject: [PG_POOL],
          useFactory: (pool: Pool): EventStore => new PostgresEventStore(pool),
        },
      ],
      exports: [CLOCK, PG_POOL, DataSource, EVENT_STORE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
    await this.pool.end();
  }
}
