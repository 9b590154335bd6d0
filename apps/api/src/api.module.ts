import { AuditsApiModule } from '@app/audits';
import { BlobStoreApiModule, PostgresBlobStore } from '@app/blob-store';
import { CalendarFeedApiModule } from '@app/calendar-feed';
import { CertificatesApiModule } from '@app/certificates';
import { ComparisonTableApiModule } from '@app/comparison-table';
import { localDateOf } from '@app/calendar';
import { DisclosuresApiModule, PRINT_CHECK } from '@app/disclosures';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { POSITION_WAIT, ReadYourWrites, UNPRINTABLE_IN, type PositionWait } from '@app/http';
import { IdentityApiModule, OFFICES_OF, type OfficesOf } from '@app/identity';
import { PDF_READER } from '@app/importing';
import { OfficersApiModule, officersNow, officesOf } from '@app/officers';
import { PresenceApiModule } from '@app/presence';
import { projectionFailures, waitForPosition } from '@app/projections';
import { printCheckOf, PublishingApiModule, readPdfToImport, unprintableIn } from '@app/publishing';
import { ReadersApiModule } from '@app/readers';
import { RemindersApiModule } from '@app/reminders';
import { RemindingApiModule } from '@app/reminding';
import { RoutesApiModule } from '@app/routes';
import { readModels, RuntimeModule, type Settings } from '@app/runtime';
import { SearchApiModule } from '@app/search';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { HealthController } from './health.controller';
import { JobQueue, SETTINGS } from './job-queue';
import { JobsController } from './jobs.controller';
import { MetricsController } from './metrics.controller';
import { WebModule } from './web.module';

/** How long a question waits for the read models before it says "not yet". */
const WAIT_MS = 2_000;

const readModelNames = readModels.map(({ name }) => name);

/** What features ask of one another through a token, bound here so that neither has to know the other. */
@Global()
@Module({
  providers: [
    {
      provide: POSITION_WAIT,
      inject: [DataSource],
      useFactory:
        (dataSource: DataSource): PositionWait =>
        async (position) => {
          // A parked read model shows old rows, and the log says so; it must not hold up what the others show.
          const parked = new Set((await projectionFailures(dataSource)).map(({ name }) => name));
          const running = readModelNames.filter((name) => !parked.has(name));
          return waitForPosition(dataSource, running, position, WAIT_MS);
        },
    },
    {
      provide: OFFICES_OF,
      inject: [EVENT_STORE, CLOCK],
      useFactory:
        (store: EventStore, now: Clock): OfficesOf =>
        async (userId) =>
          officesOf(await officersNow(store), userId, localDateOf(now().toISOString())).map(({ role }) => role),
    },
    { provide: UNPRINTABLE_IN, useValue: unprintableIn },
    {
      provide: PRINT_CHECK,
      inject: [EVENT_STORE, DataSource, SETTINGS],
      useFactory: (store: EventStore, dataSource: DataSource, { publicUrl }: Settings) =>
        printCheckOf({ store, blobs: new PostgresBlobStore(dataSource), publicUrl }),
    },
    { provide: PDF_READER, useValue: readPdfToImport },
    { provide: APP_INTERCEPTOR, useClass: ReadYourWrites },
  ],
  exports: [POSITION_WAIT, OFFICES_OF, UNPRINTABLE_IN, PRINT_CHECK, PDF_READER],
})
class BindingsModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: BindingsModule,
      providers: [{ provide: SETTINGS, useValue: settings }],
      exports: [SETTINGS],
    };
  }
}

@Module({})
export class ApiModule {
  static with(settings: Settings, clock?: Clock): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        RuntimeModule.with(settings, clock),
        BindingsModule.with(settings),
        IdentityApiModule,
        OfficersApiModule,
        RoutesApiModule,
        DisclosuresApiModule,
        CertificatesApiModule,
        ComparisonTableApiModule,
        AuditsApiModule,
        RemindersApiModule,
        RemindingApiModule,
        CalendarFeedApiModule,
        BlobStoreApiModule,
        ReadersApiModule,
        SearchApiModule,
        PresenceApiModule,
        PublishingApiModule,
        WebModule,
      ],
      controllers: [HealthController, JobsController, MetricsController],
      providers: [JobQueue],
    };
  }
}
