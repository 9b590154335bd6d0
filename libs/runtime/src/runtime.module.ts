import { createDataSource, createPool, PG_POOL } from '@app/database';
import { CLOCK, EVENT_STORE, type Clock } from '@app/event-sourcing';
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from './migrations';
import { openEventStore, type OpenEventStore } from './open-event-store';
import type { Settings } from './settings';

const OPEN_EVENT_STORE = Symbol('OpenEventStore');

/** The choice of adapters, made once for every process: event store, database, clock. */
@Module({})
export class RuntimeModule implements OnApplicationShutdown {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly dataSource: DataSource,
    @Inject(OPEN_EVENT_STORE) private readonly log: OpenEventStore,
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
          provide: OPEN_EVENT_STORE,
          inject: [PG_POOL],
          useFactory: (pool: Pool) => openEventStore(settings, pool),
        },
        { provide: EVENT_STORE, inject: [OPEN_EVENT_STORE], useFactory: ({ store }: OpenEventStore) => store },
      ],
      exports: [CLOCK, PG_POOL, DataSource, EVENT_STORE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
    await this.dataSource.destroy();
    await this.pool.end();
  }
}
